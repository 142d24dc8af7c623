"""The passage of a build that is nearly the words that were asked for: a word or a figure in it was exchanged."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from qa.artefacts import Body
from qa.source import Text
from qa.text.likeness import nearest_stretch
from qa.text.wording import alike, changed_words

_LIKE = 75  # of 100: less like than this, it is another sentence
_SHORTEST = 3  # words; of fewer, anything similar might be meant
_MOST_CHANGED = 4  # one word in so many; at least one


def nearest(words: str, body: Body) -> tuple[Text, list[tuple[str, str]]] | None:
    """Where readers meet the words with some of them exchanged, and which; None where more than that is wrong."""
    spots = [(alike(block.text), block.where) for block in body.blocks if not (block.hidden or block.outlook_only)]
    spots += [(alike(image.alt), image.where) for image in body.images if image.alt and not image.hidden]
    wanted = alike(words)
    if len(wanted.split()) < _SHORTEST or not spots:
        return None
    starts = list(accumulate((len(text) + 1 for text, _ in spots), initial=0))
    whole = " ".join(text for text, _ in spots)
    found = nearest_stretch(wanted.casefold(), whole.casefold(), _LIKE)
    if found is None or len(whole) != len(whole.casefold()):
        return None
    start, passage = _as_many_words(whole, found[0], len(wanted.split()))
    changes = changed_words(wanted, passage, lambda word: alike(word).casefold())
    many = sum(len(before.split()) for before, _ in changes)
    if not changes or not all(before and after for before, after in changes):
        return None
    if many > max(1, len(wanted.split()) // _MOST_CHANGED):
        return None
    return Text(passage, spots[bisect_right(starts, start) - 1][1]), changes


def _as_many_words(text: str, at: int, many: int) -> tuple[int, str]:
    """The passage of so many words that begins with the word at a place."""
    start = text.rfind(" ", 0, at + 1) + 1
    return start, " ".join(text[start : start + 40 * many].split(" ")[:many])
