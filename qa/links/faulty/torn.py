"""Addresses nobody can follow: hosts that cannot exist, unseen characters at an edge, a whole address behind a host.

https://url.spec.whatwg.org/#host-parsing, https://www.rfc-editor.org/rfc/rfc1035#section-2.3.4
"""

from __future__ import annotations

import re
from urllib.parse import unquote

from qa.facts import facts
from qa.links.hosts import is_top_level, kind_of
from qa.markup.merge_tag_signs import SIGN
from qa.merge_tags.pattern import TOKEN
from qa.text.unseen import name_of_sign

_PLAIN = " \t\r\n\f\0"  # what browsers take off both ends of an address
_TWICE = re.compile(r"https?(?::?/++|:)(?=https?(?::|//))", re.IGNORECASE)
_NO_SLASHES = re.compile(r"https?:(?=[\w-]++\.)", re.IGNORECASE)
_AUTHORITY = re.compile(r"https?:[/\\]{2}([^/?#\\]*+)", re.IGNORECASE)
_BEFORE = re.compile(r"https?:[/\\]{2}[^?#\s]*+$", re.IGNORECASE)
_UNSEEN = re.compile(r"[\u00a0\u00ad\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff]")
_UNSEEN_ENCODED = re.compile(r"%(?:C2%A0|C2%AD|E2%80%(?:8[0-F]|A[89AF])|E2%81%A0|E3%80%80|EF%BB%BF)\Z", re.IGNORECASE)
_LONGEST_LABEL, _LONGEST_HOST = 63, 253
_RESERVED = ("example", "onion")  # https://www.rfc-editor.org/rfc/rfc2606, …/rfc7686


def torn(href: str) -> str:
    """What keeps browsers from following a web address, as the end of “…, which”; "" where nothing does."""
    if _TWICE.match(href):
        return "has its beginning twice"
    if _NO_SLASHES.match(href):
        return "has lost the // behind its colon"
    found = _AUTHORITY.match(href)
    if found is None or SIGN.search(found[1]) or TOKEN.search(found[1]):
        return ""
    host = re.sub(r":\d*+\Z", "", found[1].rpartition("@")[2]).removesuffix(".").lower()
    return "" if not host or "[" in host else _impossible(host, href)


def _impossible(host: str, href: str) -> str:
    labels = host.split(".")
    if re.search(r"[,;]", host):
        return f"has a {'comma' if ',' in host else 'semicolon'} in its host where a dot belongs"
    if "" in labels:
        return "has a dot too many in its host"
    if any(len(label) > _LONGEST_LABEL for label in labels) or len(host) > _LONGEST_HOST:
        return f"has a host no site can have: none of its parts may be longer than {_LONGEST_LABEL} characters"
    if kind_of(href) or all(label.isdigit() for label in labels):
        return ""  # told as what it is: a site for tests, a sample
    if len(labels) == 1:
        return f"names no site of the web: “{host}” has no dot" if ":" not in host else ""
    if labels[-1] not in _RESERVED and not is_top_level(labels[-1]):
        return f"names no site of the web: none ends in “.{labels[-1]}”"
    return ""


def unseen_edge(href: str) -> str:
    """The character nobody sees that an address begins or ends with, as the end of “…, which”; "" for none."""
    text = href.strip(_PLAIN)
    if text and _UNSEEN.match(text[0]):
        return f"begins with {_named(text[0])}, so that no browser knows it as an address"
    encoded = _UNSEEN_ENCODED.search(text)
    last = unquote(encoded[0]) if encoded else text[-1:]
    if last and _UNSEEN.match(last):
        return f"ends in {_named(last)}, which is sent along as a part of it"
    return ""


def has_blank_tail(href: str) -> bool:
    """Whether an encoded space ends an address. A plain one at an edge is stripped by every browser and program."""
    return href.strip(_PLAIN).endswith("%20")


def _named(character: str) -> str:
    name = name_of_sign(character)
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


def doubled_address(href: str) -> tuple[str, bool]:
    """A tag that prints a whole address behind a scheme or a host, and whether its platform is sure to print one."""
    for token in TOKEN.finditer(href):
        if _BEFORE.match(href[: token.start()]):
            squeezed = re.sub(r"[\s\"'\\-]+", "", token[0]).lower()
            table = facts("system_links")["whole_addresses"]
            if squeezed in table["sure"] or squeezed in table["likely"]:
                return token[0], squeezed in table["sure"]
    return "", False
