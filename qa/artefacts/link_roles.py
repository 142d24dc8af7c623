"""The part each link of a document plays, and the sites and links a campaign is known by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.artefacts.document import Link

CONTENT = frozenset(("button", "picture", "text"))  # what an email is about; all else is its frame


@dataclass(frozen=True, slots=True)
class LinkRoles:
    """The part each link plays, by its place, markup, label and target.

    Content is "button", "picture" (a hero) and "text". "tile" is one of several products. The frame is "logo",
    "navigation", "social",
    "app-store", "official" (authorities, seals), "platform" (its badge), "calendar", "service" (help, contact, terms),
    "contact" (mail, phone), "place" (in the document), and the system links of `qa.links.roles`.
    """

    roles: Mapping[Link, str] = field(default_factory=dict)

    def of(self, link: Link) -> str:
        """The part a link plays; "text" where nothing is known of it."""
        return self.roles.get(link, "text")

    def is_frame(self, link: Link) -> bool:
        """Whether a link stands in the frame of the document, which no request names."""
        return self.of(link) not in CONTENT


@dataclass(frozen=True, slots=True)
class KnownLinks:
    """What is known without the links of the asset itself.

    ``owners`` are the registered names of the sites of request and brand; ``campaign`` the addresses that the request
    names anywhere, made alike by `qa.match.known_links.document_of`; ``team`` those of the profile, as written there.
    """

    owners: frozenset[str] = frozenset()
    campaign: frozenset[str] = frozenset()
    team: tuple[str, ...] = ()
