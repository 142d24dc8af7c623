"""A crop of two pictures: the same columns of both, from a row of each on."""

from __future__ import annotations

from dataclasses import dataclass, replace

from qa.visual.loading import Pixels
from qa.visual.moves import MARGIN
from qa.visual.row_diff import Stretch


@dataclass(frozen=True, slots=True)
class Crop:
    """The same columns of both pictures, and some rows of each."""

    whole_a: Pixels
    whole_b: Pixels
    x: int
    width: int
    row_a: int
    row_b: int
    high_a: int
    high_b: int

    @property
    def a(self) -> Pixels:
        return self.whole_a[self.row_a : self.row_a + self.high_a, self.x : self.x + self.width]

    @property
    def b(self) -> Pixels:
        return self.whole_b[self.row_b : self.row_b + self.high_b, self.x : self.x + self.width]

    def cut(self, stretch: Stretch) -> Crop:
        a, b = self.row_a + stretch.a, self.row_b + stretch.b
        return replace(self, row_a=a, row_b=b, high_a=stretch.high_a, high_b=stretch.high_b)

    def columns(self, left: int, right: int) -> Crop:
        return replace(self, x=self.x + left, width=right - left)

    def wider(self) -> Crop:
        """With some of what is around it: the background that what is inside stands on."""
        most = min(self.whole_a.shape[1], self.whole_b.shape[1])
        left, right = max(0, self.x - MARGIN), min(most, self.x + self.width + MARGIN)
        above = min(MARGIN, self.row_a, self.row_b)
        below = min(MARGIN, *(len(w) - r - h for w, r, h in self._sides()))
        high_a, high_b = self.high_a + above + below, self.high_b + above + below
        row_a, row_b = self.row_a - above, self.row_b - above
        return Crop(self.whole_a, self.whole_b, left, right - left, row_a, row_b, high_a, high_b)

    def _sides(self) -> tuple[tuple[Pixels, int, int], ...]:
        return (self.whole_a, self.row_a, self.high_a), (self.whole_b, self.row_b, self.high_b)


@dataclass(frozen=True, slots=True)
class Limits:
    """How far colours may be apart, and how many pixels may be."""

    colour: float
    area: int
