"""Addresses of links that cannot be followed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from qa.artefacts import Link, Links
from qa.artefacts.causes import of_link, of_scheme
from qa.check import check
from qa.finding import Cause, Code, Finding, Severity, Skip
from qa.links.faulty.faults import LinkFault, fault_of, is_refused, is_root
from qa.links.hosts import host_of, kind_of, owner_of
from qa.links.naming import in_outlook, name_of
from qa.links.roles import role_in_words
from qa.links.url import is_web
from qa.match.asked_links import asked_address
from qa.match.unread import judged, readable
from qa.request import AskedAsset, AskedPage
from qa.text.phrases import begun, listed
from qa.text.wording import loose

_MOST_LABELS = 8  # that one message lists


@check(
    "link-syntax",
    Code("empty-link", Severity.ERROR, "A link leads nowhere: it has no destination.", "Set its destination."),
    Code("placeholder-link", Severity.ERROR, "A link still has a placeholder.", "Set its destination."),
    Code("malformed-link", Severity.ERROR, "A link no browser can follow.", "Correct the address."),
    Code("insecure-link", Severity.WARNING, "A link is not https.", "Use https."),
    Code("relative-link", Severity.ERROR, "A link in an email has no site.", "Write the whole address, with https://."),
)
def link_syntax(asked: AskedAsset, links: Links) -> Iterator[Finding]:
    """Every link can be followed.

    An empty or half-written link looks right in the proof and is dead in the inbox, where no site stands behind it.

    Fails:
        email: {}
        build: <a href="https//acme.example/webinar">Save my seat</a>

    Passes:
        email: {}
        build: <a href="https://acme.example/webinar">Save my seat</a>
    """
    if not links.built:
        raise Skip("the build has no link")
    yield from judged(_faulty(asked, Links(readable(links.built))), links.built)


def _faulty(asked: AskedAsset, links: Links) -> Iterator[Finding]:
    in_email = not isinstance(asked, AskedPage)
    entrances = _entrances(links)
    groups: dict[tuple[str, str, bool, bool], list[tuple[LinkFault, Link]]] = {}
    for link in links.built:
        fault = fault_of(link, in_email) if link.has_href else None
        if link.href in entrances:
            fault = _entrance(link.href)
        if fault and not (fault.code == "placeholder-link" and is_web(link.href) and asked_address(asked, link.href)):
            # The way out is told apart: `system-links` has more to say of it.
            leaves = in_email and role_in_words(link.text) == "unsubscribe"
            groups.setdefault((fault.code, fault.many, is_refused(link.href), leaves), []).append((fault, link))
    for same in groups.values():
        fault = same[0][0]
        together = [link for _, link in same]
        first = next((link for link in together if not (link.hidden or link.outlook_only)), together[0])
        each = tuple(f"{link.text} {link.href}" for link in together)
        message, causes = _told(fault, together), tuple(_wrong_with(fault, link) for link in together)
        where, actual = first.where, first.href
        yield Finding(fault.code, message, where, actual=actual, review=fault.review, each=each, causes=causes)


def _wrong_with(fault: LinkFault, link: Link) -> Cause:
    """Where all of an address has to go, nobody need correct its beginning."""
    whole = fault.code != "insecure-link" or is_refused(link.href) or kind_of(link.href) == "shortener"
    return of_link(link) if whole else of_scheme(link)


def _entrance(href: str) -> LinkFault:
    host = host_of(href).removeprefix("www.")
    says = f"to the entrance of {host}, and to nobody's page there"
    return LinkFault("placeholder-link", f"leads {says}", f"lead {says}")


def _entrances(links: Links) -> frozenset[str]:
    """Bare entrances of networks, but for one that writes itself: the build leads to further pages of it as well."""
    addresses = {link.href for link in links.built}
    roots = frozenset(filter(is_root, addresses))
    at_home = {owner_of(host_of(href)) for href in addresses - roots} if roots else frozenset()
    return frozenset(href for href in roots if owner_of(host_of(href)) not in at_home)


def _told(fault: LinkFault, links: Sequence[Link]) -> str:
    """One sentence about all links that are wrong for the same reason; a VML twin is the button it stands for."""
    names = _named(links, 80)
    in_vml = ", in Outlook on Windows (VML) too" if names.total() < len(links) else ""
    if len(names) == 1 and len({link.href for link in links}) == 1:
        (name,) = _with_times(names)
        return f"{begun(name)} {fault.one}{in_vml}."
    return f"{names.total()} links {fault.many}{in_vml}: {listed(_with_times(_named(links, 40)), _MOST_LABELS)}."


def _named(links: Sequence[Link], most: int) -> Counter[str]:
    """What the links are called, and how many are called so; a VML twin counts where it stands alone."""
    names = Counter(name_of(link, most) for link in links if not link.outlook_only)
    shown = {loose(name) for name in names}
    alone = [link for link in links if link.outlook_only and loose(name_of(link, most)) not in shown]
    return names + Counter(f"{name_of(link, most)}{in_outlook(link)}" for link in alone)


def _with_times(names: Counter[str]) -> list[str]:
    return [f"{name} ({number} times)" if number > 1 else name for name, number in names.items()]
