"""Colours as browsers compute them, and how well one is told from another."""

from __future__ import annotations

import pytest

from qa.views.contrast import channels, in_grey, in_hex, luminance, ratio, seen

BLACK, WHITE = (0, 0, 0), (255, 255, 255)


def test_contrast_as_the_standard_counts_it() -> None:
    assert ratio(BLACK, WHITE) == ratio(WHITE, BLACK) == pytest.approx(21)
    assert ratio(WHITE, WHITE) == 1
    assert ratio((118, 118, 118), WHITE) == pytest.approx(4.54, abs=0.01)
    assert in_grey(118, 255) == ratio((118, 118, 118), WHITE)
    assert (luminance(BLACK), luminance(WHITE)) == (0, pytest.approx(1))


def test_what_browsers_write() -> None:
    assert channels("rgb(1, 2, 3)") == (1, 2, 3)
    assert seen("rgb(1, 2, 3)", "rgb(255, 255, 255)") == ((1, 2, 3), WHITE)
    assert in_hex((26, 33, 96)) == "#1a2160"


def test_translucent_text_shows_what_is_behind() -> None:
    assert seen("rgba(0, 0, 0, 0.5)", "rgb(255, 255, 255)") == ((128, 128, 128), WHITE)
    assert seen("rgba(0, 0, 0, 0)", "rgb(255, 255, 255)") == (WHITE, WHITE)


@pytest.mark.parametrize("colour", ["", "color(srgb 1 0 0)", "#ffffff", "oklch(0.5 0.1 20)"])
def test_a_colour_that_is_not_known(colour: str) -> None:
    assert channels(colour) is None
    assert seen(colour, "rgb(255, 255, 255)") is None
    assert seen("rgb(0, 0, 0)", colour) is None
