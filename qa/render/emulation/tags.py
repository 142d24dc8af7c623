"""One tag of a document, written anew with other attributes and everything else as it was."""

from __future__ import annotations

import re
from collections.abc import Mapping

from qa.markup.tokeniser import STAMP, RawHtml, Token
from qa.render.emulation.edits import quoted

_STAMPED = re.compile(rf' {STAMP}="(\d{{1,9}}+)"')


def stamp_of(raw: RawHtml, tag: Token) -> re.Match[str] | None:
    """The stamp of a start tag: right behind its name, before whatever else calls itself so."""
    return _STAMPED.match(raw.text, tag.start + 1 + len(tag.name))


def stamp(offset: int) -> str:
    """A stamp as `qa.markup.tokeniser.stamped` writes it."""
    return f' {STAMP}="{offset}"'


def with_attributes(raw: RawHtml, tag: Token, changes: Mapping[str, str | None]) -> str:
    """A start tag with attributes set, or taken away where the value is None. Its stamp stays the first."""
    found = stamp_of(raw, tag)
    at = found.end() if found else tag.start + 1 + len(tag.name)
    new = "".join(f" {name}={quoted(value)}" for name, value in changes.items() if value is not None)
    pieces = [raw.text[tag.start : at], new]
    for name, start, end, _, _ in raw.places(tag):
        if start >= at and name in changes:
            pieces.append(raw.text[at:start].rstrip())
            if raw.text[end] not in " \t\r\n\f/>":
                pieces.append(" ")
            at = end
    return "".join([*pieces, raw.text[at : tag.end]])
