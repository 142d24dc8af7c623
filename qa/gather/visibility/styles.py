"""The styles of a document's elements, as far as they hide: from its sheets and its style attributes.

What its rules say as it is opened is decided here. A rule that holds for some readers only (@media, @supports), while
somebody points at something, or until a script changes it, leaves a doubt.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from qa.artefacts.document import UNTIL
from qa.gather.visibility.colours import alike
from qa.gather.visibility.hiding import LENGTH, Style, declared, judged, merged
from qa.gather.visibility.matched_rules import Rank, Tree, of_a_state
from qa.markup.css import Declaration, Rule, declarations, rules, selectors_of
from qa.merge_tags.pattern import TOKEN

_URL = re.compile(rf"url\(\s*+(?:\"([^\"]*+)\"|'([^']*+)'|((?>(?:{TOKEN.pattern}|[^\s()])*)))", re.IGNORECASE)
_SELECTOR = re.compile(r"(?:[A-Za-z][A-Za-z0-9]*+)?(?:[.#][A-Za-z_][\w-]*+)?")
_HOLDS = re.compile(r"@layer\b|@media\b(?:[^,]*,)*\s*(?:only\s+)?(?:all|screen|not\s+print)\s*(?:,|$)", re.IGNORECASE)
_NEVER = re.compile(r"@media\s+(?:print|speech|not\s+(?:all|screen))\b[^,]*$", re.IGNORECASE)
_FOR_SOME = re.compile(r"@(?:media|supports|container|scope|-moz-document)\b", re.IGNORECASE)
_TRUSTED = frozenset(("display", "visibility", "font-size", "color", "text-decoration", "text-decoration-line"))
_PLAIN = Style()
_LONG = 4096  # characters: a longer style attribute holds a picture, which is not worth remembering
_Held = dict[str, Declaration]


def backgrounds(css: str) -> tuple[str, ...]:
    """The pictures behind an element that its style attribute asks for."""
    values = (each.value for each in declarations(css) if each.name in ("background", "background-image"))
    found = (url[url.lastindex or 0].strip() for value in values for url in _URL.finditer(value))
    return tuple(dict.fromkeys(url for url in found if url))


def pixels(value: str | None) -> int | None:
    """A length as whole pixels: "600", "600px", "450pt"; None for a share of something or nothing."""
    found = LENGTH.match((value or "").strip().lower())
    if found is None or found[2] not in (None, "px", "pt"):
        return None
    return round(float(found[1]) * (4 / 3 if found[2] == "pt" else 1))


def pixels_of(name: str, css: str) -> int | None:
    """A length that a style attribute declares, as whole pixels."""
    found = declared(css).get(name)
    return pixels(found.value) if found else None


class _Applied(NamedTuple):
    """A rule, as it applies to an element."""

    rank: tuple[bool, Rank, int]  # @layer or not, of its selector, its number in the document
    held: _Held
    doubt: str  # the rule in words, where it holds for some readers only; "" where it holds


class Styles:
    """What hides the elements of one document."""

    def __init__(self, sheets: Iterable[tuple[str, str]], tree: Tree, scripted: bool) -> None:
        self._tree, self._scripted = tree, scripted
        self._named: defaultdict[str, list[_Applied]] = defaultdict(list)  # by a tag, a class or an id
        self._matched: defaultdict[int, list[_Applied]] = defaultdict(list)  # by the offset of an element
        self._known: dict[tuple[object, ...], Style] = {}
        found = [(rule, held) for rule in _read(sheets) if (held := declared(rule.body))]
        if any(judged(held).hides for _, held in found) or _may_be_pale(held for _, held in found):
            for number, (rule, held) in enumerate(found):
                self._apply(number, rule, held)

    def _apply(self, number: int, rule: Rule, held: _Held) -> None:
        around, layered = _conditions(rule.around), any(each[:6].lower() == "@layer" for each in rule.around)
        for selector in map(str.strip, selectors_of(_whole(rule))):
            doubt = _in_words(around, selector) if around else ""
            if _SELECTOR.fullmatch(selector) and selector:
                for each, why in self._reliable(held, doubt, selector, simple=True):
                    self._named[selector].append(_Applied((not layered, _rank(selector), number), each, why))
            else:
                for one in self._tree.selected(selector):
                    unsure = doubt or ("" if one.certain else _in_words(around, selector) + _moved(selector))
                    for each, why in self._reliable(held, unsure, selector, simple=False):
                        applied = _Applied((not layered, one.rank, number), each, why)
                        for offset in one.offsets:
                            self._matched[offset].append(applied)

    def _reliable(self, held: _Held, doubt: str, selector: str, *, simple: bool) -> Iterator[tuple[_Held, str]]:
        """What of a rule holds for sure, and what a script may change: it shows by and by what a sheet hides."""
        if doubt or not self._scripted or not judged(held).hides:
            yield held, doubt
            return
        kept = {name: each for name, each in held.items() if simple and name in _TRUSTED}
        kept = kept if judged(kept).gone or judged(kept).invisible else {}
        if kept:
            yield kept, ""
        if rest := {name: each for name, each in held.items() if name not in kept}:
            yield rest, f"{_in_words((), selector)}{UNTIL}a script changes it"

    def of(self, offset: int, name: str, attributes: Mapping[str, str]) -> Style:
        """The own style of the element that begins there."""
        css = attributes.get("style", "")
        if not css and not self._named and not self._matched:
            return _PLAIN
        rules_here = self._matched.get(offset, ())
        key = (name, attributes.get("class", ""), attributes.get("id", ""), css, *map(id, rules_here))
        if key not in self._known:
            self._known[key] = self._style(name, attributes, rules_here)
        return self._known[key]

    def _style(self, name: str, attributes: Mapping[str, str], matched: Iterable[_Applied]) -> Style:
        keys, css = [name], attributes.get("style", "")
        for word in attributes.get("class", "").split():
            keys += [f".{word}", f"{name}.{word}"]
        if identifier := attributes.get("id", ""):
            keys += [f"#{identifier}", f"{name}#{identifier}"]
        found = [*matched, *(rule for key in keys if key in self._named for rule in self._named[key])]
        if not found:
            return _alone(css) if len(css) <= _LONG else merged([declared(css)])
        found.sort(key=lambda one: one.rank)
        own = declared(css)
        style = merged([*(one.held for one in found if not one.doubt), own])
        for unsure in (one for one in found if one.doubt):
            other = merged([*(one.held for one in found if not one.doubt or one is unsure), own])
            if other.hides != style.hides:
                return style._replace(doubt=unsure.doubt)
        return style


@lru_cache(maxsize=8192)
def _alone(css: str) -> Style:
    """The style of an element to which no rule applies: an email repeats the same few dozen all along."""
    return merged([declared(css)])


def _read(sheets: Iterable[tuple[str, str]]) -> Iterator[Rule]:
    """The rules of all sheets; a sheet for some media only is one block of @media."""
    for media, sheet in sheets:
        outside = (f"@media {media}",) if media else ()
        for rule in rules(sheet):
            around = (*outside, *rule.around)
            selector = rule.selector
            if selector[:1] == "@" and around and around[-1][:1] != "@":
                around, selector = (*around, selector), "&"  # an at-rule within a rule is for the same elements
            at_rules = [each for each in around if each[:1] == "@"]
            known = all(_HOLDS.match(each) or _FOR_SOME.match(each) for each in at_rules)
            if selector[:1] != "@" and known and not any(map(_NEVER.match, at_rules)):
                yield rule._replace(selector=selector, around=around)


def _whole(rule: Rule) -> str:
    """The selectors of a rule, those of the rules around it put in."""
    whole = ""
    for part in (*(each for each in rule.around if each[:1] != "@"), rule.selector):
        if not whole:
            whole = part
        elif "&" in part:
            whole = part.replace("&", f":is({whole})")
        else:
            whole = ",".join(f":is({whole}) {each}" for each in selectors_of(part))
    return whole


def _may_be_pale(rules_held: Iterable[_Held]) -> bool:
    """Whether a rule gives a text the colour of paper, or of a ground that a rule gives."""
    styles = [judged(held) for held in rules_held]
    grounds = {"white", *(style.ground for style in styles if style.ground)}
    return any(alike(style.colour, ground) for style in styles if style.colour for ground in grounds)


def _conditions(around: Iterable[str]) -> tuple[str, ...]:
    return tuple(each for each in around if each[:1] == "@" and not _HOLDS.match(each))


def _in_words(around: Iterable[str], selector: str) -> str:
    return " ".join(" ".join((*around, selector)).split())[:120]


def _moved(selector: str) -> str:
    """Who changes what a selector applies to; "" where that is merely beyond what can be read."""
    return f"{UNTIL}somebody points at it" if of_a_state(selector) else ""


def _rank(selector: str) -> Rank:
    return int("#" in selector), int("." in selector), int(selector[0] not in ".#")
