"""System links: unsubscribe and the like lead where their words say."""

import pytest

from qa.finding import Outcome
from qa.links.roles import role_in_tag
from qa.testing import run_check
from tests.told import codes


def _footer(href: str, text: str = "Unsubscribe", more: str = "") -> str:
    return f'<p>Join us for forty minutes on what changed in spring.</p><p>{more}<a href="{href}">{text}</a></p>'


TAGS = [
    "{{system.unsubscribeLink}}",
    "%mkt_opt_out_prefix%UnsubscribePage.html?mkt_unsubscribe=1&amp;mkt_tok=##MKT_TOK##",
    "%%unsub_center_url%%",
    "%%=RedirectTo(unsub_center_url)=%%",
    "%%subscription_center_url%%",
    "{{ unsubscribe_link }}",
    "{{unsubscribe_link_all}}",
    "{{${set_user_to_unsubscribed_url}}}",
    "{{${unsubscribe_url}}}",
    "{% unsubscribe_link %}",
    "{% unsubscribe_url %}",
    "*|UNSUB|*",
    "{{unsubscribeUrl}}",
    "{{hostedUnsubscribeUrl}}",
    "{{unsubscribeMessageTypeUrl}}",
    "{{Unsubscribe}}",
    "{{EmailPreferenceCenter}}",
    "{{PreferenceCenter}}",
    "%%unsubscribe%%",
    "[unsubscribe]",
    "%UNSUBSCRIBELINK%",
    "{{{unsubscribe}}}",
    "&lt;%asm_group_unsubscribe_raw_url%&gt;",
    "&lt;%@ include option='NmsServer_URL' %&gt;/webApp/unsub?id=&lt;%= escapeUrl(recipient.cryptedId)%&gt;",
    "{unsubscribe_url}",
    "{$unsubscribe}",
    "[[UNSUB_LINK_EN]]",
    "{{my.Opt Out}}",
]


@pytest.mark.parametrize("tag", TAGS)
def test_the_tags_of_the_platforms_unsubscribe(tag: str) -> None:
    assert codes("system-links", "unsubscribe", email={}, build=_footer(tag)) == []


@pytest.mark.parametrize(
    "href",
    [
        "https://www.acme.example/unsubscribe",
        "https://www.acme.example/newsletter/abmelden",
        "https://unsubscribe.acme.example/",
        "https://news.acme.example/u/8f3a21",
        "https://www.acme.example/?u=8f3a21&amp;list=4",
        "https://www.acme.example/preferences?id={{lead.Id}}",
        "https://www.acme.example/email-preferences/7d1b9c",
        "https://acme.us1.list-manage.com/unsubscribe?u=1&amp;id=2",
        "mailto:leave@news.acme.example?subject=unsubscribe",
        "https://{{my.Host}}/x",
    ],
)
@pytest.mark.parametrize("text", ["Unsubscribe", "Abmelden", "Se désabonner", "配信停止", "إلغاء الاشتراك"])
def test_an_address_that_knows_the_reader_or_names_itself_is_right(href: str, text: str) -> None:
    assert codes("system-links", "unsubscribe", email={}, build=_footer(href, text)) == []


@pytest.mark.parametrize(
    ("href", "says"),
    [
        ("", "nowhere (its address is empty)"),
        ("#", "nowhere (its address is “#”)"),
        ("javascript:void(0)", "nowhere"),
        ("https://www.acme.example", "the home page"),
        ("https://www.acme.example/de/?utm_source=news", "the home page"),
        ("https://www.acme.example/email-preferences", "holds nothing to know a reader by"),
        ("https://www.acme.example/preferences", "the preference page"),
        ("https://www.acme.example/contact", "holds nothing to know a reader by"),
        ("https://www.acme.example/newsletter", "holds nothing to know a reader by"),
        ("https://www.acme.example/privacy?id=4", "the privacy notice"),
        ("https://www.facebook.com/acme", "a page on facebook.com"),
        ("*|UPDATE_PROFILE|*", "the preference page"),
        ("%%profile_center_url%%", "the preference page"),
        ("{{system.viewAsWebpageLink}}", "the version in the browser"),
        ("{{viewInBrowserUrl}}", "the version in the browser"),
        ("{{system.forwardToFriendLink}}", "the page that forwards"),
    ],
)
@pytest.mark.parametrize("text", ["Unsubscribe", "Newsletter abbestellen", "Me désinscrire", "Darse de baja", "退订"])
def test_words_that_say_unsubscribe_over_something_else(href: str, says: str, text: str) -> None:
    (finding,) = run_check("system-links", email={}, build=_footer(href, text)).findings
    assert finding.code == "wrong-unsubscribe"
    assert says in finding.message
    others = ("unsubscribe", "link-syntax", "view-in-browser", "link-destination")
    assert codes("system-links", *others, off=("missing-view-link",), email={}, build=_footer(href, text)) == [
        "wrong-unsubscribe"
    ]


