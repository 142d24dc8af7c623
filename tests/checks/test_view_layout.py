"""Does the layout hold in every view? On measured screenshots; in a browser in tests/checks/test_views.py."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qa.artefacts import Box, Element, Rendering, Screenshot, View
from qa.check import all_checks
from qa.finding import Finding
from qa.gather.inventory import inventory
from qa.source import Source
from qa.testing import run_check

HTML = '<p>Join us in spring</p>\n<p>Save your seat</p>\n<table width="1200"><tr><td>Agenda</td></tr></table>'
ONE, TWO, TABLE, CELL = 0, HTML.index("<p>Save"), HTML.index("<table"), HTML.index("<td")


def screenshot(*elements: Element, width: int = 800, reach: int = 0, name: str = "desk") -> Screenshot:
    view = View(name, name.title(), width)
    return Screenshot(view, width, 800, reach or width, b"", elements)


def text(offset: int, y: float, height: float, words: str = "Save your seat", x: float = 0, tag: str = "p") -> Element:
    return Element(offset, tag, Box(x, y, 400, height), True, words, font_size=16)


def judged(*screenshots: Screenshot) -> list[Finding]:
    markup = inventory(Source("build/a.html", HTML))
    return list(all_checks()["view-layout"].function(Rendering("x", screenshots), markup))


def test_one_below_the_other() -> None:
    assert judged(screenshot(text(ONE, 0, 20), text(TWO, 20, 20))) == []
    assert judged(screenshot(text(ONE, 0, 22), text(TWO, 18, 20))) == []  # descenders
    assert judged(screenshot(text(ONE, 0, 20), text(TWO, 0, 20, x=400))) == []  # side by side


def test_one_inside_the_other() -> None:
    assert judged(screenshot(text(CELL, 0, 80, tag="td"), text(TWO, 20, 20))) == []


def test_words_within_a_line_and_signs_lie_where_they_should() -> None:
    assert judged(screenshot(text(ONE, 0, 20), text(TWO, 5, 20, tag="a"))) == []
    assert judged(screenshot(text(ONE, 0, 20), text(TWO, 5, 20, words="• 1"))) == []


def test_text_over_text() -> None:
    both = text(ONE, 0, 20, words="Join us in spring"), text(TWO, 5, 20)
    (finding,) = judged(screenshot(*both), screenshot(*both, name="phone"), screenshot())
    assert (finding.code, finding.view, finding.where and finding.where.line) == ("overlapping-text", "desk", 2)
    assert finding.message == "In Desk, Phone, “Save your seat” lies over “Join us in spring”."


def test_many_places_are_one_finding() -> None:
    (finding,) = judged(screenshot(*(text(at, at * 5, 20) for at in range(4))))
    assert finding.message.endswith("There are 4 more such places.")


def cut(share: float, words: str = "Save your seat", kind: str = "email") -> list[Finding]:
    view = View("desk", "Desk", 800, kind=kind)
    return judged(Screenshot(view, 800, 800, 800, b"", (replace(text(TWO, 0, 60, words), cut=share),)))


def test_text_whose_box_is_high_enough() -> None:
    assert cut(0) == []
    assert cut(0.1) == []  # the tails of its letters
    assert cut(0.6, words="•") == []


def test_text_that_its_box_cuts_off() -> None:
    (finding,) = cut(0.6)
    assert (finding.code, finding.where and finding.where.line) == ("cut-off-text", 2)
    assert finding.message == "In Desk, 60% of “Save your seat” is cut off."
    assert cut(1) != []
    assert cut(0.6, kind="page") != []


def test_the_other_slides_of_a_page_wait_for_their_turn() -> None:
    assert cut(1, kind="page") == []


def table(width: float, tag: str = "table", offset: int = TABLE) -> Element:
    return Element(offset, tag, Box(0, 0, width, 300))


def test_what_fits_its_window() -> None:
    assert judged(screenshot(table(800)), screenshot(table(801), reach=801)) == []


def test_wider_than_its_window() -> None:
    (finding,) = judged(screenshot(table(1204, "td", ONE), table(1200), reach=1204))
    assert (finding.code, finding.expected, finding.actual) == ("cut-off-layout", "800 px", "1204 px")
    assert finding.where is not None and finding.where.line == 3  # whose tag says so
    (finding,) = judged(screenshot(table(900, "p", ONE), table(900, "p", TWO), reach=900))
    assert finding.where is not None and finding.where.line == 1  # the outermost
    (finding,) = judged(screenshot(reach=900))
    assert finding.where is None


def test_wider_than_a_phone() -> None:
    phone = screenshot(table(1200), reach=1200, width=390, name="phone")
    (finding,) = judged(phone, screenshot(table(1200), reach=1200))
    assert (finding.code, finding.expected, finding.actual) == ("cut-off-layout", "390 px", "1200 px")


def test_a_little_empty_space_is_no_layout_cut_off() -> None:
    assert judged(screenshot(table(820, "div"), reach=820)) == []
    phone = screenshot(table(410, "div"), reach=410, width=390, name="phone")
    assert judged(phone, screenshot(table(820, "div"), reach=820)) == []
    (finding,) = judged(phone, screenshot(table(1200), reach=1200))  # another thing on desks
    assert finding.expected == "800 px"


@pytest.mark.parametrize(
    ("box", "lies_over"),
    [
        ("height:40px;overflow:visible", True),
        ("height:40px;overflow:auto", False),
        ("height:40px;overflow-y:scroll", False),
        ("columns:2", False),
        ("column-width:120px;column-rule:solid 8px", False),
    ],
)
def test_what_scrolls_or_flows_in_columns_lies_over_nothing(box: str, lies_over: bool) -> None:
    words = "Forty minutes on what changed this year, with time for your questions."
    build = f'<div style="{box}">{f"<p>{words}</p>" * 5}</div>{f"<p>{words}</p>" * 5}'
    found = run_check("view-layout", build=f"<!DOCTYPE html><html><body>{build}</body></html>", email={})
    assert ("overlapping-text" in found.codes) is lies_over
