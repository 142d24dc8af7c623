"""The tracking parameters that each link of a build should carry, by the plan of the request and its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from qa.artefacts import AlignedLinks, Link, LinkRoles, Links
from qa.links.roles import role_of
from qa.links.tracking import parameters_of
from qa.links.url import bare, is_web, matches
from qa.match.labels import SAME_TEXT, label_likeness
from qa.request import AskedAsset, AskedLink, AskedPage, Request, Tracking

_UNTRACKED = ("unsubscribe", "preferences", "view-in-browser", "forward")  # the platform's own pages


@dataclass(frozen=True, slots=True)
class TrackedLink:
    """Links of one address that answer one asked for, and the parameters wanted; ``barred``: none may be there."""

    asked: AskedLink
    links: tuple[Link, ...]
    wanted: dict[str, str]
    barred: bool = False

    @property
    def link(self) -> Link:
        """The first of them; spaces around an address are stripped by every client."""
        return replace(self.links[0], href=self.links[0].href.strip())


def plan_of(request: Request, asked: AskedAsset) -> Tracking | None:
    """The plan for the links of an asset: it is for emails, whose links lead to pages; a page's own links need none."""
    return None if isinstance(asked, AskedPage) else request.tracking


def tracked_links(
    request: Request, asked: AskedAsset, links: Links, roles: LinkRoles, aligned: AlignedLinks | None
) -> Iterator[TrackedLink]:
    """Every link that was asked for; where the request names none, every link of the build that could be."""
    plan = plan_of(request, asked) or Tracking.model_construct()
    exempt = request.tracking.exempt if request.tracking else ()
    for wanted, built in aligned.pairs if aligned else _trackable(links, roles):
        nearest = _named(wanted, built)
        for alike in _alike(sorted(built, key=lambda link: link not in nearest)):
            own = not nearest.isdisjoint(alike)
            barred = _is_barred(alike[0], wanted, exempt) or (wanted.utm.none if own else False)
            barred = barred or (plan.utm.none and not wanted.utm.parameters())
            yield TrackedLink(wanted, alike, {} if barred else _wanted(alike[0], wanted, plan, own), barred)


def _wanted(link: Link, asked: AskedLink, plan: Tracking, own: bool) -> dict[str, str]:
    """The plan, and what the asked link has of its own.

    A picture that leads where a button leads is another link: what only the button was given is not asked of it, and
    is right for it all the same.
    """
    apart = {**parameters_of(asked.url), **asked.utm.parameters()}
    if own:
        return {**plan.utm.parameters(), **apart}
    found = parameters_of(link.href)
    planned = {} if asked.utm.none else plan.utm.parameters()
    return {key: apart[key] if apart.get(key) == found.get(key, "") else value for key, value in planned.items()}


def _named(asked: AskedLink, built: Sequence[Link]) -> frozenset[Link]:
    """The links that are the asked one by their words; where none is, those of the nearest words."""
    likeness = {link: label_likeness(asked.text, link.text) for link in built}
    least = min(SAME_TEXT, max(likeness.values(), default=0))
    return frozenset(link for link in built if likeness[link] >= least)


def _alike(built: Sequence[Link]) -> list[tuple[Link, ...]]:
    """Links of one address together, those of Outlook apart."""
    same: dict[tuple[str, bool], list[Link]] = {}
    for link in built:
        same.setdefault((link.href, link.outlook_only), []).append(link)
    return [tuple(group) for group in same.values()]


def _trackable(links: Links, roles: LinkRoles) -> Iterator[tuple[AskedLink, tuple[Link, ...]]]:
    """All links of a build of which the request names none: tracking is asked of each to the brand's own pages."""
    for link in links.built:
        if is_web(link.href) and not role_of(link.href, link.text) and roles.of(link) not in ELSEWHERE:
            # What we say ourselves needs no validator, which takes long to build.
            yield AskedLink.model_construct(text=link.text.strip(), url=bare(link.href).strip()), (link,)


# Parts whose links lead to pages of others.
ELSEWHERE = ("social", "app-store", "official", "platform", "calendar", "service")


def is_exempt(href: str, exempt: Sequence[str]) -> bool:
    """Whether an address falls under one of those that the request leaves untracked."""
    return any(matches(href, pattern) for pattern in exempt)


def _is_barred(link: Link, asked: AskedLink, exempt: Sequence[str]) -> bool:
    if is_exempt(link.href, exempt) or is_exempt(asked.url, exempt):
        return True
    return role_of(link.href, "") in _UNTRACKED or role_of(asked.url, asked.text) in _UNTRACKED
