"""Text where pictures are not shown: that which stood on one, and that which stands for one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from qa.artefacts import Element, Features, ImageTag, Markup, Rendering, Screenshot
from qa.check import check
from qa.facts import facts
from qa.finding import Code, Finding, Severity, Skip
from qa.request import AskedEmail
from qa.text.wording import quoted
from qa.views.backgrounds import Backgrounds, lost_without
from qa.views.contrast import in_hex, ratio, seen
from qa.views.legibility import by_day

_CONTRAST, _IMAGE_ONLY, _ALT = (facts("view_limits")[table] for table in ("contrast", "image_only", "alt"))


@check(
    "background-pictures",
    Code(
        "no-colour-behind",
        Severity.WARNING,
        "Text stands on a picture, and without the picture it cannot be read.",
        "Set a background colour beside the picture, near to the picture's own.",
    ),
)
def background_pictures(
    rendering: Rendering, markup: Markup, features: Features, asked: AskedEmail
) -> Iterator[Finding]:
    """Text on a picture can be read before the picture is there.

    Outlook on Windows shows no background pictures of CSS, many offices block pictures altogether, and everybody waits
    for them in the train: white text on a dark photograph is then white text on white.

    Fails:
        email: {}
        build: >-
          <table><tr><td background="dusk.png" bgcolor="#ffffff" style="color:#ffffff">Save your seat
          today.</td></tr></table>
        files: {build/dusk.png: {picture: [60, 30, dusk]}}

    Passes:
        email: {}
        build: >-
          <table><tr><td background="dusk.png" bgcolor="#203040" style="color:#ffffff">Save your seat
          today.</td></tr></table>
        files: {build/dusk.png: {picture: [60, 30, dusk]}}
    """
    backgrounds = Backgrounds(features, markup)
    lost: dict[int, tuple[Element, Screenshot]] = {}
    for screenshot in by_day(rendering):
        for element in screenshot.elements:
            if lost_without(element):
                lost.setdefault(element.offset, (element, screenshot))
    # Where a colour is named it is the wrong one; where none is, some clients may never show the picture.
    coloured = {e.offset: "colour" in use.beside for e, _ in lost.values() if (use := backgrounds.behind(e))}
    for named in (True, False):
        if texts := [one for one in lost.values() if coloured.get(one[0].offset, False) is named]:
            yield _unseen(texts, backgrounds)


def _unseen(texts: Sequence[tuple[Element, Screenshot]], backgrounds: Backgrounds) -> Finding:
    (first, screenshot), more = texts[0], len(texts) - 1
    others = f" (and {more} more)" if more else ""
    begins = f"{quoted(first.text, 40)}{others} stands on a picture; without it, it is"
    grounds = tuple(dict.fromkeys(backgrounds.cause(element) for element, _ in texts))
    return replace(_pale("no-colour-behind", begins, first, screenshot, backgrounds.markup), causes=grounds)


def _pale(code: str, begins: str, element: Element, screenshot: Screenshot, markup: Markup) -> Finding:
    """A sentence that ends with the two colours nobody can tell apart."""
    colours = seen(element.colour, element.backdrop)
    assert colours is not None
    message = f"{begins} {in_hex(colours[0])} on {in_hex(colours[1])}."
    expected, found = f"at least {_CONTRAST['large_text']:g} : 1", f"{int(ratio(*colours) * 10) / 10:g} : 1"
    return Finding(code, message, markup.source.place(element.offset), None, expected, found, view=screenshot.view.name)


def _cannot_be_told(element: Element) -> bool:
    """Whether its colour is nearly that of what is behind it, pictures disregarded."""
    colours = seen(element.colour, element.backdrop)
    return colours is not None and ratio(*colours) < _CONTRAST["lost"]


@check(
    "alt-colours",
    Code(
        "unseen-alt",
        Severity.WARNING,
        "Where pictures are not shown, the words in their place cannot be read.",
        'Give the picture itself a colour that is seen on what is behind it: style="color:#ffffff".',
    ),
)
def alt_colours(rendering: Rendering, markup: Markup, asked: AskedEmail) -> Iterator[Finding]:
    """The words that stand for a picture can be read where it is not shown.

    Alternative text has the colour and the ground of the text around it. In a dark band, where everything is a picture,
    nobody set a light colour: with pictures off the headline or the button is black on black.

    Fails:
        email: {}
        build: >-
          <table><tr><td bgcolor="#202020"><a href="https://acme.example/seat"><img src="seat.png" width="300"
          height="60" alt="Save your seat"></a></td></tr></table>
        files: {build/seat.png: {picture: [300, 60, seat]}}

    Passes:
        email: {}
        build: >-
          <table><tr><td bgcolor="#202020"><a href="https://acme.example/seat"><img src="seat.png" width="300"
          height="60" alt="Save your seat" style="color:#ffffff"></a></td></tr></table>
        files: {build/seat.png: {picture: [300, 60, seat]}}
    """
    tags = {image.where.offset: image for image in markup.images if image.kind == "img" and _says_alt(image)}
    if not tags:
        raise Skip("no picture has words in its place")
    unseen: dict[int, tuple[Element, Screenshot]] = {}
    for screenshot in by_day(rendering):
        for element in screenshot.elements:
            if element.offset in tags and _unseen_alt(element, tags[element.offset]):
                unseen.setdefault(element.offset, (element, screenshot))
    if unseen:
        element, screenshot = next(iter(unseen.values()))
        more = f" (and of {len(unseen) - 1} more)" if len(unseen) > 1 else ""
        begins = (
            f"Where pictures are off, the words of the picture {quoted(tags[element.offset].alt or '', 40)}{more} are"
        )
        yield _pale("unseen-alt", begins, element, screenshot, markup)


def _says_alt(image: ImageTag) -> bool:
    return sum(map(str.isalnum, image.alt or "")) >= int(_ALT["letters"])


def _unseen_alt(picture: Element, tag: ImageTag) -> bool:
    """Of a picture so large that it carries a message, and not on another picture, which is off as well."""
    if not picture.visible or picture.picture_behind:
        return False
    # One that is not in the build is drawn as large as its words; what is declared is how large it will be.
    declared = (tag.width or 0) * (tag.height or _ALT["height"])
    if max(picture.box.width * picture.box.height, declared) < _ALT["area"]:
        return False
    return _cannot_be_told(picture)
