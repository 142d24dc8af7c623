"""Which links belong to an email's frame."""

import pytest

from qa.facts import facts
from qa.links.roles import has_token, mentions, role_of

ROLES = ["unsubscribe", "preferences", "view-in-browser", "forward", "privacy", "imprint"]


@pytest.mark.parametrize(
    ("href", "text"),
    [
        ("https://www.acme.example/webinar", "Save my seat"),
        ("https://www.acme.example/blog/why-readers-unsubscribe-less", "Read the story"),
        ("https://www.acme.example/products/privacy-screens", "See our screens"),
        ("https://www.acme.example/forward", "Looking forward to summer"),
        ("https://www.acme.example/x", "View online courses for your team"),
        ("https://www.acme.example/terms", "Terms apply"),
        ("", ""),
    ],
)
def test_a_call_to_action_has_no_role(href: str, text: str) -> None:
    assert role_of(href, text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "Unsubscribe", "unsubscribe here »", "Newsletter abbestellen", "Se désabonner", "Darse de baja", "Disiscriviti",
        "Cancelar inscrição", "Uitschrijven", "Avregistrera dig", "Afmeld nyhedsbrev", "Meld deg av", "Peruuta tilaus",
        "Wypisz się", "Odhlásit se", "Leiratkozás", "Dezabonare", "Abonelikten çık", "Отписаться", "Відписатися",
        "Κατάργηση εγγραφής", "配信停止はこちら", "退订", "수신거부", "إلغاء الاشتراك", "להסרה",
    ],
)  # fmt: skip
def test_unsubscribe_in_many_languages(text: str) -> None:
    assert role_of("https://click.acme.example/e/8f3a", text) == "unsubscribe"


@pytest.mark.parametrize(
    ("href", "role"),
    [
        ("{{system.unsubscribeLink}}", "unsubscribe"),
        ("%%unsub_center_url%%", "unsubscribe"),
        ("*|UNSUB|*", "unsubscribe"),
        ("{% unsubscribe_link %}", "unsubscribe"),
        ("{{ unsubscribe_link_all }}", "unsubscribe"),
        ("{{{unsubscribe}}}", "unsubscribe"),
        ("<%asm_global_unsubscribe_raw_url%>", "unsubscribe"),
        ("[Unsubscribe_Preferences]", "preferences"),
        ("{{${set_user_to_unsubscribed_url}}}", "unsubscribe"),
        ("https://www.acme.example/opt-out?id=1", "unsubscribe"),
        ("https://www.acme.example/mail?action=unsubscribe", "unsubscribe"),
        ("mailto:unsubscribe@acme.example", "unsubscribe"),
        ("%%profile_center_url%%", "preferences"),
        ("*|UPDATE_PROFILE|*", "preferences"),
        ("%%view_email_url%%", "view-in-browser"),
        ("{{system.viewAsWebpageLink}}", "view-in-browser"),
        ("*|ARCHIVE|*", "view-in-browser"),
        ("{{system.forwardToFriendLink}}", "forward"),
        ("https://www.acme.example/en/privacy-policy", "privacy"),
        ("https://www.acme.example/de/impressum.html", "imprint"),
    ],
)
def test_merge_tags_and_addresses(href: str, role: str) -> None:
    assert role_of(href, "here") == role


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Update your preferences or unsubscribe", "unsubscribe"),
        ("Manage preferences", "preferences"),
        ("View in your browser", "view-in-browser"),
        ("Voir ce courriel en ligne", "view-in-browser"),
        ("Diese E-Mail im Browser ansehen", "view-in-browser"),
        ("Ver este correo en tu navegador", "view-in-browser"),
        ("Veja este e-mail no navegador", "view-in-browser"),
        ("Bekijk deze e-mail online", "view-in-browser"),
        ("Gérer vos abonnements", "preferences"),
        ("Gestiona tus suscripciones", "preferences"),
        ("Gerenciar inscrições", "preferences"),
        ("Gestisci le iscrizioni", "preferences"),
        ("Ihre Abonnements verwalten", "preferences"),
        ("Im Browser ansehen", "view-in-browser"),
        ("ブラウザで表示", "view-in-browser"),
        ("Forward to a friend", "forward"),
        ("Privacy policy", "privacy"),
        ("Datenschutz", "privacy"),
        ("Impressum", "imprint"),
    ],
)
def test_words(text: str, role: str) -> None:
    assert role_of("https://click.acme.example/e/8f3a", text) == role


def test_a_merge_tag_outweighs_the_words() -> None:
    assert role_of("{{system.unsubscribeLink}}", "Manage preferences") == "unsubscribe"


def test_words_count_at_word_boundaries_only() -> None:
    assert mentions("unsubscribe", "To unsubscribe, click here.")
    assert not mentions("unsubscribe", "Resubscribe or buy unsubscribered goods.")
    assert has_token("unsubscribe", "No longer interested? {% unsubscribe %}")


def test_hostile_length_is_nothing() -> None:
    assert role_of("https://acme.example/" + "a/" * 500_000, "x" * 1_000_000) == ""


@pytest.mark.parametrize("role", ROLES)
def test_every_role_is_written_down_for_many_languages(role: str) -> None:
    table = facts("system_links")
    assert all(phrase == phrase.lower() for words in table[role]["words"].values() for phrase in words)
    assert all(token == token.lower().replace(" ", "") for token in table[role]["tokens"])
    assert len(table[role]["words"]) >= (15 if role != "imprint" else 5)
    assert table["source"] and table["date"]
