"""Text that can hardly be told from what is behind it. Judged on measured screenshots; the browser's own are elsewhere."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from qa.artefacts import Box, Element, Markup, Rendering, Screenshot, View
from qa.check import all_checks
from qa.finding import Finding
from qa.source import Source

SOURCE = Source("build/a.html", "<body>\n<p>One</p>\n<p>Two</p></body>")
WHITE, GREY, PALE = "rgb(255, 255, 255)", "rgb(136, 136, 136)", "rgb(187, 187, 187)"  # 3.5 and 1.9 : 1 on white
TEXT = Element(7, "p", Box(20, 100, 300, 20), True, "Save your seat", PALE, WHITE, 16)


def judged(*elements: Element) -> list[Finding]:
    screenshot = Screenshot(View("phone", "A phone", 375), 375, 1000, 375, b"", elements)
    return list(
        all_checks()["contrast"].function(
            Rendering("x", (screenshot, replace(screenshot, view=View("desktop", "A desk", 1280)))), Markup(SOURCE)
        )
    )


def codes(*elements: Element) -> list[str]:
    return [finding.code for finding in judged(*elements)]


@pytest.mark.parametrize(
    "element",
    [
        replace(TEXT, colour="rgb(51, 51, 51)"),
        replace(TEXT, colour=GREY, font_size=24),
        replace(TEXT, colour=GREY, font_size=19, tag="h2"),
        replace(TEXT, visible=False),
        replace(TEXT, text="·"),
        replace(TEXT, text="<% if (locals.action) {"),
        replace(TEXT, background=""),
        replace(TEXT, colour="rgb(250, 250, 250)"),
    ],
    ids=["dark", "large", "large and bold", "hidden", "sign", "code", "on a picture", "hidden by its colour"],
)
def test_what_can_be_read_or_is_not_meant_to_be(element: Element) -> None:
    assert codes(element) == []


def drawn(name: str, paper: Image.Image, *elements: Element) -> Screenshot:
    out = BytesIO()
    paper.save(out, "PNG")
    return Screenshot(View(name, name, 375), 375, 1000, 375, out.getvalue(), elements)


def test_text_below_the_first_that_nobody_sees_is_a_mistake() -> None:
    def said(*screenshots: Screenshot) -> list[str]:
        return [f.code for f in all_checks()["contrast"].function(Rendering("x", screenshots), Markup(SOURCE))]

    paper = Image.new("RGB", (375, 1000), WHITE)
    photo = paper.copy()
    photo.paste((20, 40, 60), (60, 90, 200, 130))
    head = replace(TEXT, offset=1, box=Box(20, 20, 300, 20), colour="rgb(0, 0, 0)")
    lost = replace(TEXT, colour="rgb(255, 255, 255)")
    assert said(drawn("a", paper, head, lost), drawn("b", paper, head, lost)) == ["low-contrast"]
    assert said(drawn("a", photo, head, lost)) == []  # something that was not measured is behind it
    seen = replace(TEXT, colour="rgb(0, 0, 0)")
    assert said(drawn("a", paper, head, lost), drawn("b", paper, head, seen)) == ["low-contrast"]  # … in one view
    assert said(drawn("a", photo, head, lost), drawn("b", paper, head, seen)) == []
    assert said(drawn("a", paper, replace(head, box=Box(20, 200, 300, 20)), lost)) == []  # a preheader


def test_pale_text() -> None:
    assert codes(TEXT) == ["low-contrast"]
    assert codes(replace(TEXT, colour=GREY)) == codes(replace(TEXT, colour=GREY, font_size=19)) == ["weak-contrast"]
    assert codes(replace(TEXT, font_size=30)) == ["low-contrast"]


def test_small_print_in_the_foot_weighs_less() -> None:
    foot = replace(TEXT, box=Box(20, 900, 300, 20), font_size=12)
    assert codes(foot) == ["weak-contrast"]
    assert codes(replace(foot, font_size=16)) == codes(replace(foot, box=TEXT.box)) == ["low-contrast"]


def test_text_that_lies_on_a_picture_is_not_judged() -> None:
    hero = Element(2, "img", Box(0, 50, 375, 200))
    assert codes(hero, TEXT) == []
    assert codes(replace(hero, box=Box(0, 50, 375, 40)), TEXT) == ["low-contrast"]
    assert codes(replace(hero, visible=False), TEXT) == ["low-contrast"]


def test_all_pale_texts_are_one_finding_the_palest_first() -> None:
    others = [replace(TEXT, offset=30 + n, text=f"Text {n}", colour=f"rgb(170, 170, {90 + 15 * n})") for n in range(5)]
    (finding,) = judged(*others, TEXT, replace(TEXT, offset=20, text="Book now"))
    assert finding.message.startswith(
        "“Save your seat” (and 1 more piece of text) is #bbbbbb on #ffffff: a contrast of 1.9"
    )
    assert finding.message.endswith("and 2 more pairs of colours.")
    assert len(finding.each) == 7
    assert finding.where == SOURCE.place(7)


def test_colours_nobody_can_tell_apart_are_one() -> None:
    (finding,) = judged(TEXT, replace(TEXT, offset=19, text="Book now", colour="rgb(189, 189, 189)"))
    assert "(and 1 more piece of text)" in finding.message
    assert "Pale, too" not in finding.message


def test_text_that_is_pale_in_one_view_alone_names_it() -> None:
    phone = Screenshot(View("phone", "A phone", 375), 375, 1000, 375, b"", (replace(TEXT, colour="rgb(51, 51, 51)"),))
    word = replace(phone, view=View("word", "Outlook on Windows", 660), elements=(TEXT,))
    (finding,) = all_checks()["contrast"].function(Rendering("x", (phone, word)), Markup(SOURCE))
    assert finding.view == "word"
    assert finding.message.startswith("In Outlook on Windows, “Save your seat” is #bbbbbb on #ffffff")
    pale = replace(phone, elements=(replace(TEXT, colour=GREY),))
    (everywhere,) = all_checks()["contrast"].function(Rendering("x", (pale, word)), Markup(SOURCE))
    assert everywhere.view == "" and everywhere.message.startswith("“Save your seat” is #bbbbbb")
