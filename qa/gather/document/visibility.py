"""What hides an element: its style, from its attribute and from plain rules of the document's own sheets.

Rules inside @media (and every other at-rule) hide nothing: they hold for some readers only.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from qa.markup.css import Declaration, declarations, rules, selectors_of
from qa.merge_tags.pattern import TOKEN

_NUMBER = r"[0-9]++(?:\.[0-9]*+)?|\.[0-9]++"
_READ = {"display", "visibility", "opacity", "overflow", "color", "font", "font-size"}
_READ |= {"height", "max-height", "width", "max-width", "text-decoration", "text-decoration-line"}
_LINES = ("text-decoration", "text-decoration-line")
_LONGEST = 100  # characters: no value that hides is longer
_URL = re.compile(rf"url\(\s*+(?:\"([^\"]*+)\"|'([^']*+)'|((?:{TOKEN.pattern}|[^\s()])*+))", re.IGNORECASE)
_SELECTOR = re.compile(r"(?:[A-Za-z][A-Za-z0-9]*+)?(?:[.#][A-Za-z_][\w-]*+)?")
_LENGTH = re.compile(rf"(-?(?:{_NUMBER}))\s*+([a-z]++|%)?")
_SHORTHAND_SIZE = re.compile(rf"(?<![\w.-])(?:(?:{_NUMBER})(?:px|pt|rem|em|%)|0(?=/))")
_NO_COLOUR = re.compile(
    r"transparent|#[0-9a-f]{3}0|#[0-9a-f]{6}00|(?:rgb|hsl)a?\((?:[^,)]*+,){3}(?:0|0?\.0+|0%)\)|[^/]*+/(?:0|0?\.0+|0%)\)"
)


class Style(NamedTuple):
    """What of an element's style hides it, or undoes what its parent's does; None leaves it to the parent."""

    gone: bool = False
    tiny: bool | None = None  # text too small to see
    transparent: bool | None = None
    invisible: bool | None = None
    size: float | None = None  # of text, pixels; 0 where it is declared and cannot be told
    struck: bool = False  # its text is crossed out


_PLAIN = Style()
_LONG = 4096  # characters: a longer style attribute holds a picture, which is not worth remembering


def backgrounds(css: str) -> tuple[str, ...]:
    """The pictures behind an element that its style attribute asks for."""
    values = (each.value for each in declarations(css) if each.name in ("background", "background-image"))
    found = (url[url.lastindex or 0].strip() for value in values for url in _URL.finditer(value))
    return tuple(dict.fromkeys(url for url in found if url))


def pixels(value: str | None) -> int | None:
    """A length as whole pixels: "600", "600px", "450pt"; None for a share of something or nothing."""
    found = _LENGTH.match((value or "").strip().lower())
    if found is None or found[2] not in (None, "px", "pt"):
        return None
    return round(float(found[1]) * (4 / 3 if found[2] == "pt" else 1))


def pixels_of(name: str, css: str) -> int | None:
    """A length that a style attribute declares, as whole pixels."""
    found = _declared(css).get(name)
    return pixels(found.value) if found else None


def _declared(css: str) -> dict[str, Declaration]:
    """The declarations that can hide or size an element, their values in lower case."""
    read = (each for each in declarations(css) if each.name in _READ)
    return _laid_over(each._replace(value=each.value[:_LONGEST].lower()) for each in read)


def _laid_over(found: Iterable[Declaration]) -> dict[str, Declaration]:
    """Of every property the declaration that holds: later ones win, !important ones over all."""
    holding: dict[str, Declaration] = {}
    for each in found:
        if each.important or each.name not in holding or not holding[each.name].important:
            holding[each.name] = each
    return holding


class Styles:
    """What hides the elements of one document: its plain rules (a tag, a class or an id) and style attributes."""

    def __init__(self, sheets: Iterable[str]) -> None:
        self._rules: defaultdict[str, list[tuple[int, dict[str, Declaration]]]] = defaultdict(list)
        self._known: dict[tuple[str, str, str, str], Style] = {}
        plain = (rule for sheet in sheets for rule in rules(sheet) if not rule.around and rule.selector[:1] != "@")
        for number, rule in enumerate(plain):
            if found := _trusted(_declared(rule.body)):
                for selector in selectors_of(rule.selector):
                    if (name := selector.strip()) and _SELECTOR.fullmatch(name):
                        self._rules[name].append((number, found))

    def of(self, name: str, attributes: Mapping[str, str]) -> Style:
        """An element's own style."""
        css = attributes.get("style", "")
        if not css and not self._rules:
            return _PLAIN
        key = (name, attributes.get("class", ""), attributes.get("id", ""), css)
        if key not in self._known:
            self._known[key] = self._style(*key)
        return self._known[key]

    def _style(self, name: str, classes: str, identifier: str, css: str) -> Style:
        keys = [name]
        for word in classes.split():
            keys += [f".{word}", f"{name}.{word}"]
        keys += [f"#{identifier}", f"{name}#{identifier}"]
        found = [(_weight(key), *rule) for key in keys if key in self._rules for rule in self._rules[key]]
        if not found and len(css) <= _LONG:
            return _alone(css)
        return _merged([*(rule for _, _, rule in sorted(found, key=lambda one: one[:2])), _declared(css)])


