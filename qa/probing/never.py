"""Addresses that are never asked: who asks them signs a person off, confirms or accepts something for them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any
from urllib.parse import unquote

from qa.facts import compiled, facts
from qa.links.roles import role_in_address, role_in_words, role_of
from qa.text.wording import dense_letters, folded

_SPLIT = re.compile(r"[/?&=#.;|]")
_NO_LETTERS = re.compile(r"[\W\d_]+")
_LONGEST = 4000  # characters of an address that are looked at
_LEAVING = {"unsubscribe": "it is an unsubscribe link", "preferences": "it leads to somebody's preferences"}
OF_HEADER = "the List-Unsubscribe header names it"
OF_REQUEST = "the request says that it signs off"
OF_SENTENCE = "its sentence speaks of leaving"
LEAVING_ROLES = tuple(_LEAVING)
LEAVING = frozenset((*_LEAVING.values(), OF_HEADER, OF_REQUEST, OF_SENTENCE))  # as one is in every email


def why_never(url: str) -> str:
    """Why an address is not to be asked, by what it says itself; "" where it may be."""
    for form in (url, unquote(url)):  # %75nsubscribe, and what a redirect hands over in a parameter
        if said := _LEAVING.get(role_of(form, "")) or _LEAVING.get(role_in_address(form)):
            return said
    pieces = {_NO_LETTERS.sub("", piece) for piece in _SPLIT.split(unquote(unquote(url[:_LONGEST])).lower())}
    return _said(kind for kind in _kinds() if not pieces.isdisjoint(kind["segments"]))


def why_never_by_words(text: str) -> str:
    """Why the address behind a link is not to be asked, by the link's words."""
    if said := _LEAVING.get(role_in_words(text)):
        return said
    words = folded(text).lower()
    return _said(kind for kind in _kinds() if _phrases(kind["says"]).search(words))


def _said(kinds: Iterator[dict[str, Any]]) -> str:
    return next((str(kind["says"]) for kind in kinds), "")


def _kinds() -> list[dict[str, Any]]:
    return [kind for kind in facts("never_asked").values() if isinstance(kind, dict)]


@cache
def _phrases(says: str) -> re.Pattern[str]:
    """Every phrase of a kind; at word boundaries, where its script has words."""
    kind = next(kind for kind in _kinds() if kind["says"] == says)
    every = sorted({phrase for phrases in kind["words"].values() for phrase in phrases})
    each = (re.escape(p) if dense_letters(p) else rf"(?<!\w){re.escape(p)}(?!\w)" for p in every)
    return compiled("|".join(each))
