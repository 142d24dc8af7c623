"""Prices, dates, shares and codes of a request, and where a text names such facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from qa.request import Request
from qa.request.offer import facts_of, spots_in
from qa.request.texts import asked_wording
from qa.text.moments.dates import PASSAGE, flat

_APART = f" {PASSAGE} "
_KINDS = ("price", "date", "percentage", "code")


class Spot(NamedTuple):
    """A fact as it is written."""

    kind: str
    written: str
    fact: Any


def fact_spots(texts: Iterable[str], language: str) -> Iterator[Spot]:
    """The facts that some texts name."""
    text = flat(_APART.join(texts))
    for kind, start, end, fact in spots_in(text, language):
        if kind in _KINDS:
            yield Spot(kind, text[start:end], fact)


def asked_facts(request: Request, language: str) -> list[tuple[str, Any]]:
    """The facts of the whole request, each with its kind: those of the offer, and those that stand in its wording."""
    texts = [said.text for asset in (*request.pages, *request.emails) for said in asked_wording(asset)]
    found = [(fact.kind, fact.fact) for fact in facts_of(request, language)]
    return found + [(spot.kind, spot.fact) for spot in fact_spots(texts, language)]


def is_among(spot: Spot, known: Iterable[tuple[str, Any]]) -> bool:
    """Whether a fact is one of these, however it is written."""
    return any(spot.kind == kind and spot.fact.same(fact) for kind, fact in known)
