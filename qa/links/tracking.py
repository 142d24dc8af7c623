"""Tracking parameters that analytics cannot read. https://support.google.com/analytics/answer/10917952"""

from __future__ import annotations

import re

from qa.links.url import MalformedUrl, Url, parse
from qa.merge_tags.pattern import TOKEN
from qa.text.wording import quoted

# What follows «u=https://…» is another page's address, handed over: its “?” and “&” are that page's.
_HANDED_OVER = re.compile(r"(?<==)https?(?:://|%3A%2F%2F|%253A)[^&#]*", re.IGNORECASE)
_LOST = (
    (re.compile(r"\?[^#]*\?(?=[^#]*utm_)|\?[^#?]*utm_[^#]*\?"), "it has a second “?”"),
    (re.compile(r"&amp;|[?&]amp;"), "it holds “&amp;” where “&” belongs"),
    (re.compile(r"%3F[^#]*utm_|utm_\w+%3D|%26utm_", re.IGNORECASE), "its “?”, “=” or “&” is encoded"),
    (re.compile(r"#[^?]*[?&]?utm_\w+="), "the parameters stand behind the “#”, where no analytics sees them"),
    (re.compile(r"^[^?#]*&utm_"), "it has a “&” before the first parameter instead of a “?”"),
    (re.compile(r"[?&]utm_(?:source|medium|campaign)=(?=&|#|$)"), "a parameter is empty"),
)
_UNTIDY = (
    (re.compile(r"[?&]utm_\w+=(?=&|#|$)"), "a parameter is empty"),
    (re.compile(r"[?&]utm_\w+=[^&#]*(\s|%20|\+)"), "a value holds a space"),
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
    found = next((fault for pattern, fault in _LOST if pattern.search(masked)), "") if is_tracked(masked) else ""
    return found or _twice(href)


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
        names = [name for name, _ in parse(href).tracking]
    except MalformedUrl:
        return ""
    twice = sorted({name for name in names if names.count(name) > 1})
    return f"{', '.join(twice)} is there twice" if twice else ""


def _loud(url: Url) -> str:
    loud = [name for name, _ in url.tracking if name != name.lower()]
    return f"{', '.join(loud)} is not in lower case" if loud else ""
