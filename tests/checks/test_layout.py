"""Does the layout fit a phone? Judged on measured screenshots, and once on a real browser."""

from dataclasses import replace
from typing import Any

import pytest

from qa.artefacts import Box, Element, Markup, Rendering, Screenshot, View
from qa.check import all_checks
from qa.finding import Finding, Outcome, Skip
from qa.profile.model import Profile
from qa.source import Source
from qa.testing import run_check

SOURCE = Source("build/a.html", "<body>\n<table>\n<td>Hello</td></table></body>")


def judged(*screenshots: Screenshot) -> list[Finding]:
    return list(all_checks()["phone-overflow"].function(Rendering("x", screenshots), Markup(SOURCE)))


def screenshot(width: int, scroll_width: int, *elements: Element) -> Screenshot:
    return Screenshot(View(f"{width}", f"{width}", width), width, 800, scroll_width, b"", elements)


def element(tag: str, offset: int, x: float, width: float, visible: bool = True) -> Element:
    return Element(offset, tag, Box(x, 0, width, 20), visible)


def test_what_fits() -> None:
    assert judged(screenshot(375, 375), screenshot(600, 600)) == []
    assert judged(screenshot(375, 376)) == []  # a rounded half pixel
    assert judged(screenshot(375, 375), screenshot(1280, 1400)) == []


def test_the_outermost_element_that_sticks_out_is_named() -> None:
    inside = [
        element("body", 0, 0, 375),
        element("table", 7, 0, 600),
        element("td", 15, 0, 600),
        element("p", 19, 0, 400),
    ]
    (finding,) = judged(screenshot(375, 600, *inside))
    assert finding.message == (
        "On a phone 375 px wide, <table> is 600 px wide and sticks out by 225 px: the reader has to scroll sideways."
    )
    assert finding.where == SOURCE.place(7)
    assert (finding.code, finding.expected, finding.actual) == ("sideways-scroll", "375 px", "600 px")


def test_where_the_phone_shows_it_smaller_it_is_said_how_small() -> None:
    view = View("phone", "Gmail on Android", 375, fits=True)
    words = Element(19, "p", Box(0, 40, 300, 20), True, "Save your seat today", font_size=14)
    drawn = Screenshot(view, 375, 800, 600, b"", (element("table", 7, 0, 375), words))  # boxes as they are seen
    (finding,) = judged(drawn)
    assert finding.message == (
        "On a phone 375 px wide, <table> is 600 px wide and sticks out by 225 px: Gmail on Android shows everything "
        "smaller, at 62%, so that type of 14 px looks like 9 px."
    )
    assert judged(replace(drawn, scroll_width=375)) == []
    (hardly,) = judged(replace(drawn, scroll_width=384))
    assert hardly.code == "empty-overflow"


def test_a_picture_that_did_not_come_may_shrink_when_it_is_there() -> None:
    source = Source("build/a.html", '<img src="a.png" style="width:600px;max-width:100%"><img src="b.png" width="600">')
    missing = [replace(element("img", offset, 0, 600), natural=(0, 0)) for offset in (0, 52)]
    check = all_checks()["phone-overflow"].function
    for picture, review in zip(missing, (True, False), strict=True):
        (finding,) = check(Rendering("x", (screenshot(375, 600, picture),)), Markup(source))
        assert (finding.code, finding.review) == ("sideways-scroll", review)


def test_a_page_is_judged_with_its_pictures() -> None:
    page = View("phone", "Phone", 375, kind="page")
    fits, wide = (
        replace(screenshot(375, 375), view=page),
        replace(screenshot(375, 600), view=replace(page, images=False)),
    )
    assert judged(fits, wide) == []
    (finding,) = judged(replace(wide, elements=(element("div", 7, 0, 600),)))
    assert (finding.code, finding.review) == ("sideways-scroll", True)
    assert [f.code for f in judged(replace(fits, scroll_width=600), wide)] == ["sideways-scroll"]


def test_nothing_to_name() -> None:
    (finding,) = judged(screenshot(375, 600, element("table", 7, 0, 600, visible=False)))
    assert finding.where is None
    assert finding.message == "On a phone 375 px wide, the layout is 600 px wide: the reader has to scroll sideways."


def test_no_phone_no_verdict() -> None:
    with pytest.raises(Skip):
        judged(screenshot(1280, 1280))


def test_a_little_empty_space_is_no_reason_to_scroll() -> None:
    grid = element("div", 7, 0, 399)
    (finding,) = judged(screenshot(375, 399, element("body", 0, 0, 375), grid))
    assert finding.code == "empty-overflow"
    short = replace(grid, text="one of two", font_size=16.0)
    assert [one.code for one in judged(screenshot(375, 399, short))] == ["empty-overflow"]
    for drawn in (replace(grid, text="word " * 20, font_size=16.0), replace(grid, tag="img", natural=(399, 20))):
        assert [one.code for one in judged(screenshot(375, 399, grid, drawn))] == ["sideways-scroll"]


def test_template_code_that_sticks_out_is_for_a_person() -> None:
    code = replace(element("td", 15, 0, 531), text="{{ transaction.payment_details.last_digits }}", font_size=16.0)
    (finding,) = judged(screenshot(375, 531, element("table", 7, 0, 531), code))
    assert (finding.code, finding.review) == ("sideways-scroll", True)


@pytest.mark.parametrize(
    "tag", ['<table width="600">', '<table style="min-width:600px">', "<table style='width: 600px'>"]
)
def test_a_layout_that_is_fixed_is_too_wide_whatever_a_merge_tag_does(tag: str) -> None:
    source = Source("build/a.html", f"<body>\n{tag}\n<td>Hello</td></table></body>")
    code = replace(element("td", 9 + len(tag), 0, 531), text="{{ transaction.payment_details.number }}", font_size=16.0)
    drawn = screenshot(375, 600, element("table", 7, 0, 600), code)
    check = all_checks()["phone-overflow"].function
    (finding,) = check(Rendering("x", (drawn,)), Markup(source))
    assert (finding.code, finding.review) == ("sideways-scroll", False)
    loose = Source("build/a.html", source.text.replace("600", "100").replace("min-", "max-"))
    (finding,) = check(Rendering("x", (drawn,)), Markup(loose))
    assert (finding.code, finding.review) == ("sideways-scroll", True)


@pytest.mark.browser
def test_in_a_browser(browser: Any) -> None:
    wide = '<body style="margin:0"><table width="600"><tr><td>Save your seat</td></tr></table></body>'
    answer = run_check("phone-overflow", email={}, build=wide)
    assert (answer.outcome, answer.codes) == (Outcome.FAILED, ["sideways-scroll"])
    assert answer.findings[0].where is not None
    assert run_check("phone-overflow", page={}, build="<body><p>Save your seat</p></body>").codes == []


PICTURE = '<table><tr><td><img src="wide.png" alt="Hall"></td></tr></table>'
NAME = "<p>{{my.a_very_long_name_of_a_field_that_nobody_reads}}</p>"


@pytest.mark.browser
@pytest.mark.parametrize("body", [PICTURE, PICTURE + NAME, NAME + PICTURE])
def test_a_merge_tag_beside_a_wide_picture_changes_nothing(body: str, browser: None) -> None:
    files = {"build/wide.png": {"picture": [700, 200, "hall"]}}
    profile = Profile(views=("apple-mail-ios",))
    answer = run_check("phone-overflow", email={}, build=f"<body>{body}</body>", files=files, profile=profile)
    assert (answer.outcome, answer.codes) == (Outcome.FAILED, ["sideways-scroll"])
