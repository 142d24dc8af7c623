"""What an address brings along that was copied from somebody's inbox or browser."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote

from qa.facts import facts
from qa.links.hosts import host_of, is_wrapper
from qa.merge_tags.pattern import TOKEN

_CREDENTIALS = re.compile(r"https?://[^/?#@:\s]++:[^/?#@\s]++@", re.IGNORECASE)
_PARAMETER = re.compile(r"[?&]([\w.-]{1,40})=([^&#\s]*+)")
_AS_PARAMETER = re.compile(r"=(https?(?:%3A|:)[^&#\s]++)", re.IGNORECASE)
_INSIDE = re.compile(r"[=/_](https?(?:://|:/)[^&\s]++)", re.IGNORECASE)
_WRITTEN_OUT = re.compile(r"(?!x+$)[\w.~+/=-]{4,}", re.IGNORECASE)  # no brackets or percent signs of a tag


def wrapped_by(href: str) -> str:
    """The host of the mail gateway or network that put its own address around another; "" for none."""
    return host_of(href) if is_wrapper(href) else ""


def wrapped_in(href: str) -> str:
    """The address inside, as far as it can be read: without what the wrapper itself adds."""
    rest = href.partition("//")[2]
    if parameter := _AS_PARAMETER.search(rest):
        return unquote(parameter[1])
    found = _INSIDE.search(unquote(rest))
    return re.split(r"__;|&|\s", found[1])[0].rstrip("_/") if found else ""


def credentials(href: str) -> bool:
    """Whether an address holds a user name and a password."""
    return _CREDENTIALS.match(TOKEN.sub("", href.strip())) is not None


def readers_id(href: str) -> str:
    """The parameter by which a platform knows one reader, where its value is written out; "" for none."""
    return _first(href, "reader")


def click_id(href: str) -> str:
    """The parameter in which an advertiser keeps one click, where its value is written out; "" for none."""
    return _first(href, "click")


@lru_cache(maxsize=4096)
def _first(href: str, table: str) -> str:
    plain = TOKEN.sub("{}", href)
    names = facts("hosts")["copied"][table]
    found = (hit for hit in _PARAMETER.finditer(plain) if hit[1].lower() in names)
    return next((hit[1] for hit in found if _WRITTEN_OUT.fullmatch(unquote(hit[2]))), "")
