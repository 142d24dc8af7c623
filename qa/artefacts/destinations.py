"""Pages behind the links of a sent message, around which a platform or a mailbox has put addresses of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from qa.artefacts.document import ImageTag, Link
from qa.artefacts.mentions import PlainLink

Led = TypeVar("Led", Link, PlainLink)


@dataclass(frozen=True, slots=True)
class Destination:
    """Where an address leads. ``through`` are the addresses on the way, as far as known, the platform's own first.

    ``unread``: nobody can read where it leads, and ``href`` is the click tracker's address. ``lost``: it was asked, and
    leads nowhere.
    """

    href: str
    through: tuple[str, ...] = ()
    unread: bool = False
    lost: bool = False


@dataclass(frozen=True, slots=True)
class Destinations:
    """The page behind each address that is not the page's own, by the address as it stands in the message.

    ``asked``: they were followed on the web.
    """

    pages: Mapping[str, Destination] = field(default_factory=dict)
    asked: bool = False

    def links(self, built: Iterable[Link]) -> tuple[Link, ...]:
        """Links that lead to the page behind their address."""
        return tuple(self._led(link) for link in built)

    def text_links(self, built: Iterable[PlainLink]) -> tuple[PlainLink, ...]:
        """Addresses of a plain text that lead there."""
        return tuple(self._led(link) for link in built)

    def images(self, built: Iterable[ImageTag]) -> tuple[ImageTag, ...]:
        """Pictures whose links lead there."""
        return tuple(
            replace(image, link=page.href, unread=page.unread) if (page := self.pages.get(image.link)) else image
            for image in built
        )

    def _led(self, link: Led) -> Led:
        page = self.pages.get(link.href)
        return replace(link, href=page.href, through=page.through, unread=page.unread) if page else link
