"""Edits of a document: stretches of it cut out or replaced, by their offsets; the rest stays as it was written."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from html import escape
from typing import NamedTuple

from qa.markup.tokeniser import RawHtml, Token


class Edit(NamedTuple):
    """A stretch of text and what takes its place."""

    start: int
    end: int
    text: str = ""


@lru_cache(maxsize=4)
def read(html: str) -> tuple[RawHtml, tuple[Token, ...]]:
    """A document and its tokens; several views begin with the same."""
    raw = RawHtml(html)
    return raw, tuple(raw.tokens())


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The text with the edits made; of two that overlap, the one that begins first, or is longer."""
    pieces: list[str] = []
    at = 0
    for edit in sorted(edits, key=lambda each: (each.start, -each.end)):
        if edit.start >= at:
            pieces += (text[at : edit.start], edit.text)
            at = edit.end
    return "".join([*pieces, text[at:]]) if at or pieces else text


def quoted(value: str) -> str:
    """A value as an attribute's, in quotes."""
    return f'"{escape(value)}"'
