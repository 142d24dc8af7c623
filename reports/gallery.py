"""The gallery of an asset's views: light, dark and without pictures of one client beside each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .pictures import Box, Picture
from .reading import Card
from .views import UndrawnView, View

_FILTERED = 7  # so many pictures are more than a person sees at a glance


@dataclass(frozen=True, slots=True)
class Marker:
    """A box on a screenshot, with the findings it belongs to."""

    x: float
    y: float
    width: float
    height: float
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """Leads to the comparison of a screenshot with its approved look."""

    id: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Plate:
    """A screenshot with its boxes. ``unit`` is how many CSS pixels of the picture one pixel on paper stands for."""

    id: str
    view: View
    picture: Picture
    markers: tuple[Marker, ...]
    compared: Link | None = None

    @property
    def width(self) -> str:
        return broad(self.picture.width)

    @property
    def unit(self) -> float:
        return unit(self.picture.width)


@dataclass(frozen=True, slots=True)
class Family:
    """One client with its variants; ``note`` is what holds for all of them."""

    title: str
    plates: tuple[Plate, ...]

    @property
    def view(self) -> View:
        return self.plates[0].view

    @property
    def note(self) -> str:
        """The note of the view; that of a single screenshot stands before it."""
        shortest = min((plate.view.note for plate in self.plates), key=len)
        return shortest if all(plate.view.note.endswith(shortest) for plate in self.plates) else ""

    def own_note(self, plate: Plate) -> str:
        """What holds for one of the pictures alone."""
        return plate.view.note.removesuffix(self.note).removesuffix("; ")


@dataclass(frozen=True, slots=True)
class Gallery:
    """All views of an asset, those that were not drawn among them."""

    asset: str
    families: tuple[Family, ...]
    undrawn: tuple[UndrawnView, ...]
    not_fetched: tuple[str, ...] = ()  # servers that nothing was fetched from

    @property
    def plates(self) -> tuple[Plate, ...]:
        return tuple(plate for family in self.families for plate in family.plates)

    @property
    def filtered(self) -> bool:
        """Whether there are so many that a reader wants to choose."""
        return len(self.plates) >= _FILTERED

    @property
    def modes(self) -> tuple[tuple[str, str], ...]:
        """The modes that are worth a choice, with their label."""
        views = [plate.view for plate in self.plates]
        known = {
            "light": ("Light", any(not view.dark and view.images for view in views)),
            "dark": ("Dark mode", any(view.dark for view in views)),
            "off": ("Pictures off", any(not view.images for view in views)),
        }
        there = tuple((mode, label) for mode, (label, some) in known.items() if some)
        return there if len(there) > 1 else ()


def galleries(
    assets: Mapping[str, Sequence[str]], plates: Sequence[Plate], undrawn: Sequence[UndrawnView]
) -> tuple[Gallery, ...]:
    """A gallery for every asset that was drawn or should have been, in the order given.

    ``assets``: each with the servers that nothing was fetched from for it.
    """
    names = dict.fromkeys([*assets, *(plate.view.asset for plate in plates), *(one.asset for one in undrawn)])
    found = (
        Gallery(
            name,
            _families([plate for plate in plates if plate.view.asset == name]),
            tuple(one for one in undrawn if one.asset == name),
            tuple(assets.get(name, ())),
        )
        for name in names
    )
    return tuple(gallery for gallery in found if gallery.families or gallery.undrawn)


def _families(plates: Sequence[Plate]) -> tuple[Family, ...]:
    together: dict[str, list[Plate]] = {}
    for plate in plates:
        together.setdefault(plate.view.family, []).append(plate)
    ordered = [sorted(some, key=lambda plate: (not plate.view.images, plate.view.dark)) for some in together.values()]
    return tuple(Family(some[0].view.plain_title, tuple(some)) for some in ordered)


def marked(boxes: Mapping[Box, Sequence[Card]]) -> tuple[Marker, ...]:
    """A marker for every box that can be seen."""
    return tuple(Marker(*box, tuple(cards)) for box, cards in boxes.items() if min(box[2:]) > 0)


def broad(width: int) -> str:
    """How much room a picture of that width gets: as much as a phone, a tablet or a desk."""
    return "narrow" if width < 480 else "middle" if width < 900 else "wide"


def unit(width: int) -> float:
    """CSS pixels of a picture to one on paper, where it has the room above."""
    return width / {"narrow": 256, "middle": 336, "wide": 448}[broad(width)]
