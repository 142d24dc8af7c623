"""Does the landing page say to search engines and to analytics what the request says?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin

from qa.artefacts import Markup, Page, Tokens
from qa.artefacts.causes import of_asked
from qa.check import check
from qa.finding import Code, Finding, Severity
from qa.links.url import bare, parse
from qa.match.differences import causes_of
from qa.request import AskedPage
from qa.source import Text
from qa.text.wording import alike, quoted

_DEFAULTS = frozenset({"index", "follow", "all"})  # what robots do where nothing is said
_HEAD_FIX = "Correct it in the page's settings."


@check("page-title", Code("wrong-page-title", Severity.ERROR, "The page has another title than asked for.", _HEAD_FIX))
def page_title(asked: AskedPage, markup: Markup, tokens: Tokens) -> Iterator[Finding]:
    """The page has the title that was asked for.

    The title is the headline in search results, in the browser's tab and in every shared link; a cloned page keeps
    the title of the campaign it was cloned from.

    Fails:
        page: {title: Spring webinar | Acme}
        build: <html><head><title>Winter webinar | Acme</title></head><body><h1>Hello</h1></body></html>

    Passes:
        page: {title: Spring webinar | Acme}
        build: <html><head><title>Spring webinar | Acme</title></head><body><h1>Hello</h1></body></html>
    """
    yield from _text("wrong-page-title", asked, "title", markup.title, tokens)


@check(
    "page-description",
    Code("wrong-description", Severity.ERROR, "The page has another description than asked for.", _HEAD_FIX),
)
def page_description(asked: AskedPage, markup: Markup, tokens: Tokens) -> Iterator[Finding]:
    """The page has the meta description that was asked for.

    Search engines and messengers show it below the title; nobody sees it while building.

    Fails:
        page: {description: Forty minutes on what changed.}
        build: <html><head><meta name="description" content="Lorem"></head><body><h1>Hello</h1></body></html>

    Passes:
        page: {description: Forty minutes on what changed.}
        build: <html><head><meta name="description" content="Forty minutes on what changed."></head><body></body></html>
    """
    yield from _text("wrong-description", asked, "description", markup.metas.get("description"), tokens)


@check(
    "page-heading",
    Code("wrong-heading", Severity.ERROR, "The page has another main heading than asked for.", "Correct the heading."),
    Code(
        "missing-heading",
        Severity.ERROR,
        "The page has no main heading.",
        "Make the headline an <h1>: search engines and screen readers look for it.",
    ),
)
def page_heading(asked: AskedPage, markup: Markup, tokens: Tokens) -> Iterator[Finding]:
    """The main heading of the page is the one that was asked for.

    It repeats the promise the email made. Where it says something else, the visitor thinks the link was wrong and
    leaves.

    Fails:
        page: {heading: Move faster in spring}
        build: <html><body><h1>Move faster in winter</h1></body></html>

    Passes:
        page: {heading: Move faster in spring}
        build: <html><body><h1>Move faster <em>in spring</em></h1></body></html>
    """
    wanted: str = asked.require("heading")
    built = [heading for level, heading in markup.headings if level == 1]
    where = asked.place("heading")
    if not built:
        message = f"The page has no main heading (h1); the request says {quoted(wanted)}."
        yield Finding("missing-heading", message, request=where, expected=wanted, causes=(of_asked(where, wanted),))
    elif all(alike(heading.value) != alike(wanted) for heading in built):
        first = built[0]
        message = f"The main heading is {quoted(first.value)}; the request says {quoted(wanted)}."
        about = causes_of(wanted, first, of_asked(where, wanted), tokens)
        yield Finding("wrong-heading", message, first.where, where, wanted, first.value, causes=about)


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


@check(
    "page-tags",
    Code(
        "missing-tag",
        Severity.ERROR,
        "A tag that was asked for is not in the page.",
        "Add the tag's snippet with this id to the page.",
    ),
)
def page_tags(asked: AskedPage, page: Page) -> Iterator[Finding]:
    """The page carries the analytics and advertising tags that were asked for.

    A page without its tag, or with the tag of another brand, looks the same and counts nothing: the campaign cannot
    be measured, and the days before anybody notices are lost.

    Fails:
        page: {tags: [GTM-ABC123]}
        build: <html><body><script src="https://www.googletagmanager.com/gtm.js?id=GTM-ZZZ999"></script></body></html>

    Passes:
        page: {tags: [GTM-ABC123]}
        build: <html><body><script src="https://www.googletagmanager.com/gtm.js?id=GTM-ABC123"></script></body></html>
    """
    wanted: tuple[str, ...] = asked.require("tags")
    source = _live(page.parts.html.text) if page.parts.html else ""
    for number, tag in enumerate(wanted):
        if re.search(rf"(?<![\w-]){re.escape(tag)}(?![\w-])", source):
            continue
        others = sorted(set(_siblings(tag, source)) - set(wanted))
        found = f"; it carries {' and '.join(map(quoted, others))} instead" if others else ""
        message = f"The tag {quoted(tag)} was asked for and is not in the page{found}."
        actual = ", ".join(others) or None
        place = asked.place("tags", number)
        yield Finding("missing-tag", message, None, place, tag, actual, causes=(of_asked(place, tag),))


def _siblings(tag: str, source: str) -> list[str]:
    """Tags of the same kind: GTM-XYZ999 beside GTM-ABC123."""
    kind = re.match(r"[A-Z]{1,6}-", tag)
    return re.findall(rf"(?<![\w-]){kind[0]}[A-Z0-9-]{{4,20}}(?![\w-])", source) if kind else []


def _live(source: str) -> str:
    """The source without its comments: a tag that was commented out counts nothing."""
    kept, at = [], 0
    while (start := source.find("<!--", at)) >= 0 and (end := source.find("-->", start)) >= 0:
        kept.append(source[at:start])
        at = end + 3
    return "".join([*kept, source[at:]])


def _text(code: str, asked: AskedPage, name: str, built: Text | None, tokens: Tokens) -> Iterator[Finding]:
    wanted: str = asked.require(name)
    where = asked.place(name)
    line = of_asked(where, wanted)
    if built is None or not built.value.strip():
        message = f"The page has no {name}; the request says {quoted(wanted, 200)}."
        yield Finding(code, message, None, where, wanted, causes=(line,))
    elif alike(built.value) != alike(wanted):
        message = f"The page's {name} is {quoted(built.value, 200)}; the request says {quoted(wanted, 200)}."
        about = causes_of(wanted, built, line, tokens, is_named=name == "title")
        yield Finding(code, message, built.where, where, wanted, built.value, causes=about)
