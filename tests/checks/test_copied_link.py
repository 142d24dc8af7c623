"""Links that were copied from a mail somebody received."""

import pytest

from qa.finding import Outcome
from qa.testing import run_check
from tests.told import codes

SENT = "Received: from mx.acme.example\nFrom: Acme <a@acme.example>\nSubject: Spring\nContent-Type: text/html; charset=utf-8\n\n"
SAFE = "https://eur03.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.acme.example%2Fa%3Fb%3D1&amp;data=05%7C02&amp;sdata=x"


def _link(href: str, text: str = "Save my seat") -> str:
    return f'<p>Join us.</p><a href="{href}">{text}</a>'


@pytest.mark.parametrize(
    "href",
    [
        "https://www.acme.example/a?utm_source=news",
        "https://www.acme.example/a?mkt_tok={{lead.Token}}",
        "https://www.acme.example/a?mkt_unsubscribe=1&amp;mkt_tok=##MKT_TOK##",
        "https://acme.us1.list-manage.com/unsubscribe?u=1&amp;mc_eid=*|UNIQID|*",
        "https://acme.us1.list-manage.com/unsubscribe?u=1&amp;mc_eid=%5BUNIQID%5D",
        "https://www.google.com/search?q=acme",
        "https://www.google.com/maps?q=acme",
        "https://www.facebook.com/acme",
        "https://events@acme.example/a",
        "https://{{my.User}}:{{my.Password}}@acme.example/a",
    ],
)
def test_a_link_of_the_campaign(href: str) -> None:
    assert run_check("copied-links", email={}, build=_link(href)).outcome is Outcome.PASSED


@pytest.mark.parametrize(
    ("href", "says"),
    [
        (SAFE, "around https://www.acme.example/a?b=1"),
        ("https://urldefense.com/v3/__https://www.acme.example/a__;!!AbC!xyz$", "around https://www.acme.example/a."),
        ("https://www.google.com/url?q=https://www.acme.example/a&amp;sa=D", "around https://www.acme.example/a."),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.acme.example%2Fa&amp;h=AT0", "l.facebook.com"),
        ("https://protect-eu.mimecast.com/s/AbCdEfG", "through protect-eu.mimecast.com."),
        ("https://linkprotect.cudasvc.com/url?a=https%3a%2f%2fwww.acme.example&amp;c=E,1", "linkprotect.cudasvc.com"),
    ],
)
def test_an_address_that_a_mailbox_or_a_network_wrapped_is_named(href: str, says: str) -> None:
    answer = run_check("copied-links", email={}, build=_link(href))
    assert answer.codes == ["wrapped-link"]
    assert says in answer.findings[0].message


@pytest.mark.parametrize(
    ("href", "code"),
    [
        ("https://www.acme.example/a?mkt_tok=NzUyLVJKRC0wMDAAAAGN", "personal-link"),
        ("https://www.acme.example/a?utm_source=x&amp;_hsenc=p2ANqtz-9xYz", "personal-link"),
        ("https://www.acme.example/a?mc_cid=12ab&amp;mc_eid=5f0c11d2ab", "personal-link"),
        ("https://me:secret@acme.example/a", "personal-link"),
        ("https://www.acme.example/a?fbclid=IwAR0aBcD", "copied-click"),
        ("https://www.acme.example/a?gclid=EAIaIQobChMI", "copied-click"),
    ],
)
def test_a_link_brings_along_what_belongs_to_one_reader_or_click(href: str, code: str) -> None:
    assert run_check("copied-links", email={}, build=_link(href)).codes == [code]


def test_in_a_message_that_was_sent_ids_and_the_mailboxs_own_filter_are_nothing() -> None:
    assert run_check("copied-links", email={}, build=SENT + _link(SAFE)).codes == []
    assert run_check("copied-links", email={}, build=SENT + _link("https://a.example/?mkt_tok=NzUyLVJK")).codes == []
    one_of_two = SENT + _link(SAFE) + _link("https://www.acme.example/b", "Read on")
    assert run_check("copied-links", email={}, build=one_of_two).codes == ["wrapped-link"]


def test_a_wrapped_link_is_told_once_and_not_where_the_request_has_it() -> None:
    asked = {"links": [{"text": "Save my seat", "url": "https://www.acme.example/a?b=1"}]}
    checks = ("copied-links", "link-destination", "link-text", "link-hosts", "link-syntax", "unasked-links")
    assert codes(*checks, email=asked, build=_link(SAFE)) == ["wrapped-link"]
    asked = {"links": [{"text": "Save my seat", "url": "https://www.acme.example/a?mkt_tok=NzUyLVJKRC0wMDAA"}]}
    assert run_check("copied-links", email=asked, build=_link(asked["links"][0]["url"])).codes == []
