"""Checks of links and pictures: each finds a mistake alone, together they tell it once, and one stands in for another."""

from __future__ import annotations

from typing import Any

import pytest

from qa.finding import Outcome
from qa.testing import run_check
from tests.told import campaign_told, codes

SEAT = "https://www.acme.example/webinar"
ASKED: dict[str, Any] = {"email": {"links": [{"text": "Save my seat", "url": SEAT}]}}
UTM: dict[str, Any] = {"campaign": {"tracking": {"utm": {"source": "news"}}}}
PLAIN = "Join us for forty minutes on what changed in the last year. Save my seat: "
HERO = {"picture": [600, 300, "hero"]}


def _link(href: str, text: str = "Save my seat") -> str:
    return f'<p><a href="{href}">{text}</a></p>'


CALENDAR = "https://www.acme.example/{{my.Calendar File}}"


def _calendar(asked: str, html: str, text: str = "") -> dict[str, Any]:
    """An email to be built for Marketo with a link that holds a merge tag, and what was built for it in each part."""
    link = {"text": "Add to calendar", "url": asked}
    plain = (
        {"plain": f"Dear {{{{lead.First Name}}}}, join us for forty minutes. Add to calendar: {text}"} if text else {}
    )
    return {
        "campaign": {"platform": "marketo"},
        "email": {"links": [link], "tokens": ["{{lead.First Name}}"]},
        "build": "<p>Dear {{lead.First Name}},</p>" + _link(html, "Add to calendar"),
    } | plain


