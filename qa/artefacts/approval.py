"""Approved screenshots of assets, and how a build differs from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.artefacts.view import View
    from qa.source import Place
    from qa.visual import NamedBox


@dataclass(frozen=True)
class BaselineScreenshot:
    """A screenshot as a baseline keeps it: the picture by its digest, what it was drawn by, and what stands in it.

    ``layout`` is in CSS pixels, of which each is ``ratio`` pixels of the picture wide.
    """

    asset: str
    view: str
    picture: str
    renderer: str  # "Chromium 156.0 (headless shell)"
    fonts: str
    drawn_as: str  # a fingerprint of the view: its width, its ratio, what its client changes
    ratio: float
    build: str
    layout: tuple[NamedBox, ...]
    accepted: str = ""  # the date; "" in a report, where nothing is accepted yet
    by: str = ""

    @property
    def key(self) -> tuple[str, str]:
        return self.asset, self.view


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is not as it was approved. ``box`` in CSS pixels, ``offset`` of the element it belongs to.

    ``words`` are the texts that stand there, and those that stood there.
    """

    said: str
    moved: bool  # nothing but its place changed
    box: tuple[int, int, int, int]
    offset: int | None = None
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Compared:
    """One view against its approved screenshot: ``outcome`` is "same", "changed" or "unlike".

    "unlike": drawn by something else, which ``reason`` names, so that pixels were not compared; changes are then of
    what stands there and where.
    """

    view: View
    approved: BaselineScreenshot
    outcome: str
    changes: tuple[Change, ...] = ()
    reason: str = ""
    picture: bytes = b""


@dataclass(frozen=True, slots=True)
class BaselineComparison:
    """Every view against what was approved. ``fresh`` was never approved; ``undrawn`` was, and is in no picture now."""

    compared: tuple[Compared, ...]
    fresh: tuple[View, ...] = ()
    undrawn: tuple[tuple[BaselineScreenshot, str], ...] = ()  # with the reason


@dataclass(frozen=True, slots=True)
class Unlike:
    """One part that is not as designed. ``box`` in CSS pixels of the view; of something missing, in the mock-up's."""

    said: str
    box: tuple[int, int, int, int]
    missing: bool = False
    offset: int | None = None


@dataclass(frozen=True, slots=True)
class MockUpLikeness:
    """A build beside its mock-up. ``found``: the share of the mock-up that is in the build; ``picture`` is a PNG."""

    file: str
    request: Place | None
    view: View
    picture: bytes
    unlike: tuple[Unlike, ...]
    found: float
