"""The texts of an asset that nobody approved word for word: footers, buttons, alternative texts, or all of them."""

from __future__ import annotations

from collections.abc import Iterator

from qa.artefacts import DeclaredEnvelope, ImageTag, Inventory, Markup, Parts, Passage, Passages
from qa.build.assets import Asset
from qa.check import gatherer
from qa.gather.body import plain_body
from qa.gather.document.asked_words import AskedWords
from qa.request import AskedAsset, Request
from qa.request.texts import texts_of
from qa.source import Text
from qa.text.language import other_language, primary
from qa.text.mojibake import GARBLED
from qa.text.wording import alike

_NO_PROSE = frozenset(("pre", "code", "option"))


@gatherer()
def passages(  # noqa: PLR0913, PLR0917 - each is one place a text can stand in, or says what was approved
    asset: Asset,
    asked: AskedAsset,
    request: Request,
    declared: DeclaredEnvelope,
    parts: Parts,
    read: Inventory,
) -> Passages:
    """In the order a reader meets them. What was changed from an approved text is for those who compare it."""
    found = [one for one in _texts(asset, declared, parts, read.markup) if not GARBLED.search(one[0].text)]
    approved = AskedWords(asked, read.markup, parts.plain.text if parts.plain else "")
    said = primary(asked.language or request.language or _declared(read.markup))
    language = other_language(" ".join(one.text for one, _, _ in found), said) or said
    free = (
        Passage(one.inside, one.text, one.where, _language(one.text, tag, read.markup, language))
        for one, tag, picture in found
        if approved.of(one.inside, one.text, (one.text, 0, len(one.text)), picture).status == "free"
    )
    return Passages(tuple(free), "\n".join(alike(said.text).casefold() for said in texts_of(request)))


_Text = tuple[Passage, str, ImageTag | None]  # with the lang attribute around it, and the picture it belongs to


def _texts(asset: Asset, declared: DeclaredEnvelope, parts: Parts, markup: Markup | None) -> Iterator[_Text]:
    for inside, text in _around(asset, declared, markup).items():
        if text is not None:
            yield Passage(inside, text.value, text.where), "", None
    if markup is not None:
        yield from _seen(markup)
    if parts.plain is not None:
        for block in plain_body(parts.plain).blocks:
            yield Passage("text", block.text, block.where), "", None


def _around(asset: Asset, declared: DeclaredEnvelope, markup: Markup | None) -> dict[str, Text | None]:
    """What stands around the body; the HTML's title is what a page is called, and no part of an email."""
    if asset.kind != "email":
        return {"title": markup.title if markup else None}
    preheader = declared.envelope.preheader or (markup.preheader if markup else None)
    return {"subject": declared.envelope.subject, "preheader": preheader}


def _seen(markup: Markup) -> Iterator[_Text]:
    for block in markup.blocks:
        if not (block.hidden or block.outlook_only or block.tag in _NO_PROSE):
            yield Passage("body", block.text, block.where), block.lang, None
    for image in markup.images:
        if image.alt and not (image.hidden or image.outlook_only):
            yield Passage("alt", image.alt, image.where), "", image


def _declared(markup: Markup | None) -> str:
    return markup.lang.value if markup and markup.lang else ""


def _language(text: str, tag: str, markup: Markup | None, language: str) -> str:
    """The language of a passage: of its own element where that says another than the document, else of them all."""
    own = primary(tag) if tag and tag != _declared(markup) else language
    return own if own and not other_language(text, own) else ""