# (what is told, by which check), (what is not told beside it, by which check), the campaign
TOLD_ONCE: list[tuple[tuple[str, str], tuple[str, str], dict[str, Any]]] = [
    *(
        ((code, check), ("wrong-destination", "link-destination"), ASKED | {"build": _link(href)})
        for href, code, check in (
            ("", "empty-link", "link-syntax"),
            ("#", "placeholder-link", "link-syntax"),
            ("https://example.com/", "placeholder-link", "link-syntax"),
            ("https://www.facebook.com/", "placeholder-link", "link-syntax"),
            ("https//www.acme.example/webinar", "malformed-link", "link-syntax"),
            ("/webinar", "relative-link", "link-syntax"),
            ("http://localhost:3000/x", "staging-link", "link-hosts"),
            ("https://staging.acme.example/webinar", "staging-link", "link-hosts"),
            ("mailto:kim@@acme.example", "malformed-mailto", "contact-links"),
            ("tel:abc", "malformed-phone", "contact-links"),
        )
    ),
    *(
        (("wrong-destination", "link-destination"), (code, check), ASKED | {"build": build})
        for build, code, check in (
            (_link("https://bit.ly/3xYz"), "shortened-link", "link-hosts"),
            (_link(SEAT) + _link(SEAT + "-2025"), "diverging-link", "repeated-links"),
            (_link("#nothere"), "missing-anchor", "link-anchors"),
        )
    ),
    (
        ("wrong-destination", "link-destination"),
        ("missing-tracking", "tracking"),
        ASKED | UTM | {"build": _link("https://click.acme.example/?qs=3f2a9b8c7d6e5f4a3b2c1d0e9f8a7b6c")},
    ),
    (("empty-link", "link-syntax"), ("missing-tracking", "tracking"), ASKED | UTM | {"build": _link("")}),
    (
        ("malformed-tracking", "tracking-syntax"),
        ("wrong-destination", "link-destination"),
        ASKED | UTM | {"build": _link(SEAT + "?ref=mail?utm_source=news")},
    ),
    (
        ("wrong-destination", "link-destination"),
        ("wrong-text-link", "text-parity"),
        ASKED | {"build": _link(SEAT + "-2025"), "plain": PLAIN + SEAT},
    ),
    (
        ("missing-link", "link-presence"),
        ("extra-text-link", "text-parity"),
        ASKED | {"build": "<p>Join us.</p>", "plain": PLAIN + SEAT},
    ),
    (
        ("unasked-link", "unasked-links"),
        ("misleading-link", "link-text"),
        ASKED | {"build": _link(SEAT) + _link("https://www.borealis.example/", "www.aurora.example")},
    ),
    (
        ("staging-link", "link-hosts"),
        ("unasked-link", "unasked-links"),
        ASKED | {"build": _link(SEAT) + _link("https://staging.acme.example/winter", "Winter sale")},
    ),
    (
        ("wrong-label", "link-presence"),
        ("nameless-link", "link-names"),
        ASKED | {"build": _link(SEAT, "")},
    ),
    (
        ("wrong-alt", "image-alt"),
        ("too-few-links", "link-presence"),
        {
            "email": {
                "links": [{"text": "Save my seat", "url": SEAT, "times": 2}],
                "images": [{"src": "hero.png", "alt": "Save my seat"}],
            },
            "build": _link(SEAT) + f'<a href="{SEAT}"><img src="hero.png" alt="Hero"></a>',
        },
    ),
    *(
        (
            ("placeholder-picture", "placeholder-pictures"),
            ("wrong-picture", "image-picture"),
            {
                "email": {"images": [{"src": "hero.png", "asset": "assets/hero.png", "alt": "Speakers"}]},
                "build": f'<img src="https://{src}" alt="Speakers">',
                "files": {"assets/hero.png": HERO},
            },
        )
        for src in ("via.placeholder.com/600x300", "placehold.co/hero.png")
    ),
    *(
        (
            shown,
            ("placeholder-picture", "placeholder-pictures"),
            {
                "email": {"images": [{"src": "hero.png", "asset": "assets/hero.png", "alt": "Speakers"}]},
                "build": '<img src="hero-placeholder.png" alt="Speakers">',
                "files": {"assets/hero.png": HERO} | more,
            },
        )
        for shown, more in (
            (("wrong-picture", "image-picture"), {"build/hero-placeholder.png": {"picture": [600, 300, "old"]}}),
            (("broken-image", "image-files"), {}),
        )
    ),
    (
        ("broken-image", "image-files"),
        ("wrong-picture", "image-picture"),
        {
            "email": {"images": [{"src": "hero.png", "asset": "assets/hero.png"}]},
            "build": '<img src="hero.png" alt="Speakers">',
            "files": {"assets/hero.png": HERO},
        },
    ),
    *(
        (("wrong-destination", "link-destination"), (code, check), _calendar(asked, html, text))
        for asked, html, text, code, check in (
            ("{{my.Calendar File}}", "{{my.Calender File}}", "", "unasked-token", "tokens-asked"),
            ("{{my.Calendar File}}", "{{my.Calender File}}", "{{my.Calendar File}}", "unasked-token", "tokens-asked"),
            ("{{my.Calendar File}}", "{{my.Calender File}}", "{{my.Calender File}}", "unasked-token", "tokens-asked"),
            (CALENDAR, CALENDAR.replace("dar", "der"), "", "unasked-token", "tokens-asked"),
            ("{{my.Calendar File}}", "{{my.Calendar File}", "", "malformed-token", "token-syntax"),
            ("{{my.Calendar File}}", "*|CALENDAR|*", "", "foreign-token", "token-syntax"),
            ("{{system.forwardToFriendLink}}", "{{system.forwardToFrendLink}}", "", "unknown-token", "token-names"),
        )
    ),
    *(
        ((code, check), ("missing-text-link", "text-parity"), _calendar(asked, asked, text))
        for asked, text, code, check in (
            ("{{my.Calendar File}}", "{{my.Calender File}}", "unasked-token", "tokens-asked"),
            ("{{my.Calendar File}}", "{{my.Calendar File}", "malformed-token", "token-syntax"),
            ("https://www.acme.example/calendar", "{{my.Calender File}}", "unasked-token", "tokens-asked"),
        )
    ),
    (
        ("wrong-text-link", "text-parity"),
        ("unasked-token", "tokens-asked"),
        _calendar(CALENDAR, CALENDAR, CALENDAR.replace("dar", "der")),
    ),
]


@pytest.mark.parametrize(("shown", "other", "written"), TOLD_ONCE)
def test_a_mistake_is_found_by_each_check_and_told_once(
    shown: tuple[str, str], other: tuple[str, str], written: dict[str, Any]
) -> None:
    for code, check in (shown, other):
        assert code in codes(check, **written), f"{check} alone"
    both = codes(shown[1], other[1], **written)
    assert both.count(shown[0]) == 1 and other[0] not in both
    assert other[0] in codes(shown[1], other[1], off=(shown[0],), **written), f"without {shown[0]}"


def test_a_merge_tag_that_is_wrong_in_an_address_and_in_a_sentence_is_two_mistakes() -> None:
    written = _calendar("{{my.Calendar File}}", "{{my.Calender File}}")
    written["build"] += "<p>See {{my.Calender File}}.</p>"
    assert codes("link-destination", "tokens-asked", **written) == ["unasked-token", "wrong-destination"]


