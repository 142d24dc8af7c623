"""Pieces of text that lie over one another in a screenshot."""

from __future__ import annotations

from collections.abc import Iterator

from qa.artefacts import Element, Screenshot
from qa.facts import facts
from qa.views.legibility import letters

_OVERLAP = facts("view_limits")["overlap"]
_BLOCKS = frozenset(("p", "td", "th", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "label", "button"))
CUT = 0.2  # of a text; the tails of letters are less
_MOST = 1_500  # pieces of text in one view that are compared; ordinary emails have a hundred


def overlapping(screenshot: Screenshot) -> Iterator[tuple[Element, Element]]:
    """Pieces of text that share a good part of the smaller one's box, neither of them inside the other."""
    texts = [e for e in screenshot.elements if _text(e)][:_MOST]
    texts.sort(key=lambda element: element.box.y)
    open_: list[Element] = []
    for element in texts:
        open_ = [above for above in open_ if above.box.y + above.box.height > element.box.y]
        yield from ((above, element) for above in open_ if _over(above, element))
        open_.append(element)


def _text(element: Element) -> bool:
    long = letters(element) >= _OVERLAP["letters"]
    whole = element.cut < CUT  # where it is cut off, it lies over nothing
    there = element.visible and not element.moved
    return there and element.tag in _BLOCKS and long and whole and element.font_size > 2


def _over(one: Element, other: Element) -> bool:
    a, b = one.box, other.box
    width = min(a.x + a.width, b.x + b.width) - max(a.x, b.x)
    height = min(a.y + a.height, b.y + b.height) - max(a.y, b.y)
    if width <= 2 or height <= 2 or _inside(one, other) or _inside(other, one):
        return False
    return bool(width * height >= _OVERLAP["share"] * min(a.width * a.height, b.width * b.height))


def _inside(inner: Element, outer: Element) -> bool:
    a, b = inner.box, outer.box
    across = b.x - 1 <= a.x and a.x + a.width <= b.x + b.width + 1
    return across and b.y - 1 <= a.y and a.y + a.height <= b.y + b.height + 1
