"""Where a link leads that says “unsubscribe”: whether a reader can be known there, and is on the right page."""

from __future__ import annotations

import re
from urllib.parse import unquote

from qa.artefacts import Link
from qa.facts import facts
from qa.links.contact import is_contact
from qa.links.faulty.faults import fault_of
from qa.links.frame import host_role, is_home
from qa.links.hosts import host_of
from qa.links.roles import role_in_address, role_in_tag
from qa.links.url import is_address, is_web, parse
from qa.markup.merge_tag_mask import BLOT, masked
from qa.text.wording import quoted

_WORDS = re.compile(r"[a-z]{4,}(?:[-_.][a-z]+)*", re.IGNORECASE)  # «newsletter», «email-settings», «contact.html»
_OTHERS = ("social", "app-store", "official", "calendar")  # whose pages take nobody off a list
SYSTEM_PAGES = {  # by the role of the link that leads there
    "unsubscribe": "the unsubscribe link",
    "preferences": "the preference page",
    "view-in-browser": "the version in the browser",
    "forward": "the page that forwards the email",
    "privacy": "the privacy notice",
    "imprint": "the imprint",
}


def leads_instead(link: Link) -> str:
    """Where a link leads instead of unsubscribing («to the home page …», «nowhere …»); "" where it may unsubscribe.

    What is right: a platform's tag, a merge tag nobody can read, an address with something that can be a reader's id,
    one that names itself an unsubscribe page, or a message to somebody.
    """
    href = link.href.strip()
    role = role_in_tag(href)
    if role or BLOT in masked(href):
        also = role == "preferences" and _squeezed(href) in facts("system_links")["preferences"]["leaving"]
        return "" if role in ("", "unsubscribe") or also else f"to {SYSTEM_PAGES[role]} ({href})"
    fault = fault_of(link, in_email=True)
    if fault is not None and fault.code in ("empty-link", "placeholder-link"):
        return f"nowhere (its address is {quoted(href) if href else 'empty'})"
    if is_contact(href) or not is_web(href):
        return ""
    if host_role(href) in _OTHERS:
        return f"to a page on {host_of(href).removeprefix('www.')}"
    role = role_in_address(href)
    if is_home(href) and not role and not _parameters(href):
        return f"to the home page {href}"
    if role == "unsubscribe" or knows_reader(href) or "#" in href:
        return f"to {SYSTEM_PAGES[role]} {href}" if role in ("privacy", "imprint", "view-in-browser", "forward") else ""
    page = f"to {SYSTEM_PAGES[role]} {href}" if role else f"to {href}"
    return f"{page}, whose address holds nothing to know a reader by"


def knows_reader(href: str) -> bool:
    """Whether an address holds something that can be a reader's id: a parameter, or a code in its path."""
    pieces = unquote(parse(href).path).split("/") if is_address(href) else []
    return _parameters(href) or not all(_WORDS.fullmatch(piece) for piece in pieces if piece)


def _parameters(href: str) -> bool:
    """Whether an address says more than which page, tracking aside."""
    given = parse(href).parameters if is_address(href) else ()
    return any(value and not name.lower().startswith("utm_") for name, value in given)


def _squeezed(href: str) -> str:
    return re.sub(r"[\s\"']+", "", href).lower()
