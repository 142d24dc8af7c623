"""Which pixels that differ belong together? Islands of them, a gap of some pixels bridged, as boxes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from qa.visual.colour import Mask

_CELL = 8  # pixels; islands are looked for in squares of this size
_BRIDGED = 1  # squares between two islands that are still one: letters of a word, lines of a paragraph


Bounds = tuple[int, int, int, int]  # left, top, right, bottom


@dataclass(frozen=True, slots=True)
class Island:
    """A box around pixels that differ, and how many they are."""

    x: int
    y: int
    width: int
    height: int
    pixels: int

    @property
    def box(self) -> tuple[int, int, int, int]:
        return self.x, self.y, self.width, self.height


def islands(mask: Mask, area: int) -> list[Island]:
    """Every island of at least ``area`` pixels, from top to bottom."""
    high, wide = -(-mask.shape[0] // _CELL), -(-mask.shape[1] // _CELL)
    padded = np.zeros((high * _CELL, wide * _CELL), bool)
    padded[: mask.shape[0], : mask.shape[1]] = mask
    squares = padded.reshape(high, _CELL, wide, _CELL)
    cells: Mask = np.logical_or.reduce(squares, axis=(1, 3))
    found = []
    for left, top, right, bottom in _boxes(_bridged(cells)):
        part = mask[top * _CELL : bottom * _CELL, left * _CELL : right * _CELL]
        count = int(np.count_nonzero(part))
        if count >= area:
            ys, xs = np.flatnonzero(part.any(axis=1)), np.flatnonzero(part.any(axis=0))
            x, y = left * _CELL + int(xs[0]), top * _CELL + int(ys[0])
            found.append(Island(x, y, int(xs[-1] - xs[0]) + 1, int(ys[-1] - ys[0]) + 1, count))
    return sorted(found, key=lambda each: (each.y, each.x))


def _bridged(cells: Mask) -> Mask:
    wider = np.pad(cells, _BRIDGED)
    reach = range(2 * _BRIDGED + 1)
    high, wide = cells.shape
    grown: Mask = np.logical_or.reduce([wider[dy : dy + high, dx : dx + wide] for dy in reach for dx in reach])
    return grown


def _boxes(cells: Mask) -> Iterator[Bounds]:
    """The bounds of every group of squares that touch: the runs of each row, joined with those of the row above."""
    groups: dict[int, Bounds] = {}
    above: list[tuple[int, int, int]] = []  # start, end, group
    joined: dict[int, int] = {}  # a group that is part of another → that one

    def whole(group: int) -> int:
        while group in joined:
            group = joined[group]
        return group

    for y, row in enumerate(cells):
        edges = np.flatnonzero(np.diff(row, prepend=False, append=False)).tolist()
        here = []
        for start, end in zip(edges[::2], edges[1::2], strict=True):
            touching = {whole(group) for left, right, group in above if left < end and start < right}
            parts = [(start, y, end, y + 1), *(groups.pop(each) for each in touching)]
            group = y * len(row) + start
            groups[group] = _around(parts)
            joined |= dict.fromkeys(touching, group)
            here.append((start, end, group))
        above = here
    yield from groups.values()


def _around(parts: list[Bounds]) -> Bounds:
    left, top, right, bottom = zip(*parts, strict=True)
    return min(left), min(top), max(right), max(bottom)
