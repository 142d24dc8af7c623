"""Moves: the same thing on the same background, at another place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from qa.visual.loading import Pixels
from qa.visual.result import Region

MARGIN = 2  # pixels around what differs, in which its background is seen
_SMALLEST = 4  # pixels each way; of less nobody can say that it is the same thing
_FARTHEST = 400  # pixels; what is there twice is one thing that moved only where it stays in the neighbourhood

Bounds = tuple[int, int, int, int]  # x, y, width, height


def background(rows: Pixels) -> np.uint32:
    """The colour most of the border has."""
    border = np.concatenate([rows[0], rows[-1], rows[:, 0], rows[:, -1]])
    colours, counts = np.unique(border, return_counts=True)
    return colours[counts.argmax()]  # type: ignore[no-any-return]


def is_blank(picture: Pixels, box: Bounds) -> bool:
    """Whether a box shows nothing but the background it lies on."""
    return bool((_at(picture, box) == background(_around(picture, box))).all())


def is_plain(picture: Pixels, box: Bounds) -> bool:
    """Whether a box is of one colour: the like of it is everywhere."""
    inner = _at(picture, box)
    return bool((inner == inner[0, 0]).all())


def moved(a: Pixels, b: Pixels, box: Bounds) -> tuple[tuple[int, int], Bounds] | None:
    """How far what differs in a box moved, and its box in b; None where it did not, or became another."""
    before, after = _around(a, box), _around(b, box)
    ground = background(after)
    if ground != background(before):
        return None
    first, second = _content(before, ground), _content(after, ground)
    if first is None or second is None or first[2:] != second[2:] or first[:2] == second[:2]:
        return None
    if min(second[2:]) < _SMALLEST or not np.array_equal(_at(before, first), _at(after, second)):
        return None
    left, top = max(0, box[0] - MARGIN), max(0, box[1] - MARGIN)
    return (second[0] - first[0], second[1] - first[1]), (left + second[0], top + second[1], second[2], second[3])


def paired(regions: Sequence[Region], a: Pixels, b: Pixels) -> tuple[Region, ...]:
    """The regions, of which one that was removed and one that was added may be the same thing, moved."""
    gone = [region for region in regions if region.kind == "removed"]
    out: dict[Region, Region | None] = {}
    for region in regions:
        if region.kind != "added" or min(region.box[2:]) < _SMALLEST or not region.pixels:
            continue
        for other in gone:
            if (
                _near(region, other)
                and not is_plain(b, region.box)
                and np.array_equal(_at(a, other.box), _at(b, region.box))
            ):
                dx, dy = region.box[0] - other.box[0], region.box[1] - other.box[1]
                out |= {region: replace(region, kind="moved", dx=dx, dy=dy), other: None}
                gone.remove(other)
                break
    return tuple(kept for region in regions if (kept := out.get(region, region)) is not None)


def _around(picture: Pixels, box: Bounds) -> Pixels:
    x, y, width, height = box
    return picture[max(0, y - MARGIN) : y + height + MARGIN, max(0, x - MARGIN) : x + width + MARGIN]


def _near(region: Region, other: Region) -> bool:
    apart = max(abs(region.box[0] - other.box[0]), abs(region.box[1] - other.box[1]))
    return region.box[2:] == other.box[2:] and apart <= _FARTHEST


def _content(rows: Pixels, ground: np.uint32) -> Bounds | None:
    drawn = rows != ground
    ys, xs = np.flatnonzero(drawn.any(axis=1)), np.flatnonzero(drawn.any(axis=0))
    if not len(ys):
        return None
    return int(xs[0]), int(ys[0]), int(xs[-1] - xs[0]) + 1, int(ys[-1] - ys[0]) + 1


def _at(picture: Pixels, box: Sequence[int]) -> Pixels:
    x, y, width, height = box
    return picture[y : y + height, x : x + width]
