"""The links of the HTML part and of the plain-text part."""

from typing import Any

import pytest

from qa.artefacts import Destinations, Parts
from qa.finding import Outcome
from qa.gather.plain_links import plain_links
from qa.source import Source
from qa.testing import Answer, run_check
from tests.told import codes

SEAT = "https://www.acme.example/webinar"
HTML = (
    f'<p>Join us.</p><p><a href="{SEAT}?utm_content=top">Save my seat</a></p>'
    '<p><a href="https://www.acme.example/story">Read the story</a></p>'
    '<p><a href="{{system.unsubscribeLink}}">Unsubscribe</a></p>'
)
TEXT = """Join us for forty minutes on what changed.

Save my seat: https://www.acme.example/webinar?utm_content=text

Read the story:
https://www.acme.example/story

Unsubscribe: {{system.unsubscribeLink}}
"""


def _ask(text: str = TEXT, html: str = HTML, **email: Any) -> Answer:
    return run_check("text-parity", email=email, build=html, plain=text)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", ""),
        ("https://www.acme.example/webinar?utm_content=text", "[[www.acme.example/webinar]]"),
        ("https://www.acme.example/story", "<http://acme.example/story/>."),
        ("https://www.acme.example/story", "(www.acme.example/story)"),
        ("{{system.unsubscribeLink}}", "https://info.acme.example/unsubscribe"),
        ("Join us", "View in browser: {{system.viewAsWebpageLink}}\nJoin us"),
        ("Join us", "Follow us: https://www.linkedin.com/company/acme\nJoin us"),
    ],
)
def test_both_parts_lead_to_the_same_places(old: str, new: str) -> None:
    assert _ask(TEXT.replace(old, new)).outcome is Outcome.PASSED


@pytest.mark.parametrize(
    "html",
    [
        '<a href="https://www.acme.example/"><img src="logo.png" alt="Acme"></a>',
        '<a href="https://www.linkedin.com/company/acme">LinkedIn</a>',
        '<a href="{{system.viewAsWebpageLink}}">View in browser</a>',
        '<a href="mailto:events@acme.example">Write to us</a>',
        '<a href="#">Nowhere</a>',
        '<p style="display:none"><a href="https://acme.example/hidden">Hidden</a></p>',
    ],
)
def test_what_the_text_need_not_have(html: str) -> None:
    assert _ask(html=HTML + html).codes == []


def test_a_link_that_only_a_merge_tag_knows() -> None:
    html = HTML + '<a href="https://{{my.Event Url}}">See the event</a>'
    assert _ask(TEXT + "\nSee the event: {{my.Event Url}}", html).codes == []
    assert _ask(TEXT + "\nSee the event: [[{{my.Event Url}}]]", html).codes == []
    assert _ask(TEXT + "\nSee the event: https://www.acme.example/event", html).codes == []
    assert _ask(TEXT, html).codes == ["missing-text-link"]


def test_links_that_the_text_lacks_are_one_finding() -> None:
    text = "Join us for forty minutes on what changed since last year."
    (finding,) = _ask(text).findings
    assert finding.code == "missing-text-link"
    assert all(name in finding.message for name in ("Save my seat", "Read the story", "Unsubscribe"))


@pytest.mark.parametrize("href", ["https://www.acme.example/winter", "[[www.acme.example/winter]]"])
def test_the_text_leads_elsewhere(href: str) -> None:
    (finding,) = _ask(TEXT.replace("https://www.acme.example/webinar?utm_content=text", href)).findings
    assert finding.code == "wrong-text-link"
    assert finding.expected == SEAT
    assert finding.where is not None and finding.where.line == 3


def test_a_slip_in_an_address_without_a_label() -> None:
    text = TEXT.replace("Read the story:\n", "").replace("acme.example/story", "acme.example/storry")
    assert _ask(text).codes == ["wrong-text-link"]


def test_the_privacy_notice_is_another_one() -> None:
    html = HTML + '<a href="https://www.acme.example/privacy">Privacy notice</a>'
    text = TEXT + "\nPrivacy: https://www.acme.example/privacy-2019"
    assert _ask(text, html).codes == ["wrong-text-link"]
    assert _ask(text).codes == []


def test_the_text_leads_to_a_place_of_its_own() -> None:
    (finding,) = _ask(TEXT + "\nhttps://www.acme.example/winter-sale-2024 is open").findings
    assert finding.code == "extra-text-link"
    assert finding.actual == "https://www.acme.example/winter-sale-2024"


@pytest.mark.parametrize("wrong", [SEAT + "-2025", "https://staging.acme.example/webinar"])
def test_a_wrong_link_of_the_html_is_said_once(wrong: str) -> None:
    links = [{"text": "Save my seat", "url": SEAT}, {"text": "Read the story", "url": "https://www.acme.example/story"}]
    html = HTML.replace(SEAT, wrong)
    assert _ask(html=html, links=links).codes == ["wrong-text-link"]
    others = ("link-destination", "link-hosts")
    (code,) = codes("text-parity", *others, build=html, plain=TEXT, email={"links": links})
    assert code in ("wrong-destination", "staging-link")


@pytest.mark.parametrize(
    "wrong",
    ["", "#", "https//acme.example", "https://staging.acme.example/webinar", SEAT + "|", SEAT + "?" + "x" * 2000],
)
def test_a_dead_link_of_the_html_is_told_once(wrong: str) -> None:
    html = HTML.replace(SEAT + "?utm_content=top", wrong)
    assert _ask(html=html).codes == ["wrong-text-link"]
    (code,) = codes("text-parity", "link-syntax", "link-hosts", build=html, plain=TEXT, email={})
    assert code != "wrong-text-link"


def test_one_of_two_links_is_wrong_in_the_html() -> None:
    html = HTML + f'<a href="{SEAT}-2025">Save my seat</a>'
    assert _ask(html=html).codes == ["missing-text-link"]
    assert codes("text-parity", "repeated-links", build=html, plain=TEXT, email={}) == ["diverging-link"]


def test_parts_that_cannot_be_compared() -> None:
    clicks = "".join(f'<a href="https://u1.ct.sendgrid.net/ls/click?upn=a{n}">Link {n}</a>' for n in range(3))
    assert _ask(html=clicks).outcome is Outcome.SKIPPED
    assert _ask("Hello").outcome is Outcome.SKIPPED
    assert run_check("text-parity", email={}, build=HTML).outcome is Outcome.SKIPPED


def test_addresses_of_a_text() -> None:
    text = (
        "See (https://a.example/x_(y)), www.b.example. Or:\n[[c.example/{{my.Path}}]] or kim@www.d.example {{my.Url}}!"
    )
    built = plain_links(Parts("x.txt", plain=Source("x.txt", text)), Destinations()).built
    assert [link.href for link in built] == [
        "https://a.example/x_(y)", "www.b.example", "c.example/{{my.Path}}", "{{my.Url}}",
    ]  # fmt: skip


def test_hostile_text_takes_no_time() -> None:
    text = "[[" * 100_000 + "<%" * 100_000 + "{{a" * 100_000 + "https://a.example/" + "%%a " * 100_000
    assert _ask(text).outcome is not Outcome.BROKEN
    many = "".join(f"https://a.example/{n} " for n in range(20_000))
    assert set(_ask(many).codes) == {"missing-text-link", "extra-text-link"}
