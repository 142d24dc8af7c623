"""Logos and other small pictures in dark mode."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qa.artefacts import Element, Markup, Rendering, Screenshot
from qa.check import check
from qa.facts import facts
from qa.finding import Code, Finding, Severity
from qa.request import AskedEmail
from qa.text.wording import quoted
from qa.views.contrast import channels, ratio
from qa.views.dark_text import dark_and_light
from qa.views.screenshot_pixels import ScreenshotPixels, strokes_lost

_CONTRAST = facts("view_limits")["contrast"]
_OPAQUE = re.compile(r"\.jpe?g(?:[?#]|$)", re.IGNORECASE)
_SMALLEST = 12  # CSS pixels; smaller pictures are bullets and spacers
_LARGEST = 400_000  # square pixels of a picture that is looked at: larger ones are photographs, not logos
_MOST = 40  # pictures of a view that are looked at


@check(
    "dark-mode-pictures",
    Code(
        "lost-in-dark-mode",
        Severity.WARNING,
        "In dark mode, the dark strokes of a transparent picture are not seen.",
        "Give the picture a light edge or a ground of its own, or show another one in dark mode.",
    ),
)
def dark_mode_pictures(rendering: Rendering, markup: Markup, asked: AskedEmail) -> Iterator[Finding]:
    """Logos are seen in dark mode.

    A dark logo on a transparent ground looks right on white and vanishes on black, and with it the sender.

    Fails:
        email: {}
        build: >-
          <html><head><style>@media (prefers-color-scheme: dark) { body { background: #111111 !important } p {
          color: #eeeeee !important } }</style></head><body style="background:#ffffff"><p>Hello</p><img
          alt="Acme" width="120" height="40" src="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'
          width='120' height='40'%3E%3Cpath d='M5 5h30v30h-30zM50 5h10v30h-10zM70
          5h40v8h-40z'/%3E%3C/svg%3E"></body></html>

    Passes:
        email: {}
        build: >-
          <html><head><style>@media (prefers-color-scheme: dark) { body { background: #111111 !important } p {
          color: #eeeeee !important } }</style></head><body style="background:#ffffff"><p>Hello</p><img
          alt="Acme" width="120" height="40" src="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'
          width='120' height='40'%3E%3Cpath fill='white' d='M0 0h120v40h-120z'/%3E%3Cpath d='M5
          5h30v30h-30z'/%3E%3C/svg%3E"></body></html>
    """
    told = {i.where.offset for i in markup.images if _OPAQUE.search(i.src)}
    for dark, light in dark_and_light(rendering):
        by_day = {e.offset: e for e in light.elements if _picture(e)}
        both = [(e, by_day[e.offset]) for e in dark.elements if _picture(e) and e.offset in by_day]
        new = [(night, day) for night, day in both if night.offset not in told and _darkened(day, night)][:_MOST]
        lost = [night for night, day in _gone(new, dark, light)]
        told.update(element.offset for element in lost)
        if lost:
            yield _vanished(lost, dark, markup)


def _picture(element: Element) -> bool:
    """A picture that loaded, neither a bullet nor a photograph."""
    width, height = element.box.width, element.box.height
    sized = min(width, height) >= _SMALLEST and width * height <= _LARGEST
    return element.visible and element.tag == "img" and sized and element.natural != (0, 0)


def _darkened(day: Element, night: Element) -> bool:
    """Whether what a picture stands on is another colour by night, as far as is known: to open screenshots is slow."""
    before, after = channels(day.backdrop), channels(night.backdrop)
    return before is None or after is None or day.picture_behind or ratio(before, after) >= _CONTRAST["large_text"]


def _gone(
    pictures: Sequence[tuple[Element, Element]], dark: Screenshot, light: Screenshot
) -> Iterator[tuple[Element, Element]]:
    if pictures:
        by_night, by_day = ScreenshotPixels(dark), ScreenshotPixels(light)
        for night, day in pictures:
            if strokes_lost(by_day.around(day), by_night.around(night), by_night.rim):
                yield night, day


def _vanished(lost: Sequence[Element], dark: Screenshot, markup: Markup) -> Finding:
    named = {image.where.offset: image.alt or image.src for image in markup.images}
    name = quoted(named.get(lost[0].offset) or "without a name", 40)
    if len(lost) == 1:
        what = f"the picture {name} is hardly seen: dark strokes on a transparent ground"
    else:
        what = f"{len(lost)} pictures are hardly seen: dark strokes on a transparent ground, the first in {name}"
    place = markup.source.place(lost[0].offset)
    return Finding("lost-in-dark-mode", f"In {dark.view.title}, {what}.", place, view=dark.view.name)
