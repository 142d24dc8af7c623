"""What a page tells search engines: robots and canonical address."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urljoin

from qa.artefacts import Markup
from qa.check import check
from qa.finding import Code, Finding, Severity
from qa.links.url import bare, parse
from qa.request import AskedPage
from qa.text.wording import quoted

_DEFAULTS = frozenset({"index", "follow", "all"})  # what robots do where nothing is said
_HEAD_FIX = "Correct it in the page's settings."


@check(
    "page-robots",
    Code("wrong-robots", Severity.ERROR, "Search engines are told something else than asked for.", _HEAD_FIX),
)
def page_robots(asked: AskedPage, markup: Markup) -> Iterator[Finding]:
    """Search engines are told what the request says.

    A campaign page without "noindex" turns up in search results for years after the offer; a page that should be
    found and carries it never does.

    Fails:
        page: {robots: noindex}
        build: <html><head><meta name="robots" content="index, follow"></head><body><h1>Hello</h1></body></html>

    Passes:
        page: {robots: "noindex, nofollow"}
        build: <html><head><meta name="robots" content="NOFOLLOW,NOINDEX"></head><body><h1>Hello</h1></body></html>
    """
    wanted: str = asked.require("robots")
    built = markup.metas.get("robots")
    said = built.value if built else ""
    if _directives(wanted) == _directives(said):
        return
    found = f"says {quoted(said)}" if said.strip() else "says nothing, which means “index, follow”"
    message = f"The page {found} to search engines; the request says {quoted(wanted)}."
    where = built.where if built else None
    yield Finding("wrong-robots", message, where, asked.place("robots"), wanted, said or None)


def _directives(robots: str) -> frozenset[str]:
    """What differs from the default; "none" is short for two."""
    said = {directive.strip().lower() for directive in robots.split(",") if directive.strip()}
    if "none" in said:
        said = said - {"none"} | {"noindex", "nofollow"}
    return frozenset(said - _DEFAULTS)


@check(
    "page-canonical",
    Code("wrong-canonical", Severity.ERROR, "The page names another canonical address than asked for.", _HEAD_FIX),
)
def page_canonical(asked: AskedPage, markup: Markup) -> Iterator[Finding]:
    """The page names the canonical address that was asked for.

    A cloned page keeps pointing at the page it was cloned from, and search engines drop it for that one.

    Fails:
        page: {canonical: https://www.acme.example/webinar}
        build: <html><head><link rel="canonical" href="https://www.acme.example/winter"></head><body></body></html>

    Passes:
        page: {canonical: https://www.acme.example/webinar}
        build: <html><head><link rel="canonical" href="https://www.acme.example/webinar"></head><body></body></html>
    """
    wanted: str = asked.require("canonical")
    built = markup.canonical
    if built is None or not built.value.strip():
        message = f"The page names no canonical address; the request says {quoted(wanted, 200)}."
        yield Finding("wrong-canonical", message, request=asked.place("canonical"), expected=wanted)
        return
    if _address(built.value, asked.url or "") != _address(wanted):
        message = f"The canonical address is {quoted(built.value, 200)}; the request says {quoted(wanted, 200)}."
        yield Finding("wrong-canonical", message, built.where, asked.place("canonical"), wanted, built.value)


def _address(url: str, base: str = "") -> tuple[str, str]:
    """An address as search engines tell pages apart: http and https are two."""
    try:
        whole = urljoin(base, url.strip())
        return parse(whole).scheme, bare(whole)
    except ValueError:  # MalformedUrl among them
        return "", url.strip()
