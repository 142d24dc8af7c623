"""Spelling and doubled words in what nobody approved."""

from typing import Any

import pytest

from qa.profile.model import Profile
from qa.testing import run_check

AROUND = {
    "en": "You receive this email because you asked for our news, and you can leave at any time.",
    "de": "Sie erhalten diese Nachricht, weil Sie sich für unsere Angebote angemeldet haben.",
    "fr": "Vous recevez ce message parce que vous êtes inscrit à notre lettre.",
    "es": "Recibe este mensaje porque usted se ha inscrito en nuestra lista de correo.",
    "it": "Riceve questo messaggio perché si è iscritto alla nostra lista.",
    "nl": "Je ontvangt dit bericht omdat je je hebt aangemeld voor onze nieuwsbrief.",
    "pt": "Recebe esta mensagem porque se inscreveu na nossa lista de contactos.",
    "sv": "Du får det här mejlet eftersom du har anmält dig till våra nyheter.",
    "da": "Du modtager denne mail, fordi du har tilmeldt dig vores nyheder.",
    "nb": "Du mottar denne e-posten fordi du har meldt deg på våre nyheter.",
    "cs": "Tento e-mail jste dostali, protože jste se přihlásili k odběru novinek.",
}


def document(language: str, *texts: str) -> str:
    body = "".join(f"<p>{text}</p>\n" for text in (*texts, AROUND[language]))
    return f'<html lang="{language}"><body>{body}</body></html>'


def spelt(build: str, **given: Any) -> list[str]:
    """The words that are told of."""
    return [
        word
        for one in run_check("spelling", build=build, email=given.pop("email", {}), **given).findings
        for word in one.each
    ]


@pytest.mark.parametrize("language", AROUND)
def test_a_footer_that_is_spelt_well(language: str) -> None:
    assert spelt(document(language)) == []


@pytest.mark.parametrize(
    "language, text",
    [
        ("en", "The colour of the catalogue, the color of the catalog: both programmes are right."),
        ("en", "Our webinars on onboarding, chatbots and omnichannel newsletters are free."),
        ("en", "Ask Micheal Jonson of Larkfeild Groop, or write to offce@larkfeild.example."),
        ("en", "Use the code SPRNG25 at www.acme.example/bok-now and the file recieve.pdf."),
        ("en", "The shop “Recievd Goods” and {{my.recieverName}} are on the list."),
        ("de", "Frühbucherrabatt, Anmeldefrist und Datenschutzbeauftragter stehen auf der Seite."),
        ("de", "Widerrufsbelehrung, Mehrwertsteuersatz und versandkostenfreie Lieferung sind dabei."),
        ("nl", "De vroegboekkorting en de verzendkosten staan op de bestelpagina van de webwinkel."),
        ("sv", "Avanmälningslänken och fraktkostnaderna finns på beställningssidan hos oss."),
        ("da", "Fortrydelsesretten og fragtomkostningerne står på bestillingssiden hos os."),
        ("it", "Per confermarti il posto puoi scriverci o inviarcelo con la nuova applicazione."),
        ("es", "Para enviárselo y recordarle la cita le mandamos un mensaje con el enlace."),
        ("fr", "Evénement de la semaine : les ventes de notre boutique."),
        ("fr", "Téléchargez l’application, puis désinscrivez-vous d’un seul clic si vous le souhaitez."),
    ],
)  # fmt: skip
def test_names_codes_compounds_and_spellings_of_other_countries_are_right(language: str, text: str) -> None:
    assert spelt(document(language, text)) == []


@pytest.mark.parametrize(
    "language, text, word",
    [
        ("en", "Key benifits of the plan are on our page.", "benifits"),
        ("en", "You will recieve two tickets for the show.", "recieve"),
        ("en", "Unsubscribe or change your prefrences here.", "prefrences"),
        ("de", "Die Anmeldung ist bis Freitag möglcih und kostet nichts.", "möglcih"),
        ("de", "Hier finden Sie die Informatoinen zu unserem Angebot.", "informatoinen"),
        ("fr", "Vous pouvez vous désabonner à tout momnet en un clic.", "momnet"),
        ("es", "Puede darse de baja en cualquier momneto con un clic.", "momneto"),
        ("it", "Può cancellarsi in qualsiasi momnento con un clic.", "momnento"),
        ("nl", "Je kunt je op elk momment afmelden met één klik.", "momment"),
        ("pt", "Pode cancelar a qualquer momneto com um clique.", "momneto"),
        ("sv", "Du kan avsluta när som hellst med ett klick.", "hellst"),
        ("da", "Du kan altid aflmelde dig med et enkelt klik og få mere infromation.", "infromation"),
        ("nb", "Her finner du mer infromasjon om vårt tilbud.", "infromasjon"),
        ("cs", "Více infromací najdete na našich stránkách.", "infromací"),
    ],
)  # fmt: skip
def test_a_slip_is_told(language: str, text: str, word: str) -> None:
    assert word in spelt(document(language, text))


