"""Addresses that the text of a link shows, and where the link leads instead."""

from __future__ import annotations

import re
from urllib.parse import unquote

from qa.artefacts import Link
from qa.links.faulty.faults import is_dead
from qa.links.hosts import host_of, is_click_tracker, is_domain, one_owner, owner_of
from qa.merge_tags.pattern import TOKEN

_HOST = r"((?>(?:[\w-]++\.)+)[a-z]{2,24})(?![\w.-]*@)"
_ADDRESS = re.compile(rf"(?>(?:https?://)?){_HOST}(?:[:/?#]\S*+)?", re.IGNORECASE)
_ADDRESS_INSIDE = re.compile(rf"(?<![\w@./-])(?:https?://|www\.){_HOST}", re.IGNORECASE)
_MAIL = re.compile(r"[\w.+'-]++@(?>(?:[\w-]++\.)+)[a-z]{2,24}", re.IGNORECASE)
_PHONE = re.compile(r"[+(\d][\d\s().,/–-]{6,30}")
_SAME_DIGITS = 7  # a number with and without its country code


def contradiction(link: Link, wrapping: frozenset[str], in_email: bool) -> tuple[str, str]:
    """What a link shows and where it leads instead (“to …”, “nowhere”); ("", "") where it leads there."""
    text, href = link.text.strip().rstrip(".,;:!)"), link.href.strip()
    scheme, _, address = href.partition(":")
    if not text or TOKEN.search(text):
        return "", ""
    if scheme.lower() == "mailto":
        return _other_mailbox(text, unquote(address.partition("?")[0]))
    if scheme.lower() in ("tel", "sms"):
        return _other_number(text, address)
    host, shown = host_of(href), _shown_host(text)
    if shown and link.has_href and href in ("", "#") and is_dead(link, in_email):
        return shown, "nowhere"
    if not host or not shown or one_owner(shown, host) or is_click_tracker(href) or host in wrapping:
        return "", ""
    if owner_of(shown).partition(".")[0] in unquote(href).lower():
        return "", ""  # passed on, or a page of theirs on somebody else's site
    return shown, f"to {host}"


def _shown_host(text: str) -> str:
    """The host a text shows: of the address it is, or of the one address it holds; "" where it shows none."""
    if whole := _ADDRESS.fullmatch(text):
        host = whole[1].lower()
        return host if is_domain(host) or text.lower().startswith(("http", "www.")) else ""
    inside = {found[1].lower() for found in _ADDRESS_INSIDE.finditer(text)}
    return inside.pop() if len(inside) == 1 else ""


def _other_mailbox(text: str, address: str) -> tuple[str, str]:
    """An e-mail address that is shown, and another that is written to."""
    if not _MAIL.fullmatch(text) or "@" not in address or TOKEN.search(address):
        return "", ""
    wanted = {mailbox.strip().lower() for mailbox in re.split("[,;]", address)}
    return ("", "") if text.lower() in wanted else (text, f"to {address.strip()}")


def _other_number(text: str, address: str) -> tuple[str, str]:
    """A phone number that is shown, and another that is called."""
    if not _PHONE.fullmatch(text) or TOKEN.search(address):
        return "", ""
    shown = re.sub(r"\D", "", text.replace("(0)", ""))[-_SAME_DIGITS:]
    called = re.sub(r"\D", "", re.split("[;,pwx]", unquote(address))[0])[-_SAME_DIGITS:]
    if shown == called or min(len(shown), len(called)) < _SAME_DIGITS:
        return "", ""
    return text, f"to {unquote(address)}"
