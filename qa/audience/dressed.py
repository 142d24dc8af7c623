"""Addresses with something around them that is no part of them: mailto:, quotes of a spreadsheet, unseen characters."""

from __future__ import annotations

import re
import unicodedata
from html import unescape
from urllib.parse import unquote

from yarl import URL

from qa.text.unseen import name_of_sign

_UNSEEN = re.compile(
    "[\u00a0\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\u3164\ufe00-\ufe0f\ufeff"
    "\U000e0000-\U000e007f]"
)
_STOPS = re.compile("[\u3002\uff0e\uff61]")  # the full stops that IDNA reads as dots, too
_DRESSED = re.compile(r"[^\x00-\x7f]|[\"<>()\[\],;:?%&\s]|^[=']|['./=]$")
_SPELLED_OUT = re.compile(r"[\[({]\s*+(?:at|@)\s*+[\])}]", re.IGNORECASE)
_AROUND_AT = re.compile(r"\"?\s*+@\s*+")
_BARE = re.compile(r"[^@\s,;:<>()\[\]\"?]++@[^@\s,;:<>()\[\]\"?/]++")
# What may stand beside it: a name in front of < >, what follows a question mark, a remark in brackets, what kind
# it is, the name of a spreadsheet's function.
_BESIDE = re.compile(r"[^<>;]*+< >|\?\S*+|\([^()]*+\)|\b(?:mailto|smtp|e-?mail):|\A=\w++(?=\()", re.IGNORECASE)
_LONGEST = 1_000  # characters; what is longer is a letter, and no address
_ALPHABETS = frozenset(("LATIN", "CYRILLIC", "GREEK"))  # whose letters look alike


def bare_address(value: str) -> str:
    """An address without what stands around it, as it is compared but for its capitals."""
    text = value.strip()
    if not _DRESSED.search(text):
        return text
    found, text = _found_in(text)
    return found[0] if len({one.casefold() for one in found}) == 1 else text


def bare_addresses(value: str) -> list[str]:
    """Every address of a cell, bare; of one without any, what stands there."""
    text = value.strip()
    if not _DRESSED.search(text):
        return [text]
    found, text = _found_in(text)
    return found or [text]


def _found_in(text: str) -> tuple[list[str], str]:
    """The addresses of a cell, and the cell as it was read for them; none where it says something else besides."""
    if len(text) > _LONGEST:
        return [], text
    text = unicodedata.normalize("NFKC", _STOPS.sub(".", _UNSEEN.sub("", text)))
    text = unescape(text) if "&" in text else text
    if "@" not in text or "(@" in text:
        text = _SPELLED_OUT.sub("@", unquote(text))
    text = _AROUND_AT.sub("@", text).strip()
    found = [_in_ascii(each.strip("'.=")) for each in _BARE.findall(text)]
    speaks = len(found) != text.count("@") or re.search(r"\w", _BESIDE.sub("", _BARE.sub(" ", text)))
    return ([] if speaks else found), text


def _in_ascii(address: str) -> str:
    """With its domain as servers know it: xn--mller-kva.example."""
    local, at, domain = address.partition("@")
    if domain.isascii():
        return address
    try:
        return f"{local}{at}{URL.build(scheme='http', host=domain).raw_host}"
    except ValueError:  # no name a server can have
        return address


def dressing(value: str) -> str:
    """What stands around or inside an address and is no part of it, as a phrase; "" where nothing does."""
    text = value.strip(" \t\r\n")
    if found := _UNSEEN.search(text):
        return f"a {name_of_sign(found[0])}, which nobody sees"
    if text.startswith("="):
        return "the formula of a spreadsheet"
    if text.lower().startswith("mailto:"):
        return "mailto: in front"
    if re.search(r"[\"<>]|^'|'$", text):
        return "quotes or brackets"
    if unicodedata.normalize("NFKC", _STOPS.sub(".", text)) != unicodedata.normalize("NFC", text):
        return "letters of another width or shape than a keyboard's"
    if any(len(_alphabets(word)) > 1 for word in re.split(r"[\W_]+", text)):
        return "letters of two alphabets in one word"
    return ""


def _alphabets(word: str) -> frozenset[str]:
    if word.isascii():
        return frozenset()
    return _ALPHABETS & {unicodedata.name(letter, "").partition(" ")[0] for letter in word}
