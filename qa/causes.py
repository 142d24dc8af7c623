"""The things findings are about, each named alike by every check that meets it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa.finding import Cause

if TYPE_CHECKING:
    from qa.artefacts import ImageTag, Link, Mention, Token
    from qa.request import AskedImage, AskedLink
    from qa.source import Place


def of_link(link: Link) -> Cause:
    """A link of the build, wherever it leads."""
    return Cause("link", spot(link.where), link.text or link.href)


def of_label(link: Link) -> Cause:
    """What a link is called, whoever is right about where it leads."""
    return Cause("label", spot(link.where), link.text or link.href)


def of_scheme(link: Link) -> Cause:
    """How a link is opened, wherever it leads: http instead of https."""
    return Cause("scheme", spot(link.where), link.text or link.href)


def of_parameters(link: Link) -> Cause:
    """What follows the “?” of a link's address: its tracking, or the message an e-mail link fills in."""
    return Cause("parameters", spot(link.where), link.text or link.href)


def of_picture(tag: ImageTag) -> Cause:
    """A picture of the build."""
    return Cause("picture", spot(tag.where), tag.src)


def of_token(token: Token) -> Cause:
    """A merge tag of the build: each spelling is one thing, wherever it stands."""
    return Cause("merge-tag", token.raw, token.raw)


def of_passage(where: Place, text: str = "") -> Cause:
    """A run of text of the build: a block, a line of the plain-text part, a subject line, an alternative text."""
    return Cause("passage", spot(where), text)


def of_mention(mention: Mention) -> Cause:
    """A date, time, price, percentage or code where a reader meets it."""
    return Cause("mention", f"{spot(mention.where)} {mention.kind} {mention.written}", mention.written)


def of_asked_link(asked: AskedLink) -> Cause:
    """A link of the request."""
    return Cause("asked-link", spot(asked.place()), asked.text)


def of_asked_picture(asked: AskedImage) -> Cause:
    """A picture of the request."""
    return Cause("asked-picture", spot(asked.place()), asked.src or asked.alt or "")


def of_asked(where: Place | None, name: str) -> Cause:
    """Anything else of the request, by its line: a block of copy, a field, a wording."""
    return Cause("asked", spot(where), name)


def spot(where: Place | None) -> str:
    """A place as text, the same for all who name it; "" where there is none."""
    if where is None:
        return ""
    at = where.offset if where.offset is not None else f"{where.line}:{where.column}"
    return f"{where.file}#{where.part}@{at}"
