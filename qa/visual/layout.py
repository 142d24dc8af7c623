"""The layout of two pictures, compared by what stands in them, where pixels cannot be compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from qa.visual.describing import named
from qa.visual.result import NamedBox, Region

_MOST = 1_500  # things; more are not told apart one by one
# Another font is up to a tenth wider, and breaks a paragraph into a line more or less.
_SIDEWAYS, _DOWN = 16, 60  # pixels
_LARGER = 0.1  # of the width or height of a picture


def rearranged(before: Sequence[NamedBox], after: Sequence[NamedBox]) -> tuple[Region, ...]:
    """What is gone, new, or stands elsewhere than its neighbours do, each said in a sentence."""
    before, after = before[:_MOST], after[:_MOST]
    return named((), _differences(before, after), before, after)[1]


def _differences(before: Sequence[NamedBox], after: Sequence[NamedBox]) -> Iterator[Region]:
    matcher = SequenceMatcher(None, [each.words for each in before], [each.words for each in after], autojunk=False)
    down = 0.0  # how much lower the last pair stands
    for tag, a0, a1, b0, b1 in matcher.get_opcodes():
        if tag == "equal":
            for old, new in zip(before[a0:a1], after[b0:b1], strict=True):
                yield from _moved(old, new, down)
                down = new.box[1] - old.box[1]
        else:
            yield from _exchanged(before[a0:a1], after[b0:b1])


def _exchanged(before: Sequence[NamedBox], after: Sequence[NamedBox]) -> Iterator[Region]:
    left = list(before)
    for new in after:
        old = next((each for each in left if each.kind == new.kind), None)
        if old is None:
            yield _region(new, "added")
            continue
        left.remove(old)
        yield _region(new, "changed", round(new.box[0] - old.box[0]), round(new.box[1] - old.box[1]))
    yield from (_region(old, "removed") for old in left)


def _moved(old: NamedBox, new: NamedBox, down: float) -> Iterator[Region]:
    x, y, width, height = (now - then for now, then in zip(new.box, old.box, strict=True))
    if new.kind == "picture" and (
        abs(width) > _LARGER * max(old.box[2], 1) or abs(height) > _LARGER * max(old.box[3], 1)
    ):
        yield _region(new, "changed", round(x), round(y))
    elif abs(x + width / 2) > _SIDEWAYS or abs(y - down) > _DOWN:
        yield _region(new, "moved", round(x) if abs(x) > _SIDEWAYS else 0, round(y) if abs(y - down) > _DOWN else 0)


def _region(each: NamedBox, kind: str, dx: int = 0, dy: int = 0) -> Region:
    x, y, width, height = (round(edge) for edge in each.box)
    return Region((x, y, width, height), kind, dx, dy, pixels=max(1, width * height))


def listed(boxes: Iterable[NamedBox]) -> list[str]:
    """A line each, for files people compare: “60 120 480 44 the button “Save my seat””."""
    return [" ".join([*(str(round(edge)) for edge in each.box), each.words]) for each in boxes]


def unlisted(lines: Iterable[str]) -> tuple[NamedBox, ...]:
    """The same, read back; ValueError where a line is none of these."""
    return tuple(_unlisted(line) for line in lines)


def _unlisted(line: str) -> NamedBox:
    x, y, width, height, words = line.split(" ", 4)
    return NamedBox((int(x), int(y), int(width), int(height)), words)
