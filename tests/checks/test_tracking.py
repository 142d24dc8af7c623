"""Tracking parameters against the request, and as they are written."""

from typing import Any

import pytest

from qa.finding import Outcome
from qa.testing import run_check
from tests.told import codes

WEBINAR = "https://www.acme.example/webinar"


def _link(href: str, text: str = "Save my seat") -> str:
    return f'<a href="{href}">{text}</a>'


PLAN: dict[str, Any] = {"tracking": {"utm": {"source": "news", "campaign": "spring"}, "exempt": ["*/privacy"]}}
GOOD = "?utm_source=news&amp;utm_campaign=spring"


def _tracking(href: str, **link: Any) -> list[str]:
    email = {"links": [{"text": "Save my seat", "url": WEBINAR, **link}]}
    return codes("tracking", "tracking-syntax", campaign=PLAN, email=email, build=_link(href))


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


def test_tracking_of_links_the_request_does_not_name() -> None:
    build = _link(WEBINAR + GOOD) + _link(WEBINAR) + _link("{{system.unsubscribeLink}}", "Unsubscribe")
    assert run_check("tracking", campaign=PLAN, build=build).codes == ["missing-tracking"]


HERO = f'<a href="{WEBINAR}{{}}"><img src="hero.jpg" alt="Forty minutes on what changed"></a>'
BUTTON = {"text": "Save my seat", "url": WEBINAR, "utm": {"content": "cta"}}


@pytest.mark.parametrize("content", ["", "&amp;utm_content=hero", "&amp;utm_content=cta"])
def test_what_a_button_was_given_is_not_asked_of_the_picture_above_it(content: str) -> None:
    build = HERO.format(GOOD + content) + _link(WEBINAR + GOOD + "&amp;utm_content=cta")
    assert codes("tracking", "tracking-syntax", campaign=PLAN, email={"links": [BUTTON]}, build=build) == []


@pytest.mark.parametrize(
    ("hero", "button"),
    [("?utm_source=news", GOOD + "&amp;utm_content=cta"), (GOOD + "&amp;utm_content=cta", GOOD)],
    ids=["the plan holds for the picture", "the button lacks its own"],
)
def test_the_picture_and_the_button_are_each_held_to_their_own(hero: str, button: str) -> None:
    build = HERO.format(hero) + _link(WEBINAR + button)
    assert run_check("tracking", campaign=PLAN, email={"links": [BUTTON]}, build=build).codes == ["missing-tracking"]


def test_where_no_link_has_the_words_the_nearest_is_the_one_that_was_asked_for() -> None:
    build = HERO.format(GOOD) + _link(WEBINAR + GOOD, "Save your seat now")
    (finding,) = run_check("tracking", campaign=PLAN, email={"links": [BUTTON]}, build=build).findings
    assert finding.message == "“Save your seat now” lacks utm_content=cta."


def test_two_links_to_one_page_keep_their_own_contents() -> None:
    links = [{**BUTTON, "text": "Forty minutes on what changed", "utm": {"content": "hero"}}, BUTTON]
    right = HERO.format(GOOD + "&amp;utm_content=hero") + _link(WEBINAR + GOOD + "&amp;utm_content=cta")
    swapped = HERO.format(GOOD + "&amp;utm_content=cta") + _link(WEBINAR + GOOD + "&amp;utm_content=hero")
    assert run_check("tracking", campaign=PLAN, email={"links": links}, build=right).codes == []
    assert run_check("tracking", campaign=PLAN, email={"links": links}, build=swapped).codes == ["wrong-tracking"] * 2


def test_the_plan_is_for_emails_and_not_for_the_links_of_a_page() -> None:
    page = {"links": [{"text": "Save my seat", "url": WEBINAR}]}
    assert run_check("tracking", campaign=PLAN, page=page, build=_link(WEBINAR)).codes == []
    own = {"links": [{"text": "Save my seat", "url": WEBINAR, "utm": {"source": "page"}}]}
    assert run_check("tracking", campaign=PLAN, page=own, build=_link(WEBINAR + "?utm_source=page")).codes == []
    assert run_check("tracking", campaign=PLAN, page=own, build=_link(WEBINAR)).codes == ["missing-tracking"]


def test_a_link_that_is_to_carry_none() -> None:
    email = {"links": [{"text": "Save my seat", "url": WEBINAR, "utm": "none"}]}
    assert run_check("tracking", campaign=PLAN, email=email, build=_link(WEBINAR)).codes == []
    assert run_check("tracking", campaign=PLAN, email=email, build=_link(WEBINAR + GOOD)).codes == ["unwanted-tracking"]


def test_a_campaign_whose_links_carry_none() -> None:
    campaign = {"tracking": {"utm": "none"}}
    email = {"links": [{"text": "Save my seat", "url": WEBINAR}]}
    assert run_check("tracking", campaign=campaign, email=email, build=_link(WEBINAR)).outcome is Outcome.PASSED
    assert run_check("tracking", campaign=campaign, email=email, build=_link(WEBINAR + GOOD)).codes == [
        "unwanted-tracking"
    ]


