"""Emails that are nothing but pictures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import inf

from qa.artefacts import Element, Markup, Rendering
from qa.check import check
from qa.facts import facts
from qa.finding import Code, Finding, Severity, Skip
from qa.links.roles import mentions, speaks_of_trouble
from qa.request import AskedEmail
from qa.text.postal_address import has_address
from qa.views.legibility import by_day, legible, letters

_CONTRAST, _IMAGE_ONLY, _ALT = (facts("view_limits")[table] for table in ("contrast", "image_only", "alt"))


@check(
    "image-only",
    Code(
        "image-only-email",
        Severity.WARNING,
        "The email says what it says in pictures alone.",
        "Set headline, offer and button as text; keep pictures for what text cannot show.",
    ),
)
def image_only(rendering: Rendering, markup: Markup, asked: AskedEmail) -> Iterator[Finding]:
    """The message is there without its pictures.

    An email that is one large picture is empty where pictures are blocked, cannot be read aloud, found again or
    enlarged, and looks to filters like what senders of junk send.

    Fails:
        email: {}
        build: >-
          <p><a href="https://acme.example/sale"><img src="all.png" width="600" height="900"
          alt="Sale"></a></p> <p>Acme Ltd, 1 High Street, London. <a
          href="https://acme.example/u">Unsubscribe</a></p>
        files: {build/all.png: {picture: [600, 900, all]}}

    Passes:
        email: {}
        build: >-
          <p><img src="all.png" width="600" height="300" alt="Sale"></p><h1>Everything is half the price until
          Sunday</h1><p>Come in and see what is left, or order on our pages and have it on Monday.</p><p><img
          src="b.png" width="600" height="100" alt="Shop"></p>
        files: {build/all.png: {picture: [600, 300, all]}, build/b.png: {picture: [600, 100, b]}}
    """
    screenshot = max(by_day(rendering), key=lambda one: one.width)
    pictures = [e for e in screenshot.elements if e.visible and e.tag == "img"]
    large = [e for e in pictures if e.box.width * e.box.height >= _IMAGE_ONLY["large"]]
    end = max((e.box.y + e.box.height for e in large), default=inf)
    first = min((e.box.y for e in pictures), default=0.0)
    says = [e for e in screenshot.elements if _says(e, first, end)]
    said = sum(map(letters, says))
    if said >= _IMAGE_ONLY["letters"] or any(map(_is_sentence, says)):
        return
    foot = max((e.box.y + e.box.height for e in screenshot.elements if e.visible), default=0.0)
    if large and _covered(pictures, end) >= _IMAGE_ONLY["area"] and _covered(pictures, foot) >= _IMAGE_ONLY["of_all"]:
        number = f"{len(large)} pictures" if len(large) > 1 else "one picture"
        words = f"only {said} letter{'s' if said > 1 else ''}" if said else "nothing"
        message = f"The email is {number}: as text it says {words} before its footer."
        place = markup.source.place(large[0].offset)
        expected = f"at least {_IMAGE_ONLY['letters']} letters of text"
        yield Finding("image-only-email", message, place, None, expected, f"{said} letters", view=screenshot.view.name)
    elif any(e.natural == (0, 0) for e in screenshot.elements):
        raise Skip("pictures of the email are not in the build folder, so nobody knows how much of it they are")


def _says(element: Element, first: float, end: float) -> bool:
    """Whether it is text of the message: not its footer, and not "view in browser" above the first picture."""
    if element.tag == "img" or not legible(element):
        return False
    if element.box.y >= end:  # a paragraph below the pictures is no footer
        long = letters(element) >= _IMAGE_ONLY["paragraph"] and element.font_size >= _IMAGE_ONLY["paragraph_size"]
        return long and not (mentions("unsubscribe", element.text) or has_address(element.text) or "©" in element.text)
    return element.box.y >= first or element.font_size >= _IMAGE_ONLY["headline"]


def _is_sentence(element: Element) -> bool:
    """Whether it says something by itself: a headline of that length is still the title of a picture."""
    about_the_email = mentions("view-in-browser", element.text) or speaks_of_trouble(element.text)
    ended = element.text.rstrip().endswith((".", "!", "?", "…", "。", "！", "？"))
    return ended and letters(element) >= _IMAGE_ONLY["sentence"] and not about_the_email


def _covered(pictures: Sequence[Element], end: float) -> float:
    """The share of what stands above a height, from the pictures' left edge to their right, that pictures cover."""
    above = [e.box for e in pictures if e.box.y < end]
    left, right = min(b.x for b in above), max(b.x + b.width for b in above)
    area = sum(b.width * b.height for b in above)
    return area / max(1.0, (right - left) * (end - min(b.y for b in above)))
