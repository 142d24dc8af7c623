"""What each merge tag of a build is about: the links whose addresses it stands in, else the tag itself."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from qa.artefacts import Inventory, Link, Markup, Parts, PlainLink, Token, TokenPlaces, Tokens
from qa.artefacts.causes import of_link, of_parameters, of_text_link, of_token
from qa.check import gatherer
from qa.finding import Cause
from qa.gather.body import plain_body
from qa.gather.plain_links import addresses as addresses_in
from qa.links.url import is_web

_TRACKING = re.compile(r"(?:[?&;]|%26)utm_\w+=[^&#\"'\s]*\Z", re.IGNORECASE)


@gatherer()
def token_places(tokens: Tokens, read: Inventory, parts: Parts) -> TokenPlaces:
    """The causes of each spelling. The text part's twin of a link is that link, as one slip is copied to both."""
    addresses = tuple(addresses_in(parts.plain)) if parts.plain else ()
    alone = plain_body(parts.plain).links if parts.plain and not parts.html else ()
    links = read.markup.links if read.markup else alone
    causes: dict[str, dict[Cause, None]] = {}
    for token in tokens.built:
        cause = None
        if token.inside == "html" and read.markup is not None:
            cause = _in_address(token, read.markup)
        elif token.inside == "text":
            cause = _in_text_address(token, addresses, links)
        causes.setdefault(token.raw, {})[cause or of_token(token)] = None
    return TokenPlaces(tokens, {raw: tuple(each) for raw, each in causes.items()})


def _in_address(token: Token, markup: Markup) -> Cause | None:
    """The link whose start tag the merge tag stands in, as its address has it."""
    links, at = markup.links, token.where.offset
    starts = [link.where.offset or 0 for link in links]
    number = bisect_right(starts, at) - 1 if at is not None else -1
    if number < 0 or at is None or token.raw not in links[number].href:
        return None
    before = markup.source.text[starts[number] : at]
    if ">" in before:
        return None
    return of_parameters(links[number]) if _TRACKING.search(before) else of_link(links[number])


def _in_text_address(token: Token, addresses: Sequence[PlainLink], links: Sequence[Link]) -> Cause | None:
    at = token.where.offset or 0
    address = next(
        (a for a in addresses if token.raw in a.href and 0 <= at - (a.where.offset or 0) <= len(a.href)), None
    )
    if address is None:
        return None
    twin = next((link for link in links if link.href == address.href), None)
    return of_link(twin) if twin else of_text_link(address) if is_web(address.href) else None
