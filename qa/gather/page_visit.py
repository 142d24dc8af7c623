"""The visit of a page: opened as a visitor of the campaign opens it, scripts on, and left alone until it is quiet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.artefacts import Arrival, PageVisit, Parts
from qa.build.assets import Asset
from qa.check import gatherer
from qa.finding import Skip
from qa.markup.tokeniser import stamped
from qa.profile.model import Profile
from qa.render.engines import Browsers
from qa.render.origin import BuildOrigin
from qa.request import AskedPage

if TYPE_CHECKING:
    from qa.render.visit.opened import OpenedPage


@dataclass(frozen=True, slots=True)
class PageFiles:
    """The page, and what it may read of the build."""

    served: BuildOrigin


@gatherer()
def page_files(asset: Asset, parts: Parts, asked: AskedPage, profile: Profile) -> PageFiles:
    """The document as it was built, each tag stamped with its place; Skip where nothing is to be drawn."""
    if not profile.render:
        raise Skip("rendering was switched off (--no-render)")
    if parts.html is None:
        raise Skip("the build has no HTML part")
    return PageFiles(BuildOrigin(asset, parts, stamped(parts.html), scripted=True))


@gatherer(slow=True)
def page_visit(files: PageFiles, arrival: Arrival, browsers: Browsers) -> PageVisit:
    """Nothing leaves the machine: what is not in the build is written down and refused."""
    from qa.render.visit.opened import visited
    from qa.render.visit.visitor import visit

    async def seen(page: OpenedPage) -> PageVisit:
        found = await visited(page)
        return PageVisit(
            tuple(page.traffic.requests),
            tuple(page.errors),
            tuple(page.cookies),
            tuple(found["scripts"]),
            tuple(found["configured"]),
            tuple(found["hidden"]),
            tuple(page.blocked),
            tuple(page.traffic.led_to),
        )

    return visit(browsers, files.served, arrival, seen)
