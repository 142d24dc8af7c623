"""Mentions in what machines read and mail programs show: structured data, and promo codes in addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from qa.artefacts import Markup, Mention, StructuredData, StructuredItem
from qa.facts import facts
from qa.links.query_codes import promo_codes_in
from qa.request.offer import spots_in
from qa.source import Text
from qa.text.moments.dates import Day, days, flat
from qa.text.money import Price, PromoCode

_DAY = re.compile(r"^\d{4}-\d\d-\d\d")
_AMOUNT = re.compile(r"[0-9]{0,12}\.?[0-9]{1,6}")  # a Decimal may be a NaN as well, or have a million digits


def structured_mentions(data: StructuredData, language: str) -> Iterator[Mention]:
    """The prices, days and codes of structured data, each with words before it that say what it is."""
    phrases: dict[str, str] = facts("structured")["phrases"]
    for item in data.items:
        for name, text in item.values:
            if name in phrases:
                yield from _value(item, text, phrases[name])
            elif name in facts("structured")["texts"]["names"]:
                yield from _in_text(item, text, language)


def _value(item: StructuredItem, text: Text, phrase: str) -> Iterator[Mention]:
    written = text.value.strip()
    around = f"{phrase}: {written}"
    at = len(around) - len(written)
    kind, fact = _read(item, written, phrase)
    if fact is not None:
        shown = written[:10] if kind == "date" else written
        yield Mention(kind, fact, shown, "structured", text.where, around, at, label=item.name)


def _read(item: StructuredItem, written: str, phrase: str) -> tuple[str, Day | Price | PromoCode | None]:
    if phrase == "code":
        return "code", PromoCode(written, labelled=True) if written else None
    if _DAY.match(written):
        return "date", next((day for _, _, day in days(written[:10])), None)
    currency = item.get("priceCurrency")
    if not _AMOUNT.fullmatch(written):
        return "price", None
    return "price", Price(Decimal(written), currency.value.strip().upper() if currency else "")


def _in_text(item: StructuredItem, text: Text, language: str) -> Iterator[Mention]:
    said = flat(text.value)
    for kind, start, end, fact in spots_in(said, language):
        yield Mention(kind, fact, text.value[start:end], "structured", text.where, said, start, label=item.name)


def address_mentions(markup: Markup) -> Iterator[Mention]:
    """The promo codes that links hand over."""
    for link in markup.links:
        if not link.outlook_only:
            for start, end, code in promo_codes_in(link.href):
                yield Mention("code", code, link.href[start:end], "link", link.where, link.href, start)
