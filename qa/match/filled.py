"""Texts of the request in which a message that was sent has its merge tags filled in."""

from __future__ import annotations

import re
from functools import lru_cache

from qa.merge_tags.grammar import grammar
from qa.merge_tags.pattern import TOKEN
from qa.text.wording import alike

_LONGEST = 300  # characters of a value
_CONDITION = re.compile(
    r"\{%.*%\}|\*\|(?:IF|ELSE|END)\b.*\|\*|%%\[.*\]%%|\{\{#.*\{\{/\w+\}\}", re.IGNORECASE | re.DOTALL
)
_MARK = "\ue000"


def fills(asked: str, built: str, platform: str = "") -> bool:
    """Whether a text is the asked one with its merge tags filled in, whatever the values; one may be empty."""
    pattern = _pattern(asked, platform)
    return pattern is not None and pattern.fullmatch(alike(built)) is not None


def filled_in(asked: str, text: str, platform: str = "") -> bool:
    """Whether the asked words, their merge tags filled in, stand somewhere in a text."""
    pattern = _pattern(asked, platform)
    return pattern is not None and pattern.search(alike(text)) is not None


def left_empty(asked: str, built: str, platform: str = "") -> str:
    """The first merge tag of an asked text whose value is empty in the built one; "" where all have one."""
    pattern = _pattern(asked, platform)
    found = pattern.fullmatch(alike(built)) if pattern else None
    empty = [number for number, value in enumerate(found.groups()) if not (value or "").strip()] if found else []
    return tags_in(asked, platform)[empty[0]] if empty else ""


@lru_cache(maxsize=1024)
def tags_in(text: str, platform: str = "") -> list[str]:
    """The merge tags of a text in order; a condition with all that stands in it is one."""
    spans = [found.span() for found in (*_CONDITION.finditer(text), *TOKEN.finditer(text))]
    known = grammar(platform) if platform else None
    spans += [(tag.start, tag.start + len(tag.raw)) for tag in known.read(text)[0]] if known else []
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return [text[start:end] for start, end in kept]


@lru_cache(maxsize=1024)
def _pattern(asked: str, platform: str) -> re.Pattern[str] | None:
    """The asked text with room for values; None where it has no merge tag."""
    text = asked
    for tag in tags_in(asked, platform):
        text = text.replace(tag, _MARK, 1)
    if text == asked:
        return None
    pieces = [_loose(re.escape(piece)) for piece in alike(text).split(_MARK)]
    return re.compile(rf"(.{{0,{_LONGEST}}}?)".join(pieces), re.DOTALL)


def _loose(piece: str) -> str:
    """A piece beside a tag: its outer spaces are folded into others where the tag prints nothing."""
    piece = rf"\ ?{piece[2:]}" if piece.startswith(r"\ ") else piece
    return rf"{piece[:-2]}\ ?" if piece.endswith(r"\ ") else piece