def test_a_slip_is_told_wherever_nobody_approved_it() -> None:
    build = document("en", '<a href="https://acme.example/">Downlaod</a> <img src="a.png" alt="Two poeple at a table">')
    given = {"sidecar": {"subject": "Your tickets have arrvied"}, "plain": "We are hapyp to see you at the fair.\n"}
    assert set(spelt(build, **given)) == {"downlaod", "poeple", "arrvied", "hapyp"}


def test_what_the_request_has_is_right_by_definition() -> None:
    text = "You will recieve two tickets for the show."
    build = document("en", text)
    assert spelt(build, email={"copy": [text]}) == []
    assert spelt(build, campaign={"name": "Recieve more"}) == []
    assert spelt(build, profile=Profile(domains=("recieve.example",))) == []
    assert spelt(build, profile=Profile(options={"spelling": {"known": ("Recieve",)}})) == []


def test_approved_copy_that_was_changed_is_told_by_those_who_compare_it() -> None:
    asked = {"copy": ["You will receive two tickets for the show."]}
    assert spelt(document("en", "You will recieve two tickets for the show."), email=asked) == []


@pytest.mark.parametrize(
    "text",
    [
        '<span lang="fr">Quelle quantité de bois une marmotte peut-elle avoir ?</span>',
        "Vous pouvez nous visiter en ligne pour rendre votre achat.",
        "Lorem ipsum dolor sit amet, praesent auctor augue risus varius.",
        "MÃ¼nchen grÃ¼Ãt alle Besucher.",
    ],
)
def test_lines_in_another_language_and_filler_are_left_alone(text: str) -> None:
    assert spelt(document("en", text)) == []


def test_a_name_that_an_address_has_and_a_term_that_comes_back_are_right() -> None:
    linked = '<a href="https://benifits.example/">our benifits</a> are on the page'
    assert spelt(document("en", linked)) == []
    assert spelt(document("en", *(f"The benifits number {n} of the plan" for n in "abcde"))) == []


def test_one_note_for_all_with_every_line() -> None:
    build = document("en", "Key benifits of the plan.", "You will recieve two tickets.", "All the benifits of it.")
    answer = run_check("spelling", build=build, email={})
    (finding,) = answer.findings
    assert answer.codes == ["misspelt-word"]
    assert finding.message == (
        "The spelling of 2 words are worth a look: “benifits” (perhaps “benefits”) and “recieve” (perhaps “receive”)"
        " (lines 1, 2, 3)."
    )


def test_without_the_dictionaries_the_check_is_skipped_and_says_how_to_get_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("qa.gather.lexicons.PACKAGES", ("no_such_package",))
    answer = run_check("spelling", build=document("en", "Key benifits of the plan."), email={})
    assert answer.outcome.value == "skipped"
    assert "python -m pip install" in answer.reason


@pytest.mark.parametrize(
    "language, text",
    [
        ("en", "We knew that that was what he had had in mind, and it was very very good."),
        ("en", "It is not possible to re-order order 12 of example example.com, do it it's free."),
        ("en", "Sing la la la la with us, knock knock, and blah blah blah to the end."),
        ("en", "Walla Walla and Bora Bora are two of the places you can win."),
        ("de", "Entfernen Sie sie bitte, denn die, die die Bedingungen erfüllen, sind sehr sehr selten."),
        ("fr", "Nous nous réjouissons que vous vous inscriviez à notre petite lettre."),
        ("nl", "Je kunt je je wachtwoord laten sturen, en die die je kent zijn er er ook."),
        ("tr", "Tek tek bütün sayfaları ayrı ayrı görebilirsiniz ve daha fazlasını bulabilirsiniz."),
        ("en", "Name name"),
    ],
)  # fmt: skip
def test_words_that_are_doubled_by_right(language: str, text: str) -> None:
    build = f'<html lang="{language}"><p>{text}</p></html>'
    assert run_check("doubled-words", build=build, email={}).codes == []


@pytest.mark.parametrize(
    "language, text, words",
    [
        ("en", "The offer is open until the the end of March.", "the the"),
        ("en", "We are glad to see you. The the first hundred get a gift.", "The the"),
        ("en", "Save your <b>seat</b> seat for the day after tomorrow.", "seat seat"),
        ("de", "Das Angebot gilt bis zum Ende des Monats und und nicht länger.", "und und"),
        ("fr", "Le prix est valable pour pour toutes les commandes du mois.", "pour pour"),
        ("es", "Si no es una imagen o es un un archivo dañado, avísenos.", "un un"),
        ("sv", "Några okända okända nycklar har skickats till oss idag.", "okända okända"),
    ],
)
def test_doubled_words(language: str, text: str, words: str) -> None:
    build = f'<html lang="{language}"><p>{text}</p></html>'
    answer = run_check("doubled-words", build=build, email={})
    assert answer.codes == ["doubled-word"]
    assert answer.findings[0].each == (words,)


def test_a_doubled_word_that_was_approved_is_right() -> None:
    text = "The offer is open until the the end of March."
    build = f'<html lang="en"><p>{text}</p></html>'
    assert run_check("doubled-words", build=build, email={"copy": [text]}).codes == []
