"""The likeness of two labels, and the most that is compared."""

from __future__ import annotations

from qa.finding import Fault
from qa.text.likeness import likeness
from qa.text.wording import loose

SAME_TEXT = 0.8  # of 1: likely the same label, changed
MOST_COMPARED = 250_000  # pairs; a build with more that answers nothing as asked is another campaign's


def refuse_too_many(asked: int, built: int, what: str) -> None:
    if asked * built > MOST_COMPARED:
        many = f"{asked:,} {what} asked for and {built:,} others built"
        raise Fault(f"{many} are too many to be matched: is this the right build?")


def label_likeness(asked: str, built: str) -> float:
    """How alike two labels are, from 0 to 1: case, arrows and punctuation around them do not count."""
    one, other = loose(asked), loose(built)
    return 1.0 if one == other else likeness(one, other) / 100
