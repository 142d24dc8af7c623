"""The comparison of two pictures: rows are matched first, and only what is left is looked at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from qa.visual.colour_distance import FAINT, Mask, different, redrawn, smoothed
from qa.visual.crop import Crop, Limits
from qa.visual.describing import named
from qa.visual.loading import Pixels
from qa.visual.moves import MARGIN, background, is_blank, moved, paired
from qa.visual.regions import Island, islands
from qa.visual.result import Comparison, NamedBox, Region, Shift
from qa.visual.row_diff import Stretch, stretches

_DEEPEST = 3  # times a part is cut into columns
_NARROWEST = 24  # pixels; in a narrower column rows agree by chance
_GUTTER = 16  # pixels between two columns
_SHORTEST = 8  # rows of a column; a line of small print has more
# A round corner drawn some rows lower is smoothed a little differently: in up to 50 pixels, as far as was seen.
_FEW = 64
_RETURNING = 600  # rows; what is lower and stands elsewhere while the rest does not is a part that moved


def comparison(
    a: Pixels, b: Pixels, limits: Limits, before: Sequence[NamedBox] = (), after: Sequence[NamedBox] = ()
) -> Comparison:
    """Everything `qa.visual.compare` promises, from the pixels."""
    (high_a, wide_a), (high_b, wide_b) = a.shape, b.shape
    if a.shape == b.shape and np.array_equal(a, b):
        return Comparison(True, size=(wide_a, high_a))
    wide = min(wide_a, wide_b)
    whole = Crop(a, b, 0, wide, 0, 0, high_a, high_b)
    cut = stretches(whole.a, whole.b)
    shifts, regions = tuple(_shifts(cut, whole)), [*_regions(cut, whole, limits, 0), *_sides(a, b)]
    found = paired(_seen_once(regions), a, b)
    shifts, found = named(shifts, found, before, after)
    grown = (wide_b - wide_a, high_b - high_a)
    return Comparison(not (shifts or found or any(grown)), found, shifts, (wide_a, high_a), grown)


def _shifts(cut: Sequence[Stretch], whole: Crop) -> Iterator[Shift]:
    """Rows that stand higher or lower than before, as far as the next ones that stand elsewhere."""
    runs = _telling(cut, whole)
    level, start = 0, 0
    for at, run in enumerate(runs):
        if run.offset == level or _returns(runs, at):
            continue
        if level:
            yield Shift(start, run.a, level)
        level, start = run.offset, run.a
    if level:
        yield Shift(start, whole.a.shape[0], level)


def _telling(cut: Iterable[Stretch], crop: Crop) -> list[Stretch]:
    """The runs that show something: those of one colour agree wherever they stand."""
    return [each for each in cut if each.same and not _alike(crop.a[each.a : each.a + each.high_a])]


def _alike(rows: Pixels) -> bool:
    """Whether all rows are the same: a plain stretch, or the frame beside one."""
    return bool((rows == rows[:1]).all())


def _returns(runs: Sequence[Stretch], at: int) -> bool:
    """Whether a run stands elsewhere while those before and behind it stay together."""
    run = runs[at]
    before = runs[at - 1].offset if at else 0
    behind = [each for each in runs[at + 1 :] if each.a - run.a < _RETURNING]
    return run.offset != before and any(each.offset == before for each in behind)


def _regions(cut: Sequence[Stretch], crop: Crop, limits: Limits, deep: int) -> Iterator[Region]:
    runs = _telling(cut, crop)
    lonely = {run for at, run in enumerate(runs) if _returns(runs, at)}
    if deep:  # a column that moved as far as the part reaches: what stands beside it did not
        lonely |= {run for run in runs if run.offset}
    end = max((run.a + run.high_a for run in runs), default=crop.high_a)
    beside = {edge for run in lonely for edge in (run.b, run.b + run.high_b)}
    for stretch in cut:
        inner = crop.cut(stretch)
        if stretch in lonely:
            yield from _moved_rows(inner)
        elif not stretch.same and stretch.high_a and stretch.high_b:
            yield from _changed(inner, limits, deep)
        elif not stretch.same:
            band = inner.b if stretch.high_b else inner.a
            # Behind all that shows something it is the rest of the window: `Comparison.grown` says it.
            if not (_alike(band) and (stretch.a >= end or {stretch.b, stretch.b + stretch.high_b} & beside)):
                yield _band(inner, limits)


def _moved_rows(crop: Crop) -> Iterator[Region]:
    by = crop.row_b - crop.row_a
    if by and (found := _bounds(crop.b != _ground(crop.whole_b, crop, crop.row_b))):
        box, count = found
        yield _region(_box(crop.x + box[0], crop.row_b + box[1], *box[2:]), "moved", count, dy=by)


def _ground(whole: Pixels, crop: Crop, row: int) -> Pixels:
    """The row above a part: what it stands on, page and frame alike."""
    above: Pixels = whole[max(0, row - 1), crop.x : crop.x + crop.width]
    return above


def _bounds(drawn: Mask) -> tuple[tuple[int, int, int, int], int] | None:
    """The box of what is drawn, and of how many pixels it is."""
    ys, xs = np.flatnonzero(drawn.any(axis=1)), np.flatnonzero(drawn.any(axis=0))
    if not len(ys):
        return None
    box = _box(xs[0], ys[0], xs[-1] - xs[0] + 1, ys[-1] - ys[0] + 1)
    return box, int(np.count_nonzero(drawn))


def _band(crop: Crop, limits: Limits) -> Region:
    """Rows that are in one of the pictures alone."""
    kind, whole, rows, row = (
        ("added", crop.whole_b, crop.b, crop.row_b) if crop.high_b else ("removed", crop.whole_a, crop.a, crop.row_a)
    )
    found = None if _alike(rows) else _bounds(rows != _ground(whole, crop, row))
    if found is None or found[1] < limits.area:
        return _region(_box(crop.x, row, crop.width, len(rows)), kind, 0)
    box, count = found
    return _region(_box(crop.x + box[0], row + box[1], *box[2:]), kind, count)


def _changed(crop: Crop, limits: Limits, deep: int) -> Iterator[Region]:
    """What is different between rows that took the place of others, looked at column by column where there are some."""
    seen = None
    if crop.high_a == crop.high_b:
        crop = crop.wider()
        seen = different(crop.a, crop.b, limits.colour)
        if region := _moved_whole(crop, seen):
            yield region
            return
    marked = np.logical_or.reduce(seen, axis=0) if seen is not None else _differing(crop.a) | _differing(crop.b)
    groups = _groups(marked)
    tall = min(len(crop.a), len(crop.b)) >= _NARROWEST
    if deep < _DEEPEST and tall and groups and (len(groups) > 1 or groups[0][1] - groups[0][0] < 0.9 * crop.width):
        for left, right in groups:
            column = crop.columns(left, right)
            if right - left >= _NARROWEST:
                yield from _regions(stretches(column.a, column.b, _SHORTEST), column, limits, deep + 1)
            else:
                yield from _leaf(column, limits)
    else:
        yield from _leaf(crop, limits)


def _moved_whole(crop: Crop, seen: Mask) -> Region | None:
    """All that differs as one thing that moved: the two edges of a button, and its words between them."""
    found = _bounds(seen)
    return _moved(crop, crop.a, crop.b, Island(*found[0], found[1])) if found else None


def _differing(rows: Pixels) -> Mask:
    """Which columns are not of one colour from top to bottom."""
    columns: Mask = np.logical_or.reduce(rows != rows[:1], axis=0)
    return columns


def _groups(marked: Mask) -> list[tuple[int, int]]:
    """From where to where something stands, gutters between."""
    at = np.flatnonzero(marked)
    if not len(at):
        return []
    breaks = np.flatnonzero(np.diff(at) > _GUTTER)
    starts, ends = at[np.concatenate([[0], breaks + 1])], at[np.concatenate([breaks, [len(at) - 1]])]
    return [(int(start), int(end) + 1) for start, end in zip(starts, ends, strict=True)]


def _leaf(crop: Crop, limits: Limits) -> Iterator[Region]:
    """What is different where nothing more can be matched."""
    crop = crop.wider()
    a, b = _level(crop)
    seen = different(a, b, limits.colour)
    elsewhere = crop.row_a != crop.row_b
    for island in islands(seen, limits.area):
        where = _around(island)
        if elsewhere and island.pixels < _FEW and not different(a[where], b[where], FAINT).any():
            continue
        if redrawn(a[where], b[where], seen[where]):
            continue
        if not smoothed(a[where], b[where], seen[where], limits.colour, limits.area):
            yield _island(crop, a, b, island)


def _around(island: Island) -> tuple[slice, slice]:
    """An island with some of what is around it: an edge has two sides."""
    x, y, width, height = island.box
    return np.s_[max(0, y - MARGIN) : y + height + MARGIN, max(0, x - MARGIN) : x + width + MARGIN]


def _level(crop: Crop) -> tuple[Pixels, Pixels]:
    """Both at one height: the lower one drawn out by its last row, or its first where more of it then agrees."""
    a, b = crop.a, crop.b
    high = max(len(a), len(b))

    def filled(rows: Pixels, above: bool) -> Pixels:
        space = np.repeat(rows[:1] if above else rows[-1:], high - len(rows), axis=0)
        return np.vstack([space, rows] if above else [rows, space])

    if len(a) == len(b):
        return a, b
    from_top = filled(a, False), filled(b, False)
    from_end = filled(a, True), filled(b, True)
    # The boxes are counted from the top of b, so a lower b can only be filled up beneath.
    if len(a) < len(b) and np.count_nonzero(from_end[0] != from_end[1]) < np.count_nonzero(from_top[0] != from_top[1]):
        return from_end
    return from_top


def _moved(crop: Crop, a: Pixels, b: Pixels, island: Island) -> Region | None:
    shift = moved(a, b, island.box)
    if shift is None:
        return None
    (dx, dy), (left, top, width, height) = shift
    return _region(_box(crop.x + left, crop.row_b + top, width, height), "moved", island.pixels, dx, dy)


def _island(crop: Crop, a: Pixels, b: Pixels, island: Island) -> Region:
    if region := _moved(crop, a, b, island):
        return region
    x, y = island.x, island.y
    box = _box(crop.x + x, crop.row_b + y, island.width, island.height)
    empty_a, empty_b = (is_blank(each, island.box) for each in (a, b))
    if empty_a and not empty_b:
        return _region(box, "added", island.pixels)
    if empty_b and not empty_a:
        return _region(_box(box[0], crop.row_a + y, box[2], box[3]), "removed", island.pixels)
    return _region(box, "changed", island.pixels, dy=crop.row_b - crop.row_a)


def _sides(a: Pixels, b: Pixels) -> Iterator[Region]:
    """What is to the right of the narrower picture."""
    wide = min(a.shape[1], b.shape[1])
    for picture, kind in ((a, "removed"), (b, "added")):
        if picture.shape[1] > wide:
            more = picture[:, wide:]
            count = int(np.count_nonzero(more != background(more)))
            yield _region(_box(wide, 0, more.shape[1], more.shape[0]), kind, count)


def _seen_once(regions: Iterable[Region]) -> list[Region]:
    """Without those that lie within another one."""
    kept: list[Region] = []
    for region in sorted(regions, key=lambda each: -each.box[2] * each.box[3]):
        if not any(_within(region.box, other.box) for other in kept if other.kind == region.kind):
            kept.append(region)
    return sorted(kept, key=lambda each: (each.box[1], each.box[0]))


def _within(inner: Sequence[int], outer: Sequence[int]) -> bool:
    return (
        inner[0] >= outer[0]
        and inner[1] >= outer[1]
        and inner[0] + inner[2] <= outer[0] + outer[2]
        and inner[1] + inner[3] <= outer[1] + outer[3]
    )


def _box(x: float, y: float, width: float, height: float) -> tuple[int, int, int, int]:
    return int(x), int(y), int(width), int(height)


def _region(box: tuple[int, int, int, int], kind: str, pixels: int, dx: int = 0, dy: int = 0) -> Region:
    return Region(box, kind, dx, dy, pixels, round(pixels / max(1, box[2] * box[3]), 3))
