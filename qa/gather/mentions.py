"""Dates, times, prices, percentages and promo codes that a reader meets, read once for all checks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from email.utils import parsedate_to_datetime
from itertools import accumulate
from typing import NamedTuple

from qa.artefacts import (
    Block,
    DeclaredEnvelope,
    ImageTag,
    Inventory,
    Markup,
    Mention,
    Mentions,
    Parts,
    StructuredData,
)
from qa.build.assets import Asset
from qa.check import gatherer
from qa.gather.document.asked_words import AskedWords
from qa.gather.machine_mentions import address_mentions, structured_mentions
from qa.gather.mention_labels import Labels
from qa.markup.merge_tag_mask import masked
from qa.request import AskedAsset, Request
from qa.request.offer import facts_of
from qa.request.texts import texts_of
from qa.source import Place, Source, Text
from qa.text.moments.dates import PASSAGE, Day, NamedYear, days, flat, named_years
from qa.text.moments.times import TimeOfDay, times
from qa.text.money import Percentage, Price, PromoCode, percentages, prices, promo_codes, slipped_codes

_LINE = re.compile(r"[^\r\n]++")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"\x01]++|(?<![\w.+-])[\w.+-]{1,64}+@[\w-]++\.[\w.-]++", re.IGNORECASE)
_BESIDE = 48  # characters beside a figure in which what belongs to it stands
_CLUSTER = re.compile(rf"\d(?>(?:[^\d]{{0,{2 * _BESIDE}}}+\d)*)")
_Fact = tuple[str, int, int, Day | TimeOfDay | Price | Percentage | PromoCode | NamedYear]
_NEAR = 100  # characters of the passage on either side


class _Passage(NamedTuple):
    inside: str
    text: str
    where: Place | None
    source: Source | None = None
    offset: int = 0
    picture: ImageTag | None = None

    def place(self) -> Place:
        if self.where is not None:
            return self.where
        return self.source.place(self.offset) if self.source else Place("")


@gatherer()
def mentions(  # noqa: PLR0913, PLR0917 - each is one place a fact can stand in, or says how to read it
    asset: Asset,
    asked: AskedAsset,
    request: Request,
    declared: DeclaredEnvelope,
    parts: Parts,
    read: Inventory,
    structured: StructuredData,
) -> Mentions:
    """Every mention, in the order of the passages; web addresses and merge tags are left out."""
    passages = [passage for passage in _passages(asset, declared, parts, read) if passage.text]
    language = (
        asked.language or request.language or (read.markup.lang.value if read.markup and read.markup.lang else "")
    )
    joined, addresses = _without_addresses(PASSAGE.join(passage.text for passage in passages))
    starts = [0, *accumulate(len(passage.text) + 1 for passage in passages)]
    asked_words = AskedWords(asked, read.markup, parts.plain.text if parts.plain else "")
    found = []
    read_facts = [*_facts(joined, language), *_slipped(joined, request)]
    for kind, start, end, fact in sorted(read_facts, key=lambda one: one[1]):
        number = bisect_right(starts, start) - 1
        passage, at = passages[number], start - starts[number]
        words = passage.text[at : end - starts[number]]
        cut = max(0, at - _NEAR)
        around = passage.text[cut : at + len(words) + _NEAR]
        window = (around, at - cut, at - cut + len(words))
        status = asked_words.of(passage.inside, passage.text, window, passage.picture)
        found.append(Mention(kind, fact, words, passage.inside, passage.place(), around, at - cut, *status))
    if read.markup is not None:
        found = _with_struck_and_labels(found, read.markup)
        found += [*structured_mentions(structured, language), *address_mentions(read.markup)]
    sent = request.send.at.date() if request.send else _posted(parts)
    return Mentions(tuple(found), language, sent, _near(request, language) or sent, joined, "\n".join(addresses))


def _with_struck_and_labels(found: list[Mention], markup: Markup) -> list[Mention]:
    """The prices in the body with what is known of them from the markup: whether crossed out, and the price of what."""
    blocks = {block.where: block for block in markup.blocks}
    amounts: defaultdict[Place, list[str]] = defaultdict(list)
    for mention in found:
        if mention.kind == "price" and mention.where in blocks:
            amounts[mention.where].append(mention.written)
    if not amounts:
        return found
    labels = Labels(markup.blocks)
    named = {where: labels.of(blocks[where], several) for where, several in amounts.items()}
    return [
        replace(mention, struck=_is_struck(mention, blocks[mention.where]), label=named[mention.where])
        if mention.kind == "price" and mention.where in named
        else mention
        for mention in found
    ]


def _is_struck(mention: Mention, block: Block) -> bool:
    return any(mention.written in piece for piece in block.struck)


def _passages(asset: Asset, declared: DeclaredEnvelope, parts: Parts, read: Inventory) -> Iterator[_Passage]:
    envelope = _envelope(asset, declared, read)
    for inside, text in envelope.items():
        yield _Passage(inside, text.value, text.where)
    if read.markup is not None:
        yield from _seen(read.markup, envelope.get("preheader"))
    if parts.plain is not None:
        for line in _LINE.finditer(parts.plain.text):
            yield _Passage("text", line[0], None, parts.plain, line.start())


def _envelope(asset: Asset, declared: DeclaredEnvelope, read: Inventory) -> dict[str, Text]:
    """What stands around the body; the HTML's title is what a page is called, and no part of an email."""
    markup = read.markup
    found = {"title": markup.title if markup else None}
    if asset.kind == "email":
        around = declared.envelope
        hidden = markup.preheader if markup else None
        found = {"subject": around.subject, "preheader": around.preheader or hidden}
    return {inside: text for inside, text in found.items() if text is not None}


