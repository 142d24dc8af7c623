"""Regions of differing pixels: islands of them, a gap of some pixels bridged, as boxes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

import numpy as np

from qa.visual.colour_distance import Mask

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


def clusters(cells: Mask) -> Iterator[tuple[Bounds, int]]:
    """The bounds of squares that belong together, and how many they are."""
    for left, top, right, bottom in _boxes(_bridged(cells)):
        part = cells[top:bottom, left:right]
        ys, xs = np.flatnonzero(part.any(axis=1)), np.flatnonzero(part.any(axis=0))
        box = (left + int(xs[0]), top + int(ys[0]), left + int(xs[-1]) + 1, top + int(ys[-1]) + 1)
        yield box, int(np.count_nonzero(part))


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

    last = -1
    for y, runs in _runs(cells):
        here = []
        for start, end in runs:
            near = above if last == y - 1 else []
            touching = {whole(group) for left, right, group in near if left < end and start < right}
            parts = [(start, y, end, y + 1), *(groups.pop(each) for each in touching)]
            group = y * cells.shape[1] + start
            groups[group] = _around(parts)
            joined |= dict.fromkeys(touching, group)
            here.append((start, end, group))
        above, last = here, y
    yield from groups.values()


def _runs(cells: Mask) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    """The rows that have any squares, each with where its runs begin and end."""
    rows, at = (each.tolist() for each in np.nonzero(np.diff(cells, axis=1, prepend=False, append=False)))
    for y, edges in groupby(zip(rows[::2], at[::2], at[1::2], strict=True), key=itemgetter(0)):
        yield y, [(start, end) for _, start, end in edges]


def _around(parts: list[Bounds]) -> Bounds:
    left, top, right, bottom = zip(*parts, strict=True)
    return min(left), min(top), max(right), max(bottom)
