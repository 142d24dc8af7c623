"""The features of HTML and CSS that a declaration, a selector or a tag uses, by the table qa/data/features.toml."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from qa.clients.caniemail import features
from qa.facts import compiled, facts
from qa.markup.css import paints

_NAMED = re.compile(r"css-(?:(function|unit)|pseudo-(?:class|element))-(.+)|(css|html)-(.+)")
_PREFIX = re.compile(r"-(?:webkit|moz|ms|o)-(?=.)")
_PSEUDO = re.compile(r":([a-z][a-z-]*+)", re.IGNORECASE)
_QUERY = re.compile(r"[?#]")
_MOST = 4096  # characters of a value that are looked at: longer ones are pictures
_PAINTED = ("background", "background-color")

Pattern = re.Pattern[str]


@dataclass
class _Table:
    """The table, turned round: from what is met to the features it is a use of."""

    properties: list[tuple[Pattern | str, Pattern | None, str]] = field(default_factory=list)
    anywhere: list[tuple[Pattern, str]] = field(default_factory=list)  # in any value
    words: dict[str, str] = field(default_factory=dict)  # "calc(", "rem" → feature
    at: list[tuple[Pattern, str]] = field(default_factory=list)
    selectors: list[tuple[Pattern, str]] = field(default_factory=list)
    pseudo: dict[str, str] = field(default_factory=dict)
    elements: dict[str, list[str]] = field(default_factory=dict)
    attributes: dict[str, list[tuple[Pattern, frozenset[str], str]]] = field(default_factory=dict)
    sources: list[tuple[Pattern, str]] = field(default_factory=list)
    marks: list[tuple[Pattern, Pattern, str]] = field(default_factory=list)
    attribute_marks: dict[str, list[tuple[Pattern, str]]] = field(default_factory=dict)


@cache
def _table() -> _Table:
    table, found = _Table(), facts("features")["found"]
    for slug in features():
        if slug in found:
            _take(table, slug, found[slug])
        elif (named := _NAMED.fullmatch(slug)) is not None:
            _take_named(table, slug, named)
    for mark, entry in facts("features")["marks"].items():
        if "property" in entry:
            table.marks.append((_whole(entry["property"]), _some(entry.get("value", "")), mark))
        for name, pattern in entry.get("attributes", {}).items():
            table.attribute_marks.setdefault(name, []).append((_some(pattern), mark))
    return table


def _take(table: _Table, slug: str, entry: Mapping[str, Any]) -> None:
    if "property" in entry:
        table.properties.append((_whole(entry["property"]), _some(entry["value"]) if "value" in entry else None, slug))
    if "any" in entry:
        table.anywhere.append((_some(entry["any"]), slug))
    table.words |= {f"{name}(": slug for name in entry.get("functions", ())}
    for key, patterns in (("at", table.at), ("selector", table.selectors), ("source", table.sources)):
        if key in entry:
            patterns.append((_some(entry[key]), slug))
    names = frozenset(entry.get("elements", ()))
    for name, pattern in entry.get("attributes", {}).items():
        table.attributes.setdefault(name, []).append((_some(pattern), names, slug))
    if "attributes" not in entry:
        for name in names:
            table.elements.setdefault(name, []).append(slug)


def _take_named(table: _Table, slug: str, named: re.Match[str]) -> None:
    kind, inner, language, name = named.groups()
    if language == "html":
        table.elements.setdefault(name, []).append(slug)
    elif language == "css":
        table.properties.append((name, None, slug))
    elif kind is None:
        table.pseudo[inner] = slug
    else:
        table.words[f"{inner}(" if kind == "function" else inner] = slug


def _whole(pattern: str) -> Pattern:
    return compiled(rf"(?:{pattern})\Z")


def _some(pattern: str) -> Pattern:
    return compiled(pattern, re.IGNORECASE)


@cache
def _word() -> Pattern:
    """A function or a number with its unit; a colour such as #1e3e7e is neither."""
    functions = "|".join(re.escape(word[:-1]) for word in _table().words if word.endswith("("))
    units = "|".join(re.escape(word) for word in _table().words if not word.endswith("("))
    return compiled(rf"(?<![\w-])(?:({functions})\(|[-+]?[\d.]++({units})(?![\w-]))", re.IGNORECASE)


@lru_cache(maxsize=512)
def _of_property(name: str) -> tuple[tuple[Pattern | None, str], ...]:
    plain = _PREFIX.sub("", name, count=1)
    found = [
        (value, slug)
        for whole, value, slug in _table().properties
        if (whole == plain if isinstance(whole, str) else whole.match(plain))
    ]
    return (*found, (None, "css-variables")) if name.startswith("--") else tuple(found)


@lru_cache(maxsize=16384)
def of_declaration(name: str, value: str) -> tuple[str, ...]:
    """The features a declaration uses: its property, and the functions, units and keywords in its value."""
    table, value = _table(), value[:_MOST].lower()
    found = [slug for pattern, slug in _of_property(name) if pattern is None or pattern.search(value)]
    found += [table.words[f"{match[1]}(" if match[1] else match[2]] for match in _word().finditer(value)]
    found += [slug for pattern, slug in table.anywhere if pattern.search(value)]
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=16384)
def marks_of(name: str, value: str) -> frozenset[str]:
    """What a declaration says that may make up for a feature beside it."""
    value = value[:_MOST].lower()
    found = {mark for whole, pattern, mark in _marks_for(name) if pattern.search(value)}
    if name in _PAINTED and paints(value):
        found.add("colour")
    return frozenset(found)


@lru_cache(maxsize=512)
def _marks_for(name: str) -> tuple[tuple[Pattern, Pattern, str], ...]:
    return tuple(entry for entry in _table().marks if entry[0].match(name))


@lru_cache(maxsize=4096)
def of_selector(selector: str) -> tuple[str, ...]:
    """The features a selector uses."""
    table, selector = _table(), selector[:_MOST]
    found = [slug for pattern, slug in table.selectors if pattern.search(selector)]
    if ":" in selector:
        found += [slug for match in _PSEUDO.finditer(selector) if (slug := table.pseudo.get(match[1].lower()))]
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=1024)
def of_statement(words: str) -> tuple[str, ...]:
    """The features of an at-rule as it opens; also of "!important", "/*" (a comment) and "&" (a rule in a rule)."""
    return tuple(slug for pattern, slug in _table().at if pattern.search(words[:_MOST]))


def of_tag(name: str, attributes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The features a tag uses, each with what of the tag it is; those of its style are not among them."""
    table = _table()
    for slug in table.elements.get(name, ()):
        yield slug, f"<{name}>"
    for attribute, value in attributes.items():
        for pattern, names, slug in table.attributes.get(attribute, ()):
            if (not names or name in names) and pattern.search(value):
                yield slug, f"{attribute}={value[:40]}" if value else attribute
    if name == "img" and (source := attributes.get("src", "").strip()):
        yield from ((slug, source[:40]) for slug in of_source(source))


def of_source(source: str) -> list[str]:
    """The picture formats an address speaks of, by its end, or by its beginning where it holds the picture itself."""
    path = source[:64] if source[:5].lower() == "data:" else _QUERY.split(source, maxsplit=1)[0].rstrip()
    return [slug for pattern, slug in _table().sources if pattern.search(path)]


def marks_of_tag(attributes: Mapping[str, str]) -> Iterator[str]:
    """What attributes say that may make up for a feature beside them."""
    marks = _table().attribute_marks
    for attribute in marks.keys() & attributes.keys():
        yield from (mark for pattern, mark in marks[attribute] if pattern.search(attributes[attribute]))
