"""Legibility of what was measured in a view: which texts and links a reader can read."""

from __future__ import annotations

import re
from bisect import bisect_right
from io import BytesIO
from typing import TYPE_CHECKING

from qa.artefacts import Block, Element, Markup, Rendering, Screenshot
from qa.facts import facts
from qa.finding import Skip
from qa.views.contrast import Colour, ratio, seen

if TYPE_CHECKING:
    from PIL.Image import Image

_WIDEST = facts("view_limits")["phone"]["widest"]
_BUTTON = facts("view_limits")["button"]
_TAG = re.compile(r"<(?>(?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*)>\s*+")


def letters(element: Element) -> int:
    """Of its own text, white space and signs left out."""
    return sum(map(str.isalnum, element.text))


def legible(element: Element) -> bool:
    """Whether it has text that is neither hidden nor set so small that it was meant to be."""
    return element.visible and element.font_size > 2 and any(map(str.isalnum, element.text))


def colours(element: Element) -> tuple[Colour, Colour] | None:
    """Those of its text and of what is behind; None where it has no text to read, or stands on a picture."""
    return seen(element.colour, element.background) if legible(element) else None


def contrast(element: Element) -> float | None:
    """Of its text with what is behind; None as with `colours`."""
    pair = colours(element)
    return ratio(*pair) if pair else None


def calls(element: Element, *, pictured: bool) -> bool:
    """Whether a link looks like a call to action where it is drawn: as high as a button, or a large picture."""
    box = element.box
    return bool(box.width * box.height >= _BUTTON["area"] if pictured else box.height >= _BUTTON["height"])


def opened(screenshot: Screenshot) -> Image:
    """Its picture, to look at its pixels."""
    from PIL import Image

    return Image.open(BytesIO(screenshot.png)).convert("RGB")


def phone(rendering: Rendering) -> Screenshot:
    """The screenshot as wide as a phone, best in the light and with pictures; Skip where there is none."""
    found = [screenshot for screenshot in rendering.screenshots if screenshot.view.width <= _WIDEST]
    if not found:
        raise Skip("no picture was taken at the width of a phone")
    return min(found, key=lambda screenshot: (screenshot.view.dark, not screenshot.view.images))


def by_day(rendering: Rendering) -> list[Screenshot]:
    """The screenshots in the light and with pictures; Skip where there is none."""
    found = [screenshot for screenshot in rendering.screenshots if screenshot.view.images and not screenshot.view.dark]
    if not found:
        raise Skip("no view in light mode was drawn")
    return found


class ElementBlocks:
    """Finds the block of text that an element's own text belongs to."""

    def __init__(self, markup: Markup) -> None:
        self.text = markup.source.text
        self.blocks = sorted(
            (b for b in markup.blocks if b.where.offset is not None), key=lambda b: b.where.offset or 0
        )
        self.offsets = [block.where.offset or 0 for block in self.blocks]

    def of(self, element: Element) -> Block | None:
        """The block at the end of its start tag; None before the first."""
        at = bisect_right(self.offsets, inside(self.text, element))
        return self.blocks[at - 1] if at else None


def inside(source: str, element: Element) -> int:
    """Where what an element holds begins in the source."""
    tag = _TAG.match(source, element.offset)
    return tag.end() if tag else element.offset
