"""The sites and links a campaign is known by: those of its request, of its other assets, of the team's profile."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from qa.artefacts import KnownLinks, Link
from qa.check import gatherer
from qa.links.hosts import host_of, one_owner, owner_of
from qa.links.naming import known_labels
from qa.links.url import matches
from qa.match.text_links import place_of
from qa.profile.model import Profile
from qa.request import AskedAsset, AskedEmail, AskedPage, Request
from qa.request.urls import urls_of
from qa.text.wording import alike, extent, loose

_TELLING = 5  # letters of a label that is looked for in the copy


@gatherer()
def known_links(request: Request, profile: Profile) -> KnownLinks:
    """What the request and the profile say of links, whatever the asset."""
    assets: tuple[AskedEmail | AskedPage, ...] = (*request.emails, *request.pages)
    asked = [url.url for asset in assets for url in urls_of(asset)]
    hosts = chain(map(host_of, asked), _senders(request), profile.domains)
    return KnownLinks(
        owners=frozenset(owner_of(host) for host in hosts if host),
        campaign=frozenset(map(document_of, asked)),
        team=profile.known_links,
    )


def is_own(known: KnownLinks, href: str) -> bool:
    """Whether a link leads to a site of the request or the brand; so it is taken for where neither names a site."""
    host = host_of(href)
    return not known.owners or not host or any(one_owner(host, owner) for owner in known.owners)


def is_of_campaign(known: KnownLinks, href: str) -> bool:
    """Whether the request names this page anywhere: for another asset, a picture, as the page itself."""
    return document_of(href) in known.campaign


def is_of_team(known: KnownLinks, href: str) -> bool:
    """Whether a link is one of those the profile knows."""
    return any(matches(href, pattern) for pattern in known.team)


def is_named(link: Link, asked: AskedAsset) -> bool:
    """Whether the words of a link stand in the approved copy: somebody asked for them, wherever they lead."""
    label = alike(link.text)
    telling = len(label) >= _TELLING and loose(label) not in known_labels("vague") | known_labels("repeated")
    return telling and any(extent(alike(block.text), label) for block in asked.wording or ())


def document_of(href: str) -> str:
    """A page, whatever place in it is meant."""
    return place_of(href).partition("#")[0].rstrip("/")


def _senders(request: Request) -> Iterator[str]:
    """The hosts of the addresses the emails come from and go back to."""
    for email in request.emails:
        for address in (email.sender.address if email.sender else None, email.reply_to):
            yield (address or "").rpartition("@")[2].lower()