@pytest.mark.parametrize(
    ("more", "text"),
    [("To unsubscribe, ", "click here"), ("Vom Newsletter abmelden: ", "hier"), ("退订请", "点击这里")],
)
def test_the_words_may_stand_beside_the_link(more: str, text: str) -> None:
    right = _footer("https://news.acme.example/u/8f3a21", text, more)
    wrong = _footer("https://www.acme.example/", text, more)
    assert run_check("system-links", email={}, build=right).codes == []
    assert run_check("system-links", email={}, build=wrong).codes == ["wrong-unsubscribe"]


def test_a_preference_page_is_what_its_words_say() -> None:
    for text in ("Update your preferences", "Manage preferences or unsubscribe", "Einstellungen verwalten"):
        assert run_check("system-links", email={}, build=_footer("*|UPDATE_PROFILE|*", text)).codes == []


def test_the_page_of_a_button_is_no_way_out() -> None:
    page = "https://survey.acme.example/trip?uid={{userId}}"
    build = f'<p><a href="{page}">Start the survey</a></p>' + _footer(page)
    (finding,) = run_check("system-links", email={}, build=build).findings
    assert "where “Start the survey” leads" in finding.message


@pytest.mark.parametrize(
    ("text", "href"),
    [
        ("View in browser", "{{system.unsubscribeLink}}"),
        ("Im Browser ansehen", "*|UNSUB|*"),
        ("Forward to a friend", "%%view_email_url%%"),
        ("Privacy policy", "{{unsubscribeUrl}}"),
        ("Shop now", "%%unsub_center_url%%"),
        ("Voir dans le navigateur", "https://www.acme.example/unsubscribe?id=4"),
    ],
)
def test_a_system_link_under_the_words_of_another(text: str, href: str) -> None:
    assert run_check("system-links", email={}, build=_footer(href, text)).codes == ["wrong-system-link"]


@pytest.mark.parametrize(
    ("text", "href"),
    [
        ("View in browser", "{{system.viewAsWebpageLink}}"),
        ("Update preferences", "{{system.unsubscribeLink}}"),
        ("Privacy and imprint", "https://www.acme.example/impressum"),
        ("No", "*|UNSUB|*"),
        ("Privacy policy", "https://www.acme.example/privacy"),
        ("here", "{{system.unsubscribeLink}}"),
    ],
)
def test_a_system_link_under_its_own_words(text: str, href: str) -> None:
    assert run_check("system-links", email={}, build=_footer(href, text)).codes == []


@pytest.mark.parametrize(
    ("block", "name"),
    [
        ("{{content_blocks.${Footer}}}", "Footer"),
        ('%%=ContentBlockByKey("footer-de")=%%', "footer-de"),
        ('<div class="mktoSnippet" id="legalFooter"></div>', "legalFooter"),
        ("{{snippets.footer}}", "footer"),
        ("{% include 'partials/footer.html' %}", "partials/footer.html"),
        ("{{> footer}}", "footer"),
    ],
)
def test_a_footer_that_is_not_in_the_build_is_for_a_person(block: str, name: str) -> None:
    answer = run_check("unsubscribe", email={}, build=f"<p>Join us.</p>{block}")
    assert answer.outcome is Outcome.REVIEW
    assert f"“{name}”, which is not in the build" in answer.findings[0].message


@pytest.mark.parametrize(
    "block", ["{{content_blocks.${Header}}}", "<%@ include view='MirrorPage' %>", "{{first_name}}"]
)
def test_what_is_no_footer_brings_no_way_out(block: str) -> None:
    assert run_check("unsubscribe", email={}, build=f"<p>Join us.</p>{block}").outcome is Outcome.FAILED


def test_a_tag_of_a_platform_has_one_role() -> None:
    assert role_in_tag("https://acme.example/{{system.unsubscribeLink}}") == "unsubscribe"
    assert role_in_tag("https://acme.example/unsubscribe") == ""
