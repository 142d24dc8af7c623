"""Pixels of a screenshot: the colour under a text, and dark strokes of a picture that dark mode makes invisible."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING, Any

from qa.artefacts import Box, Element, Screenshot
from qa.facts import facts
from qa.views.contrast import Colour, in_grey, seen

if TYPE_CHECKING:
    from PIL.Image import Image

_CONTRAST, _SEE_THROUGH = facts("view_limits")["contrast"], facts("view_limits")["see_through"]
_RIM = 2  # CSS pixels around a picture that show what it stands on
_NIGHT = 100  # levels of grey of 255: less is no other ground, but the same in other light
_INK = 120  # levels of grey by which a stroke is darker than its ground by day
_SAME = 12  # levels of grey that compression and soft edges make


class ScreenshotPixels:
    """A screenshot opened once, and looked at in several places."""

    def __init__(self, screenshot: Screenshot) -> None:
        self.screenshot = screenshot
        self.rim = max(1, round(_RIM * screenshot.view.ratio))  # pixels
        self._picture = _opened(screenshot.png)

    def _cut(self, box: Box, rim: int = 0) -> Image | None:
        """What lies in a box and so many pixels around it; None where the screenshot does not show all of it."""
        r, picture = self.screenshot.view.ratio, self._picture
        left, top, right, bottom = (round(at * r) for at in (box.x, box.y, box.x + box.width, box.y + box.height))
        if (
            left < 0
            or top < 0
            or right > picture.width
            or bottom > picture.height
            or right - left < 2
            or bottom - top < 2
        ):
            return None
        left, top = max(0, left - rim), max(0, top - rim)
        return picture.crop((left, top, min(picture.width, right + rim), min(picture.height, bottom + rim)))

    def is_blank(self, box: Box) -> bool:
        """Whether a box is of one colour all over, or beside the screen; what lies below the picture is not."""
        r, picture = self.screenshot.view.ratio, self._picture
        if box.x + box.width <= 0 or box.y + box.height <= 0 or box.x * r >= picture.width:
            return True
        left, top = max(0, ceil(box.x * r)), max(0, ceil(box.y * r))
        right, bottom = max(left + 1, int((box.x + box.width) * r)), max(top + 1, int((box.y + box.height) * r))
        if top >= picture.height:
            return False
        found = picture.crop((left, top, min(right, picture.width), min(bottom, picture.height))).convert("RGB")
        ranges: Any = found.getextrema()  # of each of the three channels
        return all(most - least <= _SAME for least, most in ranges)

    def around(self, element: Element) -> Image | None:
        """A picture in grey, with a rim of what it stands on."""
        found = self._cut(element.box, self.rim)
        return found.convert("L") if found else None

    def beneath(self, element: Element) -> tuple[Colour, Colour] | None:
        """The colour of a text and the one most of its box has: letters cover less than half of theirs."""
        import numpy as np

        found = self._cut(element.box)
        if found is None:
            return None
        red, green, blue = (int(c) for c in np.median(np.asarray(found.convert("RGB")).reshape(-1, 3), axis=0))
        return seen(element.colour, f"rgb({red}, {green}, {blue})")


def _opened(png: bytes) -> Image:
    from PIL import Image

    return Image.open(BytesIO(png))


def strokes_lost(day: Image | None, night: Image | None, rim: int) -> bool:
    """Whether strokes that are dark on light by day are dark on dark by night: the ground changed behind them.

    Both in grey, with a rim, so many pixels wide, of what the picture stands on.
    A light outline shows dark strokes, or a light sign in them.
    """
    import numpy as np

    if day is None or night is None:
        return False
    by_night = np.asarray(night).astype(np.int16)
    by_day = np.asarray(day if day.size == night.size else day.resize(night.size)).astype(np.int16)
    light, dark = _ground(by_day), _ground(by_night)
    if light - dark < _NIGHT:
        return False
    paper = (abs(by_day - light) <= _SAME) & (abs(by_night - dark) <= _SAME)
    ink = by_day < light - _INK
    if paper[_oval(paper.shape, rim)].mean() < _SEE_THROUGH["paper"] or ink.mean() < 0.01:
        return False
    told_apart = np.array(_contrasts(dark))[by_night]
    same = abs(by_night - by_day) <= 2 * _SAME  # strokes as they were; else another picture is shown
    lost = ink & same & (told_apart < _CONTRAST["gone"])
    if lost.sum() < _SEE_THROUGH["lost"] * ink.sum():
        return False
    light_parts = (by_day > light - _INK / 2) & (told_apart >= _CONTRAST["large_text"])
    near = light_parts & _grown(lost, _SEE_THROUGH["reach"])
    gone = sum(int(each.sum()) for each, saving in _strips(lost, near) if not _saved(each, saving))
    return bool(gone >= _SEE_THROUGH["lost"] * ink.sum())


@cache
def _contrasts(level: int) -> tuple[float, ...]:
    """Of every level of grey with one of them."""
    return tuple(in_grey(other, level) for other in range(256))


def _oval(shape: tuple[int, int], rim: int) -> Any:
    """The largest oval within a rim: what is outside may be a round corner, or the round cut of a portrait."""
    import numpy as np

    y, x = np.ogrid[-1 : 1 : shape[0] * 1j, -1 : 1 : shape[1] * 1j]
    height, width = 1 - 2 * rim / shape[0], 1 - 2 * rim / shape[1]
    return (y / height) ** 2 + (x / width) ** 2 <= 0.96  # soft edges


def _strips(*masks: Any) -> Iterator[tuple[Any, ...]]:
    """Side by side, each as wide as high: a sign is judged on its own, and the name beside it."""
    height, width = masks[0].shape
    for left in range(0, width, height):
        yield tuple(mask[:, left : left + height] for mask in masks)


def _saved(lost: Any, light_parts: Any) -> bool:
    """Whether dark strokes are told by the light outline around them, or the light sign within them."""
    return bool(light_parts.sum() >= _SEE_THROUGH["reversed"] * lost.sum())


def _ground(grey: Any) -> int:
    """The level most of the rim has."""
    import numpy as np

    return int(np.median(np.concatenate((grey[0], grey[-1], grey[:, 0], grey[:, -1]))))


def _grown(mask: Any, by: int) -> Any:
    """A mask and what lies next to it."""
    for _ in range(by):
        wider = mask.copy()
        wider[1:] |= mask[:-1]
        wider[:-1] |= mask[1:]
        mask = wider.copy()
        mask[:, 1:] |= wider[:, :-1]
        mask[:, :-1] |= wider[:, 1:]
    return mask
