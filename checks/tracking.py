"""Tracking parameters of links beside those that were asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from qa.artefacts import AlignedLinks, Link, LinkRoles, Links, Tokens
from qa.artefacts.causes import of_link, of_parameters
from qa.check import check
from qa.finding import Code, Finding, Severity, Skip
from qa.links.faulty.torn import unseen_edge
from qa.links.hosts import host_of, is_click_tracker, wrapping_hosts
from qa.links.naming import by_way, name_of
from qa.links.tracking import parameters_of
from qa.links.url import is_address, is_web, same_destination
from qa.match.tracked_links import TrackedLink, plan_of, tracked_links
from qa.match.unread import judged, readable
from qa.merge_tags.pattern import TOKEN
from qa.merge_tags.tagless import is_filled_in
from qa.request import AskedAsset, AskedPage, Request, Tracking
from qa.source import Place
from qa.text.phrases import begun
from qa.text.unseen import unseen_difference
from qa.text.wording import quoted


@check(
    "tracking",
    Code("missing-tracking", Severity.ERROR, "A link lacks tracking parameters that were asked for.", "Add them."),
    Code("wrong-tracking", Severity.ERROR, "A tracking parameter has another value.", "Correct the value."),
    Code("unwanted-tracking", Severity.WARNING, "A link that carries no tracking by request has some.", "Remove it."),
)
def tracking(  # noqa: PLR0913, PLR0917 - what was asked for, and all that it is asked of
    request: Request, asked: AskedAsset, links: Links, roles: LinkRoles, aligned: AlignedLinks | None, tokens: Tokens
) -> Iterator[Finding]:
    """Every link that was asked for carries the tracking parameters of the request.

    Clicks without parameters cannot be told from other visits: the campaign's results are lost, and for good. The plan
    is for emails, whose links lead to pages; a page's own links carry what the request gives them, if anything. What
    one link was given of its own is not asked of another that leads to the same page, such as the picture above it.

    Fails:
        campaign: {tracking: {utm: {source: news, campaign: spring}}}
        email: {links: [{text: Book, url: "https://acme.example/book"}]}
        build: <a href="https://acme.example/book?utm_source=news&amp;utm_campaign=winter">Book</a>

    Passes:
        campaign: {tracking: {utm: {source: news, campaign: spring}}}
        email: {links: [{text: Book, url: "https://acme.example/book"}]}
        build: <a href="https://acme.example/book?utm_source=news&amp;utm_campaign=spring">Book</a>
    """
    plan = plan_of(request, asked)
    if plan is None and not any(link.utm.parameters() or link.utm.none for link in asked.links or ()):
        asked.require("links")
        exempting = isinstance(asked, AskedPage) and request.tracking and request.tracking.exempt
        if not exempting:
            raise Skip("the request does not say")
    if aligned and aligned.missing and not aligned.pairs:
        raise Skip("none of the links that were asked for is in the build")
    wrapping = wrapping_hosts(link.href for link in readable(links.built))
    every = list(tracked_links(request, asked, links, roles, aligned))
    told = [tracked for tracked in every if not tracked.link.unread and not _was_filled_in(tracked, tokens)]
    plan = request.tracking or Tracking()
    found = (finding for tracked in told for finding in _compare(tracked, plan, wrapping))
    yield from judged(found, (link for tracked in every for link in tracked.links))


def _was_filled_in(tracked: TrackedLink, tokens: Tokens) -> bool:
    """Whether the request leaves a whole address to a merge tag, which was filled in."""
    return tokens.rendered and is_filled_in(tracked.asked.url) and is_web(tracked.link.href)


def _compare(tracked: TrackedLink, plan: Tracking, wrapping: frozenset[str]) -> Iterator[Finding]:
    """What is wrong with the tracking of links of one address that answer one asked for."""
    link, asked, wanted = tracked.link, tracked.asked, tracked.wanted
    name = f"{name_of(link)}{' in Outlook (VML)' if link.outlook_only else ''}{by_way(link)}"
    whole, own = tuple(map(of_link, tracked.links)), tuple(map(of_parameters, tracked.links))
    found = parameters_of(link.href)
    if tracked.barred and found:
        message = f"{begun(name)} carries tracking parameters; the request says that this address carries none."
        place = asked.place("utm") if asked.utm.none else plan.place("utm" if plan.utm.none else "exempt")
        yield Finding("unwanted-tracking", message, link.where, place, actual=link.href, causes=own)
    if not wanted:
        return
    if not is_web(link.href):
        yield from (replace(finding, causes=whole) for finding in _no_address(tracked, link, name))
        return
    other = next((key for key, value in wanted.items() if found.get(key) != value), "").removeprefix("utm_")
    place = asked.place("utm", other) if f"utm_{other}" in asked.utm.parameters() else plan.place("utm", other)
    # A click tracker hides the destination and the parameters alike: what is wrong is the link.
    hides = host_of(link.href) != host_of(asked.url) and (is_click_tracker(link.href) or host_of(link.href) in wrapping)
    causes = whole if hides or not is_address(link.href) or _ends_unseen(link, wanted, found) else own
    yield from (replace(finding, causes=causes) for finding in _values(link, begun(name), place, wanted, found))


def _ends_unseen(link: Link, wanted: dict[str, str], found: dict[str, str]) -> bool:
    """Whether all that differs is a character nobody sees at the end of the address: the address is what is wrong."""
    differing = [(value, found.get(key, "")) for key, value in wanted.items() if found.get(key) != value]
    return bool(unseen_edge(link.href)) and all(unseen_difference(*each) for each in differing)


def _no_address(tracked: TrackedLink, link: Link, name: str) -> Iterator[Finding]:
    """What is said of a link that leads to no site, where tracking was asked for."""
    asked, wanted = tracked.asked, _query(tracked.wanted)
    if same_destination(asked.url, link.href):
        return  # the request itself leaves it to a merge tag
    if TOKEN.match(link.href):
        message = f"{begun(name)} leads to what {link.href} prints: see that it carries {wanted}."
        yield Finding("missing-tracking", message, link.where, asked.place("url"), wanted, review=True)
    elif is_web(asked.url):
        leads = f"leads to {quoted(link.href, 120)}" if link.href else "leads nowhere (its address is empty)"
        message = f"{begun(name)} {leads}, so it carries none of {wanted}."
        yield Finding("missing-tracking", message, link.where, asked.place("url"), wanted, "none")


def _values(
    link: Link, name: str, place: Place | None, wanted: dict[str, str], found: dict[str, str]
) -> Iterator[Finding]:
    missing = {key: value for key, value in wanted.items() if key not in found}
    wrong = {key: value for key, value in wanted.items() if key in found and found[key] != value}
    unread = {key: value for key, value in wrong.items() if TOKEN.search(found[key])}
    if missing:
        lacks = ", ".join(f"{key}={value}" for key, value in missing.items())
        message = f"{name} lacks {lacks}."
        yield Finding("missing-tracking", message, link.where, place, _query(wanted), _query(found) or "none")
    if actual := {key: found[key] for key in wrong if key not in unread}:
        says = "; ".join(_differs(key, wanted[key], value) for key, value in actual.items())
        yield Finding("wrong-tracking", f"{name}: {says}.", link.where, place, _query(wanted), _query(found))
    for key in unread:
        message = f"{name} takes {key} from the merge tag {found[key]}: see that it prints {quoted(wanted[key])}."
        yield Finding("wrong-tracking", message, link.where, place, wanted[key], found[key], review=True)


def _differs(key: str, wanted: str, found: str) -> str:
    if unseen := unseen_difference(wanted, found):
        return f"{key} looks like {quoted(wanted)} and differs from it by {unseen}"
    return f"{key} is {quoted(found)}, not {quoted(wanted)}"


def _query(parameters: dict[str, str]) -> str:
    return "&".join(f"{name}={value}" for name, value in parameters.items())
