"""Names of picture files: when two are of one picture."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from urllib.parse import unquote

from qa.facts import facts

_ENDINGS = r"\.(?:png|jpe?g|gif|webp|avif|svg|bmp|tiff?)"
_ENDING = re.compile(r"\.[a-z]{3,4}$", re.IGNORECASE)
_NAMED = re.compile(rf"[^/\\?#=&:]{{1,200}}{_ENDINGS}(?![a-z0-9])", re.IGNORECASE)
_PIECE = re.compile(r"[^\W\d_]+|\d+")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")  # heroSpring
_CODE = re.compile(r"(?=.*\d)(?=.*[a-f])[0-9a-f]{6,}", re.IGNORECASE)
_YEAR = re.compile(r"20[1-3]\d")
_LONGEST = 2000  # characters of an address that are looked at


def bare_name(src: str) -> str:
    """The bare file name of a path or URL as it is written, without its query."""
    return src.split("?", maxsplit=1)[0].split("#", maxsplit=1)[0].rstrip("/").rpartition("/")[2]


def names_in(src: str) -> list[str]:
    """Every file name of a picture in an address: an image service has the one it was given in its path or query."""
    if src[:5].lower() == "data:":
        return []
    written = unquote(src[:_LONGEST])
    return list(dict.fromkeys([bare_name(src), bare_name(written), *_NAMED.findall(written)]))


def is_picture_name(name: str) -> bool:
    """Whether a file's name ends as that of a picture."""
    return _NAMED.fullmatch(name) is not None


def is_one_name(asked: str, built: str) -> bool:
    """Whether two names are of one picture, but for a size, a version or a code that a platform adds.

    A word more is another picture: “winter-hero” is not “hero”; nor is last year's “hero-2025”.
    """
    return any(_are_one(bare_name(unquote(asked)), name) for name in names_in(built))


def _are_one(asked: str, built: str) -> bool:
    one, other = _pieces(asked), _pieces(built)
    if not one or not other:
        return asked.casefold() == built.casefold()
    if "".join(one) == "".join(other):
        return True
    short, long = sorted((one, other), key=len)
    return any(
        long[at : at + len(short)] == short and _is_rendition(long[:at]) and _is_rendition(long[at + len(short) :])
        for at in range(len(long) - len(short) + 1)
    )


def _pieces(name: str) -> list[str]:
    """Words, numbers and codes of a name, in lower case, without its ending."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    found: list[str] = []
    for part in re.split(r"[\W_]+", _HUMP.sub("-", _ENDING.sub("", plain))):
        found += [part.lower()] if _CODE.fullmatch(part) else _PIECE.findall(part.lower())
    return found


def _is_rendition(pieces: list[str]) -> bool:
    """Whether words say nothing about what is shown."""
    return all(
        (piece.isdecimal() and not _YEAR.fullmatch(piece)) or piece in _renditions() or _CODE.fullmatch(piece)
        for piece in pieces
    )


@cache
def _renditions() -> frozenset[str]:
    table = facts("picture_names")
    return frozenset((*table["units"], *table["renditions"]))
