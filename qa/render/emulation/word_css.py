"""The CSS that Word reads, by qa/data/word.toml and Can I email's table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Any, NamedTuple

from qa.clients.caniemail import Client, features
from qa.clients.degradation import OUTLOOK
from qa.clients.mix import mix
from qa.facts import compiled, facts
from qa.markup.css import Declaration, declarations, paints, rules, selectors_of

_AUTO = re.compile(r"(?<![\w-])auto(?![\w-])")
_NEGATIVE = re.compile(r"(?<![\w.#-])-[.0-9]")
_PIXELS = re.compile(r"(?<![\w.#-])([0-9]{1,6}(?:\.[0-9]{1,6})?)px")
_SIZE = re.compile(r"([0-9]{0,5}\.?[0-9]{1,5})(px|pt)")
_SHARE = re.compile(r"([0-9]{1,5}(?:\.[0-9]{1,5})?)\s*%")
_PICTURE = re.compile(r"url\(|gradient\(", re.IGNORECASE)
_COLOUR = re.compile(r"#[0-9a-f]{3,6}(?![\w])|rgb\([^()]{1,40}\)|(?<![\w#.%-])[a-z]{3,25}(?![\w(-])", re.IGNORECASE)
_EVERYWHERE = re.compile(r"@media\s+(?:all|screen)", re.IGNORECASE)
_SIDES = ("margin", "padding", "border")
_HIDING = "mso-hide"


class ElementScope(NamedTuple):
    """On which elements a declaration counts: on these alone, on all but these, or on all."""

    only: frozenset[str] = frozenset()
    but: frozenset[str] = frozenset()

    def holds(self, element: str) -> bool:
        return element not in self.but and (not self.only or element in self.only)

    @property
    def selector(self) -> str:
        """What to write behind a selector; it adds nothing to its weight."""
        if self.only:
            return f":where({','.join(sorted(self.only))})"
        return f":where(:not({','.join(sorted(self.but))}))" if self.but else ""


@cache
def outlook() -> Client:
    """Outlook on Windows."""
    return mix({OUTLOOK: 100.0})[0]


@cache
def _table() -> dict[str, Any]:
    return facts("word")


@cache
def _unread_values() -> re.Pattern[str]:
    """What Word reads no declaration with."""
    known = features()
    patterns = [
        pattern
        for name, pattern in _table()["values"].items()
        if name.startswith("x-") or (name in known and known[name].level(outlook()) != "y")
    ]
    return compiled("|".join(patterns), re.IGNORECASE)


@cache
def _reads(name: str) -> bool:
    """Whether Word knows a property."""
    if name not in _table()["properties"]["read"]:
        return False
    feature = features().get(f"css-{name}")
    return feature is None or feature.level(outlook()) != "n"


@cache
def scope_of(name: str) -> ElementScope:
    """Where a property counts."""
    group = name.split("-", 1)[0] if name.startswith(_SIDES) else name
    return ElementScope(frozenset(_table()["only"].get(group, ())), frozenset(_table()["not"].get(group, ())))


@lru_cache(maxsize=8192)
def inline(css: str, element: str) -> str:
    """What is left of a style attribute: no !important one counts there."""
    said = [(name, value) for name, value, where in _read(css, False) if where.holds(element)]
    return ";".join(f"{name}:{value}" for name, value in said)


def sheet(css: str, masked: str) -> str:
    """What is left of a style sheet: plain rules, with selectors Word understands. ``masked``: without merge tags."""
    return "\n".join(_rules(css, masked))


def _rules(css: str, masked: str) -> Iterator[str]:
    for rule in rules(masked):
        if rule.selector.startswith("@") or not all(_EVERYWHERE.fullmatch(each) for each in rule.around):
            continue
        selectors = _selectors(rule.selector)
        if not selectors:
            continue
        said: dict[ElementScope, list[str]] = {}
        for name, value, where in _read(css[rule.start : rule.start + len(rule.body)], True):
            said.setdefault(where, []).append(f"{name}:{value}")
        for where, lines in said.items():
            yield f"{','.join(each + where.selector for each in selectors)}{{{';'.join(lines)}}}"


@lru_cache(maxsize=2048)
def _selectors(written: str) -> tuple[str, ...]:
    """The selectors of a group Word reads; of chained classes it reads the first."""
    found = []
    for selector in selectors_of(written.lower()) if len(written) < 5000 else ():
        parts = [_SIMPLE().match(part) for part in selector.split()]
        if parts and all(part is not None and _chained(part) for part in parts):
            found.append(_cased(written, " ".join(part[0] for part in parts if part)))
    return tuple(found)


@cache
def _SIMPLE() -> re.Pattern[str]:
    return compiled(_table()["selectors"]["read"])


def _chained(part: re.Match[str]) -> bool:
    """Whether something was read, and what was not is only more classes and identifiers."""
    return bool(part[0]) and re.fullmatch(r"(?:[.#][\w-]+)*", part.string[part.end() :]) is not None


def _cased(written: str, selector: str) -> str:
    """As it was written: classes are told apart by case."""
    at = written.lower().find(selector)
    return written[at : at + len(selector)] if at >= 0 else selector


def _read(css: str, in_sheet: bool) -> list[tuple[str, str, ElementScope]]:
    """The declarations Word follows, Office's own last, as they win."""
    plain: list[tuple[str, str, ElementScope]] = []
    own: list[tuple[str, str, ElementScope]] = []
    found = declarations(css)
    beside = {each.name: each.value.lower() for each in found}
    for each in found:
        if each.important and (not in_sheet or not _spaced(css, each)):
            continue
        if each.name == _HIDING and each.value.lower() == "all":
            own.append(("display", "none", scope_of("display")))
        name = _table()["aliases"].get(each.name, "")
        if name == "line-height" and "font-size" not in beside:
            continue
        for said in _understood(name or each.name, each.value, beside):
            mark = " !important" if each.important else ""
            (own if name else plain).append((said[0], said[1] + mark, said[2]))
    return plain + own


