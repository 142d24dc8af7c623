"""Tracking of links that the request does not name one by one: those of the frame, and those of the plain-text part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from qa.artefacts import AlignedLinks, KnownLinks, Link, LinkRoles, PlainLink
from qa.artefacts.causes import of_parameters, of_text_link
from qa.check import check
from qa.finding import Code, Finding, Severity, Skip
from qa.links.naming import name_of
from qa.links.roles import role_of
from qa.links.tracking import parameters_of
from qa.links.url import bare, is_web
from qa.match.known_links import is_own
from qa.match.text_links import BothParts, place_of
from qa.match.tracked_links import ELSEWHERE, is_exempt, plan_of
from qa.match.unread import readable
from qa.merge_tags.pattern import TOKEN
from qa.request import AskedEmail, Request
from qa.text.phrases import begun, listed

_PLANNED = ("utm_source", "utm_medium", "utm_campaign")  # the others may be each link's own
_PEERS = 2  # links of one part of the frame that are tracked, at the least, for each that is not


@check(
    "frame-tracking",
    Code(
        "untracked-link",
        Severity.WARNING,
        "A link lacks the tracking parameters that the links beside it carry.",
        "Add them.",
    ),
)
def frame_tracking(
    request: Request, asked: AskedEmail, roles: LinkRoles, known: KnownLinks, aligned: AlignedLinks
) -> Iterator[Finding]:
    """A link of the frame that nobody asked for is tracked where its neighbours are.

    The request names the calls to action; the plan for tracking is put on every link by hand or by a script, and one is
    forgotten. Where most of the frame is not tracked, it was not meant to be.

    Fails:
        campaign: {tracking: {utm: {source: news, campaign: spring}}}
        email: {links: [{text: Book, url: "https://acme.example/book"}]}
        build: |-
            <a href="https://acme.example/book?utm_source=news&amp;utm_campaign=spring">Book</a>
            <table><tr><td><a href="https://acme.example/men?utm_source=news&amp;utm_campaign=spring">Men</a></td>
            <td><a href="https://acme.example/women?utm_source=news&amp;utm_campaign=spring">Women</a></td>
            <td><a href="https://acme.example/gear">Gear</a></td></tr></table>

    Passes:
        campaign: {tracking: {utm: {source: news, campaign: spring}}}
        email: {links: [{text: Book, url: "https://acme.example/book"}]}
        build: |-
            <a href="https://acme.example/book?utm_source=news&amp;utm_campaign=spring">Book</a>
            <table><tr><td><a href="https://acme.example/men">Men</a></td>
            <td><a href="https://acme.example/women">Women</a></td></tr></table>
    """
    plan = _plan(request, asked)
    parts: dict[str, list[Link]] = {}
    for link in readable(aligned.unasked):
        if _may_be_tracked(link, roles, known, request):
            parts.setdefault(roles.of(link), []).append(link)
    if not parts:
        hidden = "" if readable(aligned.unasked) == aligned.unasked else " of which it can be read where they lead"
        raise Skip(f"the build has no links of its own{hidden} besides those asked for")
    for part in parts.values():
        yield from _odd_ones(part, plan, request)


def _plan(request: Request, asked: AskedEmail) -> dict[str, str]:
    plan = plan_of(request, asked)
    wanted = plan.utm.parameters() if plan and not plan.utm.none else {}
    if not any(key in _PLANNED for key in wanted):
        raise Skip("the request has no plan for tracking")
    return {key: value for key, value in wanted.items() if key in _PLANNED and not TOKEN.search(value)}


def _may_be_tracked(link: Link, roles: LinkRoles, known: KnownLinks, request: Request) -> bool:
    if link.hidden or link.outlook_only or not is_web(link.href) or TOKEN.match(link.href):
        return False
    elsewhere = roles.of(link) in ELSEWHERE or role_of(link.href, link.text)
    return not elsewhere and is_own(known, link.href) and not _exempted(link.href, request)


def _exempted(href: str, request: Request) -> bool:
    return bool(request.tracking and is_exempt(href, request.tracking.exempt))


def _odd_ones(part: Sequence[Link], plan: Mapping[str, str], request: Request) -> Iterator[Finding]:
    """The links of one part of the frame that lack what at least twice as many others carry."""
    bad = [link for link in part if _lacking(link.href, plan)]
    places = {bare(link.href) for link in bad}
    if not bad or len({bare(link.href) for link in part if link not in bad}) < _PEERS * len(places):
        return
    names = listed(dict.fromkeys(map(name_of, bad)))
    verb = "does" if len(bad) == 1 else "do"
    message = (
        f"{begun(names)} {verb} not carry {_query(plan)}, as the links beside {'it' if len(bad) == 1 else 'them'} do."
    )
    each = tuple(f"{link.text} {link.href}" for link in bad)
    causes = tuple(map(of_parameters, bad))
    place = request.tracking.place("utm") if request.tracking else None
    yield Finding("untracked-link", message, bad[0].where, place, _query(plan), bad[0].href, each=each, causes=causes)


def _lacking(href: str, plan: Mapping[str, str]) -> bool:
    found = parameters_of(href)
    return any(key not in found for key in plan)


@check(
    "text-tracking",
    Code(
        "untracked-text-link",
        Severity.WARNING,
        "A link of the plain-text part lacks tracking parameters that the same link of the HTML carries.",
        "Copy the address from the HTML.",
    ),
)
def text_tracking(request: Request, asked: AskedEmail, both: BothParts) -> Iterator[Finding]:
    """The links of the plain-text part are tracked as those of the HTML are.

    Clicks of those who read the text part are few, and all of them go to no campaign. Where no link of it is tracked,
    that may be what the team wants: a person says so once.

    Fails:
        campaign: {tracking: {utm: {source: news, campaign: spring}}}
        email: {}
        build: <a href="https://acme.example/book?utm_source=news&amp;utm_campaign=spring">Book</a>
        plain: "Book: https://acme.example/book?utm_source=news"

    Passes:
        campaign: {tracking: {utm: {source: news, campaign: spring}}}
        email: {}
        build: <a href="https://acme.example/book?utm_source=news&amp;utm_campaign=spring">Book</a>
        plain: "Book: https://acme.example/book?utm_source=news&utm_campaign=spring"
    """
    plan = _plan(request, asked)
    tracked = {place_of(link.href) for link in both.markup.links if is_web(link.href) and _follows(link.href, plan)}
    same = [text for text in both.plain.built if place_of(text.href) in tracked and not _exempted(text.href, request)]
    if not same:
        raise Skip("no link of the plain-text part is a tracked one of the HTML")
    bad = [text for text in same if not _follows(text.href, plan)]
    if bad:
        yield _in_text(bad, plan, request, everywhere=not any(parameters_of(text.href) for text in same))


def _follows(href: str, plan: Mapping[str, str]) -> bool:
    found = parameters_of(href)
    return all(found.get(key) == value or TOKEN.search(found.get(key, "")) for key, value in plan.items())


def _in_text(bad: Sequence[PlainLink], plan: Mapping[str, str], request: Request, *, everywhere: bool) -> Finding:
    causes = tuple(map(of_text_link, bad))
    addresses = "no link carries" if everywhere else f"{listed(dict.fromkeys(text.href for text in bad))} {_verb(bad)}"
    message = f"In the plain-text part, {addresses} {_query(plan)}; the same links of the HTML do."
    place = request.tracking.place("utm") if request.tracking else None
    each = tuple(text.href for text in bad)
    where, wanted = bad[0].where, _query(plan)
    return Finding(
        "untracked-text-link", message, where, place, wanted, bad[0].href, review=everywhere, each=each, causes=causes
    )


def _verb(bad: Sequence[PlainLink]) -> str:
    return "does not carry" if len({text.href for text in bad}) == 1 else "do not carry"


def _query(parameters: Mapping[str, str]) -> str:
    return "&".join(f"{name}={value}" for name, value in parameters.items())