def test_what_is_told_by_a_lighter_finding_still_holds() -> None:
    asked = {"links": [{"text": "Write to us", "url": "mailto:kim@acme.example?subject=Spring%20webinar"}]}
    build = _link("mailto:kim@acme.example?subject=Spring webinar", "Write to us")
    (shown,) = campaign_told("contact-links", "link-destination", build=build, email=asked)
    assert (shown.finding.code, shown.severity) == ("unencoded-mailto", "error")


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        (SEAT + "-2025?a=b?utm_source=news", ["malformed-tracking", "wrong-destination"]),  # the page is another one
        ("https://www.borealis.example/webinar?a=b?utm_source=news", ["malformed-tracking", "wrong-destination"]),
        (SEAT + "-2025", ["missing-tracking", "wrong-destination"]),
        ("http://www.acme.example/winter?utm_source=news", ["insecure-link", "wrong-destination"]),
    ],
)
def test_two_mistakes_in_one_link_are_both_told(href: str, expected: list[str]) -> None:
    assert (
        codes("link-destination", "tracking", "tracking-syntax", "link-syntax", build=_link(href), **ASKED, **UTM)
        == expected
    )


def test_another_address_of_a_mail_link_is_not_hidden_by_its_damaged_subject() -> None:
    asked = {"links": [{"text": "Write to us", "url": "mailto:kim@acme.example"}]}
    build = _link("mailto:sales@acme.example?subject=Spring webinar", "Write to us")
    assert codes("contact-links", "link-destination", build=build, email=asked) == [
        "unencoded-mailto",
        "wrong-destination",
    ]


@pytest.mark.parametrize("href", ["", "#", "/webinar", "https//www.acme.example/webinar"])
def test_a_second_button_that_leads_nowhere_is_not_as_asked(href: str) -> None:
    build = _link(SEAT) + _link(href)
    assert codes("link-destination", build=build, **ASKED) == ["wrong-destination"]
    assert "wrong-destination" not in codes("link-destination", "link-syntax", build=build, **ASKED)


def test_a_place_in_the_page_that_is_not_there_is_told_though_the_request_names_it() -> None:
    asked = {"links": [{"text": "Agenda", "url": "#agenda"}]}
    assert codes("link-anchors", "link-destination", build=_link("#agenda", "Agenda"), page=asked) == ["missing-anchor"]


def test_tracking_that_a_merge_tag_prints_is_for_a_person_unless_it_was_asked_for_so() -> None:
    assert run_check("tracking", build=_link("{{my.Url}}"), **ASKED, **UTM).outcome is Outcome.REVIEW
    asked = {"links": [{"text": "Save my seat", "url": "{{my.Url}}"}]}
    assert run_check("tracking", build=_link("{{my.Url}}"), email=asked, **UTM).outcome is Outcome.PASSED


def test_what_is_not_in_the_build_at_all_was_not_compared() -> None:
    for check in ("link-destination", "tracking"):
        assert run_check(check, build="<p>Join us.</p>", **ASKED, **UTM).outcome is Outcome.SKIPPED


EXEMPT = {"tracking": {"utm": {"source": "news"}, "exempt": ["privacy.acme.example", "*/imprint*"]}}
PRIVACY = _link("https://privacy.acme.example/notice", "Privacy notice")


def test_an_exemption_that_matches_a_link_of_any_asset_is_used() -> None:
    second = {"name": "thanks", "build": "build/thanks.html"}
    campaign = EXEMPT | {"pages": [second]}
    files = {"build/thanks.html": _link("https://www.acme.example/imprint", "Imprint")}
    assert run_check("tracking-exemptions", build=PRIVACY, campaign=campaign, files=files).codes == []
    asked = {"links": [{"text": "Imprint", "url": "https://www.acme.example/imprint"}]}
    assert run_check("tracking-exemptions", build=PRIVACY, campaign=EXEMPT, email=asked).codes == []


def test_an_exemption_that_matches_nothing_says_so() -> None:
    (finding,) = run_check("tracking-exemptions", build=PRIVACY, campaign=EXEMPT).findings
    assert (finding.code, finding.expected) == ("unused-exemption", "*/imprint*")
    assert finding.request is not None


def test_where_a_build_cannot_be_read_no_exemption_is_called_unused() -> None:
    campaign = EXEMPT | {"pages": [{"name": "thanks", "build": "build/thanks.html"}]}
    assert run_check("tracking-exemptions", build=PRIVACY, campaign=campaign).codes == []
    assert run_check("tracking-exemptions", build=PRIVACY).outcome is Outcome.SKIPPED
