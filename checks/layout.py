"""Does the layout fit the screen of a phone?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from qa.artefacts import Box, Element, LinkedFiles, Markup, Rendering, Shot
from qa.check import check
from qa.facts import facts
from qa.finding import Code, Finding, Severity, Skip
from qa.mask import BLOT, masked
from qa.source import Place
from qa.wording import quoted

_GUTTER = 40  # pixels; more is a layout that was not made for phones, whatever is drawn there
_HARDLY = 0.95  # of its size, what a client shows smaller is as good as before
_LETTER = 0.65  # of the size of the type
_DRAWN = frozenset(("img", "input", "button", "iframe", "video", "canvas", "svg", "hr", "select", "textarea"))
_WIDEST_PHONE = facts("seen")["phone"]["widest"]


@check(
    "phone-overflow",
    Code(
        "sideways-scroll",
        Severity.WARNING,
        "On a phone, the layout is wider than the screen.",
        "Let the element shrink: max-width: 100%, or a media query for narrow screens.",
    ),
    Code(
        "empty-overflow",
        Severity.INFO,
        "On a phone, a little sticks out over the edge of the screen, and nothing is lost by it.",
        "Take the negative margin out, or hide what sticks out: overflow: hidden.",
    ),
)
def phone_overflow(rendering: Rendering, markup: Markup, files: LinkedFiles | None = None) -> Iterator[Finding]:
    """On a phone, nothing is wider than the screen.

    Most readers open on a phone. Where one wide table or picture sticks out, they scroll sideways to read every
    line, or the whole email is shrunk until nobody can read it.

    Fails:
        email: {}
        build: <html><body><div style="width:600px">Save your seat</div></body></html>

    Passes:
        email: {}
        build: <html><body><div style="max-width:600px">Save your seat</div></body></html>
    """
    if files and files.unstyled:
        raise Skip(f"the style sheet {quoted(files.unstyled)} is not in the build: the layout is not its own")
    phones = [shot for shot in rendering.shots if shot.width <= _WIDEST_PHONE]
    if not phones:
        raise Skip("no picture was taken at the width of a phone")
    # Without styles no layout is narrow: what such a client shows smaller is no mistake where the styles are right.
    reading = [shot for shot in phones if "no-style" not in shot.view.transforms] or phones
    # In place of a picture, its text heeds no max-width: a page that fits with its pictures is not wide without them.
    reading = [shot for shot in reading if shot.view.images or shot.view.kind == "email"] or reading
    found: dict[Place | None, Finding] = {}
    for shot in reading:
        if shot.scroll_width > shot.width + 1:
            finding = _overflow(shot, markup)
            found.setdefault(finding.where, finding)
    yield from found.values()


def _overflow(shot: Shot, markup: Markup) -> Finding:
    expected, actual = f"{shot.width} px", f"{shot.scroll_width} px"
    sticking = [element for element in _laid_out(shot) if element.visible and _right(element) > shot.width + 1]
    # Of those that stick out the furthest, the outermost is where the width was set.
    widest = max(sticking, key=lambda element: (round(_right(element)), -element.offset), default=None)
    if widest is None:
        message = f"On a phone {shot.width} px wide, the layout is {shot.scroll_width} px wide: {_what_is_seen(shot)}."
        return Finding("sideways-scroll", message, None, None, expected, actual, view=shot.view.name)
    said = f" {quoted(widest.text, 40)}" if widest.text.strip() else ""
    message = (
        f"On a phone {shot.width} px wide, <{widest.tag}>{said} is {round(widest.box.width)} px wide "
        f"and sticks out by {round(_right(widest)) - shot.width} px"
    )
    place = markup.source.place(widest.offset)
    if any(_is_code(element, shot.width) for element in sticking):
        message += "; see whether it still does when the merge tags are filled in."
        return Finding("sideways-scroll", message, place, None, expected, actual, review=True, view=shot.view.name)
    pictureless = shot.view.kind == "page" and not shot.view.images
    if pictureless or any(_shrinks_when_there(element, markup) for element in sticking):
        message += "; see whether it still does when its pictures are there."
        return Finding("sideways-scroll", message, place, None, expected, actual, review=True, view=shot.view.name)
    if shot.scroll_width - shot.width <= _GUTTER and not any(_is_seen(each, shot.width) for each in sticking):
        return Finding("empty-overflow", f"{message}: empty space.", place, None, expected, actual, view=shot.view.name)
    message += f": {_what_is_seen(shot)}."
    code = "empty-overflow" if _HARDLY <= shot.scale < 1 else "sideways-scroll"
    return Finding(code, message, place, None, expected, actual, view=shot.view.name)


def _laid_out(shot: Shot) -> Sequence[Element]:
    """The elements before the client showed all of it smaller."""
    if shot.scale == 1:
        return shot.elements
    return [
        replace(e, box=Box(*(edge / shot.scale for edge in (e.box.x, e.box.y, e.box.width, e.box.height))))
        for e in shot.elements
    ]


def _what_is_seen(shot: Shot) -> str:
    if shot.scale == 1:
        return "the reader has to scroll sideways"
    letters: Counter[float] = Counter()
    for element in shot.elements:
        letters[element.font_size] += len(element.text) if element.visible else 0
    seen = f"{shot.view.title} shows everything smaller, at {shot.scale:.0%}"
    size, many = max(letters.items(), key=lambda each: each[1], default=(0.0, 0))
    return f"{seen}, so that type of {size:g} px looks like {size * shot.scale:.0f} px" if many else seen


def _shrinks_when_there(element: Element, markup: Markup) -> bool:
    """A picture that did not come is drawn as its text, and that does not heed max-width as the picture will."""
    text = markup.source.text
    tag = text[element.offset : text.find(">", element.offset) + 1]
    return element.natural == (0, 0) and "max-width" in tag


def _is_code(element: Element, screen: int) -> bool:
    """Whether template code that nobody will be sent holds the layout apart: a merge tag is one long word."""
    text = element.text
    longest = max(map(len, text.split()), default=0) * element.font_size * _LETTER
    return longest > 0.75 * screen and (BLOT in masked(text) or "{%" in text or "<%" in text)


def _is_seen(element: Element, edge: int) -> bool:
    """Whether something of an element is drawn over the edge; letters are half as wide as high, or a little more."""
    drawn = element.box.x + min(element.box.width, len(element.text) * element.font_size * _LETTER)
    return element.natural is not None or element.tag in _DRAWN or (bool(element.text) and drawn > edge + 1)


def _right(element: Element) -> float:
    return element.box.x + element.box.width
