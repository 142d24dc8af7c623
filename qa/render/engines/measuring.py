"""Measurements of a drawn document: the same script in every engine, and what is made of its answer."""

from __future__ import annotations

import json
import math
from dataclasses import astuple
from functools import cache
from importlib.resources import files
from typing import Any

from qa.artefacts import Box, Darkening, Element, View
from qa.markup.tokeniser import STAMP
from qa.render.engines import DrawnView

BUDGET = 20.0  # seconds for a load, and for each screenshot of it; ordinary ones take 0.1 to 1, restless pages 6
PATIENCE = 5.0  # seconds for pictures and fonts to come; after that the page is shown as it is
TALLEST = 20_000  # pixels of a picture; what Chromium draws in one without gaps, and longer than any email should be
MOST_ELEMENTS = 5_000
FARTHEST = 100_000  # elements looked at in search of those
NOON = "2026-01-01T12:00:00Z"  # what a page's clock shows: countdowns must look the same in two runs
# Roots that are closed are opened, so that what they show can be read.
ROOTS = """{ const attach = Element.prototype.attachShadow;
Element.prototype.attachShadow = function (how) { return attach.call(this, { ...how, mode: "open" }); }; }"""
CHANCE = "{ let seed = 1; Math.random = () => (seed = (seed * 16807) % 2147483647) / 2147483647; }"  # and carousels
# The sandbox forbids dialogs and windows, and writes a line about each: a storm of them must not cost that either.
SILENCE = """alert = print = () => {}; confirm = () => false; prompt = open = () => null;"""
FIT = "qa.fit(true)"  # shows a message that is too wide smaller, and answers how small; 1: it was not
MOST_CONTENTS = 2_000_000  # characters of the final document of a page; a longer one is not compared
CONTENTS = f'qa.contents("{STAMP}", {MOST_CONTENTS}, {FARTHEST})'  # answers HTML, "" where it is too much
MEASURE = f'qa.measure("{STAMP}", {MOST_ELEMENTS}, {FARTHEST})'  # answers JSON


def script() -> str:
    """To be evaluated in a world of its own beside the page's: defines `qa`."""
    return script_named("measure")


def darkening_script() -> str:
    """The same for views whose client recolours a message: adds `qa.darken(mode)` and `qa.undarken()`."""
    return script_named("darken")


def contents_script() -> str:
    """The same for documents whose scripts run: adds `qa.contents`."""
    return script_named("contents")


@cache
def script_named(name: str) -> str:
    """One of the scripts that are evaluated in documents."""
    return (files("qa.render") / "js" / f"{name}.js").read_text("utf-8")


def darkened(view: View) -> str:
    """The mode `qa.darken` is asked for; "" where the view keeps the colours as they are."""
    return view.darkening.value if view.dark and view.darkening.forced else ""


def prefers_dark(view: View) -> bool:
    """Whether the document's own CSS is told that the reader wants it dark."""
    return view.dark and (view.prefers_dark or view.darkening is Darkening.AUTHORED)


def shrunk(view: View, whole: int, scale: float) -> int:
    """The height of a document of so many CSS pixels that is shown smaller: never less than the window."""
    return whole if scale == 1 else max(view.height, math.ceil(whole * scale))


def tallest(view: View) -> int:
    """CSS pixels of the document that fit on its picture."""
    return int(TALLEST / max(view.ratio, 1))


def measured(view: View, whole: int, png: bytes, answer: str, contents: str = "") -> DrawnView:
    """The screenshot, of the picture and what MEASURE and CONTENTS answered; ``whole``: the height of the document."""
    found = json.loads(answer)
    most = tallest(view)
    notes = [f"cut at {most:,} px; the whole is {whole:,} px tall"] if whole > most else []
    notes += ["only the first elements of very many were measured"] if found["cut"] else []
    reach = max(view.width, found["reach"])
    if (scale := view.scale(reach)) < 1:
        notes.append(f"shown at {scale:.0%}, because it is {reach} px wide: this client makes messages fit the screen")
    return DrawnView(view, view.width, whole, reach, png, elements_of(found["found"]), "; ".join(notes), contents)


def elements_of(found: list[list[Any]]) -> tuple[Element, ...]:
    """The elements as the script lists them."""
    return tuple(
        Element(row[0], row[1], Box(row[2], row[3], row[4], row[5]), row[6], row[7], row[8], row[9], row[10],
                (row[11][0], row[11][1]) if row[11] else None, row[12], row[13], row[14],
                Box(*row[15]) if row[15] else None, row[16], row[17])
        for row in found
    )  # fmt: skip


def rows_of(elements: tuple[Element, ...]) -> list[list[Any]]:
    """The same the other way round, to be stored."""
    return [
        [e.offset, e.tag, e.box.x, e.box.y, e.box.width, e.box.height, e.visible, e.text, e.colour, e.background,
         e.font_size, e.natural, e.backdrop, e.picture_behind, e.cut, e.ink and [*astuple(e.ink)], e.coloured_later,
         e.moved]
        for e in elements
    ]  # fmt: skip
