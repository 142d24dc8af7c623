"""Features that declarations, tags and rules use, read once for each way of writing and then counted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from qa.artefacts import Features, FeatureUse
from qa.clients.degradation import degradations_by
from qa.clients.recognise import marks_of, marks_of_tag, of_declaration, of_selector, of_statement, of_tag
from qa.gather.css_use.selectors import Elements
from qa.markup.css import Rule, declarations, rules
from qa.source import Source

_EVERYWHERE = re.compile(r"(?:@media)?\s*+(?:all|screen)?\s*+", re.IGNORECASE)
_KEPT = 200  # characters of a value
_LONG = 4096  # characters: longer values are pictures, longer selectors an attack


class Block(NamedTuple):
    """What the declarations of a style attribute or of a rule use."""

    features: tuple[str, ...] = ()
    missed: tuple[tuple[str, str], ...] = ()  # features a reader may come to miss, and the declaration as written
    marks: frozenset[str] = frozenset()


class Tag(NamedTuple):
    """A tag as written, and what it uses itself; the same tag stands in an email dozens of times."""

    name: str
    attributes: Mapping[str, str]
    style: Block
    own: tuple[tuple[str, str], ...]
    marks: frozenset[str]


class Use(NamedTuple):
    """What makes one use of a feature another than the next."""

    feature: str
    value: str
    tag: str
    seen_by: str
    beside: frozenset[str]


@lru_cache(maxsize=16384)
def _declared(name: str, value: str) -> Block:
    """The features of one declaration."""
    used, written = of_declaration(name, value), f"{name}: {value[:_KEPT]}"
    missed = tuple((slug, written) for slug in used if degradations_by(slug, written))
    return Block(used, missed, marks_of(name, value))


def block(css: str) -> Block:
    """The features of a run of declarations: an email repeats the same few dozen all along, and they are read once."""
    return _block(css) if len(css) <= _LONG else _block.__wrapped__(css)  # a picture in it is not worth remembering


@lru_cache(maxsize=8192)
def _block(css: str) -> Block:
    """Of a property declared twice, the last declaration holds where it is understood."""
    found = dict.fromkeys(of_statement("/*") if "/*" in css else ())
    marks = set[str]()
    held: dict[str, tuple[tuple[str, str], ...]] = {}  # property → what would be missed
    for name, value, _, important in declarations(css):
        used, missed, marked = _declared(name[:_LONG], value[:_LONG])
        found.update(dict.fromkeys(used))
        if important:
            found.update(dict.fromkeys(of_statement("!important")))
        marks |= marked
        if missed and name in held:
            before = {slug for slug, _ in held[name]}
            missed = tuple(miss for miss in missed if miss[0] in before)
        held[name] = missed
    return Block(tuple(found), tuple(miss for missed in held.values() for miss in missed), frozenset(marks))


def tag(name: str, attributes: Mapping[str, str]) -> Tag:
    """What a tag uses."""
    style = block(attributes["style"]) if attributes.get("style") and ":" not in name else Block()  # VML has its own
    return Tag(name, attributes, style, tuple(of_tag(name, attributes)), style.marks.union(marks_of_tag(attributes)))


class Uses:
    """The features of one document, counted."""

    def __init__(self) -> None:
        self._first: dict[str, int] = {}
        self._missed: dict[Use, list[int]] = {}  # → times, the first offset

    def note(self, slugs: Iterable[str], offset: int) -> None:
        """Features that are used, somewhere."""
        for slug in slugs:
            if self._first.setdefault(slug, offset) > offset:
                self._first[slug] = offset

    def miss(self, use: Use, times: int, offset: int) -> None:
        """A use that matters to every reader's client; of one by which nothing is lost, nothing is kept."""
        if degradations_by(use.feature, use.value):
            counted = self._missed.setdefault(use, [0, offset])
            counted[0] += times
            counted[1] = min(counted[1], offset)

    def tag(self, read: Tag, seen_by: str, times: int, offset: int) -> None:
        """A tag, with its style attribute."""
        self.note(read.style.features, offset)
        self.note((slug for slug, _ in read.own), offset)
        for slug, value in (*read.own, *read.style.missed):
            self.miss(Use(slug, value, read.name, seen_by, read.marks), times, offset)

    def sheet(self, css: str, start: int, media: str, seen_by: str, elements: Elements) -> None:
        """A style sheet that begins at an offset; ``media`` is that of its tag."""
        if "/*" in css:
            self.note(of_statement("/*"), start + css.index("/*"))
        conditional = not _EVERYWHERE.fullmatch(media)
        for each in rules(css):
            rule = each._replace(selector=each.selector[:_LONG])
            if rule.selector.startswith("@"):
                self._statement(rule.selector, start + rule.offset, seen_by)
            else:
                self.note(of_selector(rule.selector), start + rule.offset)
            if rule.body:
                self._rule(rule, start, conditional, seen_by, elements)

    def _statement(self, words: str, offset: int, seen_by: str) -> None:
        used = of_statement(words)
        self.note(used, offset)
        for slug in used:
            self.miss(Use(slug, words[:_KEPT], "style", seen_by, frozenset()), 1, offset)

    def _rule(self, rule: Rule, start: int, conditional: bool, seen_by: str, elements: Elements) -> None:
        used = block(rule.body)
        self.note(used.features, start + rule.offset)
        nesting = of_statement("&") if any(not around.startswith("@") for around in rule.around) else ()
        self.note(nesting, start + rule.offset)
        around = [around for around in rule.around if around.startswith("@")]
        if conditional or rule.selector.startswith("@") or not all(map(_EVERYWHERE.fullmatch, around)):
            return
        missed = [*used.missed, *((slug, rule.selector) for slug in nesting)]
        if not missed:
            return
        for name, marks in elements.meant(rule.selector).items():
            for slug, value in missed:
                self.miss(Use(slug, value, name, seen_by, used.marks | marks), 1, start + rule.offset)

    def features(self, source: Source, for_outlook: Iterable[str]) -> Features:
        """All of it, with places."""
        uses = sorted(self._missed.items(), key=lambda item: (item[1][1], item[0][:4]))
        return Features(
            {slug: source.place(offset) for slug, offset in self._first.items()},
            tuple(
                FeatureUse(slug, value, source.place(offset), times, tag, seen_by, beside)
                for (slug, value, tag, seen_by, beside), (times, offset) in uses
            ),
            frozenset(for_outlook),
        )
