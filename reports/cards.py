"""The cards of findings as part of somebody else's page, each with its crop; `verdicts` brings their style."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa.report import Document, Read

from .crops import crops_wanted
from .pages import piece
from .pictures import Crop, Frame, make_crops
from .reading import Card, read_document
from .views import described


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding with the part of a screenshot that shows it, and in which view."""

    card: Card
    crop: Crop | None
    view: str


def render(documents: Sequence[Document], read: Read) -> str:
    """A piece of HTML with every finding that counts."""
    return piece("cards.html.j2", shown=[each for document in documents for each in _shown(document, read)])


def _shown(document: Document, read: Read) -> Iterator[Shown]:
    reading = read_document(document)
    screenshots = document["screenshots"]
    views = [described(screenshot) for screenshot in screenshots]
    frames = [Frame(screenshot["file"], screenshot["width"], screenshot["height"]) for screenshot in screenshots]
    crops = make_crops(frames, crops_wanted(reading, views), read)
    for card in reading.cards:
        crop = crops.get(card.number)
        yield Shown(card, crop, views[crop.frame].title if crop else "")
