"""The HTML report for reviewers and for whoever asked for the campaign: one page that needs nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from qa.report import Document, Read

from .comparison import Comparison, Pair, comparison, pairs
from .crops import crops_wanted
from .gallery import Gallery, Link, Plate, galleries, marked
from .pages import page
from .pictures import BUDGET, Album, Box, Frame, Picture, make_album
from .reading import Card, Reading, read_document
from .views import FIDELITIES, View, described, not_fetched, undrawn

Shown = TypeVar("Shown")


@dataclass(frozen=True)
class Chapter:
    """One campaign of the report; ``key`` keeps its ids apart from another's."""

    key: str
    reading: Reading
    album: Album
    galleries: tuple[Gallery, ...]
    comparisons: tuple[Comparison, ...]
    views: Sequence[View]  # of the screenshots
    seen: Mapping[int, tuple[Plate, ...]]  # by number of a finding: the plates that show it
    beside: Mapping[int, tuple[Comparison, ...]]  # by number of a finding: the comparisons that show it
    details: Mapping[int, Picture]  # by number of a finding: the approved picture beside the built one

    @property
    def compared(self) -> int:
        """How many views do not look as they were approved."""
        return sum(one.kind == "approved" and one.differs for one in self.comparisons)

    @property
    def unsure(self) -> int:
        """How many could be compared in part alone, and agree as far as they were."""
        return sum(one.kind == "approved" and not one.differs for one in self.comparisons)

    @property
    def agreed(self) -> int:
        """How many views look as they were approved."""
        return sum(plate.view.agrees == "same" for gallery in self.galleries for plate in gallery.plates)

    @property
    def fidelities(self) -> tuple[str, ...]:
        """How true the pictures are, as far as it is said: the truest first."""
        there = {plate.view.fidelity for gallery in self.galleries for plate in gallery.plates}
        return tuple(name for name in FIDELITIES if name in there)


def render(documents: Sequence[Document], read: Read) -> str:
    """The HTML report of one campaign or of several."""
    budget = BUDGET // max(1, len(documents))
    chapters = [_chapter(f"c{index}", document, read, budget) for index, document in enumerate(documents, 1)]
    return page("report.html.j2", chapters=chapters, fidelities=FIDELITIES)


def _chapter(key: str, document: Document, read: Read, budget: int) -> Chapter:
    reading = read_document(document)
    screenshots: Sequence[Mapping[str, Any]] = document["screenshots"]
    views = [described(screenshot) for screenshot in screenshots]
    beside = pairs(screenshots)
    frames = [Frame(screenshot["file"], screenshot["width"], screenshot["height"]) for screenshot in screenshots]
    frames += [pair.frame for pair in beside if pair.frame]
    details: Sequence[Mapping[str, Any]] = document.get("details") or ()
    frames += [Frame(detail["file"], *detail["size"]) for detail in details]
    album = make_album(frames, crops_wanted(reading, views), read, budget)
    compared = _compared(key, beside, views, album.pictures, reading.cards)
    plates = _plates(key, views, album.pictures, reading.cards, compared)
    return Chapter(
        key,
        reading,
        album,
        galleries(not_fetched(document), plates, tuple(undrawn(document))),
        compared,
        views,
        _gathered((card, plate) for plate in plates for marker in plate.markers for card in marker.cards),
        _gathered((region.card, one) for one in compared for region in one.regions if region.card),
        dict(_detailed(reading.cards, details, album.pictures[len(frames) - len(details) :])),
    )


def _detailed(
    cards: Sequence[Card], details: Sequence[Mapping[str, Any]], pictures: Sequence[Picture]
) -> Iterator[tuple[int, Picture]]:
    """The findings that tell of a detail of a picture, each with both pictures side by side."""
    shown = {(one["asset"], one["approved"], one["line"]): each for one, each in zip(details, pictures, strict=True)}
    for card in cards:
        place = (card.asset, card.expected, card.where.line if card.where else None)
        if card.code == "altered-picture" and (picture := shown.get(place)):
            yield card.number, picture


def _compared(
    key: str, beside: Sequence[Pair], views: Sequence[View], pictures: Sequence[Picture], cards: Sequence[Card]
) -> tuple[Comparison, ...]:
    others = iter(pictures[len(views) :])
    return tuple(
        comparison(
            f"{key}-d{index}",
            pair,
            views[pair.screenshot],
            (pictures[pair.screenshot], next(others) if pair.frame else None),
            cards,
        )
        for index, pair in enumerate(beside)
    )


def _plates(
    key: str,
    views: Sequence[View],
    pictures: Sequence[Picture],
    cards: Sequence[Card],
    compared: Sequence[Comparison],
) -> list[Plate]:
    changed = {(one.view.asset, one.view.name): one for one in compared if one.kind == "approved"}
    plates = []
    for index, view in enumerate(views):
        boxes: dict[Box, list[Card]] = {}
        for card in cards:
            if card.asset == view.asset and (box := card.boxes.get(view.name)):
                boxes.setdefault(box, []).append(card)
        one = changed.get((view.asset, view.name))
        link = Link(one.id, one.differs) if one else None
        plates.append(Plate(f"{key}-s{index}", view, pictures[index], marked(boxes), link))
    return plates


def _gathered(shown: Iterable[tuple[Card, Shown]]) -> Mapping[int, tuple[Shown, ...]]:
    """What shows a finding, by the finding's number."""
    found: dict[int, tuple[Shown, ...]] = {}
    for card, one in shown:
        found[card.number] = (*found.get(card.number, ()), one)
    return found
