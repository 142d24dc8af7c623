"""Addresses with something around them that is no part of them: mailto:, quotes of a spreadsheet, unseen characters."""

from __future__ import annotations

import re

from qa.text.unseen import name_of_sign

_UNSEEN = re.compile("[\u00a0\u00ad\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff]")
_DRESSED = re.compile(r"[^\x00-\x7f]|[\"<>]|^[=']|^mailto:|'$", re.IGNORECASE)
_FORMULA = re.compile(r"=?\"([^\"]*+)\"|'([^']*+)'?|([^']*+)'")
_NAMED = re.compile(r"[^<>]*+<([^<>]++)>\s*+")


def bare_address(value: str) -> str:
    """An address without what stands around it, as it is compared but for its capitals."""
    text = value.strip()
    if not _DRESSED.search(text):
        return text
    text = _UNSEEN.sub("", text).strip()
    if formula := _FORMULA.fullmatch(text):
        text = next((part for part in formula.groups() if part is not None), "").strip()
    if named := _NAMED.fullmatch(text):
        text = named[1].strip()
    return re.sub(r"^mailto:", "", text, flags=re.IGNORECASE).strip()


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
    return ""