@lru_cache(maxsize=8192)
def _alone(css: str) -> Style:
    """The style of an element to which no rule applies: an email repeats the same few dozen all along."""
    return _merged([_declared(css)])


def _merged(layers: Iterable[dict[str, Declaration]]) -> Style:
    """What holds of several layers of declarations, each over the one before."""
    return _judged(_laid_over(each for layer in layers for each in layer.values()))


def _trusted(found: dict[str, Declaration]) -> dict[str, Declaration]:
    """Of a rule: what a more exact rule we do not read would hardly undo."""
    trusted = ("display", "visibility", "font-size", "color", *_LINES)
    kept = {name: each for name, each in found.items() if name in trusted}
    style = _judged(kept)
    undone = {"font-size": style.tiny, "color": style.transparent}
    return {name: each for name, each in kept.items() if not undone.get(name)}


def _judged(holding: dict[str, Declaration]) -> Style:
    values = {name: each.value for name, each in holding.items()}
    clipped = values.get("overflow", "").startswith(("hidden", "clip"))
    flat = clipped and any(_zero(values.get(name)) for name in ("max-height", "height", "max-width", "width"))
    colour, visibility = values.get("color"), values.get("visibility")
    return Style(
        gone=values.get("display", "").startswith("none") or flat or _zero(values.get("opacity")),
        tiny=_tiny(values),
        transparent=None if colour in (None, "inherit") else bool(_NO_COLOUR.fullmatch(str(colour).replace(" ", ""))),
        invisible=None if visibility in (None, "inherit") else visibility in ("hidden", "collapse"),
        size=_pixels_of_text(values),
        struck=any("line-through" in values.get(name, "") for name in _LINES),
    )


def _zero(value: str | None) -> bool:
    found = _LENGTH.match(value or "")
    return found is not None and float(found[1]) == 0


def _declared_size(values: dict[str, str]) -> str | None:
    size = values.get("font-size")
    if size is None and (short := _SHORTHAND_SIZE.search(values.get("font", ""))):
        size = short[0]
    return size


def _pixels_of_text(values: dict[str, str]) -> float | None:
    size = _declared_size(values)
    if size is None or size == "inherit":
        return None
    found = _LENGTH.match(size)
    if found is None or found[2] not in ("px", "pt"):
        return 0.0
    return float(found[1]) * (4 / 3 if found[2] == "pt" else 1)


def _tiny(values: dict[str, str]) -> bool | None:
    size = _declared_size(values)
    if size is None or size in ("inherit", "smaller", "larger"):
        return None
    found = _LENGTH.match(size)
    if found is None:
        return False
    number = float(found[1])
    if found[2] in ("em", "%") and number:
        return None
    return number == 0 or (number <= 1 and found[2] in (None, "px", "pt"))


def _weight(selector: str) -> int:
    return (4 if "#" in selector else 2 if "." in selector else 0) + (selector[0] not in ".#")
