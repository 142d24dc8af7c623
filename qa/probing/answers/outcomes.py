"""What an answer means: the page is there, is gone, has trouble, or shows itself to nobody but a person."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import cache
from html import unescape
from urllib.parse import urlsplit

from qa.artefacts.probes import Probe
from qa.facts import facts
from qa.links.frame import is_home
from qa.links.hosts import host_of, is_below
from qa.text.wording import alike

_DEAD = frozenset(("dns", "tls", "refused"))
_FAILING = frozenset(("slow", "reset", "unreachable", "untrusted", "loop", "redirects", "malformed"))
_FEW = 2  # hosts: one that is gone says nothing about this machine
_TITLE = re.compile(r"<title\b[^>]*>([^<]*)", re.IGNORECASE)
_HEADING = re.compile(r"<h1\b[^>]*>(.{0,600}?)</h1", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_SEPARATOR = re.compile(r"\s[|–—·•»«:-]\s|\s*[|–—·•»«]\s*|:\s")
_PUNCTUATION = re.compile(r"[^\w\s']+")
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]{2,40})", re.IGNORECASE)
_LETTERS = re.compile(r"[\W\d_]+")
_PASSWORD = re.compile(r"<input\b[^>]*\btype\s*=\s*[\"']?password", re.IGNORECASE)
_HEAD = 4096  # bytes in which a page names its encoding


def death_of(probe: Probe) -> str:
    """Why nobody reaches a page; "" where somebody may."""
    if probe.failure in _DEAD:
        return probe.said
    if probe.status in (404, 410) and not wall_of(probe):
        return f"the server answers {probe.status} ({'not found' if probe.status == 404 else 'gone'})"
    return ""


def trouble_of(probe: Probe) -> str:
    """Why a page could not be had, though it may be there a while later; "" where it could."""
    if probe.failure in _FAILING:
        return probe.said
    if (probe.status >= 500 and probe.status != 999 and not wall_of(probe)) or 300 <= probe.status < 400:
        return f"the server answers {probe.status}"
    return ""


def wall_of(probe: Probe) -> str:
    """Why only a person can see what is there; "" where the answer tells."""
    if probe.failure == "private":
        return f"{probe.said}: nothing is sent there unless [network] allow_private in the profile names it"
    if probe.failure or probe.status < 200 or 300 <= probe.status < 400:
        return ""
    if service := _service(probe):
        return f"{service} keeps robots out"
    if probe.status < 400:
        return ""
    if is_below(host_of(probe.final), _known()):
        return f"{host_of(probe.final)} keeps robots out (it answers {probe.status})"
    if probe.status in facts("walls")["statuses"]:
        return f"the server answers a robot {probe.status}"
    return f"the server answers {probe.status}" if probe.status < 500 and probe.status not in (404, 410) else ""


def none_reached(told: Mapping[str, Probe], failures: Collection[str]) -> bool:
    """Whether all addresses of several hosts failed so: that says more about this machine than about them."""
    hosts = {host_of(url) for url in told}
    return len(hosts) >= _FEW and all(probe.failure in failures and not probe.hops for probe in told.values())


def absence_of(probe: Probe) -> str:
    """How a page that answers says that it is not there; "" where it does not."""
    if not is_shown(probe):
        return ""
    text = page_text(probe)
    title = _TITLE.search(text)
    for said in (title[1] if title else "", *(found[1] for found in _HEADING.finditer(text))):
        pieces = {_plain(piece) for piece in (said, *_SEPARATOR.split(unescape(said)))}
        if pieces & _absences():
            return f"it says “{_shown(said)}”"
    one, other = host_of(probe.url).removeprefix("www."), host_of(probe.final).removeprefix("www.")
    instead = one == other and len(probe.hops) > 1 and is_home(probe.final) and not is_home(probe.url)
    if instead and urlsplit(probe.url).path.strip("/") and not _adds(probe):
        return f"the home page stands in its place ({probe.final})"
    return ""


def login_of(probe: Probe) -> str:
    """The log-in page that stands in place of the page asked for; "" where none does."""
    if not is_shown(probe) or len(probe.hops) < 2 or _is_login(probe.url):
        return ""
    return probe.final if _is_login(probe.final) else ""


def page_text(probe: Probe) -> str:
    """The beginning of a page as text."""
    body = probe.body
    named = _CHARSET.search(probe.headers.get("content-type", "").encode()) or _CHARSET.search(body[:_HEAD])
    try:
        return body.decode(named[1].decode() if named else "utf-8", "replace")
    except LookupError:
        return body.decode("utf-8", "replace")


def has_password(probe: Probe) -> bool:
    """Whether a page asks for a password."""
    return _PASSWORD.search(page_text(probe)) is not None


def is_shown(probe: Probe) -> bool:
    """Whether an answer is a page, and no refusal in its place."""
    return 200 <= probe.status < 300 and not wall_of(probe)


def _service(probe: Probe) -> str:
    """The service whose sign an answer bears, where that is a refusal and not the page."""
    refuses = probe.status >= 400
    for name, signs in facts("walls")["services"].items():
        for header in signs["headers"]:
            key, _, begins = header.partition(": ")
            if key in probe.headers and probe.headers[key].lower().startswith(begins):
                return str(name)
        body = probe.body if refuses or len(probe.body) <= facts("walls")["small"]["most"] else b""
        text = body.decode("utf-8", "replace").lower()
        if any(sign in text for sign in (*signs["bodies"], *(signs["refusals"] if refuses else ()))):
            return str(name)
    return ""


def _adds(probe: Probe) -> bool:
    """Whether the last address has parameters that the one asked has not: a short address that means this page."""
    return bool(urlsplit(probe.final).query) and urlsplit(probe.final).query != urlsplit(probe.url).query


def _is_login(url: str) -> bool:
    table = facts("missing_pages")["login"]
    pieces = {_LETTERS.sub("", piece) for piece in urlsplit(url).path.lower().removesuffix(".php").split("/")}
    return not pieces.isdisjoint(table["segments"]) or is_below(host_of(url), frozenset(table["hosts"]))


@cache
def _known() -> frozenset[str]:
    return frozenset(facts("walls")["hosts"])


@cache
def _absences() -> frozenset[str]:
    return frozenset(phrase for phrases in facts("missing_pages")["titles"].values() for phrase in phrases)


def _plain(said: str) -> str:
    return " ".join(_PUNCTUATION.sub(" ", alike(_TAG.sub(" ", unescape(said))).lower()).split())


def _shown(said: str) -> str:
    return " ".join(_TAG.sub(" ", unescape(said)).split())[:80]
