"""The links of a build as the request names them, by label or by destination."""

from __future__ import annotations

import re

from qa.artefacts import Link
from qa.artefacts.causes import of_link, of_parameters
from qa.finding import Cause
from qa.links.contact import is_contact
from qa.links.roles import role_of
from qa.links.tracking import unreadable
from qa.links.url import bare, is_address, is_web, same_destination
from qa.match.labels import SAME_TEXT, label_likeness
from qa.request import AskedAsset, AskedLink, Request
from qa.text.wording import loose

_QUERY = re.compile(r"[?#&]|%3F|%26", re.IGNORECASE)  # what stands before it names the place


def named_by(asked: AskedAsset, link: Link) -> AskedLink | None:
    """The link of the request that this one answers: it has its label, or leads where it leads (as they are paired)."""
    wanted = asked.links or ()
    same = next((ask for ask in wanted if bare(ask.url) == bare(link.href)), None)
    return same or next((ask for ask in wanted if label_likeness(ask.text, link.text) >= SAME_TEXT), None)


def leaving_labels(asked: AskedAsset) -> frozenset[str]:
    """The words of the links by which the request has readers sign off, or change what they get."""
    roles = ("unsubscribe", "preferences")
    return frozenset(loose(ask.text) for ask in asked.links or () if role_of(ask.url, ask.text) in roles)


def is_as_asked(asked: AskedAsset, link: Link) -> bool:
    """Whether the request names this very link: these words, to this place."""
    wanted = asked.links or ()
    return any(loose(ask.text) == loose(link.text) and same_destination(ask.url, link.href) for ask in wanted)


def asked_address(asked: AskedAsset, href: str) -> str:
    """The address of the request that leads where this one leads, as it is written there; "" for none."""
    return next((ask.url for ask in asked.links or () if same_destination(ask.url, href)), "")


def is_compared(asked: AskedAsset, link: Link) -> bool:
    """Whether a link is one that is compared with the request, be it right or wrong."""
    if asked.links is None:
        return False
    return (is_web(link.href) and not role_of(link.href, link.text)) or named_by(asked, link) is not None


def wrong_part(link: Link, asked: AskedLink, request: Request) -> Cause:
    """What makes a link lead elsewhere: all of it, or what follows the “?”, where the rest is as asked."""
    torn = is_contact(link.href) and is_contact(asked.url)
    if is_web(link.href) and (asked.utm.parameters() or (request.tracking and request.tracking.utm.parameters())):
        torn = is_address(link.href) and bool(unreadable(link.href))
    as_asked = same_destination(_QUERY.split(link.href, 1)[0], _QUERY.split(asked.url, 1)[0])
    return of_parameters(link) if torn and as_asked else of_link(link)
