"""Conditions of a build: which stretch of it stands behind which. Every platform's words: qa/data/conditions.toml."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import unescape
from itertools import zip_longest
from typing import Any

from qa.facts import compiled, facts

_STRINGS = re.compile(r"\"[^\"\n]*+\"|'[^'\n]*+'")
_CURLY = re.compile("[“”„‘’‚]")
_PIECES = re.compile(r"[^\W_][\w]*+|[=!<>]=|<>|&&|\|\||[=<>!^]")


@dataclass(frozen=True, slots=True)
class Branch:
    """What stands behind a condition: from the end of its tag to the tag that ends it."""

    condition: str
    start: int
    end: int
    tag: int  # where the tag of the condition begins


@dataclass(frozen=True, slots=True)
class Meaning:
    """A condition without its spelling: the names and values in it, and what is done with them."""

    names: tuple[str, ...]
    operators: tuple[str, ...]

    def holds(self, other: Meaning) -> bool:
        """Whether this condition is another one, or one of several things that it asks."""
        size = len(other.names)
        starts = range(len(self.names) - size + 1) if size else ()
        within = any(self.names[at : at + size] == other.names for at in starts)
        if not within or self.operators.count("not") != other.operators.count("not"):
            return False
        return all(self.operators.count(sign) >= other.operators.count(sign) for sign in other.operators)


def branches(text: str) -> list[Branch]:
    """Every branch of a text, in the order of their tags; one that nothing ends goes on to the end of the text."""
    found = [branch for family in facts("conditions")["family"] for branch in _of_family(text, family)]
    return sorted(found, key=lambda branch: branch.tag)


def asked_in(text: str, condition: str) -> list[Branch]:
    """The branches behind a condition, however its blanks, quotes and operators are written.

    Curly quotes in the build are no quotes: the platform does not read the condition.
    """
    wanted = meaning(condition)
    readable = [branch for branch in branches(text) if not _CURLY.search(branch.condition)]
    return [branch for branch in readable if meaning(branch.condition).holds(wanted)]


@cache
def meaning(condition: str) -> Meaning:
    """What a condition says. A name may be written with or without what it is a field of."""
    signs = {word: name for name, words in facts("conditions")["operators"].items() for word in words}
    silent = facts("conditions")["silent"]["words"]
    names: list[str] = []
    operators: list[str] = []
    for piece in _PIECES.findall(unescape(condition).casefold()):
        for word in piece.split("_"):
            if word in signs:
                operators.append(signs[word])
            elif word and word not in silent:
                names.append(word)
    return Meaning(tuple(names), tuple(operators))


def _of_family(text: str, family: dict[str, Any]) -> Iterator[Branch]:
    if family["needle"] not in text:
        return
    waiting: list[tuple[str, int, int]] = []
    for tag in re.finditer(family["pattern"], text):
        for keyword, condition in _statements(tag["code"], family):
            if keyword != "opens" and waiting:
                said, start, at = waiting.pop()
                yield Branch(said, start, tag.start(), at)
            if keyword != "closes":
                waiting.append((condition, tag.end(), tag.start()))
    for said, start, at in waiting:
        yield Branch(said, start, len(text), at)


def _statements(code: str, family: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The keywords of a tag ("opens", "turns", "closes"), each with its condition."""
    plain = _STRINGS.sub(lambda string: " " * len(string[0]), code)
    hits = list(_keywords(family["needle"]).finditer(plain))
    for hit, following in zip_longest(hits, hits[1:]):
        end = following.start() if following else len(code)
        condition = code[hit.start() : end]
        if stop := re.search(family.get("ends", r"$"), plain[hit.start() : end], re.IGNORECASE):
            condition = condition[: stop.start()]
        yield hit.lastgroup or "", condition


@cache
def _keywords(needle: str) -> re.Pattern[str]:
    family = next(family for family in facts("conditions")["family"] if family["needle"] == needle)
    parts = "|".join(f"(?P<{name}>{family[name]})" for name in ("closes", "turns", "opens"))
    return compiled(parts, re.IGNORECASE)
