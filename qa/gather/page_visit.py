"""The visit of a page: opened as a visitor of the campaign opens it, scripts on, and left alone until it is quiet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa.artefacts import Arrival, PageVisit, Parts
from qa.build.assets import Asset
from qa.check import gatherer
from qa.finding import Skip
from qa.markup.tokeniser import stamped
from qa.profile.model import Profile
from qa.render.engines import Browsers
from qa.render.origin import BuildOrigin

if TYPE_CHECKING:
    from qa.render.visit.opened import OpenedPage


@gatherer(slow=True)
def page_visit(asset: Asset, parts: Parts, arrival: Arrival, profile: Profile, browsers: Browsers) -> PageVisit:
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

    return visit(browsers, served_page(asset, parts, profile), arrival, seen)


def served_page(asset: Asset, parts: Parts, profile: Profile) -> BuildOrigin:
    """The page as its visit reads it; Skip where none is wanted."""
    if not profile.render:
        raise Skip("rendering was switched off (--no-render)")
    if parts.html is None:
        raise Skip("the build has no HTML part")
    return BuildOrigin(asset, parts, stamped(parts.html), scripted=True)
