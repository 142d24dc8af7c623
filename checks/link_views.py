"""Calls to action of a page in all its views."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from qa.artefacts import (
    AlignedLinks,
    Inventory,
    Link,
    LinkedFiles,
    Rendering,
    causes,
)
from qa.check import check
from qa.finding import Code, Finding, Severity, Skip
from qa.links.anchors import is_anchor
from qa.links.url import bare
from qa.markup.tokeniser import Kind
from qa.match.page_contents import PageContent, page_contents, titles_of
from qa.request import AskedPage
from qa.text.wording import quoted
from qa.views.legibility import calls

_MENUS = ("nav", "menu", "ul", "ol", "dialog")  # on phones behind a button, or left out


@check(
    "page-links-seen",
    Code(
        "unseen-page-link",
        Severity.WARNING,
        "A call to action of the request is seen in some views of the page and not in others.",
        "Show it in every view: look for display:none, a size of nothing and media queries around it.",
    ),
)
def page_links_seen(
    rendering: Rendering, read: Inventory, aligned: AlignedLinks, asked: AskedPage, files: LinkedFiles | None = None
) -> Iterator[Finding]:
    """The calls to action of the request are seen on every screen.

    A menu may step aside on a phone. The button the page was made for may not: what the visitor cannot see, nobody
    follows.

    Fails:
        page: {links: [{text: Save my seat, url: "https://acme.example/webinar"}]}
        build: >-
          <html><head><meta name="viewport" content="width=device-width"><style>a { display: inline-block; padding:
          14px } @media (max-width: 500px) { a { display: none } }</style></head><body><p>Join us in spring.</p><a
          href="https://acme.example/webinar">Save my seat</a></body></html>

    Passes:
        page: {links: [{text: Save my seat, url: "https://acme.example/webinar"}]}
        build: >-
          <html><head><meta name="viewport" content="width=device-width"><style>a { display: inline-block; padding:
          14px } @media (max-width: 500px) { a { display: block } }</style></head><body><p>Join us in spring.</p><a
          href="https://acme.example/webinar">Save my seat</a></body></html>
    """
    if (markup := read.markup) is None:
        raise read.reason or Skip("the build has no HTML part")
    contents = page_contents(rendering, markup, files)
    menus = _in_menus(read)
    for wanted in aligned.missing:
        message = f"The link {quoted(wanted.text)} can be seen in no view: it is not in the page."
        about = (causes.of_asked_link(wanted),)
        yield Finding("unseen-page-link", message, request=wanted.place(), expected=wanted.url, causes=about)
    for wanted, built in aligned.pairs:
        goals = {bare(link.href) for link in built}
        links = [*built, *(link for link in markup.links if bare(link.href) in goals)]
        offsets = {link.where.offset or 0 for link in links}
        missing = [content for content in contents if not content.any(offsets)]
        calls = [link for link in built if (link.where.offset or 0) not in menus and _calls(link, contents)]
        if calls and missing and not is_anchor(calls[0].href):
            others = [content for content in contents if content not in missing]
            message = f"{_name(calls[0])} cannot be seen in {titles_of(missing)}; it can in {titles_of(others)}."
            view = missing[0].view.name
            about = (causes.of_link(calls[0]),)
            yield Finding("unseen-page-link", message, calls[0].where, wanted.place(), view=view, causes=about)


def _in_menus(read: Inventory) -> frozenset[int]:
    """The links that stand in a menu or a list."""
    found, depth = set(), 0
    for token in read.read.tokens if read.read else ():
        if token.name in _MENUS and token.kind is Kind.START:
            depth += 1
        elif token.name in _MENUS and token.kind is Kind.END:
            depth = max(0, depth - 1)
        elif depth and token.name == "a":
            found.add(token.start)
    return frozenset(found)


def _calls(link: Link, contents: Iterable[PageContent]) -> bool:
    """Whether it looks like a call to action in one of these views."""
    drawn = [e for content in contents if (e := content.seen.get(link.where.offset or 0))]
    return any(calls(element, pictured=bool(link.pictures)) for element in drawn)


def _name(link: Link) -> str:
    return f"The link {quoted(link.text if link.text.strip() else link.href, 60)}"
