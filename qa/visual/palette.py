"""The solid colours of a design, looked for in its build: buttons, bands, backgrounds, cells.

A fill is a colour that neighbouring squares agree on to a level or two. Letters and edges have no such squares, noise
and photographs few, and a gradient is known by what is next to it. What a design tool or JPEG does to a colour stays
within the levels that `qa/data/visual.toml` forgives.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from qa.visual.colour_distance import Mask
from qa.visual.regions import Bounds, clusters

if TYPE_CHECKING:
    from PIL.Image import Image

    from qa.visual.colour_squares import Side

Colour = tuple[int, int, int]
Box = tuple[int, int, int, int]

_WIDE = 640  # pixels both are brought to, at most: a multiple of the width is so many times as fine
_SQUARE = 4  # of those pixels; the padding of a button is three squares and more
_EVEN = 8  # levels within a square of one colour: JPEG of quality 80 leaves that much of a fill
_CALM = 16  # the same where a colour is only looked for
_CORE = 2  # levels around a colour that are that colour
_SHELL = 4  # levels that are it in a JPEG, too; in a gradient there is twice as much of them
_BEYOND = 12  # levels to what is next to it in a gradient
_AGREED = 0.75  # of the shell lies in the core of a fill
_SLOPING = 0.5  # of what is next to a colour is a little lighter or darker, where it is part of a gradient
_THINNEST = 3  # squares; JPEG smears its neighbours' colours over what is thinner
_MOST = 64  # colours; a brand has ten


@dataclass(frozen=True, slots=True)
class FillLimits:
    """What counts as a fill, and what as finding it: see `qa/data/visual.toml`."""

    fill: int
    levels: int
    share: float
    reach: int


@dataclass(frozen=True, slots=True)
class Fill:
    """A solid colour in one place: ``box`` and ``area`` in squares."""

    colour: Colour
    box: Bounds
    area: int


@dataclass(frozen=True, slots=True)
class MisplacedFill:
    """A fill that the other picture does not have there; boxes in pixels: its own, and where the other should have it.

    ``instead`` is the solid colour that is there; ``anywhere``: the other has it elsewhere.
    """

    colour: Colour
    instead: Colour | None
    own: Box
    other: Box
    area: int
    anywhere: bool


@dataclass(frozen=True, slots=True)
class Grid:
    """A picture as squares: ``kinds`` are their colours, ``at`` which of those stands where."""

    kinds: NDArray[np.int16]  # (colours, 3)
    at: NDArray[np.intp]  # (rows, columns)
    even: Mask
    calm: Mask

    def near(self, colour: Colour, levels: int) -> Mask:
        """Which calm squares are of a colour, but for some levels."""
        close = _off(self.kinds, colour) <= levels
        found: Mask = close[self.at] & self.calm
        return found


@dataclass(frozen=True, slots=True)
class Paint:
    """One of the two pictures, coarsely to match its rows, and finely to know its colours."""

    side: Side
    grid: Grid

    def solid(self, begins: int, ends: int) -> int:
        """How many squares in some coarse rows are of one colour, but not of their background: text has none."""
        fine = len(self.grid.at) / len(self.side.squares)
        rows = np.s_[int(begins * fine) : int(ends * fine)]
        kinds = self.grid.at[rows][self.grid.even[rows]]
        if not len(kinds):
            return 0
        edges = self.grid.at[rows][:, [0, -1]]  # margins are another background
        grounds = {int(np.bincount(kinds).argmax()), *np.unique(edges).tolist()}
        off = np.min([_off(self.grid.kinds, _colour(self.grid, each)) for each in grounds], axis=0)
        return int((off[kinds] > _BEYOND).sum())


def painted(design: Side, drawn: Side) -> tuple[Paint, Paint]:
    """Both, in squares of one size."""
    wide = min(design.picture.width, drawn.picture.width, _WIDE)
    return Paint(design, grid(design.picture, wide)), Paint(drawn, grid(drawn.picture, wide))


def misplaced_fills(
    paint: Paint, other: Paint, pairs: NDArray[np.intp], asked: FillLimits, spoken_for: Mask
) -> Iterator[MisplacedFill]:
    """Fills of the first that are not where the other should have them.

    ``pairs`` are the rows of squares that were matched, in order; ``spoken_for`` those of the first of which is known
    that the other has none.
    """
    first, second, one, two = paint.side, other.side, paint.grid, other.grid
    down, across = len(two.at) / len(second.squares), two.at.shape[1] / one.at.shape[1]
    for fill in fills(one, asked.fill):
        left, top, right, bottom = fill.box
        rows = len(first.squares) / len(one.at)
        begins, ends = int(top * rows), int((bottom - 1) * rows) + 1
        if _is(fill.colour, first.margin, asked.levels) or spoken_for[begins:ends].mean() > 0.5:
            continue
        above, below = (int(edge * down) for edge in _answering(pairs, begins, ends, len(second.squares)))
        near = two.near(fill.colour, asked.levels)
        wanted = asked.share * fill.area
        if near[max(0, above - asked.reach) : below + asked.reach].sum() < wanted:
            there = (int(left * across), above, max(int(left * across) + 1, int(right * across)), max(above + 1, below))
            anywhere = bool(near.sum() >= wanted)
            yield MisplacedFill(
                fill.colour,
                _usual(two, there),
                _box(first, one, fill.box),
                _box(second, two, there),
                fill.area,
                anywhere,
            )


def _is(colour: Colour, other: Colour | None, levels: int) -> bool:
    return other is not None and max(abs(a - b) for a, b in zip(colour, other, strict=True)) <= levels


def _answering(pairs: NDArray[np.intp], begins: int, ends: int, high: int) -> tuple[int, int]:
    """From and to which row of the second some rows of the first stand; what lies between their neighbours if none."""
    start, stop = np.searchsorted(pairs[:, 0], [begins, ends]).tolist()
    if start < stop:
        return int(pairs[start, 1]), int(pairs[stop - 1, 1]) + 1
    above = int(pairs[start - 1, 1]) + 1 if start else 0
    return above, max(above, int(pairs[start, 1]) if start < len(pairs) else high)


def _usual(squares: Grid, box: Bounds) -> Colour | None:
    """The colour that most calm squares of a part have."""
    here = np.s_[box[1] : box[3], box[0] : box[2]]
    kinds = squares.at[here][squares.calm[here]]
    return _colour(squares, int(np.bincount(kinds).argmax())) if len(kinds) else None


def _box(side: Side, squares: Grid, box: Bounds) -> Box:
    left, top, right, bottom = box
    wide, high = side.picture.width / squares.at.shape[1], side.picture.height / len(squares.at)
    return side.left + round(left * wide), round(top * high), round((right - left) * wide), round((bottom - top) * high)


def grid(picture: Image, wide: int) -> Grid:
    """A picture in squares, brought to about ``wide`` pixels first."""
    times = max(1, round(picture.width / wide))
    small = np.asarray(picture.reduce(times) if times > 1 else picture)
    high, across = (edge // _SQUARE * _SQUARE for edge in small.shape[:2])
    if not (high and across):  # less than one square
        nothing = np.zeros((1, 1), bool)
        return Grid(np.zeros((1, 3), np.int16), np.zeros((1, 1), np.intp), nothing, nothing)
    whole = small[:high, :across]
    least, most = _by_square(np.minimum, whole), _by_square(np.maximum, whole)
    means = (_by_square(np.add, whole.astype(np.uint16)).astype(np.int32) + _SQUARE**2 // 2) // _SQUARE**2
    apart = most - least
    spread = np.maximum(np.maximum(apart[..., 0], apart[..., 1]), apart[..., 2])
    kinds, at = np.unique(means[..., 0] << 16 | means[..., 1] << 8 | means[..., 2], return_inverse=True)
    colours = np.stack([kinds >> 16, kinds >> 8 & 255, kinds & 255], axis=1).astype(np.int16)
    return Grid(colours, at.reshape(means.shape[:2]), spread <= _EVEN, spread <= _CALM)


def _by_square(joined: np.ufunc, whole: NDArray[Any]) -> NDArray[Any]:
    """All pixels of each square as one: first rows, which lie together, so that there is little left for columns."""
    rows = reduce(joined, [whole[y::_SQUARE] for y in range(_SQUARE)])
    squares: NDArray[Any] = reduce(joined, [rows[:, x::_SQUARE] for x in range(_SQUARE)])
    return squares


def fills(squares: Grid, fewest: int) -> Iterator[Fill]:
    """Every solid colour, in every place where at least ``fewest`` squares of it belong together."""
    left = np.bincount(squares.at[squares.even], minlength=len(squares.kinds))
    for _ in range(_MOST):
        peak = int(left.argmax())
        if left[peak] < fewest // 4:
            break
        colour = _colour(squares, peak)
        off = _off(squares.kinds, colour)
        core, shell = off <= _CORE, off <= _SHELL
        agreed = left[core].sum() >= max(fewest, _AGREED * left[shell].sum())
        left[shell if agreed else core] = 0
        if agreed:
            alike = shell[squares.at] & squares.even
            beyond = (off <= _BEYOND)[squares.at] & squares.even & ~alike
            for box, area in clusters(alike):
                thick = min(box[2] - box[0], box[3] - box[1]) >= _THINNEST
                if area >= fewest and thick and not _sloping(alike, beyond, box):
                    yield Fill(colour, box, area)


def _sloping(alike: Mask, beyond: Mask, box: Bounds) -> bool:
    """Whether what is next to a colour is mostly a little lighter or darker."""
    left, top, right, bottom = box
    here = np.s_[max(0, top - 1) : bottom + 1, max(0, left - 1) : right + 1]
    inside = alike[here]
    around = np.zeros_like(inside)
    around[1:] |= inside[:-1]
    around[:-1] |= inside[1:]
    around[:, 1:] |= inside[:, :-1]
    around[:, :-1] |= inside[:, 1:]
    around &= ~inside
    return bool((around & beyond[here]).sum() > _SLOPING * around.sum())


def _off(kinds: NDArray[np.int16], colour: Colour) -> NDArray[np.int16]:
    """How many levels colours are from one, in the channel where it is most."""
    levels: NDArray[np.int16] = np.abs(kinds - np.array(colour, np.int16)).max(axis=1)
    return levels


def _colour(squares: Grid, kind: int) -> Colour:
    red, green, blue = squares.kinds[kind].tolist()
    return red, green, blue


def written(colour: Colour) -> str:
    """As a style sheet writes it."""
    return "#{:02x}{:02x}{:02x}".format(*colour)