def _spaced(css: str, each: Declaration) -> bool:
    """Whether a blank stands before its !important."""
    at = css.find("!", each.offset)
    return css[at - 1 : at].isspace()


def _understood(name: str, value: str, beside: Mapping[str, str]) -> Iterator[tuple[str, str, ElementScope]]:
    """A declaration as Word understands it: nothing, itself, or what of it counts."""
    if not _reads(name) or (name != "font-family" and _unread_values().search(value)):
        return
    if name == "display":
        yield from _displayed(value.lower())
    elif name == "background":
        yield from _painted(value)
    elif (said := _valued(name, value, beside)) is not None:
        yield name, said, scope_of(name)


def _valued(name: str, value: str, beside: Mapping[str, str]) -> str | None:
    """The value as it counts; None where the declaration does not."""
    lowered = value.lower()
    if name == "font-family":
        return _family(value)
    if name == "font-weight" and lowered.isdecimal():
        return "bold" if int(lowered[:5]) >= 600 else "normal"
    if name == "line-height":
        return _lines(lowered, beside)
    if name.startswith("margin"):
        return None if _NEGATIVE.search(value) else _AUTO.sub("0", lowered)
    if name.startswith("border") and name != "border-collapse":
        return _PIXELS.sub(_no_wider, value)
    return None if name == "text-transform" and lowered == "lowercase" else value


def _displayed(value: str) -> Iterator[tuple[str, str, ElementScope]]:
    """Only "none" counts, and not on pictures. Those keep "block": the gap browsers leave below them is not Word's."""
    if value == "none":
        yield "display", value, ElementScope(but=frozenset(("img",)))
    elif value == "block":
        yield "display", value, ElementScope(only=frozenset(("img",)))


def _painted(value: str) -> Iterator[tuple[str, str, ElementScope]]:
    """Of a background its colour; with a picture or a gradient, all of it is passed over."""
    if paints(value) and _PICTURE.search(value) is None:
        words = [each[0] for each in _COLOUR.finditer(value) if paints(each[0])]
        if words:
            yield "background-color", words[0], ElementScope()


def _family(value: str) -> str:
    """The fonts a computer with Windows has of those in a list."""
    known = _table()["fonts"]["known"]
    families = [each.strip() for each in value.split(",")]
    there = [each for each in families if each.strip("\"' ").lower() in known]
    return ", ".join(there) or str(_table()["fonts"]["default"])


def _lines(value: str, beside: Mapping[str, str]) -> str:
    """A line is at least so high, and never lower than its letters, unless mso-line-height-rule says "exactly"."""
    share = _SHARE.fullmatch(value)
    if share is not None:
        return f"{float(share[1]) / 100:g}"
    line, letters = _SIZE.fullmatch(value), _SIZE.fullmatch(beside.get("font-size", ""))
    if beside.get("mso-line-height-rule") == "exactly" or line is None or letters is None:
        return value
    high, size = (float(each[1]) * (4 / 3 if each[2] == "pt" else 1) for each in (line, letters))
    # As a multiple of the letters, larger ones in the same block still fit.
    return f"{high / size:.4g}" if high >= size > 0 else "normal"


def _no_wider(found: re.Match[str]) -> str:
    return f"{min(float(found[1]), _table()['properties']['widest_border']):g}px"
