"""Texts of all views in the light, each where it is palest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import inf
from typing import TYPE_CHECKING

from qa.artefacts import Box, Element, Rendering, Screenshot
from qa.facts import facts
from qa.views.backgrounds import lost_without
from qa.views.contrast import Colour, ratio, seen
from qa.views.legibility import legible, letters, opened

if TYPE_CHECKING:
    from PIL.Image import Image

    from qa.artefacts import View

_LIMITS = facts("accessibility")["contrast"]
_LOST = facts("view_limits")["contrast"]["lost"]
_HEADING = facts("view_limits")["text"]["heading"]
INDISTINCT = 6  # of 255, in each channel
WITHOUT_PICTURE, _IN_SOME_VIEWS = "without its picture", "in some views"
Pair = tuple[Colour, Colour]


@dataclass(frozen=True, slots=True)
class PaleText:
    """A piece of text in the view where it is palest. ``aside``: it is small print; ``lost``: how it came to be unseen.

    ``best`` is its contrast in the view that shows it best.
    """

    element: Element
    aside: bool
    view: View
    lost: str = ""
    best: float = 0.0


def palest_texts(rendering: Rendering) -> Iterator[PaleText]:
    """Every piece of text seen by day, where it is palest: as it was meant, and where a view lost what it stood on."""
    on_pictures = {e.offset for screenshot in rendering.screenshots for e in screenshot.elements if e.picture_behind}
    unfounded = {e.offset for screenshot in rendering.screenshots for e in screenshot.elements if lost_without(e)}
    palest: dict[tuple[int, str], tuple[float, PaleText]] = {}
    best: dict[int, float] = {}
    blank, seen_somewhere = _blank(rendering)
    undecided = _undecided(rendering)
    for screenshot in (one for one in rendering.screenshots if not one.view.dark):
        for element, pair in _texts(screenshot):
            if element.offset in undecided:
                continue
            found, lost = ratio(*pair), ""
            best[element.offset] = max(found, best.get(element.offset, 0.0))
            if element.offset in on_pictures and found < _LOST:
                if element.offset not in unfounded or screenshot.view.kind != "email":
                    continue  # a colour stands in for the picture; and a page shows its pictures to nearly everybody
                lost = WITHOUT_PICTURE
            elif found < _LIMITS["unseen"]:
                if element.offset not in blank:
                    continue  # hidden on purpose
                lost = _IN_SOME_VIEWS if element.offset in seen_somewhere else ""
            if (element.offset, lost) not in palest or found < palest[element.offset, lost][0]:
                foot = element.box.y >= _LIMITS["foot"] * screenshot.height
                text = PaleText(element, foot and element.font_size <= _LIMITS["small_print"], screenshot.view, lost)
                palest[element.offset, lost] = found, text
    yield from (replace(text, best=best[text.element.offset]) for _, text in palest.values())


def _texts(screenshot: Screenshot) -> Iterator[tuple[Element, Pair]]:
    """The texts of a view that say something and lie on no picture, with their colours where these are known."""
    pictures = [e.box for e in screenshot.elements if e.tag == "img" and e.visible][: _LIMITS["most_pictures"]]
    said = (e for e in screenshot.elements if e.visible and _says_something(e.text))
    for element in said:
        pair = colours_of(element)
        if pair is not None and not any(_holds(picture, element.box) for picture in pictures):
            yield element, pair


def _undecided(rendering: Rendering) -> set[int]:
    """Texts whose colours a view cannot tell: a merge tag stands there, which other views dropped with its style."""
    return {
        e.offset
        for screenshot in rendering.screenshots
        for e in screenshot.elements
        if e.visible and e.font_size > 2 and not e.picture_behind and colours_of(e) is None
    }


def _blank(rendering: Rendering) -> tuple[set[int], set[int]]:
    """Text of the message that nobody sees by day in some view: where it stands, the picture is of one colour.

    What stands above all that is seen is a preheader, hidden on purpose. And text that can be seen in some view.
    """
    unseen, seen_somewhere = set[int](), set[int]()
    for screenshot in (one for one in rendering.screenshots if not one.view.dark):
        texts = [(e, ratio(*pair)) for e in screenshot.elements if legible(e) and (pair := colours_of(e))]
        top = min((e.box.y for e, found in texts if found >= _LIMITS["unseen"]), default=inf)
        pale = [e for e, found in texts if found < _LIMITS["unseen"]]
        seen_somewhere |= {e.offset for e in screenshot.elements if legible(e)} - {e.offset for e in pale}
        if any(_is_copy(e, top) for e in pale):
            picture = opened(screenshot)
            unseen |= {e.offset for e in pale if _is_copy(e, top) and _is_plain(picture, e.box, screenshot.view.ratio)}
    return unseen, seen_somewhere


def _is_copy(element: Element, top: float) -> bool:
    return letters(element) >= _HEADING and element.font_size >= _LIMITS["small_print"] and element.box.y > top


def _is_plain(picture: Image, box: Box, scale: float) -> bool:
    """Whether a place of a picture is of one colour; not where it is beyond its edge."""
    right, bottom = min(picture.width, (box.x + box.width) * scale), min(picture.height, (box.y + box.height) * scale)
    left, upper = max(0.0, box.x * scale), max(0.0, box.y * scale)
    if right - left < 1 or bottom - upper < 1:
        return False
    channels = picture.crop((round(left), round(upper), round(right), round(bottom))).getextrema()
    return all(isinstance(each, tuple) and each[1] - each[0] <= INDISTINCT for each in channels)


def _says_something(text: str) -> bool:
    """Signs and icons say little, and the code of a template is no text."""
    return sum(map(str.isalnum, text)) >= _LIMITS["fewest"] and not text.startswith(("<%", "{%"))


def _holds(picture: Box, text: Box) -> bool:
    """Whether a text lies on a picture: what is behind it there, its styles do not say."""
    across = picture.x <= text.x + 1 and text.x + text.width <= picture.x + picture.width + 1
    return across and picture.y <= text.y + 1 and text.y + text.height <= picture.y + picture.height + 1


def colours_of(element: Element) -> Pair | None:
    """The colours of a text and of what is behind it; None where a picture is, or one of them is not known."""
    return seen(element.colour, element.background) if element.font_size > 2 else None
