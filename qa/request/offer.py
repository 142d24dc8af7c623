"""Facts of the request's offer: prices, dates, codes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from qa.artefacts import Mention
from qa.facts import facts
from qa.request import Request
from qa.source import Place
from qa.text.moments.dates import days, flat
from qa.text.moments.times import TimeOfDay, times
from qa.text.moments.zones import same_moment
from qa.text.money import Percentage, Price, PromoCode, amount, percentages, prices, promo_codes

_MOMENT = re.compile(r"^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::\d\d)?(?=\D|$)")
_BARE = re.compile(r"\d[\d.,' ]*")
_AMOUNTS = ("price", "percentage")
_WITH = re.compile(r"(?<![\W_])[\W_]+(?:with|by|mit|con|avec|com|met)[\W_]+")
_LONGEST = 60  # characters of a value that is a fact and not a sentence


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of the offer. ``kind`` is that of a mention, or "words" for a venue, a name."""

    key: str
    kind: str
    fact: Any
    written: str
    where: Place | None

    def is_in(self, mention: Mention) -> bool:
        return mention.kind == self.kind and bool(mention.fact.same(self.fact))

    def may_be(self, mention: Mention) -> bool:
        """Whether a mention says this fact, a time in a zone of its own too."""
        if isinstance(self.fact, TimeOfDay) and isinstance(mention.fact, TimeOfDay):
            return same_moment(mention.fact, self.fact)
        return self.is_in(mention)


def facts_of(request: Request, language: str = "") -> tuple[Fact, ...]:
    """Every fact of the offer, in its order; a value can hold several: «€49 until 31 March»."""
    return tuple(
        Fact(key, kind, fact, written, request.place("offer", key))
        for key, value in request.offer.items()
        for kind, fact, written in _read(key.lower(), str(value).strip(), language)
    )


def _read(key: str, value: str, language: str) -> Iterator[tuple[str, Any, str]]:
    text = flat(_MOMENT.sub(r"\1 \2", value))
    if len(text) > _LONGEST or not text:
        return
    found = [one for one in facts_in(text, language) if one[0] != "code"]
    table = facts("money")["keys"]
    if _is_code(key, {kind for kind, _, _ in found}):
        yield "code", PromoCode(value, labelled=True), value
    elif _BARE.fullmatch(text):
        if any(name in key for name in table["price"]):
            yield "price", Price(amount(text), ""), value
        elif any(name in key for name in table["share"]):
            yield "percentage", Percentage(amount(text)), value
    else:
        yield from found or [("words", value, value)]


def _is_code(key: str, kinds: set[str]) -> bool:
    """By its key: promo_code is one whatever it looks like; price_with_code and coupon_value where it is no amount, and
    code_until where it is no day. ``kinds``: what its value is read as.
    """
    table = facts("money")["keys"]
    is_amount = not kinds.isdisjoint(_AMOUNTS)
    if kinds:
        key = re.split(r"[\W_]+", _WITH.split(key)[0])[-1]
    return any(name in key for name in (*table["code_last"], *(() if is_amount else table["code"])))


def facts_in(text: str, language: str = "") -> Iterator[tuple[str, Any, str]]:
    """The dates, times, prices, percentages and codes in a text, by kind, each as read and as written."""
    text = flat(text)
    yield from ((kind, fact, text[start:end]) for kind, start, end, fact in spots_in(text, language))


def spots_in(text: str, language: str = "") -> Iterator[tuple[str, int, int, Any]]:
    """The same of a `flat` text, each with where it begins and ends."""
    readers: dict[str, Iterable[tuple[int, int, Any]]] = {
        "date": days(text, language),
        "time": times(text),
        "price": prices(text, language),
        "percentage": percentages(text),
        "code": promo_codes(text),
    }
    yield from ((kind, *spot) for kind, spots in readers.items() for spot in spots)
