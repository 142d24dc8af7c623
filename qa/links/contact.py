"""Faults of links that write to somebody or call somebody. https://www.rfc-editor.org/rfc/rfc6068, …/rfc3966"""

from __future__ import annotations

import re
from functools import cache
from typing import Any
from urllib.parse import unquote

from qa.facts import facts
from qa.links.hosts import kind_of
from qa.merge_tags.pattern import TOKEN
from qa.text.wording import quoted

LONGEST = 2000  # characters: https://support.microsoft.com/kb/208427 said 2,083, and clients still cut there
_MAILBOX = re.compile(r"[^\s@<>\"(),:;\\\[\]]++@(?>(?:[\w-]++\.)+)\w{2,24}")
_AS_WEB = re.compile(r"https?://([\w.+-]++@(?>(?:[\w-]++\.)+)[a-z]{2,24})/?", re.IGNORECASE)
_SECOND_QUERY = re.compile(r"\?(?:subject|body|cc|bcc)=", re.IGNORECASE)
_EXTENSION = re.compile(r"(?:[?;,#pwx]|ext\.?|%2c|%3b).*+", re.IGNORECASE | re.DOTALL)
_PHONE = re.compile(r"[\d\s().+/*#–-]*+")
_CONTACT = ("mailto:", "tel:", "sms:", "callto:")


def is_contact(href: str) -> bool:
    """Whether a link writes to somebody or calls somebody, or was meant to."""
    return href.lower().startswith(_CONTACT) or _AS_WEB.fullmatch(href) is not None


def contact_fault(href: str) -> tuple[str, str]:
    """The code and the words for what is wrong with an e-mail or phone link; the words are "" where nothing is."""
    if not is_contact(href):
        return "", ""
    if as_web := _AS_WEB.fullmatch(href):
        return "malformed-mailto", f"{as_web[1]} is an e-mail address, so the link must begin with mailto:"
    scheme, _, rest = href.partition(":")
    if scheme.lower() != "mailto":
        return "malformed-phone", _phone_fault(rest)
    address, _, query = rest.partition("?")
    if fault := _address_fault(address, query):
        return "malformed-mailto", fault
    return "unencoded-mailto", _query_fault(query)


def _address_fault(address: str, query: str) -> str:
    if not address.strip():
        return "" if "=" in query else "it has no address"  # a message to share has a subject, and nobody to go to
    if TOKEN.search(address):
        return ""
    if address.lower().lstrip().startswith("mailto:"):
        return "“mailto:” is there twice"
    for mailbox in unquote(address).split(","):
        if fault := _mailbox_fault(mailbox.strip()):
            return fault
    return ""


def _mailbox_fault(mailbox: str) -> str:
    if ";" in mailbox:
        return "addresses are separated by a comma, not by a semicolon"
    if mailbox.count("@") > 1:
        return "it has two @"
    if "@" not in mailbox:
        return f"{quoted(mailbox)} is no e-mail address"
    name, _, host = mailbox.lower().partition("@")
    if _is_sample(name, host):
        return "this address is a sample that was never replaced"
    return "" if _MAILBOX.fullmatch(mailbox) else f"{quoted(mailbox)} is no e-mail address"


def _is_sample(name: str, host: str) -> bool:
    known = _known("mail")
    return (
        kind_of(f"https://{host}") == "sample"
        or host in known["hosts"]
        or re.sub(r"[._-]", "", name) in known["samples"]
    )


def _query_fault(query: str) -> str:
    """What damages the message that is filled in: it is read like the query of a URL."""
    if not query:
        return ""
    plain = TOKEN.sub("", query)
    if _SECOND_QUERY.search(plain):
        return "its second “?” should be “&”"
    for piece in filter(None, plain.split("&")):
        name, equals, value = piece.partition("=")
        if not equals:
            return f"what follows “&” is lost ({quoted(piece)})"
        if name.strip().lower() not in _known("mail")["fields"]:
            return f"{quoted(name)} is no part of a message"
        if re.search(r"\s", value.strip()):
            return "it holds spaces that are not encoded"
        if re.search(r"\w\+\w", value) and "%20" not in value:
            return "each “+” is shown as it is, not as a space"
    return ""


def _phone_fault(written: str) -> str:
    """What keeps a phone from calling a number; "" where nothing does."""
    if TOKEN.search(written):
        return ""
    number = _EXTENSION.sub("", unquote(written)).strip()
    digits = re.sub(r"\D", "", number)
    known = _known("phone")
    if not digits:
        return "it has no number" if not number.strip("/") else f"{quoted(number)} is no number"
    if not _PHONE.fullmatch(number.removeprefix("//")):
        return "a number has no letters"
    if digits in known["samples"] or (len(digits) > 4 and len(set(digits)) == 1):
        return "this number is a sample that was never replaced"
    if "(0)" in number and number.startswith(("+", "00")):
        return "the (0) is dialled, and nobody is reached; leave it out"
    shortest = known["shortest_abroad"] if number.startswith("+") else known["shortest"]
    if len(digits) < shortest:
        return f"{len(digits)} digits are too few"
    return f"{len(digits)} digits are too many" if len(digits) > known["longest"] else ""


@cache
def _known(table: str) -> dict[str, Any]:
    return {name: frozenset(v) if isinstance(v, list) else v for name, v in facts("contacts")[table].items()}
