"""Can the email, or the page, be read in dark mode?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qa.artefacts import Darkening, Element, LinkedFiles, Markup, Rendering, Shot, causes
from qa.check import check
from qa.facts import facts
from qa.finding import Code, Finding, Severity, Skip
from qa.request import AskedEmail
from qa.text.wording import quoted
from qa.views.contrast import Colour, channels, in_hex, ratio
from qa.views.dark_strokes import Drawing, strokes_lost
from qa.views.legibility import colours, legible

_CONTRAST = facts("seen")["contrast"]
_DARK_RULES = re.compile(r"@media[^{]{0,200}prefers-color-scheme\s*+:\s*+dark", re.IGNORECASE)
_DECLARED = re.compile(r"(?<![\w-])(?:supported-)?color-scheme[s]?\s*+:", re.IGNORECASE)
_OPAQUE = re.compile(r"\.jpe?g(?:[?#]|$)", re.IGNORECASE)
_SMALLEST = 12  # CSS pixels; smaller pictures are bullets and spacers
_LARGEST = 400_000  # square pixels of a picture that is looked at: larger ones are photographs, not logos
_MOST = 40  # pictures of a view that are looked at


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
    Code(
        "turned-text-on-picture",
        Severity.INFO,
        "Where everything is turned round in dark mode, text on a picture is and the picture is not.",
        "Look at it in the client; where it matters, set the words beside the picture, or into it with an alt text.",
    ),
)
def dark_mode_text(rendering: Rendering, markup: Markup, files: LinkedFiles | None = None) -> Iterator[Finding]:
    """What can be read by day can be read in dark mode.

    One reader in three has dark mode on. Mail programs turn light grounds dark and dark text light, each by rules of
    its own; where they change one of the two and not the other, the text is gone. Browsers leave a page as it is,
    unless it has styles of its own for dark mode: then these may do the same.

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
    if files and files.unstyled:
        raise Skip(f"the style sheet {quoted(files.unstyled)} is not in the build: the colours are not its own")
    told: set[int] = set()
    for dark, light in _pairs(rendering):
        lost = [(e, pair) for e, pair in _lost(dark, light) if e.offset not in told]
        told |= {element.offset for element, _ in lost}
        turned = [one for one in lost if one[0].picture_behind and dark.view.darkening is Darkening.FULL]
        for code, some in (
            ("unreadable-in-dark-mode", [one for one in lost if one not in turned]),
            ("turned-text-on-picture", turned),
        ):
            if some:
                yield _unreadable(code, some, dark, markup)


Pair = tuple[Colour, Colour]


def _lost(dark: Shot, light: Shot) -> Iterator[tuple[Element, Pair]]:
    """Text of a dark shot that cannot be read there and can by day, with its colours."""
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


def _by_night_alone(day: Element, dark: Shot) -> bool:
    """Whether the build's own styles show a text in dark mode only: then it was written to be read there."""
    return not day.visible and (dark.view.prefers_dark or dark.view.darkening is Darkening.AUTHORED)


def _contrast(day: Element, under: _Under) -> float:
    pair = under.colours(day) if legible(day) else None
    return ratio(*pair) if pair else 0.0


class _Under:
    """The colours of texts and of what is under them; under text on a picture, the colour most of its box has."""

    def __init__(self, shot: Shot) -> None:
        self.shot = shot
        self.drawing: Drawing | None = None

    def colours(self, element: Element) -> Pair | None:
        if not element.picture_behind:
            return colours(element)
        if self.drawing is None:
            self.drawing = Drawing(self.shot)
        return self.drawing.beneath(element)


def _unreadable(code: str, lost: Sequence[tuple[Element, Pair]], dark: Shot, markup: Markup) -> Finding:
    worst, (text, behind) = min(lost, key=lambda one: (ratio(*one[1]), one[0].offset))
    more = f" (and {len(lost) - 1} more)" if len(lost) > 1 else ""
    found = f"{int(ratio(text, behind) * 10) / 10:g} : 1"
    ground = "a picture or gradient that is mostly " if worst.picture_behind else ""
    message = (
        f"In {dark.view.title}, {quoted(worst.text, 40)}{more} is {in_hex(text)} on {ground}{in_hex(behind)}: "
        f"a contrast of {found}."
    )
    expected = f"at least {_CONTRAST['large_text']:g} : 1"
    place = markup.source.place(worst.offset)
    about = tuple(causes.of_passage(markup.source.place(element.offset), element.text) for element, _ in lost)
    return Finding(code, message, place, None, expected, found, view=dark.view.name, causes=about)


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
    for dark, light in _pairs(rendering):
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
    """Whether what a picture stands on is another colour by night, as far as that is known: opening shots is slow."""
    before, after = channels(day.backdrop), channels(night.backdrop)
    return before is None or after is None or day.picture_behind or ratio(before, after) >= _CONTRAST["large_text"]


def _gone(pictures: Sequence[tuple[Element, Element]], dark: Shot, light: Shot) -> Iterator[tuple[Element, Element]]:
    if pictures:
        by_night, by_day = Drawing(dark), Drawing(light)
        for night, day in pictures:
            if strokes_lost(by_day.around(day), by_night.around(night), by_night.rim):
                yield night, day


def _vanished(lost: Sequence[Element], dark: Shot, markup: Markup) -> Finding:
    named = {image.where.offset: image.alt or image.src for image in markup.images}
    name = quoted(named.get(lost[0].offset) or "without a name", 40)
    if len(lost) == 1:
        what = f"the picture {name} is hardly seen: dark strokes on a transparent ground"
    else:
        what = f"{len(lost)} pictures are hardly seen: dark strokes on a transparent ground, the first in {name}"
    place = markup.source.place(lost[0].offset)
    return Finding("lost-in-dark-mode", f"In {dark.view.title}, {what}.", place, view=dark.view.name)


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
