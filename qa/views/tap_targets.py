"""Links of a screenshot measured for a thumb: what is tapped, what is near, and the ground a button stands on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qa.artefacts import Element, Link, Screenshot
from qa.facts import facts
from qa.views.contrast import channels
from qa.views.legibility import opened

if TYPE_CHECKING:
    from PIL.Image import Image

_PHONE = facts("view_limits")["phone"]
_LONGEST = 40  # characters of the words on a button
Pair = tuple[Element, Link]


def tapped(link: Element, screenshot: Screenshot) -> Element:
    """What is tapped: the picture, where it reaches beyond the line that its link is."""
    behind = (e for e in screenshot.elements if e.tag == "img" and e.offset > link.offset and e.visible)
    picture = min(behind, key=lambda e: e.offset, default=link)
    return picture if picture.box.height > link.box.height else link


def is_crowded(pair: Pair, others: Sequence[Pair]) -> bool:
    """Small, and another link to another place so near that a circle of the least size around each would touch."""
    element, link = pair
    least = _PHONE["tap_least"]
    if min(element.box.width, element.box.height) >= least:
        return False
    return any(other.href != link.href and 0 < _distance(element, near) < least for near, other in others)


def _distance(one: Element, other: Element) -> float:
    """Between the middles of two elements."""
    (x, y), (u, v) = ((e.box.x + e.box.width / 2, e.box.y + e.box.height / 2) for e in (one, other))
    return float(((x - u) ** 2 + (y - v) ** 2) ** 0.5)


def is_worded(pair: Pair) -> bool:
    element, link = pair
    return not link.pictures and 2 < len(link.text) < _LONGEST and element.box.height < _PHONE["tap_near"]


@dataclass(frozen=True, slots=True)
class Button:
    link: Link
    tapped: int  # CSS pixels of its height that can be tapped
    height: int  # of all of it


def small_buttons(links: Sequence[Pair], screenshot: Screenshot) -> Iterator[Button]:
    """Those of some links that stand alone on a ground of their own: a cell or a box, centred, with an edge all round.

    The picture says how far that ground reaches, whichever element it belongs to.
    """
    picture = opened(screenshot) if links else None
    for element, link in links:
        if picture is not None and (reach := _ground(picture, element, screenshot)):
            left, top, right, bottom = reach
            most = _PHONE["padding"]
            if top <= most and bottom <= most and abs(top - bottom) <= most / 4 and abs(left - right) <= most / 4:
                yield Button(link, round(element.box.height), round(top + element.box.height + bottom))


def _ground(picture: Image, link: Element, screenshot: Screenshot) -> tuple[float, float, float, float] | None:
    """How far a link's own ground reaches to its left, above, to its right and below; None where it has none.

    A ground of its own ends on all four sides, and at the same colour.
    """
    own = channels(link.background)
    if own is None:
        return None
    box, ratio = link.box, screenshot.view.ratio
    middle, upper = (box.x + box.width / 2) * ratio, (box.y + 2) * ratio
    starts = [(box.x * ratio, upper), (middle, box.y * ratio)]
    starts += [((box.x + box.width) * ratio - 1, upper), (middle, (box.y + box.height) * ratio - 1)]
    walks = [_walk(picture, at, step, own) for at, step in zip(starts, _STEPS, strict=True)]
    ends = [walk for walk in walks if walk is not None]
    if len(ends) < len(walks) or any(not _alike(end[1], ends[0][1]) for end in ends):
        return None
    reach = [end[0] / ratio for end in ends]
    return reach[0], reach[1], reach[2], reach[3]


_STEPS = ((-1, 0), (0, -1), (1, 0), (0, 1))


def _walk(picture: Image, at: tuple[float, float], step: tuple[int, int], own: Any) -> tuple[int, Any] | None:
    """How many more pixels of a colour lie in one direction, and the colour behind; None where there is nothing."""
    pixels = picture.load()
    x, y = round(at[0]), round(at[1])
    for count in range(picture.width + picture.height):
        u, v = x + step[0] * (count + 3), y + step[1] * (count + 3)
        if not (0 <= u < picture.width and 0 <= v < picture.height) or pixels is None:
            return None
        if not _alike(pixels[x + step[0] * count, y + step[1] * count], own):
            return max(0, count - 1), pixels[u, v]  # three on: soft edges
    return None


def _alike(one: Any, other: Any) -> bool:
    return all(abs(a - b) <= _PHONE["alike"] for a, b in zip(one, other, strict=True))
