"""Links and tracking parameters against the request."""

from typing import Any

import pytest

from qa.finding import Outcome
from qa.testing import run_check

WEBINAR = "https://www.acme.example/webinar"
ASKED = {"links": [{"text": "Save my seat", "url": WEBINAR}]}
VML = (
    '<!--[if mso]><v:roundrect xmlns:v="urn:schemas-microsoft-com:vml" href="{}" style="width:200px">'
    "<center>Save my seat</center></v:roundrect><![endif]-->"
)


def _link(href: str, text: str = "Save my seat") -> str:
    return f'<a href="{href}">{text}</a>'


@pytest.mark.parametrize(
    "href",
    [
        WEBINAR,
        "https://WWW.ACME.example:443/webinar",
        WEBINAR + "?utm_source=a&amp;utm_medium=b",
        "http://www.acme.example/webinar",  # insecure-link says so; it is the same place
    ],
)
def test_link_leads_where_the_request_says(href: str) -> None:
    assert run_check("link-destination", email=ASKED, build=_link(href)).outcome is Outcome.PASSED


@pytest.mark.parametrize("label", ["SAVE MY SEAT", "Save my seat →", "<b>Save</b> my&nbsp;seat", "Save my seat now"])
def test_label_is_the_same_to_a_reader(label: str) -> None:
    assert run_check("link-presence", email=ASKED, build=_link(WEBINAR, label)).outcome is Outcome.PASSED


@pytest.mark.parametrize(
    "href",
    [WEBINAR + "s", "https://www.acme.example/webinar-2025", "https://acme.example/webinar", WEBINAR + "?id=4", "#top"],
)
def test_link_leads_elsewhere(href: str) -> None:
    answer = run_check("link-destination", email=ASKED, build=_link(href))
    assert answer.codes == ["wrong-destination"]
    assert answer.findings[0].expected == WEBINAR
    assert run_check("link-presence", email=ASKED, build=_link(href)).codes == []
    assert run_check("unasked-links", email=ASKED, build=_link(href)).codes == []


@pytest.mark.parametrize("href", ["", "#", "https//www.acme.example/webinar", "https:// www.acme.example/webinar"])
def test_a_dead_link_is_said_once_by_link_syntax(href: str) -> None:
    assert run_check("link-destination", email=ASKED, build=_link(href)).codes == []
    assert len(run_check("link-syntax", email=ASKED, build=_link(href)).codes) == 1


def test_link_to_a_place_with_query_in_any_order() -> None:
    asked = {"links": [{"text": "Book", "url": "https://a.example/?a=1&b=2"}]}
    assert run_check("link-destination", email=asked, build=_link("https://a.example?b=2&amp;a=1", "Book")).codes == []


def test_button_that_only_outlook_shows_leads_elsewhere() -> None:
    build = VML.format("https://www.acme.example/winter") + _link(WEBINAR)
    answer = run_check("link-destination", email=ASKED, build=build)
    assert answer.codes == ["wrong-destination"]
    assert "Outlook" in answer.findings[0].message


def test_two_links_with_the_same_label_are_told_apart() -> None:
    asked = {"links": [{"text": "Read more", "url": f"https://a.example/{n}"} for n in (1, 2, 3)]}
    build = "".join(_link(f"https://a.example/{n}", "Read more") for n in (1, 2, 3))
    assert run_check("link-destination", email=asked, build=build).codes == []
    swapped = "".join(_link(f"https://a.example/{n}", "Read more") for n in (1, 2, 4))
    (finding,) = run_check("link-destination", email=asked, build=swapped).findings
    assert (finding.expected, finding.actual) == ("https://a.example/3", "https://a.example/4")


def test_linked_picture_answers_by_its_alternative_text() -> None:
    build = f'<a href="{WEBINAR}"><img src="b.png" alt="Save my seat"></a>'
    assert run_check("link-presence", email=ASKED, build=build).codes == []


def test_missing_link_and_another_label() -> None:
    other = _link("https://www.acme.example/privacy", "Privacy policy")
    assert run_check("link-presence", email=ASKED, build=other).codes == ["missing-link"]
    assert run_check("link-presence", email=ASKED, build=_link(WEBINAR, "Register")).codes == ["wrong-label"]


def test_how_often_a_link_appears_counts_a_vml_twin_once() -> None:
    asked = {"links": [{"text": "Save my seat", "url": WEBINAR, "times": 2}]}
    once = VML.format(WEBINAR) + _link(WEBINAR)
    assert run_check("link-presence", email=asked, build=once).codes == ["too-few-links"]
    assert run_check("link-presence", email=asked, build=once * 2).codes == []


