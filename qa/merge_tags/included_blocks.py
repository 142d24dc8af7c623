"""Blocks of content that a tag brings into an email when it is sent, and that are therefore not in the build."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice

from qa.facts import compiled, facts

_WORD = re.compile(r"[A-Z]?[^\W\d_A-Z]+|[A-Z]+")
_TELLING = 5  # letters of a word that is looked for inside others: "emailfooter"
_IN_ATTRIBUTE = re.compile(r"<[a-z!/][^<>]*\Z", re.IGNORECASE)
_LONGEST_TAG = 2000  # characters
_MOST = 100  # tags that are looked at
FRAME, CONTENT = ("footer", "frame", ""), ("content", "")  # the kinds of blocks that may hold a link of the frame, copy
FOOTER = ("footer", "")  # … that may hold legal lines


@dataclass(frozen=True, slots=True)
class IncludedBlock:
    """A block by its name. ``kind``: what its name says it holds ("footer", "frame", "content"), or ""."""

    name: str
    offset: int
    kind: str


@lru_cache(maxsize=64)  # it is asked for each thing that is missing
def included_blocks(source: str, *kinds: str) -> tuple[IncludedBlock, ...]:
    """The blocks of some kinds that a build brings along and that readers see; footers first."""
    found: dict[str, IncludedBlock] = {}
    for match in islice(_pattern().finditer(source), _MOST):
        name = match[match.lastindex or 0].strip()
        kind = _kind(name)
        if kind in kinds and name not in found and _is_in_text(source, match.start()):
            found[name] = IncludedBlock(name, match.start(), kind)
    return tuple(sorted(found.values(), key=lambda block: block.kind != "footer"))


def _is_in_text(source: str, at: int) -> bool:
    """Whether a tag stands where a reader would see what it brings: in no head, comment, style or attribute."""
    before = source[:at].lower()
    if any(before.rfind(start) > before.rfind(end) for start, end in _UNSEEN):
        return False
    comment = before.rfind("<!--")
    if comment > before.rfind("-->") and not before.startswith("<!--[if", comment):
        return False
    return not _IN_ATTRIBUTE.search(before[-_LONGEST_TAG:])


_UNSEEN = (("<head>", "</head>"), ("<style", "</style"), ("<script", "</script"), ("<title", "</title"))


def _kind(name: str) -> str:
    words, lowered = set(_words(name)), name.lower()
    table = facts("included_blocks")
    if any(word in words or (len(word) >= _TELLING and word in lowered) for word in table["footer"]):
        return "footer"
    return next((kind for kind in ("silent", "frame", "content") if not words.isdisjoint(table[kind])), "")


def _words(name: str) -> Iterator[str]:
    last = name.rstrip("/").rpartition("/")[2].rpartition("\\")[2]
    return (word.lower() for word in _WORD.findall(last))


@cache
def _pattern() -> re.Pattern[str]:
    return compiled("|".join(facts("included_blocks")["patterns"]), re.IGNORECASE)
