"""The final documents of a page: what its scripts made of it, read as the source is."""

from __future__ import annotations

from qa.artefacts import DrawnContents, Parts, Rendering, View
from qa.check import gatherer
from qa.finding import Skip
from qa.gather.inventory import inventory
from qa.request import AskedPage
from qa.source import Source


@gatherer()
def drawn_contents(rendering: Rendering, parts: Parts, asked: AskedPage) -> DrawnContents:
    """Those of the narrowest and of the widest view; what lies between shows one or the other."""
    drawn = [each for each in rendering.screenshots if each.contents and each.view.images and not each.view.dark]
    if not drawn:
        raise Skip("no view was drawn in which the whole page could be read")
    by_width = sorted(drawn, key=lambda screenshot: screenshot.width)
    found: dict[str, View] = {}
    for screenshot in (by_width[0], by_width[-1]):
        found.setdefault(screenshot.contents, screenshot.view)
    read = (inventory(Source(parts.file, html), browsed=True) for html in found)
    return DrawnContents(tuple(zip(found.values(), read, strict=True)))
