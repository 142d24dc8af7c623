"""Tracking parameters that analytics cannot read. https://support.google.com/analytics/answer/10917952"""

from __future__ import annotations

import re
from collections import Counter

from qa.links.url import MalformedUrl, Url, parse
from qa.merge_tags.pattern import TOKEN
from qa.text.wording import quoted

# What follows «u=https://…» is another page's address, handed over: its “?” and “&” are that page's.
_HANDED_OVER = re.compile(r"(?<==)https?(?:://|%3A%2F%2F|%253A)[^&#]*", re.IGNORECASE)
_ENCODED = re.compile(r"utm_\w{1,40}%3D|%26utm_", re.IGNORECASE)
_IN_PLACE = re.compile(r"[?&]utm_\w{1,40}=")
_BEHIND = re.compile(r"utm_\w{1,40}=")
_EMPTY = re.compile(r"[?&]utm_(?:source|medium|campaign)=(?=&|#|$)")
_UNTIDY = (
    (re.compile(r"[?&]utm_\w{1,40}=(?=&|#|$)"), "a parameter is empty"),
    (re.compile(r"[?&]utm_\w{1,40}=[^&#]*(\s|%20|\+)"), "a value holds a space"),
)


def is_tracked(href: str) -> bool:
    """Whether an address is meant to carry tracking parameters, however they are written."""
    return "utm_" in href.lower()


def parameters_of(href: str) -> dict[str, str]:
    """The tracking parameters of an address; none where it is no address."""
    try:
        return dict(parse(href).tracking)
    except MalformedUrl:
        return {}


def lost(href: str) -> str:
    """Why analytics gets nothing of the parameters of an address, or the wrong thing; "" where it does."""
    masked = _HANDED_OVER.sub("address", TOKEN.sub("token", href))
    return (_misplaced(masked) if is_tracked(masked) else "") or _twice(href)


def _misplaced(masked: str) -> str:
    """Each question is asked of the part of the address it is about: one of thousands of characters costs no more."""
    head, _, fragment = masked.partition("#")
    path, _, query = head.partition("?")
    encoded = head.lower().find("%3f")
    answers = (
        ("?" in query and "utm_" in query, "it has a second “?”"),
        ("&amp;" in masked or "?amp;" in masked, "it holds “&amp;” where “&” belongs"),
        (encoded >= 0 and "utm_" in head[encoded:] and not _IN_PLACE.search(head), "its “?”, “=” or “&” is encoded"),
        (bool(_ENCODED.search(masked)), "its “?”, “=” or “&” is encoded"),
        (bool(_BEHIND.search(fragment)), "the parameters stand behind the “#”, where no analytics sees them"),
        ("&utm_" in path, "it has a “&” before the first parameter instead of a “?”"),
        (bool(_EMPTY.search(masked)), "a parameter is empty"),
    )
    return next((fault for wrong, fault in answers if wrong), "")


def unreadable(href: str) -> str:
    """What is wrong with the way the parameters are written that a plan asks for; "" where nothing is."""
    try:
        url = parse(href)
    except MalformedUrl as error:
        return f"{quoted(href, 120)} is no address ({error})"
    masked = _HANDED_OVER.sub("address", TOKEN.sub("token", href))
    return lost(href) or next((fault for pattern, fault in _UNTIDY if pattern.search(masked)), "") or _loud(url)


def _twice(href: str) -> str:
    try:
        names = Counter(name for name, _ in parse(href).tracking)
    except MalformedUrl:
        return ""
    twice = sorted(name for name, times in names.items() if times > 1)
    return f"{', '.join(twice)} is there twice" if twice else ""


def _loud(url: Url) -> str:
    loud = [name for name, _ in url.tracking if name != name.lower()]
    return f"{', '.join(loud)} is not in lower case" if loud else ""
