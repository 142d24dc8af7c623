"""Tracking parameters that analytics cannot read. https://support.google.com/analytics/answer/10917952"""

from __future__ import annotations

import re

from qa.links.url import Url
from qa.merge_tags.pattern import TOKEN

_BROKEN = (
    (re.compile(r"\?[^#]*\?(?=[^#]*utm_)|\?[^#?]*utm_[^#]*\?"), "it has a second “?”"),
    (re.compile(r"&amp;|[?&]amp;"), "it holds “&amp;” where “&” belongs"),
    (re.compile(r"%3F[^#]*utm_|utm_\w+%3D|%26utm_", re.IGNORECASE), "its “?”, “=” or “&” is encoded"),
    (re.compile(r"#[^?]*[?&]?utm_\w+="), "the parameters stand behind the “#”, where no analytics sees them"),
    (re.compile(r"^[^?#]*&utm_"), "it has a “&” before the first parameter instead of a “?”"),
    (re.compile(r"[?&]utm_\w+=(?=&|#|$)"), "a parameter is empty"),
    (re.compile(r"[?&]utm_\w+=[^&#]*(\s|%20|\+)"), "a value holds a space"),
)


def unreadable(href: str, built: Url) -> str:
    """What is wrong with the way the parameters are written; "" where nothing is."""
    masked = TOKEN.sub("token", href)
    for pattern, fault in _BROKEN:
        if pattern.search(masked):
            return fault
    names = [name for name, _ in built.tracking]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        return f"{', '.join(twice)} is there twice"
    if loud := [name for name in names if name != name.lower()]:
        return f"{', '.join(loud)} is not in lower case"
    return ""
