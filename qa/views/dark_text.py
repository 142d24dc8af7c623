"""Text of screenshots in dark mode that can be read in the light."""

from __future__ import annotations

from collections.abc import Iterator

from qa.artefacts import Darkening, Element, Rendering, Screenshot
from qa.facts import facts
from qa.finding import Skip
from qa.views.contrast import Colour, ratio
from qa.views.legibility import colours, legible
from qa.views.screenshot_pixels import ScreenshotPixels

_CONTRAST = facts("view_limits")["contrast"]
Pair = tuple[Colour, Colour]


def dark_and_light(rendering: Rendering) -> Iterator[tuple[Screenshot, Screenshot]]:
    """Each screenshot in dark mode, with the one in the light that is nearest to it; Skip without such a pair."""
    light = [screenshot for screenshot in rendering.screenshots if not screenshot.view.dark and screenshot.view.images]
    dark = [screenshot for screenshot in rendering.screenshots if screenshot.view.dark and screenshot.view.images]
    if not light or not dark:
        raise Skip("no view in dark mode was drawn")
    for screenshot in dark:
        yield (
            screenshot,
            min(light, key=lambda one: (one.view.client != screenshot.view.client, abs(one.width - screenshot.width))),
        )


def lost_texts(dark: Screenshot, light: Screenshot) -> Iterator[tuple[Element, Pair]]:
    """Text of a dark screenshot that cannot be read there and can by day, with its colours."""
    by_day = {element.offset: element for element in light.elements}
    by_night, in_the_light = _Under(dark), _Under(light)
    for element in filter(legible, dark.elements):
        day = by_day.get(element.offset)
        pair = by_night.colours(element)
        unsure = element.picture_behind or dark.view.darkening.forced  # pictures are uneven, and forced colours guessed
        least = _CONTRAST["lost" if unsure else "large_text"]
        if day is None or pair is None or ratio(*pair) >= least:
            continue
        enough = max(_CONTRAST["large_text"], ratio(*pair) / _CONTRAST["worse"])
        if _by_night_alone(day, dark) or _contrast(day, in_the_light) >= enough:
            yield element, pair


def _by_night_alone(day: Element, dark: Screenshot) -> bool:
    """Whether the build's own styles show a text in dark mode only: then it was written to be read there."""
    return not day.visible and (dark.view.prefers_dark or dark.view.darkening is Darkening.AUTHORED)


def _contrast(day: Element, under: _Under) -> float:
    pair = under.colours(day) if legible(day) else None
    return ratio(*pair) if pair else 0.0


class _Under:
    """The colours of texts and of what is under them; under text on a picture, the colour most of its box has."""

    def __init__(self, screenshot: Screenshot) -> None:
        self.screenshot = screenshot
        self.pixels: ScreenshotPixels | None = None

    def colours(self, element: Element) -> Pair | None:
        if not element.picture_behind:
            return colours(element)
        if self.pixels is None:
            self.pixels = ScreenshotPixels(self.screenshot)
        return self.pixels.beneath(element)
