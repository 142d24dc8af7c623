"""Elements that reach over the edge of a screen, a phone's above all, and whether a reader loses by it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from qa.artefacts import Box, Element, Markup, Rendering, Screenshot
from qa.facts import facts
from qa.finding import Skip
from qa.markup.merge_tag_mask import BLOT, masked
from qa.views.legibility import inside

_WIDTH = re.compile(r"(?<![\w-])(?:min-)?width\s{0,5}[:=]\s{0,5}[\"']?(\d{3,5})(?![\d%])", re.IGNORECASE)
_GUTTER = 40  # pixels; more is a layout that was not made for phones, whatever is drawn there
_HARDLY = 0.95  # of its size, what a client shows smaller is as good as before
_LETTER, _NARROW = 0.65, 0.45  # of the size of the type: how wide a letter may be, and how wide it is at least
_DRAWN = frozenset(("img", "input", "button", "iframe", "video", "canvas", "svg", "hr", "select", "textarea"))
_WIDEST_PHONE = facts("view_limits")["phone"]["widest"]


class Harm(Enum):
    """What a reader loses where the layout is wider than the screen."""

    MUCH = "the reader scrolls sideways, or reads small type"
    LITTLE = "all of it is shown a little smaller"
    NOTHING = "what sticks out is empty"
    PERHAPS_WITH_TAGS = "merge tags that are filled in later hold it apart"
    PERHAPS_WITH_PICTURES = "pictures that were not there may shrink"

    @property
    def unsure(self) -> bool:
        """Whether a person has to look."""
        return self in (Harm.PERHAPS_WITH_TAGS, Harm.PERHAPS_WITH_PICTURES)


@dataclass(frozen=True, slots=True)
class Overflow:
    """A layout that is wider than the screen it is read on. ``widest`` is the outermost that sticks out furthest."""

    screenshot: Screenshot
    widest: Element | None
    harm: Harm


def is_phone(screenshot: Screenshot) -> bool:
    """Whether a screenshot is as wide as a phone, or narrower."""
    return bool(screenshot.width <= _WIDEST_PHONE)


def is_wide(screenshot: Screenshot) -> bool:
    """Whether the layout of a screenshot is wider than its window."""
    return screenshot.scroll_width > screenshot.width + 1


def phone_overflows(rendering: Rendering, markup: Markup) -> Iterator[Overflow]:
    """The screenshots of phones on which something sticks out; Skip where there is no phone."""
    phones = [screenshot for screenshot in rendering.screenshots if is_phone(screenshot)]
    if not phones:
        raise Skip("no picture was taken at the width of a phone")
    # Without styles no layout is narrow: what such a client shows smaller is no mistake where the styles are right.
    reading = [screenshot for screenshot in phones if "no-style" not in screenshot.view.transforms] or phones
    # In place of a picture, its text heeds no max-width: a page that fits with its pictures is not wide without them.
    reading = [
        screenshot for screenshot in reading if screenshot.view.images or screenshot.view.kind == "email"
    ] or reading
    yield from (overflow(screenshot, markup) for screenshot in reading if is_wide(screenshot))


def right(element: Element) -> float:
    """Its right edge."""
    return element.box.x + element.box.width


def overflow(screenshot: Screenshot, markup: Markup) -> Overflow:
    """What sticks out of a screenshot that is too wide."""
    sticking = [
        element for element in _laid_out(screenshot) if element.visible and right(element) > screenshot.width + 1
    ]
    # Of those that stick out the furthest, the outermost is where the width was set.
    widest = max(sticking, key=lambda element: (round(right(element)), -element.offset), default=None)
    return Overflow(screenshot, widest, _harm(screenshot, sticking, markup))


def _harm(screenshot: Screenshot, sticking: Sequence[Element], markup: Markup) -> Harm:
    if not sticking:
        return Harm.MUCH
    fixed = any(is_fixed(e, markup) or _is_wide_itself(e, screenshot.width, markup) for e in sticking)
    if not fixed and any(_is_code(element, screenshot.width) for element in sticking):
        return Harm.PERHAPS_WITH_TAGS
    pictureless = screenshot.view.kind == "page" and not screenshot.view.images
    if pictureless or any(_shrinks_when_there(element, markup) for element in sticking):
        return Harm.PERHAPS_WITH_PICTURES
    if screenshot.scroll_width - screenshot.width <= _GUTTER and not any(
        _is_seen(each, screenshot.width) for each in sticking
    ):
        return Harm.NOTHING
    return Harm.LITTLE if _HARDLY <= screenshot.scale < 1 else Harm.MUCH


def _laid_out(screenshot: Screenshot) -> Sequence[Element]:
    """The elements before the client showed all of it smaller."""
    if screenshot.scale == 1:
        return screenshot.elements
    return [
        replace(e, box=Box(*(edge / screenshot.scale for edge in (e.box.x, e.box.y, e.box.width, e.box.height))))
        for e in screenshot.elements
    ]


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


def _is_wide_itself(element: Element, screen: int, markup: Markup) -> bool:
    """Whether an element holds the layout apart without being told how wide to be: a large picture, a long word."""
    if element.natural is not None:
        text = markup.source.text
        tag = text[element.offset : text.find(">", element.offset) + 1]
        return element.natural[0] > screen and "max-width" not in tag and "%" not in tag
    words = max(map(len, element.text.split()), default=0)
    return words * element.font_size * _NARROW > screen and not _is_code(element, screen)


def is_fixed(element: Element, markup: Markup) -> bool:
    """Whether an element is as wide as its own tag says, in pixels."""
    text = markup.source.text
    tag = text[element.offset : inside(text, element)]
    return max((int(found[1]) for found in _WIDTH.finditer(tag)), default=0) >= element.box.width - 1


def _is_seen(element: Element, edge: int) -> bool:
    """Whether something of an element is drawn over the edge; letters are half as wide as high, or a little more."""
    drawn = element.box.x + min(element.box.width, len(element.text) * element.font_size * _LETTER)
    return element.natural is not None or element.tag in _DRAWN or (bool(element.text) and drawn > edge + 1)