@pytest.mark.parametrize(
    ("pattern", "exempt"),
    [
        ("www.acme.example/webinar", True),
        ("acme.example/webinar/", True),
        ("acme.example", True),
        ("acme.example/web*", True),
        ("https://www.acme.example/webinar", True),
        ("*/webinar", True),
        ("acme.example/web", False),
        ("other.example/webinar", False),
        ("https://acme.example/webinar", False),
    ],
)
def test_what_is_exempt_may_be_written_without_a_scheme(pattern: str, exempt: bool) -> None:
    campaign = {"tracking": {"utm": {"source": "news"}, "exempt": [pattern]}}
    email = {"links": [{"text": "Save my seat", "url": WEBINAR}]}
    bare = run_check("tracking", campaign=campaign, email=email, build=_link(WEBINAR)).codes
    assert bare == ([] if exempt else ["missing-tracking"])
    tracked = run_check("tracking", campaign=campaign, email=email, build=_link(WEBINAR + "?utm_source=news")).codes
    assert tracked == (["unwanted-tracking"] if exempt else [])


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("spr\u200bing", "zero width space (U+200B)"),
        ("spr%E2%80%8Bing", "zero width space (U+200B)"),
        ("spring\u00ad", "soft hyphen (U+00AD)"),
        ("sprin\u0261", "latin small letter script g (U+0261)"),
        ("\ufeffspring", "zero width no-break space (U+FEFF)"),
    ],
)
def test_a_difference_nobody_sees_is_named(written: str, named: str) -> None:
    email = {"links": [{"text": "Save my seat", "url": WEBINAR}]}
    build = _link(f"{WEBINAR}?utm_source=news&amp;utm_campaign={written}")
    (finding,) = run_check("tracking", campaign=PLAN, email=email, build=build).findings
    assert finding.code == "wrong-tracking"
    assert named in finding.message


def test_a_difference_that_is_seen_is_quoted() -> None:
    email = {"links": [{"text": "Save my seat", "url": WEBINAR}]}
    build = _link(f"{WEBINAR}?utm_source=news&amp;utm_campaign=sprint")
    (finding,) = run_check("tracking", campaign=PLAN, email=email, build=build).findings
    assert "“sprint”, not “spring”" in finding.message


@pytest.mark.parametrize(
    "query",
    [
        "?utm_source=news&amp;utm_medium=email",
        "?id=4&amp;utm_source=news#top",
        "?utm_source=news&amp;utm_content=",
        "?utm_campaign=spring%20sale&amp;utm_source=news",
        "?u=https://www.acme.example/x?utm_source=news",
        "?u=https%3A%2F%2Fwww.acme.example%2Fx%3Futm_source%3Dnews%26utm_medium%3Demail",
        "?utm_source={{campaign.Name}}&amp;utm_medium=email",
        "?a=b?c",
        "#section",
    ],
)
def test_without_a_request_parameters_that_can_be_read_are_let_be(query: str) -> None:
    assert run_check("tracking-syntax", build=_link(WEBINAR + query)).codes == []


@pytest.mark.parametrize(
    ("query", "fault"),
    [
        ("?a=b?utm_source=c", "second “?”"),
        ("?a=b&amp;amp;utm_source=c", "“&amp;”"),
        ("&amp;utm_source=c", "“&” before the first parameter"),
        ("?utm_source=&amp;utm_medium=email", "empty"),
        ("?utm_source=c&amp;utm_source=d", "utm_source is there twice"),
        ("#top?utm_source=a", "behind the “#”"),
        ("%3Futm_source=a", "encoded"),
    ],
)
def test_without_a_request_parameters_that_nobody_can_read_are_told(query: str, fault: str) -> None:
    (finding,) = run_check("tracking-syntax", build=_link(WEBINAR + query)).findings
    assert finding.code == "malformed-tracking"
    assert fault in finding.message


def test_links_with_one_fault_are_told_together() -> None:
    build = "".join(_link(f"https://a.example/{n}?a=b?utm_source=c", f"Article {n}") for n in range(30))
    (finding,) = run_check("tracking-syntax", build=build).findings
    assert "“Article 0”" in finding.message and "24 more" in finding.message
    assert len(finding.each) == 30


def test_without_parameters_there_is_nothing_to_read() -> None:
    assert run_check("tracking-syntax", build=_link(WEBINAR)).outcome is Outcome.SKIPPED


def test_where_no_link_is_named_tracking_is_asked_of_the_pages_of_the_brand() -> None:
    furniture = _link("https://www.facebook.com/acme", "Facebook") + _link("https://acme.example/help", "Help")
    build = _link(WEBINAR + GOOD) + furniture
    assert run_check("tracking", campaign=PLAN, build=build).codes == []
