"""Dates, times, prices and promo codes that a reader meets, and the addresses of the plain-text part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from qa.finding import Cause
    from qa.source import Place, Source
    from qa.text.moments.dates import Day, NamedYear
    from qa.text.moments.times import TimeOfDay
    from qa.text.money import Percentage, Price, PromoCode


@dataclass(frozen=True, slots=True)
class Today:
    """The day on which the build is judged, in the time zone of the send."""

    date: date


@dataclass(frozen=True, slots=True)
class Mention:
    """A date, time, price, percentage or promo code that a reader meets.

    ``inside`` is "subject", "preheader", "title", "body", "hidden" (a version for phones, say), "alt", "text" (the
    plain-text part), "link" (the query of an address) or "structured" (JSON-LD, an annotation for Gmail). ``status``
    says whether the words around it were asked for: "asked" as they stand, "changed"
    where they seem to be what became of other words of the request (``became`` is that thing of the request, or the
    picture it is the alternative text of; ``asked`` are its words), or "free".
    """

    kind: str  # "date", "time", "price", "percentage", "code", "name" (one with a year: Summit 2026)
    fact: Day | TimeOfDay | Price | Percentage | PromoCode | NamedYear
    written: str
    inside: str
    where: Place
    around: str  # the passage it stands in, cut to what is near
    at: int  # where in that passage
    status: str = "free"
    became: Cause | None = None
    asked: str = ""
    struck: bool = False  # crossed out
    label: str = ""  # what stands over or beside it, where it stands alone: a product, the head of a row


@dataclass(frozen=True, slots=True)
class Mentions:
    """Every date, time, price, percentage and promo code of an asset, in order."""

    found: tuple[Mention, ...]
    language: str = ""
    sent: date | None = None  # when it goes out, or went: by the request, else by the message's own header
    near: date | None = None  # the date by which a year left out is told: that of the offer, else that of the send
    words: str = ""  # everything that was read, addresses and merge tags left out
    addresses: str = ""  # the web and e-mail addresses that a reader sees, a line each


@dataclass(frozen=True, slots=True)
class PlainLink:
    """An address in the plain-text part, or a merge tag that may print one; ``label``: what stands in front of it."""

    href: str
    label: str
    where: Place
    through: tuple[str, ...] = ()  # of a sent message: the addresses by which a click comes to href, as far as known
    unread: bool = False  # href is a click tracker's address: nobody can read where it leads

    @property
    def asked(self) -> str:
        """The address that a click asks for."""
        return self.through[0] if self.through else self.href


@dataclass(frozen=True, slots=True)
class PlainLinks:
    """Every address of the plain-text part, in order."""

    source: Source
    built: tuple[PlainLink, ...] = ()
