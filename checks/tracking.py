"""Tracking parameters of links."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from qa.artefacts import AlignedLinks, Link, Links
from qa.artefacts.causes import of_link, of_parameters
from qa.check import check
from qa.finding import Code, Finding, Severity, Skip
from qa.links.hosts import host_of, is_click_tracker, wrapping_hosts
from qa.links.naming import name_of
from qa.links.roles import role_of
from qa.links.tracking import unreadable
from qa.links.url import MalformedUrl, bare, is_web, matches, parse, same_destination
from qa.merge_tags.pattern import TOKEN
from qa.request import AskedAsset, AskedLink, Request, Tracking
from qa.source import Place
from qa.text.phrases import begun
from qa.text.wording import quoted

_UNTRACKED = ("unsubscribe", "preferences", "view-in-browser", "forward")  # the platform's own pages


@check(
    "tracking",
    Code("missing-tracking", Severity.ERROR, "A link lacks tracking parameters that were asked for.", "Add them."),
    Code("wrong-tracking", Severity.ERROR, "A tracking parameter has another value.", "Correct the value."),
    Code("malformed-tracking", Severity.ERROR, "Tracking parameters that no analytics can read.", "Write them anew."),
    Code("unwanted-tracking", Severity.WARNING, "A link that carries no tracking by request has some.", "Remove it."),
)
def tracking(request: Request, asked: AskedAsset, links: Links, aligned: AlignedLinks | None) -> Iterator[Finding]:
    """Every link that was asked for carries the tracking parameters of the request.

    Clicks without parameters cannot be told from other visits: the campaign's results are lost, and for good.

    Fails:
        campaign: {tracking: {utm: {source: news, campaign: spring}}}
        email: {links: [{text: Book, url: "https://acme.example/book"}]}
        build: <a href="https://acme.example/book?utm_source=news&amp;utm_campaign=winter">Book</a>

    Passes:
        campaign: {tracking: {utm: {source: news, campaign: spring}}}
        email: {links: [{text: Book, url: "https://acme.example/book"}]}
        build: <a href="https://acme.example/book?utm_source=news&amp;utm_campaign=spring">Book</a>
    """
    plan = request.tracking
    if plan is None and not any(link.utm.parameters() for link in asked.links or ()):
        asked.require("links")
        raise Skip("the request does not say")
    if aligned and aligned.missing and not aligned.pairs:
        raise Skip("none of the links that were asked for is in the build")
    wrapping = wrapping_hosts(link.href for link in links.built)
    for wanted, built in aligned.pairs if aligned else _trackable(links):
        same: dict[tuple[str, bool], list[Link]] = {}
        for link in built:
            same.setdefault((link.href, link.outlook_only), []).append(link)
        for alike in same.values():
            yield from _compare(wanted, alike, plan or Tracking(), wrapping)


def _trackable(links: Links) -> Iterator[tuple[AskedLink, tuple[Link, ...]]]:
    """All links of a build of which the request names none: tracking is asked of each."""
    web = (link for link in links.built if is_web(link.href) and not role_of(link.href, link.text))
    yield from ((AskedLink(text=link.text, url=bare(link.href)), (link,)) for link in web)


def _compare(asked: AskedLink, alike: Sequence[Link], plan: Tracking, wrapping: frozenset[str]) -> Iterator[Finding]:
    """What is wrong with the tracking of links of one address that answer one asked for."""
    link = replace(alike[0], href=alike[0].href.strip())  # spaces around an address are stripped by every client
    name = f"{name_of(link)}{' in Outlook (VML)' if link.outlook_only else ''}"
    whole, own = tuple(map(of_link, alike)), tuple(map(of_parameters, alike))
    if _is_exempt(link, asked, plan):
        if _parameters(link.href):
            message = f"{begun(name)} carries tracking parameters; the request says that this address carries none."
            place = plan.place("exempt")
            yield Finding("unwanted-tracking", message, link.where, place, actual=link.href, causes=own)
        return
    wanted = {**plan.utm.parameters(), **_parameters(asked.url), **asked.utm.parameters()}
    if not wanted:
        return
    if not is_web(link.href):
        yield from (replace(finding, causes=whole) for finding in _no_address(asked, link, name, wanted))
        return
    fault, causes = _unreadable(link.href), own
    if fault:
        if not _is_address(link.href):
            causes = whole
        message, place = f"The tracking parameters of {name} cannot be read: {fault}.", asked.place("url")
        yield Finding("malformed-tracking", message, link.where, place, _query(wanted), link.href, causes=causes)
        return
    found = _parameters(link.href)
    other = next((key for key, value in wanted.items() if found.get(key) != value), "").removeprefix("utm_")
    place = asked.place("utm", other) if f"utm_{other}" in asked.utm.parameters() else plan.place("utm", other)
    # A click tracker hides the destination and the parameters alike: what is wrong is the link.
    hides = host_of(link.href) != host_of(asked.url) and (is_click_tracker(link.href) or host_of(link.href) in wrapping)
    findings = _values(link, begun(name), place, wanted, found)
    yield from (replace(finding, causes=whole if hides else own) for finding in findings)


def _is_exempt(link: Link, asked: AskedLink, plan: Tracking) -> bool:
    if any(matches(href, pattern) for pattern in plan.exempt for href in (link.href, asked.url)):
        return True
    return role_of(link.href, "") in _UNTRACKED


def _no_address(asked: AskedLink, link: Link, name: str, wanted: dict[str, str]) -> Iterator[Finding]:
    """What is said of a link that leads to no site, where tracking was asked for."""
    if same_destination(asked.url, link.href):
        return  # the request itself leaves it to a merge tag
    if TOKEN.match(link.href):
        message = f"{begun(name)} leads to what {link.href} prints: see that it carries {_query(wanted)}."
        yield Finding("missing-tracking", message, link.where, asked.place("url"), _query(wanted), review=True)
    elif is_web(asked.url):
        leads = f"leads to {quoted(link.href, 120)}" if link.href else "leads nowhere (its address is empty)"
        message = f"{begun(name)} {leads}, so it carries none of {_query(wanted)}."
        yield Finding("missing-tracking", message, link.where, asked.place("url"), _query(wanted), "none")


def _is_address(href: str) -> bool:
    try:
        parse(href)
    except MalformedUrl:
        return False
    return True


def _parameters(href: str) -> dict[str, str]:
    """The tracking parameters of an address; none where it is no address."""
    return dict(parse(href).tracking) if _is_address(href) else {}


def _unreadable(href: str) -> str:
    """What keeps the parameters from being read, "" where nothing does."""
    try:
        return unreadable(href, parse(href))
    except MalformedUrl as error:
        return f"{quoted(href, 120)} is no address ({error})"


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
        says = "; ".join(f"{key} is {quoted(value)}, not {quoted(wanted[key])}" for key, value in actual.items())
        yield Finding("wrong-tracking", f"{name}: {says}.", link.where, place, _query(wanted), _query(found))
    for key in unread:
        message = f"{name} takes {key} from the merge tag {found[key]}: see that it prints {quoted(wanted[key])}."
        yield Finding("wrong-tracking", message, link.where, place, wanted[key], found[key], review=True)


def _query(parameters: dict[str, str]) -> str:
    return "&".join(f"{name}={value}" for name, value in parameters.items())
