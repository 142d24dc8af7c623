"""Lines that changed: what was added, left out or replaced between two lists of them."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from qa.artefacts.contents import Line

_Change = tuple[Line | None, Line | None]
_Numbered = list[tuple[int, Line]]  # with the number of the place where something changed


def line_changes(before: Sequence[Line], after: Sequence[Line]) -> list[_Change]:
    """Each line that is not as before, beside the one it replaces.

    That is the one of its name, or of its words under another name, else what stood in its place. A line that only
    stands elsewhere did not change.
    """
    gone, new = _apart(before, after)
    pairs: list[_Change] = []
    for same in (_same_line, _same_name, _same_words, None):
        for row in list(new):
            match = next((old for old in gone if (same(old[1], row[1]) if same else old[0] == row[0])), None)
            if match is not None:
                gone.remove(match)
                new.remove(row)
                pairs += [(match[1], row[1])] * (same is not _same_line)
    return pairs + [(None, line) for _, line in new] + [(line, None) for _, line in gone]


def _apart(before: Sequence[Line], after: Sequence[Line]) -> tuple[_Numbered, _Numbered]:
    gone, new = _Numbered(), _Numbered()
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for number, (tag, a0, a1, b0, b1) in enumerate(matcher.get_opcodes()):
        if tag != "equal":
            gone += ((number, line) for line in before[a0:a1])
            new += ((number, line) for line in after[b0:b1])
    return gone, new


def _same_line(one: Line, other: Line) -> bool:
    return one == other


def _same_name(one: Line, other: Line) -> bool:
    return bool(one[0]) and one[0] == other[0]


def _same_words(one: Line, other: Line) -> bool:
    return bool(one[1]) and one[1] == other[1]
