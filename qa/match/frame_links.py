"""Links of a document's frame: which stand there rightly, which the team's list is compared with, which nothing is."""

from __future__ import annotations

from collections.abc import Iterator

from qa.artefacts import AlignedLinks, KnownLinks, Link, LinkRoles
from qa.links.frame import host_role
from qa.links.roles import role_of
from qa.links.url import bare, is_web
from qa.match.known_links import is_of_campaign, is_of_team, is_own

_ELSEWHERE = frozenset(("social", "app-store", "official", "platform", "calendar"))  # at home on sites of others
_OF_A_HOUSE = frozenset(("social", "app-store"))  # elsewhere, and yet each brand's own
_COMPARED = _OF_A_HOUSE | {"logo", "navigation", "service"}


def is_frame_link(link: Link, roles: LinkRoles, known: KnownLinks) -> bool:
    """Whether a link stands in the frame, and leads where such a link may lead."""
    if role_of(link.href, link.text) or roles.of(link) in _ELSEWHERE:
        return True
    return roles.is_frame(link) and is_own(known, link.href)


def is_team_sort(link: Link, roles: LinkRoles, known: KnownLinks) -> bool:
    """Whether the team's list names a link of this sort, so that it is compared with the list."""
    if not is_web(link.href) or roles.of(link) not in _COMPARED or role_of(link.href, link.text):
        return False
    return sort_of(link.href) in {sort_of(address) for address in known.team}


def sort_of(address: str) -> str:
    """The sort of a link that is compared with others of its sort alone."""
    role = host_role(whole(address))
    return role if role in _OF_A_HOUSE else ""


def whole(address: str) -> str:
    """An address of the team's list, which may leave the scheme out."""
    return address if "://" in address else f"https://{address}"


def uncompared(roles: LinkRoles, known: KnownLinks, aligned: AlignedLinks | None) -> Iterator[tuple[str, Link]]:
    """The links of the frame that neither the request nor the team's list is compared with, each with its part."""
    seen = {bare(link.href) for _, built in (aligned.pairs if aligned else ()) for link in built}
    for link in roles.roles:
        address = bare(link.href)
        if link.hidden or address in seen or not is_web(link.href) or not is_frame_link(link, roles, known):
            continue
        seen.add(address)
        listed = is_of_team(known, link.href) or is_of_campaign(known, link.href) or is_team_sort(link, roles, known)
        if not listed:
            yield roles.of(link), link
