"""Addresses with something around them that is no part of them: mailto:, quotes of a spreadsheet, unseen characters."""

from __future__ import annotations

import re
import unicodedata

from qa.text.unseen import name_of_sign

_UNSEEN = re.compile(
    "[\u00a0\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\u3164\ufe00-\ufe0f\ufeff"
    "\U000e0000-\U000e007f]"
)
_STOPS = re.compile("[\u3002\uff0e\uff61]")  # the full stops that IDNA reads as dots, too
_DRESSED = re.compile(r"[^\x00-\x7f]|[\"<>]|^[=']|^mailto:|'$", re.IGNORECASE)
_FORMULA = re.compile(r"=?\"([^\"]*+)\"|'([^']*+)'?|([^']*+)'")
_MAILTO = re.compile(r"mailto:([^?]*+).*+", re.IGNORECASE | re.DOTALL)
_NAMED = re.compile(r"[^<>]*+<([^<>]++)>\s*+")


def bare_address(value: str) -> str:
    """An address without what stands around it, as it is compared but for its capitals."""
    text = value.strip()
    if not _DRESSED.search(text):
        return text
    text = unicodedata.normalize("NFKC", _STOPS.sub(".", _UNSEEN.sub("", text))).strip()
    if formula := _FORMULA.fullmatch(text):
        text = next((part for part in formula.groups() if part is not None), "").strip()
    if named := _NAMED.fullmatch(text):
        text = named[1].strip()
    return _MAILTO.sub(r"\1", text).strip()


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
    return ""
