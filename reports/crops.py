"""The choice of the picture that shows a finding best."""

from __future__ import annotations

from collections.abc import Sequence

from .pictures import Box
from .reading import Reading
from .views import View


def crops_wanted(reading: Reading, views: Sequence[View]) -> dict[int, tuple[int, Box]]:
    """The crop of each finding: from a view as light and plain as there is, wide enough for a line of text."""
    wanted: dict[int, tuple[int, Box]] = {}
    for card in reading.cards:
        showing = [(n, view) for n, view in enumerate(views) if view.asset == card.asset and view.name in card.boxes]
        if showing:
            index, view = min(showing, key=lambda pair: _strangeness(pair[1]))
            wanted[card.number] = index, card.boxes[view.name]
    return wanted


def _strangeness(view: View) -> tuple[bool, bool, bool, int]:
    return view.dark, not view.images, view.width < 500, view.width
