"""Subject lines and preview texts as an inbox shows them. By the table qa/data/inbox.toml."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from qa.facts import compiled, facts


def answer_prefix(subject: str) -> int:
    """How many characters of a subject line are the mark of an answer or a forwarded mail: «Fwd: », «AW: Re: »."""
    found = _answers().match(subject)
    return found.end() if found else 0


def width(text: str) -> int:
    """How much room a line takes, in Latin letters: a Chinese sign or an emoji takes that of two."""
    return sum(_wide(character) for character in text)


def shown_of(text: str, most: int) -> str:
    """The beginning of a line that there is room for."""
    used = 0
    for at, character in enumerate(text):
        used += _wide(character)
        if used > most:
            return text[:at].rstrip()
    return text


def _wide(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) == "Cf":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


@cache
def _answers() -> re.Pattern[str]:
    prefixes = "|".join(map(re.escape, facts("inbox")["answers"]["prefixes"]))
    return compiled(rf"\s*(?:(?:{prefixes})(?:\[\d+\])?(?:\s?:\s+|\s?：\s*))+", re.IGNORECASE)
