"""What each view of an email shows a reader, and what it does not."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache

from qa.artefacts import Element, Link, Markup, Screenshot, View
from qa.facts import facts
from qa.links.url import bare
from qa.markup.merge_tag_mask import masked
from qa.text.moments.dates import flat
from qa.text.money import Percentage, Price, percentages, prices
from qa.text.wording import loose
from qa.views.backgrounds import lost_without
from qa.views.legibility import contrast

_CONTRAST, _TEXT = facts("view_limits")["contrast"], facts("view_limits")["text"]
_CLIP = facts("limits")["clipping"]["most"]  # bytes that Gmail shows of a message
_WORD = re.compile(r"\w{3,}")
Amount = Price | Percentage


class Unseen(Enum):
    """Why a view does not show a thing."""

    HIDDEN = "it is not there"
    FADED = "it has the colour of its ground in dark mode, or where the picture behind it is lost"
    CLIPPED = "the client cuts the message off before"


@dataclass(frozen=True, slots=True)
class ViewContent:
    """What a view shows, in the forms it is looked up by."""

    screenshot: Screenshot
    seen: frozenset[int]  # offsets
    faded: frozenset[int]  # of text in the colour of what is behind it
    goals: frozenset[str]  # of the links that are seen
    texts: frozenset[str]  # whole pieces of text, as `loose` makes them
    words: frozenset[str]
    measured: int  # the offset up to which was looked
    amounts: Mapping[Amount, Element]  # prices and percentages, each with its words where it stands first

    def shows(self, thing: Link | Element, amount: Amount | None = None) -> bool:
        """Whether a link, a passage or an amount is seen; what was not measured may be seen."""
        if isinstance(thing, Link):
            return self._leads_on(thing)
        if thing.offset > self.measured:
            return True
        return self._says(thing) if amount is None else amount in self.amounts

    def _leads_on(self, link: Link) -> bool:
        """Whether a link is seen, or another with its words or to its place."""
        if (link.where.offset or 0) > self.measured or link.where.offset in self.seen:
            return True
        if not leads_nowhere(link) and bare(link.href) in self.goals:
            return True
        return bool(link.text.strip()) and loose(link.text) in self.texts

    def _says(self, passage: Element) -> bool:
        """Whether a passage is seen, or nearly all of its words are elsewhere: in its version for phones, say."""
        if passage.offset in self.seen:
            return True
        words = _words(passage.text)
        return bool(len(words & self.words) >= _TEXT["same"] * len(words))


def leads_nowhere(link: Link) -> bool:
    """Whether a link has no address yet, so that only its words tell it from others."""
    return link.href.strip() in ("", "#")


@dataclass(frozen=True, slots=True)
class Seen:
    """One view: ``there`` is what it shows, ``readable`` what of that is left beside text that has faded."""

    view: View
    there: ViewContent
    readable: ViewContent
    clipped: bool

    def lacks(self, thing: Link | Element, amount: Amount | None = None) -> Unseen | None:
        """Why this view does not show a thing; None where it does."""
        if not self.there.shows(thing, amount):
            return Unseen.CLIPPED if self.clipped else Unseen.HIDDEN
        return None if self.readable.shows(thing, amount) else Unseen.FADED


def seen_in(screenshots: Sequence[Screenshot], markup: Markup) -> list[Seen]:
    """What each of these screenshots shows."""
    long = len(markup.source.text.encode("utf-8", "replace")) > _CLIP
    on_pictures = frozenset(e.offset for screenshot in screenshots for e in screenshot.elements if e.picture_behind)
    founded = on_pictures - {e.offset for screenshot in screenshots for e in screenshot.elements if lost_without(e)}
    found = []
    for screenshot in screenshots:
        faded = frozenset(element.offset for element in screenshot.elements if _faded(element))
        faded = faded if screenshot.view.dark else faded - founded  # a colour stands in for the picture
        there = _content(screenshot, markup, frozenset() if screenshot.view.dark else faded - on_pictures)
        readable = there if there.faded == faded else _content(screenshot, markup, faded)
        found.append(Seen(screenshot.view, there, readable, long and "gmail-clip" in screenshot.view.transforms))
    return found


def _content(screenshot: Screenshot, markup: Markup, faded: frozenset[int]) -> ViewContent:
    read = [e for e in screenshot.elements if e.visible and e.offset not in faded]
    seen = frozenset(element.offset for element in read)
    texts = frozenset(loose(element.text) for element in read if element.text)
    words = frozenset(word for element in read for word in _words(element.text))
    unloaded = [e.offset for e in screenshot.elements if e.tag == "img" and e.natural == (0, 0)]
    goals = {bare(link.href) for link in markup.links if link.where.offset in seen or _pending(link, unloaded, markup)}
    partly = "only the first" in screenshot.note
    measured = max((e.offset for e in screenshot.elements), default=0) if partly else len(markup.source.text)
    amounts = {amount: replace(e, text=said) for e in reversed(read) for amount, said in _named(e.text)}
    return ViewContent(screenshot, seen, faded, frozenset(goals), texts, words, measured, amounts)


@lru_cache(maxsize=10_000)
def _named(text: str) -> Sequence[tuple[Amount, str]]:
    """The prices and percentages of a text, with their words; those of merge tags are code."""
    even = flat(masked(text))
    return tuple((amount, even[start:end]) for found in (prices, percentages) for start, end, amount in found(even))


def _faded(element: Element) -> bool:
    """Text in the colour of what is behind it."""
    found = contrast(element)
    return found is not None and found < _CONTRAST["hidden"]


def _pending(link: Link, unloaded: Collection[int], markup: Markup) -> bool:
    """Whether a link is a picture that did not load: it has no size, and nobody knows what the reader will see."""
    if not link.pictures or link.where.offset is None:
        return False
    inside = {i.where.offset for i in markup.images if i.link == link.href and i.src in link.pictures}
    return any(offset in inside for offset in unloaded)


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))
