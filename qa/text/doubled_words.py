"""Words that stand twice in a row: “of the the year”."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.facts import facts
from qa.markup.merge_tag_mask import masked

_FACTS = facts("doubled_words")
_RIGHT = {language: frozenset(words.split()) for language, words in _FACTS["right"].items()}
# Not “re-order order”, “example example.com”, “it it's”; nor three in a row, which are meant.
_TWICE = re.compile(
    r"(?<![\w'’.@/-])(?P<one>[^\W\d_]{2,40})[ \u00a0](?P<two>(?i:(?P=one)))(?![\w'’/@-]|\.\w|[ \u00a0](?i:(?P=one))\b)"
)
_ONE_LETTER = re.compile(r"(\w)\1+")


def doubled_words(text: str, language: str) -> Iterator[str]:
    """The words that are doubled in a text and should not be, as they stand there; none in languages we know not."""
    right = _RIGHT.get(language)
    if right is None or len(text.split()) < _FACTS["fewest_words"]:
        return
    for found in _TWICE.finditer(masked(text)):
        one, two = found["one"], found["two"]
        before = text[: found.start()].rstrip()
        is_third = before.lower().endswith(two.lower())
        begins = one[1:].islower() and before[-1:] in ("", ".", "!", "?", ":")
        is_slip = two.islower() and (one == two or begins) and two not in right
        if is_slip and not is_third and not _ONE_LETTER.fullmatch(two):
            yield found[0]
