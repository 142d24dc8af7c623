"""Links of a build that nobody asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qa.artefacts import AlignedImages, AlignedLinks, KnownLinks, Link, LinkRoles
from qa.artefacts.causes import of_link
from qa.check import check
from qa.finding import Code, Finding, Severity
from qa.links.faulty.faults import fault_of
from qa.links.naming import name_of
from qa.links.url import bare, is_web, same_destination
from qa.match.frame_links import is_frame_link
from qa.match.image_names import surrounds
from qa.match.known_links import document_of, is_named, is_of_campaign, is_of_team, is_own
from qa.match.unread import judged, readable
from qa.request import AskedAsset, AskedPage
from qa.text.phrases import begun, listed

_MOST, _MOST_LINES = 12, 5  # places that one message names, and lines of each


@check(
    "unasked-links",
    Code(
        "unasked-link",
        Severity.WARNING,
        "The build links to something the request does not name.",
        "Remove the link, or add it to the request if it is meant to be there.",
    ),
)
def unasked_links(
    asked: AskedAsset, links: AlignedLinks, images: AlignedImages | None, roles: LinkRoles, known: KnownLinks
) -> Iterator[Finding]:
    """The build holds no link that nobody asked for.

    Links left over from the campaign this one was cloned from still work, so no click test finds them. What stands in
    the frame of every email need not be in a request: logo, navigation, social icons, app stores, help and terms, and
    the platform's own links, as long as it leads to a site of the request, of the brand (`[brand] domains`) or to where
    such links are at home. `known-links` compares it with the team's own list.

    Fails:
        email: {links: [{text: Book, url: "https://acme.example/book"}]}
        build: <a href="https://acme.example/book">Book</a> <a href="https://acme.example/winter">Winter sale</a>

    Passes:
        email: {links: [{text: Book, url: "https://acme.example/book"}]}
        build: |
          <a href="https://acme.example/"><img src="logo.png" alt="Acme"></a>
          <a href="https://acme.example/book">Book</a> <a href="{{system.unsubscribeLink}}">Unsubscribe</a>
    """
    found = _leftover(asked, links, images, roles, known)
    yield from judged(found, links.unasked)


def _leftover(
    asked: AskedAsset, links: AlignedLinks, images: AlignedImages | None, roles: LinkRoles, known: KnownLinks
) -> Iterator[Finding]:
    in_email = not isinstance(asked, AskedPage)
    away = [link for link in readable(links.unasked) if _leads_away(link, in_email)]
    leftover = [link for link in away if not link.hidden]
    tiles_asked = any(roles.of(link) == "tile" for _, built in links.pairs for link in built)
    leftover = [
        link
        for link in leftover
        if not (is_frame_link(link, roles, known) or _is_as_pictured(link, images))
        or (tiles_asked and roles.of(link) == "tile")
    ]
    leftover = [link for link in leftover if not _is_expected(link, asked, known)]
    # What its own fault, or the check of a picture's link, may tell better is told alone.
    alone = [link for link in leftover if fault_of(link, in_email) or _destinations(link, images)]
    together = [link for link in leftover if link not in alone]
    for some in (together, *([link] for link in alone)):
        if some:
            yield _unasked(some, known)


def _unasked(links: Sequence[Link], known: KnownLinks) -> Finding:
    """One finding for all of them, each destination with its places."""
    groups: dict[str, list[Link]] = {}
    for link in links:
        groups.setdefault(bare(link.href), []).append(link)
    first, causes = links[0], tuple(map(of_link, links))
    if len(groups) == 1:
        whose = "" if is_own(known, first.href) else ", a site of another owner"
        more = f" ({len(links)} times)" if len(links) > 1 else ""
        message = f"{begun(name_of(first))} leads to {first.href}{whose}{more}; the request names no such link."
    else:
        named = listed((_named(same, known) for same in groups.values()), _MOST)
        message = f"The request names nothing of {len(groups)} places that the build leads to: {named}."
    each = tuple(f"{same[0].text} {same[0].href}" for same in groups.values())
    actual = "\n".join(same[0].href for same in list(groups.values())[:_MOST])
    return Finding("unasked-link", message, first.where, actual=actual, each=each, causes=causes)


def _named(same: Sequence[Link], known: KnownLinks) -> str:
    """Links to one place: what the first with words is called, where they stand, where they lead."""
    link = next((link for link in same if link.text.strip()), same[0])
    lines = list(dict.fromkeys(str(link.where.line) for link in same if link.where.line))
    where = f" (line{'s' if len(lines) > 1 else ''} {', '.join(lines[:_MOST_LINES])})" if lines else ""
    whose = "" if is_own(known, link.href) else ", a site of another owner"
    return f"{name_of(link, 40)}{where} to {document_of(link.href)}{whose}"


def _leads_away(link: Link, in_email: bool) -> bool:
    """Whether a link was meant to lead to some site, be it written well or not."""
    fault = fault_of(link, in_email)
    return is_web(link.href) or (fault is not None and fault.code in ("malformed-link", "relative-link"))


def _is_expected(link: Link, asked: AskedAsset, known: KnownLinks) -> bool:
    """Whether campaign or team know the page, or the approved copy has the words and they lead to an own page."""
    if is_of_campaign(known, link.href) or is_of_team(known, link.href):
        return True
    return is_named(link, asked) and is_own(known, link.href)


def _is_as_pictured(link: Link, images: AlignedImages | None) -> bool:
    """Whether the request says of the picture in a link that it leads there."""
    return any(same_destination(url, link.href) for url in _destinations(link, images))


def _destinations(link: Link, images: AlignedImages | None) -> list[str]:
    """Where the pictures in a link should lead by request."""
    pairs = [(asked.url, built.tag) for asked, built in (images.pairs if images else ()) if asked.url]
    return [url for url, tag in pairs if surrounds(link, tag)]
