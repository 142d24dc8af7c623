"""Dates among the facts of an offer: events, beginnings and ends, as their names tell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from qa.facts import facts
from qa.request import Request
from qa.source import Place
from qa.text.moments.dates import days, flat

_WORDS = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class OfferDate:
    """A fact of the offer that is a date."""

    name: str
    day: date
    where: Place | None

    @property
    def words(self) -> frozenset[str]:
        """The words of its name: valid, until."""
        return frozenset(_WORDS.findall(self.name.casefold()))

    def is_a(self, kind: str) -> bool:
        """Whether its name has a word of "event", "ends" or "begins"."""
        return not self.words.isdisjoint(facts("triage")["offer"][kind])


def offer_dates(request: Request) -> list[OfferDate]:
    """The facts of the offer that are one date with its year."""
    found = []
    for name, value in request.offer.items():
        read = {day for _, _, day in days(flat(value), request.language or "")}
        named = {(day.on(None), day.either) for day in read}
        if len(named) == 1 and (only := named.pop())[0] is not None and not only[1]:
            found.append(OfferDate(name, only[0], request.place("offer", name)))
    return found
