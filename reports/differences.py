"""Differences of two values: asked beside built, cut to what a person compares, the differing parts marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa.report import visible

from .plain import LIMIT

_UNITS = re.compile(r"\w+|\s|[^\w\s]")
_LEAD = 160  # characters kept before the first difference of a long value
_WORTH_REFINING = 0.5  # two words less alike, or as short as "40" and "45", are simply two words


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text; ``marked`` where the other side has something else."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """The two values, side by side. ``note`` says what was left out of them."""

    expected: tuple[Piece, ...]
    actual: tuple[Piece, ...]
    note: str = ""


def difference(expected: str, actual: str, limit: int = LIMIT) -> Difference:
    """Both values in pieces, marked word by word, and letter by letter where two words are nearly the same."""
    skip = _start(expected, actual, limit)
    asked, built = expected[skip : skip + limit], actual[skip : skip + limit]
    left: list[Piece] = []
    right: list[Piece] = []
    for same, a, b in _runs(_UNITS.findall(asked), _UNITS.findall(built)):
        for side, text in ((left, a), (right, b)):
            if text or not same:  # nothing, where the other side has something, is a gap to show
                side.append(Piece(visible(text) if same else _spelled(text), not same))
    whole = max(len(expected), len(actual))
    return Difference(_joined(left), _joined(right), _note(skip, whole, limit) if skip or whole > limit else "")


def _start(expected: str, actual: str, limit: int) -> int:
    """Where the shown part of a long value starts: a little before the first difference."""
    if max(len(expected), len(actual)) <= limit:
        return 0
    low, high = 0, min(len(expected), len(actual))
    while low < high:  # bisection: comparing slices is a memcmp, a loop over a million characters is not
        middle = (low + high + 1) // 2
        low, high = (middle, high) if expected[:middle] == actual[:middle] else (low, middle - 1)
    return max(0, low - _LEAD)


def _note(skip: int, whole: int, limit: int) -> str:
    first, last = f"{skip + 1:,}", f"{min(skip + limit, whole):,}"
    return f"Too long to show whole: characters {first} to {last} of {whole:,}."


def _runs(asked: Sequence[str], built: Sequence[str]) -> Iterator[tuple[bool, str, str]]:
    """Alternating runs of equal and of differing text."""
    from rapidfuzz.distance import Levenshtein

    for step in Levenshtein.opcodes(asked, built):
        a, b = asked[step.src_start : step.src_end], built[step.dest_start : step.dest_end]
        if step.tag == "replace" and len(a) == len(b):
            for one, other in zip(a, b, strict=True):
                yield from _letters(one, other)
        else:
            yield step.tag == "equal", "".join(a), "".join(b)


def _letters(asked: str, built: str) -> Iterator[tuple[bool, str, str]]:
    """Two words that stand in each other's place: what they share at both ends, and what is between."""
    from rapidfuzz.distance import Levenshtein, Postfix, Prefix

    shorter = min(len(asked), len(built))
    if shorter < 4 or Levenshtein.normalized_similarity(asked, built) < _WORTH_REFINING:
        yield False, asked, built
        return
    start = Prefix.similarity(asked, built)
    end = min(Postfix.similarity(asked, built), shorter - start)
    yield True, asked[:start], built[:start]
    yield False, asked[start : len(asked) - end], built[start : len(built) - end]
    yield True, asked[len(asked) - end :], built[len(built) - end :]


def _spelled(text: str) -> str:
    """White space made visible: where it is all that differs, nobody would see it."""
    if not text or text.strip(" \t\n\u00a0"):
        return visible(text)
    return "".join({" ": "␣", "\t": "⇥", "\n": "↵\n"}.get(c, f"⟨U+{ord(c):04X}⟩") for c in text)


def _joined(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Neighbours of one kind as one piece; a lone space between two marked pieces is marked with them."""
    joined: list[Piece] = []
    for index, piece in enumerate(pieces):
        between = 0 < index < len(pieces) - 1 and pieces[index - 1].marked and pieces[index + 1].marked
        marked = piece.marked or (between and piece.text == " ")
        if joined and joined[-1].marked == marked:
            joined[-1] = Piece(joined[-1].text + piece.text, marked)
        else:
            joined.append(Piece(piece.text, marked))
    return tuple(joined)
