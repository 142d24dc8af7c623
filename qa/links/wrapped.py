"""Addresses that stand around another one in a sent message: click trackers of platforms, filters of mailboxes."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Collection, Iterable
from contextlib import suppress
from functools import cache, lru_cache
from itertools import islice
from typing import Any
from urllib.parse import unquote

from qa.facts import compiled, facts
from qa.links.hosts import host_of, is_click_tracker, is_opaque, is_social, is_wrapper, wrapping_hosts
from qa.links.roles import role_of
from qa.links.url import is_web, same_destination
from qa.merge_tags.pattern import TOKEN

_LONGEST = 8000  # characters of an address that are looked at
_DEEPEST = 4  # filters in one another
_WEB = re.compile(r"https?:/{1,2}(?=[^/\s])", re.IGNORECASE)
_IN_PATH = re.compile(r"/(https?(?::|%3A)[^?#]*)", re.IGNORECASE)
_BEHIND = re.compile(r"/\d+/[\w.-]{20,}/[\w=+%-]+$")  # what Amazon SES writes behind the address
_CODE = re.compile(r"(?<![\w+-])eyJ[\w+-]{8,}={0,2}")
_LAST = re.compile(r"/([\w+-]{8,}={0,2})/?(?:[?#]|$)")
_DEFENSE = re.compile(r"/v3/__(.+?)__;([\w-]*={0,2})!", re.DOTALL)
_GONE = re.compile(r"\*(?:\*([\w-]))?")
_LENGTHS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


@lru_cache(maxsize=4096)
def without_filters(href: str) -> str:
    """An address without what mailboxes put around it, as far as that can be read."""
    for _ in range(_DEEPEST):
        row = _row(href, "filter")
        inside = _inside(href, row) if row or is_wrapper(href) else ""
        if not inside:
            break
        href = inside
    return href


@lru_cache(maxsize=4096)
def carried(href: str) -> str:
    """The address that a click tracker's own address carries; "" where nobody can read it."""
    row = _row(href, "click")
    return _inside(href, row) if row or is_click_tracker(href) else ""


def wrapped_among(hrefs: Iterable[str], asked: Collection[str]) -> frozenset[str]:
    """The addresses of a sent message that lead through a click tracker or a filter that keeps its secret.

    A platform's tracker is known by its host or its path; a brand's own by what its addresses look like: nothing but
    codes on one host. What the request asks for is no tracker, nor is an address that says itself what it is for.
    """
    every = [href for href in dict.fromkeys(hrefs) if is_web(href) and not TOKEN.search(href)]
    named = {host_of(url) for url in asked if is_opaque(url)}
    brands = wrapping_hosts(href for href in every if not (role_of(href, "") or is_social(href))) - named
    found = (href for href in every if is_tracker(href) or (host_of(href) in brands and is_opaque(href)))
    return frozenset(href for href in found if not any(same_destination(url, href) for url in asked))


@lru_cache(maxsize=4096)
def is_tracker(href: str) -> bool:
    """Whether an address is a click tracker's or a mailbox's, by its host or its path."""
    if role_of(href, "") or is_social(href):
        return False
    return bool(_row(href, "click") or _row(href, "filter")) or is_click_tracker(href) or is_wrapper(href)


def _row(href: str, table: str) -> dict[str, Any]:
    rest = href[:_LONGEST].strip().partition(":")[2]
    return next((row for pattern, row in _rows(table) if pattern.match(rest)), {})


@cache
def _rows(table: str) -> list[tuple[re.Pattern[str], dict[str, Any]]]:
    return [(compiled(row["pattern"], re.IGNORECASE), row) for row in facts("wrapped_links")[table]]


def _inside(href: str, row: dict[str, Any]) -> str:
    """The address that another carries, by the way its table says it is written."""
    href = href[:_LONGEST].strip()
    found = _READERS[row.get("inside", "parameter")](href, row) or _of_parameter(href, row)
    return found if _WEB.match(found) and host_of(found) else ""


def _of_parameter(href: str, row: dict[str, Any]) -> str:
    path, _, query = href.partition("#")[0].partition("?")
    names = facts("wrapped_links")["parameters"]
    for name, _, value in (part.partition("=") for part in query.split("&")):
        if name.lower() in names and _WEB.match(plain := unquote(value)):
            return _whole(plain)
    found = _IN_PATH.search(path, path.find("//") + 2)
    return _whole(unquote(_BEHIND.sub("", found[1]))) if found else ""


def _of_last_piece(href: str, _: dict[str, Any]) -> str:
    found = _LAST.search(href)
    return _decoded(found[1]) if found else ""


def _of_object(href: str, row: dict[str, Any]) -> str:
    found = _CODE.search(href)
    return _value(_decoded(found[0]), row["key"]) if found else ""


def _value(text: str, key: str, deep: int = 0) -> str:
    """The value of a key of an object, or of an object that stands in it as a text."""
    with suppress(ValueError, RecursionError):
        read = json.loads(text)
        if isinstance(read, dict) and deep < _DEEPEST:
            if isinstance(read.get(key), str):
                return str(read[key])
            return next(filter(None, (_value(v, key, deep + 1) for v in read.values() if isinstance(v, str))), "")
    return ""


def _of_defense_2(href: str, _: dict[str, Any]) -> str:
    found = re.search(r"[?&]u=([^&#]+)", href)
    return unquote(found[1].replace("-", "%").replace("_", "/")) if found else ""


def _of_defense_3(href: str, _: dict[str, Any]) -> str:
    """Characters that are no letters were taken out, each or a run of them leaving a star, and stand behind it."""
    found = _DEFENSE.search(href)
    if not found:
        return ""
    behind = iter(_decoded(found[2]))

    def put_back(gone: re.Match[str]) -> str:
        length = _LENGTHS.index(gone[1]) + 2 if gone[1] else 1
        return "".join(islice(behind, length))

    return _whole(_GONE.sub(put_back, found[1]))


def _decoded(code: str) -> str:
    with suppress(ValueError, binascii.Error):
        return base64.urlsafe_b64decode(code.rstrip("=").replace("+", "-").replace("/", "_") + "===").decode()
    return ""


def _whole(address: str) -> str:
    """An address whose second slash a filter has dropped."""
    return _WEB.sub(lambda found: found[0].rstrip("/") + "//", address, count=1)


_READERS = {
    "parameter": _of_parameter,
    "base64": _of_last_piece,
    "json": _of_object,
    "proofpoint-2": _of_defense_2,
    "proofpoint-3": _of_defense_3,
}
