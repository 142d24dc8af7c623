"""Descriptions of a region: one sentence for each, by what stands there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from qa.visual.result import NamedBox, Region, Shift

_MOST_WORDS = 60  # characters of a text that are quoted
_AROUND = 12  # characters on either side of what differs in a text

Box = Sequence[float]


def named(
    shifts: Iterable[Shift], regions: Iterable[Region], before: Sequence[NamedBox], after: Sequence[NamedBox]
) -> tuple[tuple[Shift, ...], tuple[Region, ...]]:
    """The same, each with the sentence that says it."""
    return (
        tuple(replace(shift, said=_shifted(shift, before)) for shift in shifts),
        tuple(replace(region, said=_said(region, before, after)) for region in regions),
    )


def _shifted(shift: Shift, before: Sequence[NamedBox]) -> str:
    first = min((each for each in before if each.box[1] >= shift.below - 2), key=lambda each: each.box[1], default=None)
    start = f" ({_name(first)})" if first else ""
    return f"Everything from row {shift.below} on{start} moved {_way(0, shift.by)}."


def _said(region: Region, before: Sequence[NamedBox], after: Sequence[NamedBox]) -> str:
    there = _at(region.box, before if region.kind == "removed" else after)
    subject = _listed(there) or f"the part at {region.box[0]}, {region.box[1]}"
    several = len(there) > 1
    if region.kind == "moved":
        return _sentence(f"{subject} moved {_way(region.dx, region.dy)}")
    if region.kind in ("added", "removed") and not region.pixels:
        verb = "were added" if region.kind == "added" else "are gone"
        return f"{region.box[3]} px of space {verb}{_beside(region.box, after)}."
    if region.kind == "removed":
        return _sentence(f"{subject} {'are' if several else 'is'} gone")
    old = _at((region.box[0] - region.dx, region.box[1] - region.dy, *region.box[2:]), before)
    if len(old) == len(there) == 1 and old[0].words != there[0].words:
        if _has(after, old[0]) and not _has(before, there[0]):
            return _sentence(f"{subject} was not there before")
        if _has(before, there[0]) and not _has(after, old[0]):
            return _sentence(f"{_name(old[0])} is gone")
    if region.kind == "added" and not (len(old) == len(there) == 1 and there[0].kind == old[0].kind):
        return _sentence(f"{subject} {'were' if several else 'was'} not there before")
    if len(there) == 1 and len(old) == 1 and old[0].words != there[0].words:
        return _sentence(_replaced(old[0], there[0]))
    return _sentence(f"{subject} {'look' if several else 'looks'} different")


def _has(boxes: Iterable[NamedBox], one: NamedBox) -> bool:
    return any(each.words == one.words for each in boxes)


def _replaced(old: NamedBox, new: NamedBox) -> str:
    """What was exchanged for what; of two texts, the part that is not the same."""
    if old.kind != new.kind or not old.quoted or not new.quoted:
        return f"{_name(new)} stands where {_name(old)} stood"
    first, second = _apart(old.quoted, new.quoted)
    return f"“{first}” became “{second}”"


def _apart(first: str, second: str) -> tuple[str, str]:
    """The parts of two texts in which they differ, with some letters on either side."""
    most = min(len(first), len(second))
    head = next((at for at in range(most) if first[at] != second[at]), most)
    tail = next((at for at in range(most - head) if first[-1 - at] != second[-1 - at]), most - head)
    start, end = (max(0, at - _AROUND) if at > _AROUND + 4 else 0 for at in (head, tail))
    lead, trail = "…" if start else "", "…" if end else ""
    was, now = (lead + _short(text[start : len(text) - end].strip()) + trail for text in (first, second))
    return was, now


def _at(box: Box, boxes: Iterable[NamedBox]) -> list[NamedBox]:
    """What a box shows: the smallest thing it lies within, or else the things that lie within it."""
    around, inside = [], []
    for each in boxes:
        common = _common(box, each.box)
        own, whole = max(1.0, each.box[2] * each.box[3]), max(1.0, box[2] * box[3])
        if common >= 0.6 * own:
            inside.append(each)
        elif common >= 0.6 * whole:
            around.append((own, each))
    if inside:
        return sorted(_outer(inside), key=lambda each: (each.box[1], each.box[0]))
    return [min(around, key=lambda pair: pair[0])[1]] if around else []


def _outer(found: list[NamedBox]) -> list[NamedBox]:
    """Without what stands within something else that was found: the words on a button that is named already."""
    kept: list[NamedBox] = []
    for each in sorted(found, key=lambda each: -each.box[2] * each.box[3]):
        if not any(_common(each.box, other.box) >= 0.9 * each.box[2] * each.box[3] for other in kept):
            kept.append(each)
    return kept


def _beside(box: Box, boxes: Iterable[NamedBox]) -> str:
    above = [each for each in boxes if each.box[1] + each.box[3] <= box[1] + 4]
    nearest = max(above, key=lambda each: each.box[1] + each.box[3], default=None)
    return f" below {_name(nearest)}" if nearest else f" at row {round(box[1])}"


def _common(first: Box, second: Box) -> float:
    wide = min(first[0] + first[2], second[0] + second[2]) - max(first[0], second[0])
    high = min(first[1] + first[3], second[1] + second[3]) - max(first[1], second[1])
    return wide * high if wide > 0 and high > 0 else 0.0


def _listed(found: Sequence[NamedBox]) -> str:
    names = list(dict.fromkeys(_name(each) for each in found))
    if len(names) <= 2:
        return " and ".join(names)
    return f"{names[0]}, {names[1]} and {len(names) - 2} more beside {'it' if len(names) == 3 else 'them'}"


def _way(dx: int, dy: int) -> str:
    steps = [f"{abs(dy)} px {'down' if dy > 0 else 'up'}"] if dy else []
    steps += [f"{abs(dx)} px to the {'right' if dx > 0 else 'left'}"] if dx else []
    return " and ".join(steps)


def _name(each: NamedBox) -> str:
    """What it is called in a sentence: a long text by its beginning."""
    return each.words.replace(each.quoted, _short(each.quoted)) if each.quoted else each.words


def _short(words: str) -> str:
    return words if len(words) <= _MOST_WORDS else words[: _MOST_WORDS - 1] + "…"


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."
