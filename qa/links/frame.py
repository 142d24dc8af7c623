"""The links that stand in the frame of every email of a brand, recognised by their host, their words and their path."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from urllib.parse import unquote

from qa.facts import facts
from qa.links.hosts import host_of, is_below, is_social, owner_of
from qa.links.url import MalformedUrl, parse
from qa.text.wording import loose

_HOSTS = ("app-store", "official", "calendar", "platform")
_NO_LETTERS = re.compile(r"[\W\d_]+")
_LOCALE = re.compile(r"[a-z]{2}(?:[-_][a-z]{2,4})?", re.IGNORECASE)
_INDEX = re.compile(r"(?:index|default|home)(?:\.\w{3,5})?", re.IGNORECASE)
_WHICH = re.compile(r"[?&](?!utm_)[\w-]+=", re.IGNORECASE)  # a query that says which of many pages is meant
_CALENDAR_FILE = re.compile(r"\.ics(?:$|[?#])", re.IGNORECASE)


@lru_cache(maxsize=4096)
def host_role(href: str) -> str:
    """The part a link plays by the site it leads to ("social", "app-store", "official", "calendar", "platform"), or "".

    A film or a post on a network is content; a brand's own page there stands in the frame.
    """
    if is_social(href):
        return "" if _shows(href) else "social"
    if _CALENDAR_FILE.search(href) or href.lower().startswith("webcal:"):
        return "calendar"
    host = host_of(href)
    address = href.lower().partition("//")[2].removeprefix("www.")
    return next((name for name in _HOSTS if host and _on(name, host, address)), "")


@lru_cache(maxsize=4096)
def is_service(href: str, text: str) -> bool:
    """Whether a link leads to a standing page of its site: help, contact, an account, the terms of use.

    Terms are such a page where the path has no other words: those of an offer belong to the campaign.
    """
    label, path = loose(text), _path(href)
    if label in _words("terms"):
        return {word for piece in path for word in _NO_LETTERS.split(piece)} <= _segments("terms")
    if label in _words("service"):
        return True
    last = _NO_LETTERS.sub("", path[-1]) if path else ""
    return last in _segments("service") and not _WHICH.search(href)


def is_home(href: str) -> bool:
    """Whether a link leads to the entrance of an owner's site, or to that of one language of it."""
    path, host = _path(href), host_of(href)
    if path and _INDEX.fullmatch(path[-1]):
        path.pop()
    at_owner = bool(host) and host.removeprefix("www.") == owner_of(host).removeprefix("www.")
    return at_owner and "#" not in href and len(path) <= 2 and all(map(_LOCALE.fullmatch, path))


def is_entrance(href: str) -> bool:
    """Whether an address looks like a standing entrance of a site, such as /shop or /en/members: no slug, no number."""
    path = _path(href)
    return len(path) <= 2 and all(piece.isalpha() or _LOCALE.fullmatch(piece) for piece in path)


def _shows(href: str) -> bool:
    """Whether a link leads to one film, post or event on a network."""
    address = href.partition("//")[2].removeprefix("www.").removeprefix("m.")
    patterns = facts("frame_links")["network-content"]["patterns"]
    return any(re.match(pattern, address, re.IGNORECASE) for pattern in patterns)


def _on(name: str, host: str, address: str) -> bool:
    table = facts("frame_links")[name]
    return is_below(host, frozenset(table["hosts"])) or address.startswith(tuple(table.get("addresses", ())))


def _path(href: str) -> list[str]:
    """The pieces of a path, lower case."""
    try:
        return [piece.lower() for piece in unquote(parse(href).path).split("/") if piece]
    except MalformedUrl:
        return []


@cache
def _segments(kind: str) -> frozenset[str]:
    return frozenset(facts("frame_links")[kind]["segments"])


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(loose(label) for labels in facts("frame_links")[kind]["words"].values() for label in labels)
