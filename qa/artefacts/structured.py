"""What a build says to machines: JSON-LD, microdata, the annotations of Gmail's Promotions tab."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.source import Place, Text


@dataclass(frozen=True, slots=True)
class StructuredItem:
    """A thing that structured data describes. ``name``: its own, or that of the thing it belongs to."""

    type: str  # Product, Offer, Event, DiscountOffer, PromotionCard …; "" where it does not say
    name: str
    values: tuple[tuple[str, Text], ...]  # property → value, in order
    where: Place

    def get(self, name: str) -> Text | None:
        """The first value of a property."""
        return next((text for key, text in self.values if key == name), None)


@dataclass(frozen=True, slots=True)
class StructuredData:
    """Everything a build describes so, in order. ``unreadable``: JSON-LD that is no JSON, and why."""

    items: tuple[StructuredItem, ...] = ()
    unreadable: tuple[Text, ...] = ()
