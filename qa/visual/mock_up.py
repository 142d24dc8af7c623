"""The likeness of a build and its mock-up, coarsely: which blocks are there, in which order, in which colours.

A mock-up is drawn by a design tool, with other fonts and other line breaks, so that no pixel can be asked to agree.
Both pictures are cut into squares, the rows of squares are matched like the lines of two texts (Needleman and Wunsch,
1970), and what has no counterpart, or one of another colour, is told. Solid colours are compared exactly, by `palette`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from qa.visual.colour_squares import Side, apart, fitting, inked, matched
from qa.visual.loading import image
from qa.visual.palette import FillLimits, MisplacedFill, Paint, misplaced_fills, painted, written
from qa.visual.regions import islands
from qa.visual.result import NamedBox

if TYPE_CHECKING:
    from PIL.Image import Image

    from qa.visual import Picture

Floats = NDArray[np.float32]

_SAME = 12  # levels; what is that near is not said to be another colour
_STROKES = 5  # small squares of one colour in a row of text, from bold letters; an icon has twenty
_BESIDE = 4  # rows that are matched between what is gone and what came instead


@dataclass(frozen=True, slots=True)
class Limits:
    """What `qa/data/visual.toml` says under mock_up, and why."""

    columns: int = 40
    skipped: float = 0.05
    colour: float = 0.13
    fewest: int = 12
    rows: int = 3
    likeness: float = 0.45
    smallest: int = 60
    levels: int = 6
    fill: int = 40
    share: float = 0.25
    reach: int = 30
    reflow: int = 4


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as designed. ``box``: in pixels of the build; of something "missing", of the mock-up."""

    kind: str  # "missing", "added", "changed", "picture", "colour"
    box: tuple[int, int, int, int]
    said: str
    off: float = 0.0  # how far, in the unit of its limit


@dataclass(frozen=True, slots=True)
class Likeness:
    """How a build follows its mock-up. ``found`` is the share of what the mock-up shows that is in the build."""

    differences: tuple[Difference, ...]
    found: float


@dataclass(frozen=True, slots=True)
class _Gap:
    """Rows of either that have no counterpart, from and to; ``lost`` and ``new`` of them show something."""

    a0: int
    a1: int
    b0: int
    b1: int
    lost: int
    new: int


def resemblance(
    mock_up: Picture, build: Picture, pictures: Sequence[NamedBox] = (), limits: Limits | None = None
) -> Likeness:
    """How ``build`` follows ``mock_up``. ``pictures``: where pictures stand in the build, by name, in its pixels.

    Either may have margins beside what it shows, and which are such is tried out: what agrees best counts.
    """
    limits = limits or Limits()
    ways = fitting(image(mock_up), image(build), limits.columns)
    tried = [(matched(design.squares, drawn.squares, limits.skipped), design, drawn) for design, drawn in ways]
    (pairs, _), design, drawn = min(tried, key=lambda each: each[0][1])
    return _resemblance(design, drawn, pairs, pictures, limits)


def _resemblance(
    design: Side, drawn: Side, pairs: NDArray[np.intp], pictures: Sequence[NamedBox], limits: Limits
) -> Likeness:
    paints = painted(design, drawn)
    gaps = list(_told(design, drawn, pairs, paints, limits))
    differences = [*_unmatched(design, drawn, gaps, limits), *_recoloured(design, drawn, pairs, limits)]
    differences += [*_swapped(design, drawn, pairs, pictures, limits), *_painted(paints, pairs, gaps, limits)]
    shown = inked(design.squares)
    close = apart(design.squares[pairs[:, 0]], drawn.squares[pairs[:, 1]]).mean(axis=1) < limits.colour
    there = np.zeros(len(shown), bool)
    there[pairs[close, 0]] = True
    found = float((shown & there).sum() / max(1, shown.sum()))
    return Likeness(tuple(_once(differences)), round(found, 2))


def _told(
    design: Side, drawn: Side, pairs: NDArray[np.intp], paints: tuple[Paint, Paint], limits: Limits
) -> list[_Gap]:
    """The gaps to be told of, those that are close together as one."""
    gaps: list[_Gap] = []
    every = list(_gaps(design, drawn, pairs))
    for gap in every:
        near = [each for each in every if each.a0 - gap.a1 <= _BESIDE and gap.a0 - each.a1 <= _BESIDE]
        if max(gap.lost, gap.new) < limits.rows or _reflown(near, paints, limits):
            continue
        if gaps and gap.a0 - gaps[-1].a1 <= _BESIDE:
            before = gaps.pop()
            gaps.append(_Gap(before.a0, gap.a1, before.b0, gap.b1, before.lost + gap.lost, before.new + gap.new))
        else:
            gaps.append(gap)
    return gaps


