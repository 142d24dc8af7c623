"""A diff of the rows of two pictures, as of two texts, so that a shift is one shift."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from qa.visual.loading import Pixels

Names = NDArray[np.uint64]

_OFTEN = 12  # times; a row of one product in a list of ten is one to go by, a blank row is none
_MOST = 2_000  # such rows are looked at
_DEEPEST = 12  # times a gap is looked at again


@dataclass(frozen=True, slots=True)
class Stretch:
    """Rows of a and rows of b. In a run they are the same ones; in a gap, what took whose place is open."""

    a: int
    b: int
    high_a: int
    high_b: int
    same: bool

    @property
    def offset(self) -> int:
        return self.b - self.a


def names(picture: Pixels) -> Names:
    """A number for every row: equal rows have equal numbers, others in all likelihood different ones."""
    height, width = picture.shape
    mixed: Names = np.random.default_rng(width).integers(1, 2**63, width, np.uint64) | np.uint64(1)
    if width % 2 == 0:  # two pixels at a time
        pairs: Names = np.ascontiguousarray(picture).view(np.uint64)
        named: Names = pairs @ mixed[: width // 2]
        return named
    return np.concatenate([picture[top : top + 64].astype(np.uint64) @ mixed for top in range(0, height, 64)])


def stretches(a: Pixels, b: Pixels, shortest: int = 4) -> list[Stretch]:
    """Both pictures, of the same width, cut from top to bottom into runs and the gaps between them.

    Of fewer than ``shortest`` rows that agree elsewhere than their neighbours do, chance is the likelier reason.
    """
    runs = _together(_checked(a, b, _runs(names(a), names(b), 0, 0, 0)))
    while True:
        chance = [at for at, run in enumerate(runs) if run[2] < shortest and _astray(runs, at)]
        if not chance:
            break
        runs = _together([run for at, run in enumerate(runs) if at not in chance])
    return list(_all(runs, a.shape[0], b.shape[0]))


Run = tuple[int, int, int]  # the first row in a, in b, how many


def _runs(a: Names, b: Names, a0: int, b0: int, deep: int) -> Iterator[Run]:
    """Equal rows at either end, then those that occur once in each, then the same again in what lies between."""
    most = min(len(a), len(b))
    head = _agreeing(a[:most], b[:most])
    if head:
        yield a0, b0, head
    tail = _agreeing(a[::-1][: most - head], b[::-1][: most - head])
    inner_a, inner_b = a[head : len(a) - tail], b[head : len(b) - tail]
    if len(inner_a) and len(inner_b) and deep < _DEEPEST:
        at_a, at_b = a0 + head, b0 + head
        last = (-1, -1)
        for pair in [*_anchors(inner_a, inner_b), (len(inner_a), len(inner_b))]:
            gap_a, gap_b = inner_a[last[0] + 1 : pair[0]], inner_b[last[1] + 1 : pair[1]]
            if len(gap_a) and len(gap_b) and (last[0] >= 0 or pair[0] < len(inner_a)):
                yield from _runs(gap_a, gap_b, at_a + last[0] + 1, at_b + last[1] + 1, deep + 1)
            if pair[0] < len(inner_a):
                yield at_a + pair[0], at_b + pair[1], 1
            last = pair
    if tail:
        yield a0 + len(a) - tail, b0 + len(b) - tail, tail


def _agreeing(a: Names, b: Names) -> int:
    different = np.flatnonzero(a != b)
    return int(different[0]) if len(different) else len(a)


def _anchors(a: Names, b: Names) -> list[tuple[int, int]]:
    """Rows that occur once in either, or else as often in both: the longest series of them that is in order."""
    kinds_a, at_a, times_a = np.unique(a, return_index=True, return_counts=True)
    kinds_b, at_b, times_b = np.unique(b, return_index=True, return_counts=True)
    _, in_a, in_b = np.intersect1d(kinds_a[times_a == 1], kinds_b[times_b == 1], True, True)
    if len(in_a):
        first, second = at_a[times_a == 1][in_a], at_b[times_b == 1][in_b]
        order = np.argsort(first)
        return _rising(list(zip(first[order].tolist(), second[order].tolist(), strict=True)))
    _, in_a, in_b = np.intersect1d(kinds_a, kinds_b, True, True)
    often = (times_a[in_a] == times_b[in_b]) & (times_a[in_a] <= _OFTEN)
    pairs: list[tuple[int, int]] = []
    for kind in kinds_a[in_a][often]:
        pairs += zip(np.flatnonzero(a == kind).tolist(), np.flatnonzero(b == kind).tolist(), strict=True)
        if len(pairs) > _MOST:
            break
    return _rising(sorted(pairs))


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest series of pairs whose second numbers rise."""
    tails: list[int] = []  # the smallest last number of a series of each length
    ends: list[int] = []  # and the pair it belongs to
    before: list[int] = []
    for at, (_, second) in enumerate(pairs):
        place = bisect_left(tails, second)
        before.append(ends[place - 1] if place else -1)
        tails[place : place + 1], ends[place : place + 1] = [second], [at]
    series = []
    at = ends[-1] if ends else -1
    while at >= 0:
        series.append(pairs[at])
        at = before[at]
    return series[::-1]


def _checked(a: Pixels, b: Pixels, runs: Iterator[Run]) -> Iterator[Run]:
    """The rows that are truly equal: two different ones may have the same number."""
    for first, second, count in _together(runs):
        equal = (a[first : first + count] == b[second : second + count]).all(axis=1)
        if equal.all():
            yield first, second, count
        else:
            yield from ((first + int(at), second + int(at), 1) for at in np.flatnonzero(equal))


def _together(runs: Iterator[Run] | list[Run]) -> list[Run]:
    whole: list[Run] = []
    for first, second, count in runs:
        if whole and (whole[-1][0] + whole[-1][2], whole[-1][1] + whole[-1][2]) == (first, second):
            whole[-1] = (whole[-1][0], whole[-1][1], whole[-1][2] + count)
        else:
            whole.append((first, second, count))
    return whole


def _astray(runs: list[Run], at: int) -> bool:
    """Whether a run stands elsewhere than both of its neighbours; a border of the picture is none."""
    here = runs[at][1] - runs[at][0]
    beside = [runs[near][1] - runs[near][0] for near in (at - 1, at + 1) if 0 <= near < len(runs)]
    return all(offset != here for offset in beside)


def _all(runs: list[Run], high_a: int, high_b: int) -> Iterator[Stretch]:
    edges = [(0, 0, 0), *runs, (high_a, high_b, 0)]
    for (a, b, count), (next_a, next_b, _) in pairwise(edges):
        if count:
            yield Stretch(a, b, count, count, True)
        if (gap_a := next_a - a - count) + (gap_b := next_b - b - count):
            yield Stretch(a + count, b + count, gap_a, gap_b, False)
