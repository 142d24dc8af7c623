"""Visual comparison of two pictures of the same document: `compare(a, b)`, usable on its own."""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike
from typing import TYPE_CHECKING

from qa.visual.result import AREA, COLOUR, Comparison, NamedBox, Region, Shift

if TYPE_CHECKING:
    from PIL.Image import Image

    Picture = str | PathLike[str] | bytes | Image


__all__ = ["AREA", "COLOUR", "Comparison", "NamedBox", "Region", "Shift", "compare"]


def compare(  # noqa: PLR0913 - two pictures, two limits, and what stands in either
    a: Picture,
    b: Picture,
    *,
    colour: float = COLOUR,
    area: int = AREA,
    named: Iterable[NamedBox] = (),
    before: Iterable[NamedBox] | None = None,
) -> Comparison:
    """What is different in ``b``, which should look like ``a``.

    Each is a path, the bytes of a picture file or a Pillow image of any mode; transparent parts count as white.
    ``colour`` is the distance in colour, 0 to 1, up to which two pixels count as one; a region of fewer than ``area``
    pixels is forgiven, and so is the smoothing at the edges of letters and curves. ``named`` says what stands where in
    b, ``before`` in a where that is not the same, both in pixels of the pictures: regions are named by it.

    Raises ValueError where a picture cannot be read or is larger than `qa.visual.loading.MOST_PIXELS`.
    """
    from qa.visual.comparison import comparison
    from qa.visual.crop import Limits
    from qa.visual.loading import opened

    if isinstance(a, bytes) and a == b:
        return Comparison(True, size=_size(a))
    boxes = tuple(named)
    return comparison(opened(a), opened(b), Limits(colour, area), boxes if before is None else tuple(before), boxes)


def _size(content: bytes) -> tuple[int, int]:
    from qa.visual.loading import size

    return size(content)
