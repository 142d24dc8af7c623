"""Postal addresses in a text, recognised by street and postcode, in the formats of many countries."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable
from functools import cache

from qa.facts import compiled, facts

_OTHER_SCRIPTS = re.compile("[\u0370-\u1fff\u2e80-\uffef]")
_NEAR = 160  # characters between a postcode and its street: two long lines
_BETWEEN = re.compile(r"[,;|·•\n–—、，]")
_PARTS = 3  # name, street, town
_LONGEST_WORDS = 200  # characters; more is a sentence
_LONGEST_ADDRESS = 8  # blocks, its heading among them
_MOST = 200  # postcode-like numbers that are looked at, from the end: a price list has more, the footer is below it


def has_address(text: str) -> bool:
    """Whether a text, a block a line, holds something that is written like a postal address."""
    text = text.replace("\u00a0", " ")
    if _alone(ascii_only=True).search(text) or (_OTHER_SCRIPTS.search(text) and _alone(ascii_only=False).search(text)):
        return True
    found = deque(_any_of("postcodes").finditer(text), _MOST)
    return any(_street(text, code.start(), code.end()) for code in found)


def is_like_address(words: str) -> bool:
    """Whether words that must be in a footer look like an address, of whatever country."""
    if has_address(words):
        return True
    wanted = facts("addresses")["wanted"]
    if len(words) > _LONGEST_WORDS or re.search(wanted["others"], words):
        return False
    parts = sum(1 for part in _BETWEEN.split(words) if re.search(r"[^\W\d_]", part))
    if re.search(wanted["seats"], words):
        return parts >= _PARTS
    numbered = any(map(str.isdigit, words))
    of_sender = re.search(wanted["forms"], words) is not None
    street = of_sender and _any_of("streets").search(words) is not None
    return street or (parts >= _PARTS + (not numbered) and (numbered or of_sender))


def _street(text: str, start: int, end: int) -> bool:
    """Whether a street stands before or behind a postcode: the number of the house is not its postcode."""
    before, behind = text[max(0, start - _NEAR) : start], text[end - 1 : end + _NEAR]
    streets = _any_of("streets")
    return bool(streets.search(before) or streets.search(behind))


def without_customers(blocks: Iterable[str]) -> str:
    """The text without the addresses things are sent or billed to: those under a heading that says so."""
    kept: list[str] = []
    held: list[str] = []
    waiting = 0
    for block in blocks:
        waiting += _heads().match(block) is not None
        (held if waiting else kept).append(block)
        if waiting and has_address("\n".join(held)):
            waiting, held = waiting - 1, []
        elif len(held) > _LONGEST_ADDRESS:
            kept, waiting, held = kept + held, 0, []
    return "\n".join(kept + held)


@cache
def _heads() -> re.Pattern[str]:
    heads = "|".join(map(re.escape, facts("addresses")["customers"]["heads"]))
    return compiled(rf"(?:(?:your|ihre|deine|votre|tu|su|il tuo) )?(?:{heads})(?:\s?:|.{{0,12}}$)", re.IGNORECASE)


def has_street(text: str) -> bool:
    """Whether a street, with a number or a post-office box, stands in the text."""
    return _any_of("streets").search(text) is not None


def has_town(text: str) -> bool:
    """Whether a town with its postcode stands in the text."""
    return _any_of("postcodes").search(text) is not None


@cache
def _alone(*, ascii_only: bool) -> re.Pattern[str]:
    """What is an address without a street; that in Latin letters is a pattern of its own."""
    patterns = facts("addresses")["alone"].values()
    return compiled("|".join(pattern for pattern in patterns if pattern.isascii() == ascii_only))


@cache
def _any_of(kind: str) -> re.Pattern[str]:
    return compiled("|".join(facts("addresses")[kind].values()))