def _seen(markup: Markup, preheader: Text | None) -> Iterator[_Passage]:
    for block in markup.blocks:
        if preheader is None or block.where != preheader.where:
            yield _Passage("hidden" if block.hidden else "body", block.text, block.where)
    for image in markup.images:
        if image.alt and not image.outlook_only:
            yield _Passage("alt", image.alt, image.where, picture=image)


def _without_addresses(text: str) -> tuple[str, list[str]]:
    """A text with its merge tags and addresses blotted, each letter in its place; and those addresses."""
    text, addresses = masked(text), list[str]()

    def blotted(found: re.Match[str]) -> str:
        addresses.append(found[0])
        return PASSAGE * len(found[0])

    if "@" in text or "://" in text or "www." in text.lower():
        text = _ADDRESS.sub(blotted, text)
    return flat(text), addresses


def _facts(text: str, language: str) -> Iterator[_Fact]:
    yield from (("code", *found) for found in promo_codes(text))
    for cluster in _CLUSTER.finditer(text):
        start = max(0, cluster.start() - _BESIDE)
        near = text[start : cluster.end() + _BESIDE]
        for kind, first, last, fact in _figures(near, language):
            yield kind, start + first, start + last, fact


def _slipped(text: str, request: Request) -> Iterator[_Fact]:
    """The promo codes of the offer as somebody mistyped them, where nothing else tells that they are codes."""
    codes = [fact.fact.word for fact in facts_of(request) if fact.kind == "code"]
    read = {start for start, _, _ in promo_codes(text)} if codes else set()
    slips = [slip for slip in slipped_codes(text, codes) if slip[0] not in read]
    if slips:
        known = " ".join(said.text for said in texts_of(request)).upper()
        yield from (("code", *slip) for slip in slips if slip[2].word not in known)


def _figures(text: str, language: str) -> Iterator[_Fact]:
    yield from (("date", *found) for found in days(text, language))
    yield from (("time", *found) for found in times(text))
    yield from (("price", *found) for found in prices(text, language))
    yield from (("percentage", *found) for found in percentages(text))
    yield from (("name", *found) for found in named_years(text, language))


def _near(request: Request, language: str) -> date | None:
    """The first date of the offer."""
    dated = (fact.fact.on(None) for fact in facts_of(request, language) if isinstance(fact.fact, Day))
    return next(filter(None, dated), None)


def _posted(parts: Parts) -> date | None:
    """The day a message carries in its header."""
    written = next((header.value for header in parts.headers or () if header.name.lower() == "date"), "")
    try:
        return parsedate_to_datetime(written).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
