"""Links that were copied from a mail somebody received, or from a browser."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from qa.artefacts import Destinations, Link, Links, Parts
from qa.artefacts.causes import of_link, of_parameters
from qa.check import check
from qa.finding import Code, Finding, Severity, Skip
from qa.links.faulty.copied import click_id, credentials, readers_id, wrapped_by, wrapped_in
from qa.links.hosts import host_of
from qa.links.naming import lines, name_of
from qa.links.url import is_web
from qa.match.asked_links import asked_address
from qa.request import AskedAsset
from qa.text.phrases import begun, listed


@check(
    "copied-links",
    Code(
        "wrapped-link",
        Severity.WARNING,
        "A link goes through the filter of somebody's mailbox, or a network's redirect.",
        "Open the link, and copy the address of the page it ends on.",
    ),
    Code(
        "personal-link",
        Severity.ERROR,
        "A link carries what belongs to one person: the id of a reader, or a password.",
        "Take it out of the address. A platform adds the ids of readers itself when it sends.",
    ),
    Code(
        "copied-click",
        Severity.WARNING,
        "A link carries the id of one click on an advertisement.",
        "Take it out of the address: every reader would be counted as that click.",
    ),
)
def copied_links(asked: AskedAsset, links: Links, parts: Parts, ends: Destinations) -> Iterator[Finding]:
    """No link was copied from a mail that somebody received.

    An address that is copied from an inbox brings along what was added on its way: the mail filter of one company, and
    the id of the reader. Everybody who clicks is then taken for that person, whose preferences they change and who is
    unsubscribed in their place.

    Fails:
        email: {}
        build: <a href="https://www.acme.example/webinar?mkt_tok=NzUyLVJKRC0wMDAAAAGNxyz">Save my seat</a>

    Passes:
        email: {}
        build: <a href="https://www.acme.example/webinar?utm_source=news">Save my seat</a>
    """
    # As they stand in a sent message: elsewhere, what a mailbox wrote around them is taken off.
    written = {page.through[0] if page.through else page.href: href for href, page in ends.pages.items()}
    built = [replace(link, href=written.get(link.asked, link.href)) for link in links.built]
    web = [link for link in built if link.has_href and is_web(link.href)]
    if not web:
        raise Skip("the build has no link to the web")
    judged = [link for link in web if link.href != asked_address(asked, link.href)]
    wrapped = [link for link in judged if wrapped_by(link.href)]
    if parts.was_sent:  # what a mailbox and a platform add on the way is in no build
        wrapped = wrapped if len(wrapped) < len(web) else []
        judged = []
    for host in dict.fromkeys(map(wrapped_by, (link.href for link in wrapped))):
        yield _wrapped(host, [link for link in wrapped if wrapped_by(link.href) == host])
    if secret := [link for link in judged if credentials(link.href)]:
        yield _told("personal-link", secret, f"a user name and a password for {host_of(secret[0].href)}")
    for code, what, of in (
        ("personal-link", "the id of one reader", readers_id),
        ("copied-click", "the id of one click", click_id),
    ):
        if carrying := [link for link in judged if of(link.href)]:
            finding = _told(code, carrying, f"{of(carrying[0].href)}, {what}")
            yield replace(finding, causes=tuple(map(of_parameters, carrying)))


def _wrapped(host: str, links: Sequence[Link]) -> Finding:
    inside = wrapped_in(links[0].href)
    page = f", around {inside}" if inside else ""
    message = f"{begun(_names(links))} {_verb(links, 'leads', 'lead')} through {host}{page}{lines(links)}."
    about = (*map(of_link, links), *map(of_parameters, links))  # all of such an address has to go
    return replace(_finding("wrapped-link", links, message), causes=about)


def _told(code: str, links: Sequence[Link], what: str) -> Finding:
    message = f"{begun(_names(links))} {_verb(links, 'carries', 'carry')} {what}{lines(links)}."
    return _finding(code, links, message)


def _finding(code: str, links: Sequence[Link], message: str) -> Finding:
    each = tuple(f"{link.text} {link.href}" for link in links)
    return Finding(code, message, links[0].where, actual=links[0].href, each=each, causes=tuple(map(of_link, links)))


def _names(links: Sequence[Link]) -> str:
    return listed(map(name_of, links))


def _verb(links: Sequence[Link], one: str, many: str) -> str:
    return one if len({name_of(link) for link in links}) == 1 else many
