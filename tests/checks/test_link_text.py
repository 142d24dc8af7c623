"""Labels of links against where they lead."""

import pytest

from qa.finding import Outcome
from qa.testing import run_check
from tests.told import codes

SEAT = "https://www.acme.example/webinar"
VML = (
    '<!--[if mso]><v:roundrect xmlns:v="urn:schemas-microsoft-com:vml" href="{}" style="width:200px">'
    "<center>{}</center></v:roundrect><![endif]-->"
)


def _link(href: str, text: str = "Save my seat") -> str:
    return f'<a href="{href}">{text}</a>\n'


@pytest.mark.parametrize(
    "build",
    [
        _link(SEAT) + _link(SEAT + "?utm_content=end"),
        _link(SEAT) + _link("http://acme.example/webinar/"),
        _link(SEAT) + _link(SEAT + "?cta=footer&amp;mkt_tok=123"),
        _link(SEAT) + _link(SEAT + "/index.html"),
        _link(SEAT, "Read more") + _link(SEAT + "/2", "Read more"),
        _link(SEAT, "Jetzt kaufen") + _link(SEAT + "/2", "Jetzt kaufen"),
        "".join(_link(f"{SEAT}/{n}", "See the session") for n in range(3)),
        _link("https://www.facebook.com/acme", "Follow us on")
        + _link("https://www.instagram.com/acme", "Follow us on"),
        _link("https://links.acme.example/u/a1b2c3d4e5f6a7b8c9d0", "Save my seat")
        + _link("https://links.acme.example/u/f1b2c3d4e5f6a7b8c9d9", "Save my seat"),
        _link("https://{{my.Host}}/a") + _link("https://{{my.Host}}/b"),
        f'<a href="{SEAT}"><img src="a.png" alt=""></a><a href="{SEAT}/2"><img src="b.png" alt=""></a>',
        VML.format(SEAT, "Go") + _link(SEAT, "Go") + VML.format(SEAT + "/2", "Go") + _link(SEAT + "/2", "Go"),
    ],
)
def test_one_label_for_one_place(build: str) -> None:
    assert run_check("repeated-links", build=build).outcome is Outcome.PASSED


def test_one_label_for_two_places() -> None:
    answer = run_check("repeated-links", build=_link(SEAT) * 2 + _link(SEAT + "-2025"))
    assert answer.codes == ["diverging-link"]
    (finding,) = answer.findings
    assert (finding.expected, finding.actual) == (SEAT, SEAT + "-2025")
    assert finding.where is not None and finding.where.line == 3


@pytest.mark.parametrize("label", ["Save my seat", "Learn more"])
def test_a_button_leads_elsewhere_in_outlook(label: str) -> None:
    build = VML.format(SEAT + "-2025", label) + _link(SEAT, label)
    (finding,) = run_check("repeated-links", build=build).findings
    assert finding.code == "diverging-link"
    assert finding.actual == SEAT + "-2025"
    assert "Outlook" in finding.message


def test_a_wrong_button_beside_its_right_twin_is_one_finding() -> None:
    right = VML.format(SEAT, "Save my seat") + _link(SEAT)
    answer = run_check("repeated-links", build=VML.format(SEAT, "Save my seat") + _link(SEAT + "-2025") + right)
    assert answer.codes == ["diverging-link"]
    assert answer.findings[0].actual == SEAT + "-2025"


def test_a_label_that_the_request_names_is_told_by_the_comparison_with_it() -> None:
    asked = {"links": [{"text": "Save my seat", "url": SEAT}]}
    build = _link(SEAT + "-2025") + _link(SEAT)
    (finding,) = run_check("repeated-links", email=asked, build=build).findings
    assert (finding.code, finding.actual) == ("diverging-link", SEAT + "-2025")
    assert codes("repeated-links", "link-destination", email=asked, build=build) == ["wrong-destination"]
    both = {"links": [{"text": "Save my seat", "url": SEAT}, {"text": "Save my seat", "url": SEAT + "-2025"}]}
    assert run_check("repeated-links", email=both, build=build).outcome is Outcome.PASSED


@pytest.mark.parametrize("href", ["", "#", "https://staging.acme.example/webinar", "https://bit.ly/3xYz"])
def test_one_of_two_leads_to_no_page_for_readers(href: str) -> None:
    (finding,) = run_check("repeated-links", build=_link(href) + _link(SEAT)).findings
    assert (finding.code, finding.expected, finding.actual) == ("diverging-link", SEAT, href)
    (code,) = codes("repeated-links", "link-syntax", "link-hosts", build=_link(href) + _link(SEAT))
    assert code != "diverging-link"


