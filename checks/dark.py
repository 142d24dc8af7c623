"""Can the email be read in dark mode?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from qa.artefacts import Box, Element, Markup, Rendering, Shot
from qa.check import check
from qa.colours import Colour, in_hex, ratio, seen
from qa.facts import facts
from qa.finding import Code, Finding, Severity, Skip
from qa.request import AskedEmail
from qa.wording import quoted

if TYPE_CHECKING:
    from PIL.Image import Image

_CONTRAST, _SEE_THROUGH = facts("seen")["contrast"], facts("seen")["see_through"]
_DARK_RULES = re.compile(r"@media[^{]{0,200}prefers-color-scheme\s*+:\s*+dark", re.IGNORECASE)
_DECLARED = re.compile(r"(?<![\w-])(?:supported-)?color-scheme[s]?\s*+:", re.IGNORECASE)
_SMALLEST = 12  # CSS pixels; smaller pictures are bullets and spacers
_LARGEST = 400_000  # square pixels of a picture that is looked at: larger ones are photographs, not logos
_MOST = 40  # pictures of an email that are looked at


def _pairs(rendering: Rendering) -> Iterator[tuple[Shot, Shot]]:
    """Each shot in dark mode, with the one in the light that is nearest to it; Skip where there is no such pair."""
    light = [shot for shot in rendering.shots if not shot.view.dark and shot.view.images]
    dark = [shot for shot in rendering.shots if shot.view.dark and shot.view.images]
    if not light or not dark:
        raise Skip("no view in dark mode was drawn")
    for shot in dark:
        yield shot, min(light, key=lambda one: (one.view.client != shot.view.client, abs(one.width - shot.width)))


@check(
    "dark-mode-text",
    Code(
        "unreadable-in-dark-mode",
        Severity.WARNING,
        "In dark mode, text cannot be told from what is behind it.",
        "Give text and ground their colours together, on the same element, or both in the styles for dark mode.",
    ),
)
def dark_mode_text(rendering: Rendering, markup: Markup, asked: AskedEmail) -> Iterator[Finding]:
    """What can be read by day can be read in dark mode.

    One reader in three has dark mode on. Mail programs turn light grounds dark and dark text light, each by rules of
    its own; where they change one of the two and not the other, the text is gone.

    Fails:
        email: {}
        build: >-
          <html><head><meta name="color-scheme" content="light dark"><style>@media (prefers-color-scheme:
          dark) { body { background: #111111 !important } }</style></head><body style="background:#ffffff"><p
          style="color:#222222">Save your seat today.</p></body></html>

    Passes:
        email: {}
        build: >-
          <html><head><meta name="color-scheme" content="light dark"><style>@media (prefers-color-scheme:
          dark) { body { background: #111111 !important } p { color: #eeeeee !important }
          }</style></head><body style="background:#ffffff"><p style="color:#222222">Save your seat
          today.</p></body></html>
    """
    told: set[int] = set()
    for dark, light in _pairs(rendering):
        by_day = {element.offset for element in light.elements if _readable(element)}
        lost = [e for e in dark.elements if e.offset in by_day and e.offset not in told and _lost(e)]
        told |= {element.offset for element in lost}
        if lost:
            yield _unreadable(lost, dark, markup)


def _colours(element: Element) -> tuple[Colour, Colour] | None:
    if not element.visible or not any(map(str.isalnum, element.text)) or element.font_size <= 2:
        return None
    return seen(element.colour, element.background)


def _readable(element: Element) -> bool:
    colours = _colours(element)
    return colours is not None and ratio(*colours) >= _CONTRAST["large_text"]


def _lost(element: Element) -> bool:
    colours = _colours(element)
    return colours is not None and ratio(*colours) < _CONTRAST["large_text"]


def _unreadable(lost: Sequence[Element], dark: Shot, markup: Markup) -> Finding:
    worst = min(lost, key=lambda element: (ratio(*(_colours(element) or ((0, 0, 0), (0, 0, 0)))), element.offset))
    text, behind = _colours(worst) or ((0, 0, 0), (0, 0, 0))
    more = f" (and {len(lost) - 1} more)" if len(lost) > 1 else ""
    found = f"{int(ratio(text, behind) * 10) / 10:g} : 1"
    message = (
        f"In {dark.view.title}, {quoted(worst.text, 40)}{more} is {in_hex(text)} on {in_hex(behind)}: "
        f"a contrast of {found}."
    )
    expected = f"at least {_CONTRAST['large_text']:g} : 1"
    place = markup.source.place(worst.offset)
    return Finding("unreadable-in-dark-mode", message, place, None, expected, found, view=dark.view.name)


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
    told: set[int] = set()
    for dark, light in _pairs(rendering):
        by_day = {e.offset: e for e in light.elements if _picture(e)}
        here = [e for e in dark.elements if _picture(e) and e.offset in by_day and e.offset not in told][:_MOST]
        if not here:
            continue
        night, day = _opened(dark), _opened(light)
        for element in here:
            cut_by_night = _cut(night, element.box, dark)
            cut_by_day = _cut(day, by_day[element.offset].box, light)
            if cut_by_night and cut_by_day and _strokes_lost(cut_by_day, cut_by_night):
                told.add(element.offset)
                message = f"In {dark.view.title}, a picture with dark strokes on a transparent ground is hardly seen."
                yield Finding("lost-in-dark-mode", message, markup.source.place(element.offset), view=dark.view.name)


def _picture(element: Element) -> bool:
    width, height = element.box.width, element.box.height
    return element.visible and element.tag == "img" and min(width, height) >= _SMALLEST and width * height <= _LARGEST


def _opened(shot: Shot) -> Image:
    from PIL import Image

    return Image.open(BytesIO(shot.png)).convert("L")


def _cut(picture: Image, box: Box, shot: Shot) -> Image | None:
    """What of a shot lies in a box, and a rim around it; None where the shot was cut above it."""
    r, rim = shot.view.ratio, 2
    left, top = round((box.x - rim) * r), round((box.y - rim) * r)
    right, bottom = round((box.x + box.width + rim) * r), round((box.y + box.height + rim) * r)
    left, top, right, bottom = max(0, left), max(0, top), min(picture.width, right), min(picture.height, bottom)
    return picture.crop((left, top, right, bottom)) if right - left > rim * 4 and bottom - top > rim * 4 else None


def _strokes_lost(day: Image, night: Image) -> bool:
    """Whether strokes that are dark on light by day are dark on dark by night: the ground changed behind them."""
    if day.size != night.size:
        day = day.resize(night.size)
    pixels = list(zip(day.getdata(), night.getdata(), strict=True))
    light, dark = pixels[0]  # of the rim: what lies around the picture
    if light - dark < 100:
        return False
    paper = sum(abs(by_day - light) <= 12 and abs(by_night - dark) <= 12 for by_day, by_night in pixels)
    ink = [by_night for by_day, by_night in pixels if by_day < light - 120]
    if paper < _SEE_THROUGH["paper"] * len(pixels) or len(ink) < 0.01 * len(pixels):
        return False
    gone = sum(_grey_ratio(by_night, dark) < _CONTRAST["gone"] for by_night in ink)
    return bool(gone >= _SEE_THROUGH["lost"] * len(ink))


def _grey_ratio(one: int, other: int) -> float:
    return ratio((one, one, one), (other, other, other))


@check(
    "colour-scheme",
    Code(
        "undeclared-colour-scheme",
        Severity.INFO,
        "The email has styles for dark mode and does not say that it has.",
        'Add <meta name="color-scheme" content="light dark">, and the same named "supported-color-schemes".',
    ),
)
def colour_scheme(markup: Markup, asked: AskedEmail) -> Iterator[Finding]:
    """An email with styles for dark mode says so.

    Apple Mail asks an email whether it knows dark mode before it uses the styles for it; one that does not answer may
    be recoloured instead.

    Fails:
        email: {}
        build: >-
          <html><head><style>@media (prefers-color-scheme: dark) { body { color: #eeeeee }
          }</style></head></html>

    Passes:
        email: {}
        build: >-
          <html><head><meta name="color-scheme" content="light dark"><style>@media (prefers-color-scheme:
          dark) { body { color: #eeeeee } }</style></head></html>
    """
    found = _DARK_RULES.search(markup.source.text)
    if found is None:
        raise Skip("the build has no styles for dark mode")
    if not {"color-scheme", "supported-color-schemes"} & set(markup.metas) and not _DECLARED.search(markup.source.text):
        message = "The email has styles for dark mode, and no color-scheme that says so."
        yield Finding("undeclared-colour-scheme", message, markup.source.place(found.start()))
