"""The way tracking parameters are written."""

from __future__ import annotations

from collections.abc import Iterator

from qa.artefacts import AlignedLinks, Link, LinkRoles, Links
from qa.artefacts.causes import of_link, of_parameters
from qa.check import check
from qa.finding import Code, Finding, Severity, Skip
from qa.links.naming import in_outlook, name_of
from qa.links.tracking import is_tracked, lost, unreadable
from qa.links.url import is_address, is_web
from qa.match.tracked_links import tracked_links
from qa.request import AskedAsset, Request
from qa.text.phrases import in_lines, listed

_MOST = 6  # links that one message names


@check(
    "tracking-syntax",
    Code("malformed-tracking", Severity.ERROR, "Tracking parameters that no analytics can read.", "Write them anew."),
)
def tracking_syntax(
    request: Request, asked: AskedAsset, links: Links, roles: LinkRoles, aligned: AlignedLinks | None
) -> Iterator[Finding]:
    """Analytics can read the tracking parameters.

    A second “?”, an “&” that was encoded twice, parameters behind the “#”: the link works, so nobody notices that its
    clicks are counted nowhere. Where the request has a plan, spaces, capitals in names and values that were left empty
    count, too.

    Fails:
        email: {}
        build: <a href="https://acme.example/book?id=4?utm_source=news">Book</a>

    Passes:
        email: {}
        build: <a href="https://acme.example/book?id=4&amp;utm_source=news">Book</a>
    """
    faults: dict[tuple[str, bool], list[Link]] = {}
    planned = [each for each in tracked_links(request, asked, links, roles, aligned) if each.wanted or each.barred]
    wanted = {link for each in planned if each.wanted for link in each.links if is_web(link.href)}
    answered = {link for each in planned for link in each.links}
    others = [link for link in links.built if link not in answered and is_web(link.href) and is_tracked(link.href)]
    if not wanted and not others:
        raise Skip("no link carries tracking parameters")
    for link in links.built:
        fault = unreadable(link.href.strip()) if link in wanted else lost(link.href.strip()) if link in others else ""
        if fault:
            faults.setdefault((fault, is_address(link.href)), []).append(link)
    for (fault, written), some in faults.items():
        names = listed((f"{name_of(link, 40)}{in_outlook(link)}" for link in some), _MOST)
        places = in_lines([link.where for link in some])
        message = f"The tracking parameters of {names}{places} cannot be read: {fault}."
        each, found = tuple(f"{link.text} {link.href}" for link in some), some[0].href
        causes = tuple(map(of_parameters if written else of_link, some))
        yield Finding("malformed-tracking", message, some[0].where, actual=found, each=each, causes=causes)
