"""Two designs as squares of one colour, their rows matched like the lines of two texts."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from qa.visual.loading import image

if TYPE_CHECKING:
    from PIL.Image import Image

    from qa.visual import Picture

Squares = NDArray[np.float32]  # (rows, columns, 3): the mean colour of each, as brightness and two hues
Floats = NDArray[np.float32]

_TO_YIQ = np.array([[0.299, 0.596, 0.211], [0.587, -0.274, -0.523], [0.114, -0.322, 0.312]], np.float32)
_WEIGHTS = np.array([0.5053, 0.299, 0.1957], np.float32)
_FARTHEST = 35215.0
_MARGIN = 6  # of 255; columns beside a design that are all alike but for less are its margin
_INK = 0.03  # distance in colour from which on a square shows more than its row's background
_MOST_ROWS = 2_000
_SCALES = (1, 2, 3)  # times the size: designs are exported for screens of double and triple density
_FITS = 0.03  # how far, of its width, a picture may be from one of those


@dataclass(frozen=True)
class Side:
    """One of the two pictures: what it shows without its margins, and as squares."""

    picture: Image
    left: int
    squares: Squares
    margin: tuple[int, int, int] | None = None  # colour of what was cut off at the sides

    @property
    def wide(self) -> float:
        """Pixels of a square from left to right."""
        return self.picture.width / len(self.squares[0])

    @property
    def high(self) -> float:
        return self.picture.height / len(self.squares)

    def box(self, x: int, y: int, width: int, height: int) -> tuple[int, int, int, int]:
        wide, high = self.wide, self.high
        return self.left + round(x * wide), round(y * high), round(width * wide), round(height * high)


def misfit(first: float, second: float) -> float:
    """How far one width is from being another, or two or three times it: 0 where it is; the logarithm."""
    return min(abs(math.log(first / (second * scale))) for scale in _SCALES)


def widths_of(source: Picture) -> set[int]:
    """How wide a picture is, with its margins and without: what two designs can be compared at."""
    whole = image(source)
    return {right - left for left, right in _edges(whole)}


def fitting(design: Image, build: Image, columns: int) -> list[tuple[Side, Side]]:
    """The ways to lay one on the other: without margins or with them, where the widths then fit; at least one."""
    ways = [(a, b) for a in _edges(design) for b in _edges(build)]
    ranked = sorted(ways, key=lambda way: misfit(way[0][1] - way[0][0], way[1][1] - way[1][0]))
    good = [way for way in ranked if misfit(way[0][1] - way[0][0], way[1][1] - way[1][0]) <= _FITS]
    return [(_side(design, a, columns), _side(build, b, columns)) for a, b in good or ranked[:1]]


def _edges(whole: Image) -> list[tuple[int, int]]:
    """From where to where a picture may be looked at: without margins, without the right one, all of it."""
    from PIL import Image

    low = np.asarray(whole.resize((whole.width, max(1, min(400, whole.height))), Image.Resampling.BOX), np.int16)
    first, last = (
        np.flatnonzero((np.abs(low - edge) > _MARGIN).any(axis=(0, 2))) for edge in (low[:, :1], low[:, -1:])
    )
    if not len(first) or not len(last):
        return [(0, whole.width)]
    left, right = int(first[0]), int(last[-1]) + 1
    return list(dict.fromkeys([(left, right), (0, right), (0, whole.width)]))


def _side(whole: Image, edges: tuple[int, int], columns: int) -> Side:
    from PIL import Image

    picture = whole.crop((edges[0], 0, edges[1], whole.height))
    rows = max(1, min(_MOST_ROWS, round(picture.height * columns / picture.width)))
    small = np.asarray(picture.resize((columns, rows), Image.Resampling.BOX), np.float32)
    return Side(picture, edges[0], small @ _TO_YIQ, _margin(whole, edges))


def _margin(whole: Image, edges: tuple[int, int]) -> tuple[int, int, int] | None:
    at = 0 if edges[0] else whole.width - 1
    if edges == (0, whole.width):
        return None
    column = np.asarray(whole.crop((at, 0, at + 1, whole.height)))
    red, green, blue = np.median(column, axis=(0, 1)).astype(int).tolist()
    return red, green, blue


def apart(first: Squares, second: Squares) -> Floats:
    """The distance of colours, 0 to 1."""
    between = first - second
    far: Floats = np.sqrt((between * between) @ _WEIGHTS / _FARTHEST)
    return far


def matched(first: Squares, second: Squares, skipped: float) -> tuple[NDArray[np.intp], float]:
    """Pairs of rows, in order, by the cheapest way to turn one picture into the other; and what it costs a row."""
    high_a, high_b = len(first), len(second)
    steps = np.zeros((high_a + 1, high_b + 1), np.int8)  # 0: both, 1: a row of the first alone, 2: of the second
    columns = np.arange(high_b + 1, dtype=np.float32) * skipped
    before = columns.copy()
    steps[0, 1:] = 2
    for row in range(1, high_a + 1):
        both = before[:-1] + apart(first[row - 1][None], second).mean(axis=1)
        alone = before[1:] + skipped
        best = np.concatenate([[before[0] + skipped], np.minimum(both, alone)])
        steps[row, 1:] = np.where(both <= alone, 0, 1)
        steps[row, 0] = 1
        reached = np.minimum.accumulate(best - columns) + columns
        steps[row, reached < best - 1e-6] = 2
        before = reached.astype(np.float32)
    pairs = []
    row, column = high_a, high_b
    while row or column:
        step = steps[row, column]
        if step == 0 and row and column:
            pairs.append((row - 1, column - 1))
        row, column = row - (step != 2), column - (step != 1)
    return np.array(pairs[::-1], np.intp).reshape(-1, 2), float(before[-1]) / (high_a + high_b)


def inked(squares: Squares) -> NDArray[np.bool_]:
    """The rows that show something on their background."""
    ground = np.median(squares, axis=1, keepdims=True).astype(np.float32)
    shown: NDArray[np.bool_] = (apart(squares, ground) > _INK).sum(axis=1) >= 2
    return shown
