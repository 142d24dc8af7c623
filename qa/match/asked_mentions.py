"""Dates, times, prices, percentages and promo codes in the wording of a request, as mentions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from qa.artefacts import Mention
from qa.merge_tags.pattern import TOKEN
from qa.request import AskedAsset, AskedEmail, AskedImage, AskedVariant, Request
from qa.request.offer import spots_in
from qa.request.texts import Said, asked_wording
from qa.source import Place
from qa.text.dates import flat
from qa.text.money import address_codes

_ROOMS = {"subject": "subject", "preheader": "preheader", "title": "title", "heading": "title", "images: alt": "alt"}
_NEAR = 100  # characters of the text on either side


def asked_mentions(request: Request) -> tuple[Mention, ...]:
    """Those of every email and page of a request."""
    return tuple(
        mention
        for asset in (*request.emails, *request.pages)
        for _, mention in mentions_of(asset, asset.language or request.language or "")
    )


def mentions_of(asset: AskedAsset, language: str) -> Iterator[tuple[Said, Mention]]:
    """Those of one email or page and its variants, each with the text it stands in."""
    variants = asset.variants if isinstance(asset, AskedEmail) else ()
    parts: tuple[AskedAsset | AskedVariant, ...] = (asset, *variants)
    for part in parts:
        for said in (*asked_wording(part), *_alts(part.images or ())):
            yield from ((said, mention) for mention in _read(said, language))
        for link in part.links or ():
            said = Said("links: url", link.url, link.place("url"))
            yield from ((said, mention) for mention in _codes(said))


def _alts(images: Iterable[AskedImage]) -> Iterator[Said]:
    for image in images:
        if image.alt:
            yield Said("images: alt", image.alt, image.place("alt"))


def _read(said: Said, language: str) -> Iterator[Mention]:
    text = flat(TOKEN.sub(lambda tag: " " * len(tag[0]), said.text))
    inside, where = _ROOMS.get(said.field, "body"), said.where or Place("")
    for kind, start, end, fact in spots_in(text, language):
        cut = max(0, start - _NEAR)
        around = text[cut : end + _NEAR]
        yield Mention(kind, fact, said.text[start:end], inside, where, around, start - cut, "asked", asked=said.text)


def _codes(said: Said) -> Iterator[Mention]:
    for start, end, code in address_codes(said.text):
        where = said.where or Place("")
        yield Mention("code", code, said.text[start:end], "link", where, said.text, start, "asked", asked=said.text)
