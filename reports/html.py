"""What does a reviewer, or whoever asked for the campaign, read? One page that needs nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from qa.report import Document, Read

from .pages import page
from .pictures import BUDGET, Album, Box, Picture, make_album
from .reading import Card, Reading, read_document


@dataclass(frozen=True, slots=True)
class Marker:
    """A box on a screenshot, with the findings it belongs to."""

    x: float
    y: float
    width: float
    height: float
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Plate:
    """A screenshot with its boxes. ``unit`` is how many CSS pixels of the picture one pixel on paper stands for."""

    id: str
    picture: Picture
    markers: tuple[Marker, ...]
    width: str  # "narrow", "middle", "wide"
    unit: float


@dataclass(frozen=True)
class Chapter:
    """One campaign of the report; ``key`` keeps its ids apart from another's."""

    key: str
    reading: Reading
    album: Album
    plates: Mapping[str, tuple[Plate, ...]]  # by asset
    seen: Mapping[int, tuple[Plate, ...]]  # by number of a finding: the plates that show it


def render(documents: Sequence[Document], read: Read) -> str:
    """The HTML report of one campaign or of several."""
    budget = BUDGET // max(1, len(documents))
    chapters = [_chapter(f"c{index}", document, read, budget) for index, document in enumerate(documents, 1)]
    return page("report.html.j2", chapters=chapters)


def _chapter(key: str, document: Document, read: Read, budget: int) -> Chapter:
    reading = read_document(document)
    shots: Sequence[Mapping[str, Any]] = document["screenshots"]
    album = make_album(shots, _wanted(reading, shots), read, budget)
    plates: dict[str, tuple[Plate, ...]] = {}
    seen: dict[int, tuple[Plate, ...]] = {}
    for index, picture in enumerate(album.pictures):
        plate = _plate(f"{key}-s{index}", picture, [card for card in reading.cards if card.asset == picture.asset])
        plates[picture.asset] = (*plates.get(picture.asset, ()), plate)
        for card in (card for marker in plate.markers for card in marker.cards):
            seen[card.number] = (*seen.get(card.number, ()), plate)
    return Chapter(key, reading, album, plates, seen)


def _wanted(reading: Reading, shots: Sequence[Mapping[str, Any]]) -> dict[int, tuple[int, Box]]:
    """The crop of each finding: from the narrowest view that is wide enough for a line of text, or the first."""
    wanted: dict[int, tuple[int, Box]] = {}
    for card in reading.cards:
        views = [
            (n, shot) for n, shot in enumerate(shots) if shot["asset"] == card.asset and shot["view"] in card.boxes
        ]
        if views:
            roomy = [(n, shot) for n, shot in views if shot["width"] >= 500] or views
            index, shot = min(roomy, key=lambda pair: pair[1]["width"])
            wanted[card.number] = index, card.boxes[shot["view"]]
    return wanted


def _plate(identifier: str, picture: Picture, cards: Sequence[Card]) -> Plate:
    boxes: dict[Box, list[Card]] = {}
    for card in cards:
        if (box := card.boxes.get(picture.view)) and min(box[2:]) > 0:
            boxes.setdefault(box, []).append(card)
    width, shown_at = (
        ("narrow", 240) if picture.width < 480 else ("middle", 360) if picture.width < 900 else ("wide", 520)
    )
    markers = tuple(Marker(*box, tuple(found)) for box, found in boxes.items())
    return Plate(identifier, picture, markers, width, picture.width / shown_at)
