"""What the head of a page tells browsers and networks: its width on phones, its addresses, whether it leads on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.artefacts import Inventory, KnownLinks, Markup
from qa.check import check
from qa.finding import Code, Finding, Severity, Skip
from qa.links.faulty.faults import is_local
from qa.links.hosts import kind_of
from qa.links.url import is_web
from qa.markup.leading import refreshed
from qa.markup.tokeniser import Kind
from qa.match.known_links import is_of_campaign, is_of_team, is_own
from qa.request import AskedPage
from qa.source import Text
from qa.text.phrases import and_more
from qa.text.wording import quoted

_ADDRESSES = ("og:url", "og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src")
_SAYS = {
    "local": "a file or a server of somebody's own",
    "staging": "a site for tests",
    "editor": "an editor or back office",
    "sample": "a placeholder",
}
_NO_ZOOM = re.compile(r"user-scalable\s*+=\s*+(?:no|0)\b|maximum-scale\s*+=\s*+(?:0|1)(?:\.\d++)?(?![\d.])", re.I)
_LOADING = {"script": "src", "iframe": "src", "link": "href"}


@check(
    "page-viewport",
    Code(
        "missing-viewport",
        Severity.WARNING,
        "Phones show the page as a small picture of its desktop version.",
        'Put <meta name="viewport" content="width=device-width, initial-scale=1"> into the head.',
    ),
    Code(
        "blocked-zoom",
        Severity.INFO,
        "The page does not let people enlarge it.",
        "Take user-scalable and maximum-scale out of the viewport.",
    ),
)
def page_viewport(asked: AskedPage, markup: Markup) -> Iterator[Finding]:
    """The page is laid out for the width of a phone.

    Without a viewport a phone lays the page out 980 pixels wide and shrinks it: nobody can read it or hit its button.

    Fails:
        page: {}
        build: <html><head><title>Join us</title></head><body><h1>Join us</h1></body></html>

    Passes:
        page: {}
        build: <html><head><meta name="viewport" content="width=device-width"></head><body><h1>Join</h1></body></html>
    """
    if not re.search(r"<head\b", markup.masked, re.IGNORECASE):
        raise Skip("the build is a part of a page: it has no <head>")
    viewport = markup.metas.get("viewport")
    if viewport is None:
        head = re.search(r"<head\b", markup.masked, re.IGNORECASE)
        where = markup.source.place(head.start() if head else 0)
        yield Finding("missing-viewport", "The page does not say how wide it is on a phone (meta viewport).", where)
    elif found := _NO_ZOOM.search(viewport.value):
        message = f"The page cannot be enlarged on a phone: its viewport says {quoted(found[0])}."
        yield Finding("blocked-zoom", message, viewport.where, actual=viewport.value)


@check(
    "page-addresses",
    Code(
        "unreachable-address",
        Severity.ERROR,
        "The head of the page names an address that nobody reaches.",
        "Put the address of the live site there.",
    ),
    Code(
        "mixed-content",
        Severity.WARNING,
        "The page loads a script, a style sheet or a frame without https.",
        "Load it by https: browsers refuse the rest on a page that is https itself.",
    ),
    Code(
        "redirecting-page",
        Severity.WARNING,
        "The page leads its visitors on by itself.",
        "Take the refresh out, or redirect on the server.",
    ),
    Code(
        "unasked-redirect",
        Severity.ERROR,
        "The page leads its visitors on by itself, to a site that the request does not name.",
        "Take the refresh out, or correct its address.",
    ),
)
def page_addresses(asked: AskedPage, read: Inventory, markup: Markup, known: KnownLinks) -> Iterator[Finding]:
    """Every address that the page gives to browsers and networks is one that visitors reach.

    A preview picture on the staging site is a grey box in every shared link, and a canonical address there takes the
    page out of search results; neither shows on the page itself.

    Fails:
        page: {}
        build: <html><head><meta property="og:image" content="http://localhost/og.png"></head><body></body></html>

    Passes:
        page: {}
        build: <html><head><meta property="og:image" content="https://acme.example/og.png"></head><body></body></html>
    """
    named = [(name, text) for name in _ADDRESSES if (text := markup.metas.get(name)) is not None]
    if markup.canonical is not None and asked.canonical is None:
        named.append(("canonical address", markup.canonical))
    for name, text in named:
        if (
            says := "a file or a server of somebody's own"
            if is_local(text.value)
            else _SAYS.get(kind_of(text.value), "")
        ):
            message = f"The {name} of the page is {quoted(text.value, 200)}: {says}."
            yield Finding("unreachable-address", message, text.where, actual=text.value)
    if loaded := list(_by_http(read, markup)):
        message = (
            f"The page loads {quoted(loaded[0].value, 200)} without https{and_more([one.where for one in loaded])}."
        )
        each = tuple(one.value for one in loaded)
        yield Finding("mixed-content", message, loaded[0].where, actual=each[0], each=each)
    refresh = markup.metas.get("refresh")
    if refresh is not None and (found := refreshed(refresh.value)):
        seconds, goal = found
        leads = f"to {quoted(goal, 200)}" if goal else "to itself"
        message = f"The page leads on {leads} {f'after {seconds} seconds' if seconds else 'at once'}"
        if is_web(goal) and not (is_own(known, goal) or is_of_campaign(known, goal) or is_of_team(known, goal)):
            message = f"{message}, a site that the request does not name"
            yield Finding("unasked-redirect", f"{message}.", refresh.where, actual=refresh.value)
        else:
            yield Finding("redirecting-page", f"{message}.", refresh.where, actual=refresh.value)


def _by_http(read: Inventory, markup: Markup) -> Iterator[Text]:
    """What browsers do not load into a page that is https. Pictures they ask for by https of themselves."""
    assert read.read is not None  # where there is markup, it was read from tags
    for token in read.read.tokens:
        if token.kind is Kind.START and token.name in _LOADING:
            attributes = read.read.raw.attributes(token)
            address = attributes.get(_LOADING[token.name], "").strip()
            is_sheet = token.name != "link" or "stylesheet" in attributes.get("rel", "").lower().split()
            if address.lower().startswith("http://") and is_sheet and not kind_of(address):
                yield Text(address, markup.source.place(token.start))
