"""Blocks of content that a tag brings into an email when it is sent, and that are therefore not in the build."""

from __future__ import annotations

import re
from functools import cache

from qa.facts import facts

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_FOOTER = ("footer", "legal", "fuss", "pied", "pie", "disclaimer", "compliance", "unsub", "unsubscribe")


def included_blocks(source: str) -> list[str]:
    """The names of the blocks a build brings along, those that may hold a footer; one that says so comes first."""
    found = dict.fromkeys(match[match.lastindex or 0].strip() for match in _pattern().finditer(source))
    others = frozenset(facts("included_blocks")["others"])
    kept = [name for name in found if others.isdisjoint(_words(name))]
    return sorted(kept, key=lambda name: not any(word in name.lower() for word in _FOOTER))


def _words(name: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(name.rpartition("/")[2])]


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile("|".join(facts("included_blocks")["patterns"]), re.IGNORECASE)