def _reflown(near: list[_Gap], paints: tuple[Paint, Paint], limits: Limits) -> bool:
    """Whether gaps are a line or two of text more on one side alone, as another font makes of the same paragraph."""
    design, drawn = paints
    lost, new = sum(each.a1 - each.a0 for each in near), sum(each.b1 - each.b0 for each in near)
    one_sided = not (any(each.lost for each in near) and any(each.new for each in near))
    solid = sum(design.solid(each.a0, each.a1) + drawn.solid(each.b0, each.b1) for each in near)
    return one_sided and max(lost, new) <= limits.reflow and solid <= _STROKES * (lost + new)


def _unmatched(design: Side, drawn: Side, gaps: list[_Gap], limits: Limits) -> Iterator[Difference]:
    """Blocks that only one of the two has; where one took the place of another, they are one that changed."""
    for gap in gaps:
        here = drawn.box(0, gap.b0, limits.columns, gap.b1 - gap.b0)
        if min(gap.lost, gap.new) >= limits.rows - 1:
            yield Difference("changed", here, "This part is another one in the mock-up.", max(gap.lost, gap.new))
        elif gap.lost > gap.new:
            there = design.box(0, gap.a0, limits.columns, gap.a1 - gap.a0)
            yield Difference("missing", there, "This part of the mock-up is not in the build.", gap.lost)
        else:
            yield Difference("added", here, "This part of the build is not in the mock-up.", gap.new)


def _gaps(design: Side, drawn: Side, pairs: NDArray[np.intp]) -> Iterator[_Gap]:
    """The rows between those that are matched, and how many of them show something."""
    edges = np.vstack([[-1, -1], pairs, [len(design.squares), len(drawn.squares)]])
    inked_a, inked_b = inked(design.squares), inked(drawn.squares)
    for (a0, b0), (a1, b1) in zip((edges[:-1] + 1).tolist(), edges[1:].tolist(), strict=True):
        if a1 > a0 or b1 > b0:
            yield _Gap(a0, a1, b0, b1, int(inked_a[a0:a1].sum()), int(inked_b[b0:b1].sum()))


