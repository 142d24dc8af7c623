"""The screenshots of a build held against the mock-up that was approved for it."""

from __future__ import annotations

import re

from qa.approval.mock_up import likeness
from qa.artefacts import Markup, MockUpLikeness, Rendering
from qa.build.assets import Asset
from qa.build.bag import FolderBag, normal
from qa.check import gatherer
from qa.files.readings import Readings
from qa.finding import Fault, Skip
from qa.request import AskedAsset

_WEB = re.compile(r"[A-Za-z][A-Za-z0-9+.-]++://")
_PAPERS = (".pdf", ".fig", ".sketch", ".xd", ".ai", ".psd", ".svg", ".eps")
_MOST_BYTES = 40_000_000


@gatherer()
def mock_up_likeness(
    asset: Asset, asked: AskedAsset, rendering: Rendering, markup: Markup, readings: Readings
) -> MockUpLikeness:
    """The mock-up the request names, beside the view it fits; Skip where it names none, or none that is a picture."""
    written = asked.mock_up
    if written is None:
        raise Skip("the request names no mock-up")
    if _WEB.match(written):
        raise Skip("the mock-up is on the web; save it as a picture in the campaign folder to have it compared")
    if written.lower().endswith(_PAPERS):
        raise Skip(f"{written} is no picture of pixels; export it as PNG to have it compared")
    bag = FolderBag(asset.folder, readings=readings)
    if (size := bag.size(written)) is None:
        near = bag.near(normal(written))
        hint = f"; the nearest name in that folder is {near}" if near else ""
        raise Fault(f"{written}, the mock-up, is not there{hint}.")
    if size > _MOST_BYTES:
        raise Fault(f"{written}, the mock-up, is too large to be opened.")
    if not rendering.screenshots:
        raise Skip("no view was drawn")
    return likeness(bag.read(written, _MOST_BYTES), written, asked.place("mock_up"), rendering.screenshots, markup)
