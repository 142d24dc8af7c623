"""Comparisons with the approved screenshot or the mock-up: two pictures, every change boxed and named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .gallery import broad, unit
from .pictures import Box, Frame, Picture
from .reading import Card
from .views import View, day

_MOST = 12  # pairs of pictures in one report, so that each is large enough to be looked at; the others are in words


@dataclass(frozen=True, slots=True)
class Region:
    """One change: where, in CSS pixels of the build, or in those of the other picture, and what."""

    letter: str
    said: str
    boxes: tuple[Box, ...]
    on_other: bool
    card: Card | None  # the finding that says the same


@dataclass(frozen=True, slots=True)
class Comparison:
    """A view beside another picture of it. ``other`` is None where that is not shown."""

    id: str
    kind: str  # "approved", "mock-up"
    view: View
    label: str  # of the other picture: "Approved on 3 March 2026 by Kim Osei"
    reason: str  # why pixels were not compared
    regions: tuple[Region, ...]
    picture: Picture
    other: Picture | None

    @property
    def differs(self) -> bool:
        """Whether something is known to look different; where pixels were not compared, perhaps nothing is."""
        return bool(self.regions) or not self.reason

    @property
    def shown(self) -> bool:
        return self.other is not None and not self.fault

    @property
    def fault(self) -> str:
        """Why a picture that should be shown cannot be."""
        return self.picture.fault or (self.other.fault if self.other else "")

    @property
    def width(self) -> str:
        return broad(self.picture.width)

    @property
    def unit(self) -> float:
        return unit(self.picture.width)

    @property
    def other_unit(self) -> float:
        return unit(self.picture.width) * (self.other.width / self.picture.width if self.other else 1)


@dataclass(frozen=True, slots=True)
class Pair:
    """What a comparison will be made of, before its pictures are there: which screenshot, and the other one's file."""

    kind: str
    screenshot: int
    side: Mapping[str, Any]
    frame: Frame | None


def pairs(screenshots: Sequence[Mapping[str, Any]]) -> list[Pair]:
    """The comparisons of a document: what changed since it was approved, and every mock-up."""
    found: list[Pair] = []
    for number, screenshot in enumerate(screenshots):
        approved, mock_up = screenshot.get("baseline"), screenshot.get("mock_up")
        if approved and approved["outcome"] != "same":
            found.append(Pair("approved", number, approved, Frame(approved["file"], screenshot["width"])))
        if mock_up:
            found.append(Pair("mock-up", number, mock_up, Frame(mock_up["file"])))
    shown = sorted(range(len(found)), key=lambda index: _rank(found[index], screenshots))[:_MOST]
    return [
        pair if index in shown else Pair(pair.kind, pair.screenshot, pair.side, None)
        for index, pair in enumerate(found)
    ]


def _rank(pair: Pair, screenshots: Sequence[Mapping[str, Any]]) -> tuple[bool, bool, bool, int]:
    """The mock-up, then what is known to look different, the views most people see first."""
    screenshot = screenshots[pair.screenshot]
    odd = bool(screenshot.get("dark")) or not screenshot.get("images", True)
    return pair.kind != "mock-up", not pair.side.get("regions"), odd, pair.screenshot


def comparison(
    identifier: str, pair: Pair, view: View, pictures: tuple[Picture, Picture | None], cards: Sequence[Card]
) -> Comparison:
    """A pair with its pictures, its changes in words, and the findings these belong to."""
    return Comparison(
        identifier,
        pair.kind,
        view,
        _label(pair.side) if pair.kind == "approved" else "The mock-up",
        pair.side.get("reason") or "",
        _regions(pair.side.get("regions") or (), [card for card in cards if card.asset == view.asset]),
        *pictures,
    )


def _label(side: Mapping[str, Any]) -> str:
    on = f" on {day(side['accepted'])}" if side.get("accepted") else ""
    by = f" by {side['by']}" if side.get("by") else ""
    return f"Approved{on}{by}"


def _regions(regions: Sequence[Mapping[str, Any]], cards: Sequence[Card]) -> tuple[Region, ...]:
    """Each thing said once, with all its boxes."""
    together: dict[tuple[str, bool], list[Box]] = {}
    for one in regions:
        if len(box := tuple(one["box"])) == 4:
            together.setdefault((one["said"], bool(one.get("in_mock_up"))), []).append(box)
    return tuple(
        Region(_letter(index), said, tuple(boxes), on_other, _card(said, cards))
        for index, ((said, on_other), boxes) in enumerate(together.items())
    )


def _letter(index: int) -> str:
    """A, B … Z, AA, AB …"""
    before = _letter(index // 26 - 1) if index >= 26 else ""
    return before + chr(ord("A") + index % 26)


def _card(said: str, cards: Sequence[Card]) -> Card | None:
    """The finding that says so: its message begins with the change, and goes on with the views it is in."""
    return next((card for card in cards if said and card.message.startswith(said)), None)
