"""Pictures and gradients that stand behind text, as the styles of a build set them."""

from __future__ import annotations

from bisect import bisect_left

from qa.artefacts import Element, Features, FeatureUse, Markup, causes
from qa.clients.degradation import Degradation, degradations_by
from qa.facts import facts
from qa.finding import Cause
from qa.views.contrast import ratio, seen
from qa.views.legibility import inside, legible

_LOST = facts("view_limits")["contrast"]["lost"]


def is_background(degradation: Degradation) -> bool:
    """Whether what is lost is a picture or gradient behind text, without a colour that stands in for it."""
    return degradation.joins in ("css-background-image", "css-linear-gradient")


def lost_without(element: Element) -> bool:
    """Whether a text stands on a picture and has nearly the colour of what is behind that."""
    pair = seen(element.colour, element.backdrop) if element.picture_behind and legible(element) else None
    return pair is not None and ratio(*pair) < _LOST


class Backgrounds:
    """Finds what a text stands on: the background that begins last before it."""

    def __init__(self, features: Features | None, markup: Markup) -> None:
        self.markup = markup
        uses = [
            use
            for use in (features.uses if features else ())
            if use.where.offset is not None and any(map(is_background, degradations_by(use.feature, use.value)))
        ]
        self.uses = sorted(uses, key=lambda use: use.where.offset or 0)
        self.offsets = [use.where.offset or 0 for use in self.uses]

    def behind(self, element: Element) -> FeatureUse | None:
        """The background a text stands on; None where no style says which."""
        at = bisect_left(self.offsets, inside(self.markup.source.text, element))
        return self.uses[at - 1] if at else None

    def cause(self, element: Element) -> Cause:
        """What is wrong where a text is lost without the picture behind it: that background, or else the text."""
        if (use := self.behind(element)) is None:
            return causes.of_passage(self.markup.source.place(element.offset), element.text)
        return causes.of_background(use.where, use.value)