def test_link_nobody_asked_for() -> None:
    system = _link("{{system.unsubscribeLink}}", "Unsubscribe") + _link("mailto:a@b.example", "Write to us")
    assert run_check("unasked-links", email=ASKED, build=_link(WEBINAR) + system).outcome is Outcome.PASSED
    extra = _link("https://www.acme.example/winter", "Winter sale") * 2
    answer = run_check("unasked-links", email=ASKED, build=_link(WEBINAR) + extra)
    assert answer.codes == ["unasked-link"]
    assert "2 times" in answer.findings[0].message


@pytest.mark.parametrize(
    "href",
    [
        WEBINAR,
        "mailto:a@b.example",
        "tel:+441234",
        "{{my.Url}}",
        "https://{{my.Event Url}}/x?{{lead.Id}}",
        "*|UNSUB|*",
        "#top",
    ],
)
def test_link_that_can_be_followed(href: str) -> None:
    assert run_check("link-syntax", build=_link(href)).codes == []


@pytest.mark.parametrize(
    ("href", "code"),
    [
        ("", "empty-link"),
        ("#", "placeholder-link"),
        ("javascript:void(0)", "placeholder-link"),
        ("https://", "placeholder-link"),
        ("https//acme.example", "malformed-link"),
        ("https:/acme.example", "malformed-link"),
        ("ttps://acme.example", "malformed-link"),
        ("www.acme.example/x", "malformed-link"),
        ("https://acme.example/a b", "malformed-link"),
        ("https://acme.example:port/", "malformed-link"),
        ("http://acme.example", "insecure-link"),
        ("/webinar", "relative-link"),
        ("webinar.html", "relative-link"),
    ],
)
def test_link_that_cannot(href: str, code: str) -> None:
    assert run_check("link-syntax", build=_link(href)).codes == [code]


def test_relative_links_are_fine_on_a_page() -> None:
    assert run_check("link-syntax", page={}, build=_link("/webinar") + _link("#")).codes == []


PLAN: dict[str, Any] = {"tracking": {"utm": {"source": "news", "campaign": "spring"}, "exempt": ["*/privacy"]}}
GOOD = "?utm_source=news&amp;utm_campaign=spring"


def _tracking(href: str, **link: Any) -> list[str]:
    email = {"links": [{"text": "Save my seat", "url": WEBINAR, **link}]}
    return run_check("tracking", campaign=PLAN, email=email, build=_link(href)).codes


def test_tracking_as_asked_for() -> None:
    assert _tracking(WEBINAR + GOOD) == []
    assert _tracking(WEBINAR + "?utm_campaign=spring&amp;utm_source=news&amp;x=1") == []
    assert _tracking(WEBINAR + GOOD + "&amp;utm_content=hero", utm={"content": "hero"}) == []


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("", "missing-tracking"),
        ("?utm_source=news", "missing-tracking"),
        ("?utm_source=news&amp;utm_campaign=winter", "wrong-tracking"),
        ("?utm_source=News&amp;utm_campaign=spring", "wrong-tracking"),
        ("?a=1?utm_source=news&amp;utm_campaign=spring", "malformed-tracking"),
        ("?utm_source=news&amp;amp;utm_campaign=spring", "malformed-tracking"),
        ("#utm_source=news&amp;utm_campaign=spring", "malformed-tracking"),
        ("?utm_source=news&amp;utm_campaign=", "malformed-tracking"),
        ("?utm_source=news&amp;utm_campaign=spring&amp;utm_source=news", "malformed-tracking"),
        ("%3Futm_source=news&amp;utm_campaign=spring", "malformed-tracking"),
        ("&amp;utm_source=news&amp;utm_campaign=spring", "malformed-tracking"),
        ("?UTM_source=news&amp;utm_campaign=spring", "malformed-tracking"),
        ("?utm_source=news&amp;utm_campaign=spring%20sale", "malformed-tracking"),
    ],
)
def test_tracking_otherwise(query: str, code: str) -> None:
    assert _tracking(WEBINAR + query) == [code]


def test_tracking_that_should_not_be_there() -> None:
    email = {"links": [{"text": "Privacy", "url": "https://a.example/privacy"}]}
    assert (
        run_check("tracking", campaign=PLAN, email=email, build=_link("https://a.example/privacy", "Privacy")).codes
        == []
    )
    exempt = {**PLAN, "tracking": {**PLAN["tracking"], "exempt": ["a.example"]}}
    tracked = _link("https://a.example/privacy" + GOOD, "Privacy")
    assert run_check("tracking", campaign=exempt, email=email, build=tracked).codes == ["unwanted-tracking"]


def test_tracking_value_from_a_merge_tag_is_for_a_person() -> None:
    email = {"links": [{"text": "Save my seat", "url": WEBINAR}]}
    build = _link(WEBINAR + "?utm_source=news&amp;utm_campaign={{my.Campaign}}")
    assert run_check("tracking", campaign=PLAN, email=email, build=build).outcome is Outcome.REVIEW
