"""Ids that two elements have, and that a link or the label of a field points at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple
from urllib.parse import unquote

from qa.markup.tokeniser import Kind, RawHtml, Token


class RepeatedId(NamedTuple):
    """An id; where the elements stand that have it, and the first tag that points at it."""

    name: str
    places: tuple[int, ...]
    pointing: int
    by_label: bool


def repeated_ids(raw: RawHtml, tokens: Sequence[Token]) -> Iterator[RepeatedId]:
    """Those that stand twice, in the order of what points at them."""
    places: dict[str, list[int]] = {}
    pointing: dict[str, tuple[int, bool]] = {}
    for token in tokens:
        if token.kind is Kind.START:
            attributes = raw.attributes(token)
            if name := attributes.get("id", "").strip():
                places.setdefault(name, []).append(token.start)
            if token.name == "label" and (wanted := attributes.get("for", "").strip()):
                pointing.setdefault(wanted, (token.start, True))
            elif token.name in ("a", "area") and (href := attributes.get("href", "").strip()).startswith("#"):
                pointing.setdefault(unquote(href[1:]), (token.start, False))
    for name, (start, by_label) in pointing.items():
        if len(places.get(name, ())) > 1:
            yield RepeatedId(name, tuple(places[name]), start, by_label)