@pytest.mark.parametrize(
    ("text", "href"),
    [
        ("www.acme.example", "https://acme.example/"),
        ("https://acme.example/spring", "https://events.acme.example/spring"),
        ("acme.co.uk", "https://www.acme.com/uk"),
        ("www.acme.example", "https://links.acme-mail.example/u/a1b2c3d4e5f6a7b8c9d0e1"),
        ("www.acme.example", "https://u123.ct.sendgrid.net/ls/click?upn=abc"),
        ("www.acme.example", "https://go.borealis.example/?to=https%3A%2F%2Fwww.acme.example%2Fx"),
        ("www.acme.example", "https://{{my.Host}}/x"),
        ("README.md", "https://borealis.example/readme"),
        ("Node.js", "https://borealis.example/"),
        ("Save 3.50 today", "https://borealis.example/"),
        ("{{company.Website}}", "https://borealis.example/"),
        ("youtube.com/acme", "https://youtu.be/abc"),
        ("events@acme.example", "mailto:Events@acme.example?subject=Hello"),
        ("events@acme.example", "https://www.borealis.example/contact"),
        ("+44 (0)20 7946 0958", "tel:+442079460958"),
        ("020 7946 0958", "tel:+442079460958"),
    ],
)
def test_text_shows_where_the_link_leads(text: str, href: str) -> None:
    assert run_check("link-text", build=_link(href, text)).codes == []


@pytest.mark.parametrize(
    ("text", "href"),
    [
        ("www.acme.example", "https://www.borealis.example/"),
        ("acme.com", "https://borealis.com/"),
        ("https://www.acme.example/spring?a=1", "https://borealis.example/spring"),
        ("See https://acme.example/spring for more", "https://borealis.example/"),
        ("events@acme.example", "mailto:sales@acme.example"),
        ("020 7946 0958", "tel:+442079460111"),
    ],
)
def test_text_shows_another_place(text: str, href: str) -> None:
    answer = run_check("link-text", build=_link(href, text) * 2)
    assert answer.codes == ["misleading-link"]
    assert answer.findings[0].actual == href or href.startswith(("mailto:", "tel:"))


def test_several_links_through_one_tracker_mislead_nobody() -> None:
    build = "".join(
        _link(f"https://t.borealis.example/c/a1b2c3d4e5f6a7b8c9d{n}", f"www.acme{n}.example") for n in "123"
    )
    assert run_check("link-text", build=build).codes == []


@pytest.mark.parametrize("href", ["https://www.borealis.example/", "https://bit.ly/3xY", "#"])
def test_a_misleading_link_of_a_request_is_told_by_the_comparison_with_it(href: str) -> None:
    asked = {"links": [{"text": "www.acme.example", "url": "https://www.acme.example/"}]}
    build = _link(href, "www.acme.example")
    assert run_check("link-text", email=asked, build=build).codes == ["misleading-link"]
    assert "misleading-link" not in codes("link-text", "link-destination", "link-syntax", email=asked, build=build)
    as_built = {"links": [{"text": "www.acme.example", "url": href}]}
    assert run_check("link-text", email=as_built, build=build).codes == []


@pytest.mark.parametrize(
    "text", ["Click here", "HERE", "hier klicken", "Cliquez ici", "aquí", "klik hier", "здесь", "こちら"]
)
def test_words_that_say_nothing(text: str) -> None:
    answer = run_check("link-text", build=_link(SEAT, text) * 3 + _link(SEAT, "Read more »"))
    assert answer.codes == ["vague-link"]
    assert "lines 1, 2, 3, 4" in answer.findings[0].message


def test_words_that_say_something() -> None:
    assert run_check("link-text", build=_link(SEAT, "Read the report")).outcome is Outcome.PASSED
    assert run_check("link-text", build="<p>Nothing</p>").outcome is Outcome.SKIPPED


CARD = '<p><a href="https://acme.example/p/{}">Fetch one today</a></p>'


@pytest.mark.parametrize(
    "build",
    [
        CARD.format("scree-boots") + CARD.format("still-bottle"),
        CARD.format("100482") + CARD.format("100517"),
        CARD.format("jacke-rot?sku=48213") + CARD.format("jacke-rot?sku=77120"),
        '<a href="https://go.acme.example/?qs=3f9a77c1d2e84b50">Save my seat</a>'
        '<a href="https://go.acme.example/?qs=8c1207fe5a9b4d33">Save my seat</a>'
        '<a href="https://go.acme.example/?qs=0d44a1b9c7e65f21">Our programme</a>',
        '<a href="https://view.acme-mail.example/?qs=3f9a77c1d2e84b50aa">Save my seat</a>'
        '<a href="https://view.acme-mail.example/?qs=8c1207fe5a9b4d33bb">Save my seat</a>',
        CARD.format("shoes") + CARD.format("hats"),
        CARD.format("hats/") + CARD.format("shoes/"),
    ],
)
def test_two_products_and_tracked_clicks_are_no_divergence(build: str) -> None:
    assert run_check("repeated-links", email={}, build=build).codes == []


def test_a_label_that_names_one_of_two_places_tells_which_is_right() -> None:
    story = '<p><a href="https://acme.example/stories/{}">Read the story from Kendal</a></p>'
    answer = run_check("repeated-links", email={}, build=story.format("kendal") + story.format("ulverston"))
    assert answer.codes == ["diverging-link"]


@pytest.mark.parametrize("twin", ["scree-bots", "scree-boots-2025", "scree-boots/old"])
def test_one_product_under_two_addresses(twin: str) -> None:
    build = CARD.format("scree-boots") + CARD.format(twin)
    assert run_check("repeated-links", email={}, build=build).codes == ["diverging-link"]
