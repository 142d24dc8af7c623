"""Hosts of links: staging sites, editors, samples, shorteners."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from qa.artefacts import Link, Links
from qa.artefacts.causes import of_link, of_parameters
from qa.check import Options, check
from qa.finding import Cause, Code, Finding, Severity, Skip
from qa.links.contact import LONGEST
from qa.links.faulty.faults import fault_of, is_local, unencoded_in
from qa.links.faulty.torn import has_blank_tail
from qa.links.hosts import kind_of
from qa.links.naming import lines, name_of
from qa.links.url import is_web, same_destination
from qa.match.asked_links import asked_address, is_compared, named_by
from qa.match.unread import judged, readable
from qa.request import AskedAsset, AskedLink
from qa.text.phrases import begun, listed
from qa.text.wording import quoted

_SAYS = {
    "staging": "a site for tests, or one that only colleagues reach",
    "editor": "an editor or back office, where a reader would have to log in",
    "local": "a file or a server of somebody's own machine",
}


@dataclass(frozen=True)
class LinkLength(Options):
    """How long an address may be."""

    longest: int = LONGEST  # characters


@check(
    "link-hosts",
    Code(
        "staging-link",
        Severity.ERROR,
        "A link leads to a site that readers should not, or cannot, reach.",
        "Use the address of the live page.",
    ),
    Code(
        "shortened-link",
        Severity.WARNING,
        "A link goes through a URL shortener.",
        "Use the whole address: filters distrust shorteners, and readers cannot see where they lead.",
    ),
    Code("long-link", Severity.WARNING, "An address is too long for some clients.", "Shorten it."),
    Code(
        "unencoded-link",
        Severity.WARNING,
        "An address holds a character that must be encoded.",
        "Write the character as %xx, or remove it.",
    ),
)
def link_hosts(asked: AskedAsset, links: Links, limit: LinkLength) -> Iterator[Finding]:
    """Every link leads to a live place, by an address that every client can follow.

    A link to the staging site or to the platform's editor works for the team that builds the email, so it passes
    every proof; a reader gets an error or a log-in page.

    Fails:
        email: {}
        build: <a href="https://staging.acme.example/webinar">Save my seat</a>

    Passes:
        email: {}
        build: <a href="https://www.acme.example/webinar">Save my seat</a>
    """
    if not links.built:
        raise Skip("the build has no link")
    yield from judged(_badly_hosted(asked, readable(links.built), limit), links.built)


def _badly_hosted(asked: AskedAsset, links: Sequence[Link], limit: LinkLength) -> Iterator[Finding]:
    written = [link for link in links if link.has_href]
    for kind, says in _SAYS.items():
        if there := [link for link in written if ("local" if is_local(link.href) else kind_of(link.href)) == kind]:
            yield _finding("staging-link", there, f", {says}", asked=named_by(asked, there[0]))
    # What is compared with the request is told apart from what is not: that comparison may tell it better.
    for compared in (False, True):
        yield from _written([link for link in written if is_compared(asked, link) is compared], asked, limit.longest)


def _finding(code: str, there: Sequence[Link], says: str, actual: str = "", asked: AskedLink | None = None) -> Finding:
    """One finding for all the links with one fault."""
    first = there[0]
    each, causes = tuple(f"{link.text} {link.href}" for link in there), tuple(map(of_link, there))
    others = [link for link in there if (link.text, link.href) != (first.text, first.href)]
    message = f"{begun(name_of(first))} leads to {_short(first.href)}{says}"
    if others:
        message += f"; so {'does' if len({link.text for link in others}) == 1 else 'do'} {listed(map(name_of, others))}"
    message += lines(there)
    if asked is None or same_destination(asked.url, first.href):
        return Finding(code, f"{message}.", first.where, actual=actual or first.href, each=each, causes=causes)
    message, place = f"{message}; the request says {asked.url}.", asked.place("url")
    return Finding(code, message, first.where, place, asked.url, first.href, each=each, causes=causes)


def _short(href: str, most: int = 120) -> str:
    return href if len(href) <= most else href[: most - 1] + "…"


def _written(judged: Sequence[Link], asked: AskedAsset, longest: int) -> Iterator[Finding]:
    """What is wrong with addresses as they are written, where the request does not write them so itself."""
    if there := [link for link in judged if kind_of(link.href) == "shortener" and not asked_address(asked, link.href)]:
        yield _finding("shortened-link", there, ", a URL shortener")
    web = [link for link in judged if is_web(link.href) or link.href[:8].lower().startswith(("http:\\", "https:\\"))]
    too_long = [link for link in web if len(link.href) > longest >= len(asked_address(asked, link.href))]
    if too_long:
        length = f"{len(too_long[0].href):,}"
        yield _finding("long-link", too_long, f", {length} characters; some clients cut at {longest:,}", length)
    by_character: dict[str, list[Link]] = {}
    for link in web:
        character = unencoded_in(link.href)
        if character and character not in asked_address(asked, link.href):
            by_character.setdefault(character, []).append(link)
    for character, there in by_character.items():
        name = "a space" if character.isspace() else quoted(character)
        about = tuple(_holding(character, link) for link in there)
        yield replace(_finding("unencoded-link", there, f", with {name} not encoded", character), causes=about)
    tailed = [link for link in web if has_blank_tail(link.href) and not has_blank_tail(asked_address(asked, link.href))]
    if tailed:
        says = ", with an encoded space at its end, which is sent along as a part of it"
        yield replace(_finding("unencoded-link", tailed, says), causes=tuple(_holding(" ", link) for link in tailed))


def _holding(character: str, link: Link) -> Cause:
    """The part of a link that a character stands in: what follows the “?”; or the whole, where nobody can follow it."""
    fault = fault_of(link, in_email=True)
    torn = fault is not None and fault.code == "malformed-link"
    return of_link(link) if torn or character in link.href.partition("?")[0] else of_parameters(link)