def _recoloured(design: Side, drawn: Side, pairs: NDArray[np.intp], limits: Limits) -> Iterator[Difference]:
    """Matched rows in which squares are of another colour."""
    if not len(pairs):
        return
    bare = apart(design.squares[pairs[:, 0]], drawn.squares[pairs[:, 1]])
    off = np.minimum(bare, _smooth(bare))
    for island in islands(np.repeat(np.repeat(off > limits.colour, 8, 0), 8, 1), limits.fewest * 64):
        x, y, width, height = (edge // 8 for edge in (island.x, island.y, island.width, island.height))
        first, last = int(pairs[y, 1]), int(pairs[y + height - 1, 1])
        box = drawn.box(x, first, width, last - first + 1)
        worst = float(off[y : y + height, x : x + width].max())
        yield Difference("changed", box, "This part has other colours in the mock-up.", round(worst, 2))


def _painted(
    paints: tuple[Paint, Paint], pairs: NDArray[np.intp], gaps: list[_Gap], limits: Limits
) -> Iterator[Difference]:
    """Solid colours that only one of the two has in a place, each once, with the largest of its places."""
    design, drawn = paints
    asked = FillLimits(limits.fill, limits.levels, limits.share, limits.reach)
    lost, new = np.zeros(len(design.side.squares), bool), np.zeros(len(drawn.side.squares), bool)
    for gap in gaps:
        if min(gap.lost, gap.new) < limits.rows - 1:
            lost[gap.a0 : gap.a1], new[gap.b0 : gap.b1] = True, True
    gone = _largest(misplaced_fills(design, drawn, pairs, asked, lost))
    for fill, places in gone:
        yield _colour(fill, fill.other, places, "mock-up", "build")
    told = [fill.other for fill, _ in gone]
    for fill, places in _largest(misplaced_fills(drawn, design, pairs[:, ::-1], asked, new)):
        if not any(_covers(box, fill.own) or _covers(fill.own, box) for box in told):
            yield _colour(fill, fill.own, places, "build", "mock-up")


def _largest(found: Iterator[MisplacedFill]) -> list[tuple[MisplacedFill, int]]:
    """Of each colour the largest fill, and how many there are."""
    groups: dict[object, list[MisplacedFill]] = {}
    for each in found:
        groups.setdefault((each.colour, each.instead), []).append(each)
    return [(max(group, key=lambda each: each.area), len(group)) for group in groups.values()]


def _colour(fill: MisplacedFill, box: tuple[int, int, int, int], places: int, has: str, lacks: str) -> Difference:
    more = f" (there and in {places - 1} more place{'s' if places > 2 else ''})" if places > 1 else ""
    where = f"elsewhere in the {lacks}" if fill.anywhere else f"nowhere in the {lacks}"
    if fill.instead is None:
        said = f"The {has}'s {written(fill.colour)}{more} is {where}."
    elif max(abs(a - b) for a, b in zip(fill.colour, fill.instead, strict=True)) <= _SAME:
        said = f"There is much less of the {has}'s {written(fill.colour)}{more} in the {lacks}."
    else:
        said = f"The {has}'s {written(fill.colour)}{more} is {where}; what stands there is {written(fill.instead)}."
    return Difference("colour", box, said, fill.area)


def _smooth(off: Floats) -> Floats:
    """Each square with those around it: letters in another font fill their squares differently."""
    wider = np.pad(off, 1, mode="edge")
    high, wide = off.shape
    around: Floats = np.mean([wider[y : y + high, x : x + wide] for y in range(3) for x in range(3)], axis=0)
    return around


def _swapped(
    design: Side, drawn: Side, pairs: NDArray[np.intp], pictures: Sequence[NamedBox], limits: Limits
) -> Iterator[Difference]:
    """Pictures of the build whose place in the mock-up shows another one."""
    rows = dict(zip(pairs[:, 1].tolist(), pairs[:, 0].tolist(), strict=True))
    scale = design.wide / drawn.wide
    for each in pictures:
        x, y, width, height = each.box
        first, last = int(y / drawn.high), int((y + height) / drawn.high)
        inside = [(rows[row], row) for row in range(first, last) if row in rows]
        if min(width, height) < limits.smallest or len(inside) < 0.5 * (last - first):
            continue  # of rows that nothing answers to, `_unmatched` speaks
        left, top = x - drawn.left, inside[0][0] * design.high + (y - inside[0][1] * drawn.high) * scale
        there = (left * scale, top, (left + width) * scale, top + height * scale)
        like = _correlation(design.picture, there, drawn.picture, (left, y, left + width, y + height), design.high)
        if like is not None and like < limits.likeness:
            box = (round(x), round(y), round(width), round(height))
            yield Difference(
                "picture", box, f"{each.words[:1].upper()}{each.words[1:]} is another in the mock-up.", like
            )


def _correlation(
    first: Image, there: tuple[float, ...], second: Image, here: tuple[float, ...], slack: float
) -> float | None:
    """How alike two cut-outs are, -1 to 1, by their brightness, at the best of some heights; None of plain ones."""
    drawn = _grey(second, here)
    if drawn is None:
        return None
    left, top, right, bottom = there
    found = [_grey(first, (left, top + step * slack / 4, right, bottom + step * slack / 4)) for step in range(-8, 9)]
    values = [float((drawn * other).mean()) for other in found if other is not None]
    return round(max(values), 2) if values else 0.0


def _grey(picture: Image, box: tuple[float, ...]) -> Floats | None:
    from PIL import Image

    left, top, right, bottom = (round(edge) for edge in box)
    small = picture.crop((left, top, max(left + 1, right), max(top + 1, bottom))).convert("L")
    values = np.asarray(small.resize((24, 24), Image.Resampling.BOX), np.float32)
    spread = float(values.std())
    return (values - values.mean()) / spread if spread > 6 else None


def _once(differences: list[Difference]) -> Iterator[Difference]:
    """A picture that was swapped is not said again for its colours, nor a colour that is named for its squares."""
    pictures = [each.box for each in differences if each.kind == "picture"]
    colours = [each.box for each in differences if each.kind == "colour"]
    said = {"changed": pictures + colours, "colour": pictures}
    for each in differences:
        if not any(_covers(box, each.box) for box in said.get(each.kind, ())):
            yield each


def _covers(outer: tuple[int, int, int, int], inner: tuple[int, int, int, int]) -> bool:
    wide = min(outer[0] + outer[2], inner[0] + inner[2]) - max(outer[0], inner[0])
    high = min(outer[1] + outer[3], inner[1] + inner[3]) - max(outer[1], inner[1])
    return wide > 0 and high > 0 and wide * high >= 0.6 * inner[2] * inner[3]
