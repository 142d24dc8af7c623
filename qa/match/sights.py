"""What each view of an asset shows of the things that were asked for, by what was measured and by its pixels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from qa.artefacts import Element, Link, Markup, Screenshot, View
from qa.facts import facts
from qa.match.asked_things import AskedThing
from qa.text.wording import contains
from qa.views.legibility import ElementBlocks
from qa.views.screenshot_pixels import ScreenshotPixels

_SEEN = 0.3  # of the letters of a passage that must be seen of it
_HALF = 0.5  # of a passage that must have been measured before anything is said of it
_LONGEST = 500  # characters that are measured of the text of one element
_APART = ("option", "optgroup")  # whose text is no block's
_CLIP = facts("limits")["clipping"]["most"]  # bytes that Gmail shows of a message


@dataclass(frozen=True)
class Letters:
    """Where the letters of a document stand: of every element with text its block, by number, and how many it has."""

    markup: Markup
    places: Mapping[int, tuple[int, int]]  # by the offset of the element

    @cached_property
    def blocks(self) -> Mapping[int, int]:
        """The letters of each block, of those that are measured for the most part."""
        found: dict[int, int] = {}
        for number, count in self.places.values():
            found[number] = found.get(number, 0) + count
        texts = self.markup.blocks
        return {n: count for n, count in found.items() if count >= _HALF * min(_LONGEST, len(texts[n].text))}


@dataclass(frozen=True)
class Sight:
    """What one view shows of a document."""

    screenshot: Screenshot
    letters: Letters

    @property
    def view(self) -> View:
        """The view it is of."""
        return self.screenshot.view

    def shows(self, thing: AskedThing, *, closely: bool) -> bool:
        """Whether a reader sees it; what was not measured may be seen. ``closely``: its pixels are looked at, too."""
        if thing.links:
            return any(self._shows_link(link, closely) for link in thing.links)
        if not self._lost(self._in_place):
            return not closely or self._says(thing.words, self._drawn)
        return self._says(thing.words, self._drawn if closely else self._in_place)

    def colours_later(self, thing: AskedThing) -> bool:
        """Whether merge tags write some colours of it, so that its pixels do not tell whether it is seen."""
        offsets = {link.where.offset for link in thing.links}
        coloured = (e for e in self._in_place.values() if e.coloured_later)
        return any(e.offset in offsets or (e.text and contains(thing.words, e.text)) for e in coloured)

    def _shows_link(self, link: Link, closely: bool) -> bool:
        offset = link.where.offset or 0
        if offset > self._measured:
            return True
        element = self._in_place.get(offset)
        return element is not None and (bool(link.pictures) or not closely or self._has_letters(element))

    def _says(self, words: str, elements: Mapping[int, Element]) -> bool:
        """Whether these elements, with the words of pictures among them, say something."""
        markup, lost = self.letters.markup, self._lost(elements)
        shown = [block for number, block in enumerate(markup.blocks) if number not in lost and not block.hidden]
        texts = [block.text for block in shown if not block.outlook_only or block.where.offset in self._outlook]
        alts = [image.alt for image in markup.images if image.alt and image.where.offset in elements]
        return contains("\n".join((" ".join(texts), *alts)), words)

    def _lost(self, elements: Mapping[int, Element]) -> frozenset[int]:
        """The blocks of which next to nothing is among these elements, by number."""
        seen: dict[int, int] = {}
        for offset, (number, count) in self.letters.places.items():
            if offset in elements or offset > self._measured:
                seen[number] = seen.get(number, 0) + count
        return frozenset(n for n, whole in self.letters.blocks.items() if seen.get(n, 0) < _SEEN * whole)

    @cached_property
    def _outlook(self) -> frozenset[int | None]:
        """Where the blocks begin that stand in a comment for Outlook, and are seen here."""
        seen = {self.letters.places[offset][0] for offset in self._in_place if offset in self.letters.places}
        return frozenset(self.letters.markup.blocks[number].where.offset for number in seen)

    @cached_property
    def _in_place(self) -> Mapping[int, Element]:
        """The elements that can be seen where they are, by offset."""
        return {e.offset: e for e in self.screenshot.elements if e.visible and not _out_of_sight(e)}

    @cached_property
    def _drawn(self) -> Mapping[int, Element]:
        """Those of them whose letters can be told from what is behind."""
        return {offset: element for offset, element in self._in_place.items() if self._has_letters(element)}

    def _has_letters(self, element: Element) -> bool:
        return element.ink is None or element.picture_behind or not self._pixels.is_blank(element.ink)

    @cached_property
    def _pixels(self) -> ScreenshotPixels:
        return ScreenshotPixels(self.screenshot)

    @cached_property
    def _measured(self) -> int:
        """The offset up to which was looked."""
        if "only the first" in self.screenshot.note:
            return max((e.offset for e in self.screenshot.elements), default=0)
        return len(self.letters.markup.source.text)


def sights(screenshots: Sequence[Screenshot], markup: Markup) -> list[Sight]:
    """What each of them shows; one that cuts the message off tells nothing of what is behind the cut."""
    long = len(markup.source.text.encode("utf-8", "replace")) > _CLIP
    whole = [each for each in screenshots if not (long and "gmail-clip" in each.view.transforms)]
    blocks, numbers = ElementBlocks(markup), {id(block): number for number, block in enumerate(markup.blocks)}
    elements = {e.offset: e for each in whole for e in each.elements if e.text and e.tag not in _APART}
    found = {offset: (numbers[id(block)], len(e.text)) for offset, e in elements.items() if (block := blocks.of(e))}
    letters = Letters(markup, found)
    return [Sight(each, letters) for each in whole]


def missing_in(views: Sequence[Sight], thing: AskedThing) -> list[Sight]:
    """The views that do not show a thing.

    The pixels of all are looked at only where it cannot be made out in the narrowest or the widest.
    """
    light = sorted((one for one in views if not one.view.dark), key=lambda one: one.screenshot.width)
    first = light[:1] + light[1:][-1:]
    if all(one.shows(thing, closely=True) for one in first):
        return [one for one in views if one not in first and not one.shows(thing, closely=False)]
    return [one for one in views if not one.shows(thing, closely=not one.view.dark)]


def _out_of_sight(element: Element) -> bool:
    """Whether its letters lie out of what is seen."""
    ink = None if element.picture_behind else element.ink  # a picture may say what its text would
    return ink is not None and (min(ink.width, ink.height) < 1 or ink.x + ink.width <= 0 or ink.y + ink.height <= 0)
