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
_ANY = rf"(.{{0,{_LONGEST}}})"
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
    """The first merge tag of an asked text whose value is empty in the built one; "" where all may have one.

    A condition may print nothing.
    """
    text, tags = alike(built), tags_in(asked, platform)
    whole, any_value = _pattern(asked, platform, whole=True), _pattern(asked, platform)
    if whole is None or any_value is None or whole.fullmatch(text):
        return ""
    found = any_value.fullmatch(text)
    empty = (tag for tag, value in zip(tags, found.groups(), strict=False) if not value.strip()) if found else ()
    return next((tag for tag in empty if not _CONDITION.fullmatch(tag)), "")


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
def _pattern(asked: str, platform: str, *, whole: bool = False) -> re.Pattern[str] | None:
    """The asked text with room for values; None where it has no merge tag. ``whole``: none of them is empty."""
    text, tags = asked, tags_in(asked, platform)
    for tag in tags:
        text = text.replace(tag, _MARK, 1)
    if not tags:
        return None
    value, rest = rf"(\S.{{0,{_LONGEST}}}?)" if whole else _ANY, alike(text).split(_MARK)
    pieces = [re.escape(piece) if whole else _loose(re.escape(piece)) for piece in rest]
    values = [_ANY if _CONDITION.fullmatch(tag) else value for tag in tags]
    if whole and _ANY in values:
        pieces = [_loose(piece) for piece in pieces]
    return re.compile("".join(a + b for a, b in zip(pieces, [*values, ""], strict=True)), re.DOTALL)


def _loose(piece: str) -> str:
    """A piece beside a tag: its outer spaces are folded into others where the tag prints nothing."""
    piece = rf"\ ?{piece[2:]}" if piece.startswith(r"\ ") else piece
    return rf"{piece[:-2]}\ ?" if piece.endswith(r"\ ") else piece
