"""Declarations that hide an element from its readers, or its text, or undo what hides them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from qa.markup.css import Declaration, declarations

_NUMBER = r"[0-9]++(?:\.[0-9]*+)?|\.[0-9]++"
_LINES = ("text-decoration", "text-decoration-line")
_FILLS = ("-webkit-text-fill-color", "color")
_SIDES = ("left", "top", "right", "bottom", "inset", "margin", "margin-left", "margin-top", "translate", "transform")
_SIZES = ("max-height", "height", "max-width", "width")
_READ = {"display", "visibility", "opacity", "overflow", "font", "font-size", "position", "text-indent", "clip"}
_READ |= {"clip-path", "-webkit-clip-path", "content-visibility", "filter", "scale", "background-clip", "animation"}
_READ |= {"-webkit-background-clip", "animation-name", "background", "background-color", "background-image"}
_READ |= {"mask-image", "-webkit-mask-image", "all", *_LINES, *_FILLS, *_SIDES, *_SIZES}
_LONGEST = 100  # characters: no value that hides is longer
_FAR = -900  # CSS pixels: what is put further to the left of its place, or above it, is on no screen
_FAINT = 0.02  # of opacity
LENGTH = re.compile(rf"(-?(?:{_NUMBER}))\s*+([a-z]++|%)?")
_AWAY = re.compile(rf"-((?:{_NUMBER}))\s*+(px|pt|r?em|v[wh]|ch|%)")
_OF_PIXELS = {"px": 1, "pt": 1.33, "em": 16, "rem": 16, "ch": 8, "vw": 10, "vh": 10, "%": 9}
_SHORTHAND_SIZE = re.compile(rf"(?<![\w.-])(?:(?:{_NUMBER})(?:px|pt|rem|em|%)|0(?=/))")
_NO_COLOUR = re.compile(
    r"transparent|#[0-9a-f]{3}0|#[0-9a-f]{6}00|(?:rgb|hsl)a?\((?:[^,)]*+,){3}(?:0|0?\.0+|0%)\)|[^/]*+/(?:0|0?\.0+|0%)\)"
)
_ZERO = r"-?0*\.?0+(?:px|pt|em|%|deg)?"
_NO_SIZE = re.compile(
    rf"scale(?:3d|x|y)?\({_ZERO}\s*[,)]|scale(?:3d)?\([^,)]*,\s*{_ZERO}\s*[,)]|matrix\(0,|rotate[xy]\(-?(?:90|270)deg\)"
)
_NO_AREA = re.compile(
    rf"circle\({_ZERO}|ellipse\({_ZERO}|inset\((?:[5-9]\d|\d{{3}})(?:\.\d+)?%|inset\({_ZERO}\s+{_ZERO}\s+100%"
    rf"|inset\({_ZERO}\s+100%|inset\(100%|polygon\((?:{_ZERO}\s+{_ZERO}\s*,?\s*)+\)"
)
_NO_RECT = re.compile(r"rect\(\s*([01])(?:px)?[\s,]+\1(?:px)?[\s,]+\1(?:px)?[\s,]+\1(?:px)?\s*\)")
_NO_FILTER = re.compile(rf"opacity\({_ZERO}\)")
_NO_MASK = re.compile(r"linear-gradient\((?:transparent|#0000)\s*,\s*(?:transparent|#0000)\)")
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|([^\n\r\f0-9a-fA-F]))")


class Style(NamedTuple):
    """What of an element's style hides it, or undoes what its parent's does; None leaves it to the parent."""

    gone: bool = False
    tiny: bool | None = None  # text too small to see, or pushed out of its box
    transparent: bool | None = None
    invisible: bool | None = None
    size: float | None = None  # of text, pixels; 0 where it is declared and cannot be told
    struck: bool = False  # its text is crossed out
    doubt: str = ""  # the rule that may hide it, where nobody can tell from the source whether it holds
    colour: str | None = None  # of its text, as written
    ground: str | None = None  # the colour behind it, as written; "" where a picture or something unknown is

    @property
    def hides(self) -> bool:
        """Whether it hides the element or its text."""
        return self.gone or bool(self.tiny or self.transparent or self.invisible)


def declared(css: str) -> dict[str, Declaration]:
    """The declarations that can hide or size an element, their values in lower case."""
    read = (each for each in declarations(unescaped(css)) if each.name in _READ)
    return laid_over(each._replace(value=each.value[:_LONGEST].lower()) for each in read)


def unescaped(css: str) -> str:
    """Names and values as a browser reads them: "d\\69splay" is "display"."""
    return _ESCAPE.sub(_letter, css) if "\\" in css else css


def _letter(found: re.Match[str]) -> str:
    if not found[1]:
        return found[2] if found[2].isalnum() else found[0]
    letter = chr(number) if (number := int(found[1], 16)) < 128 else ""
    return letter if letter.isalnum() or letter == "-" else found[0]


def laid_over(found: Iterable[Declaration]) -> dict[str, Declaration]:
    """Of every property the declaration that holds: later ones win, !important ones over all."""
    holding: dict[str, Declaration] = {}
    for each in found:
        if each.important or each.name not in holding or not holding[each.name].important:
            holding[each.name] = each
    return holding


def merged(layers: Iterable[dict[str, Declaration]]) -> Style:
    """What holds of several layers of declarations, each over the one before."""
    return judged(laid_over(each for layer in layers for each in layer.values()))


def judged(holding: dict[str, Declaration]) -> Style:
    """What declarations do to the element they hold for."""
    values = {name: each.value for name, each in holding.items()}
    visibility = values.get("visibility")
    pictured = "url(" in values.get("background", "") + values.get(
        "background-image", ""
    )  # it says what the text would
    return Style(
        gone=_gone(values),
        tiny=False if pictured else _tiny(values),
        transparent=False if pictured else _transparent(values),
        invisible=None if visibility in (None, "inherit") else visibility in ("hidden", "collapse"),
        size=_pixels_of_text(values),
        struck=any("line-through" in values.get(name, "") for name in _LINES),
        colour=values.get("color"),
        ground=_ground(values),
    )


def _gone(values: Mapping[str, str]) -> bool:
    if values.get("display", "").startswith("none") or values.get("content-visibility") == "hidden":
        return True
    if values.get("animation", values.get("animation-name", "none")) != "none":
        return False  # it may end otherwise than it begins
    clipped = values.get("overflow", "").startswith(("hidden", "clip"))
    if clipped and any(_zero(values.get(name)) for name in _SIZES):
        return True
    return _faint(values) or _of_no_size(values) or _away(values)


def _faint(values: Mapping[str, str]) -> bool:
    found = LENGTH.match(values.get("opacity", ""))
    if found is not None and abs(float(found[1])) <= (100 * _FAINT if found[2] == "%" else _FAINT):
        return True
    mask = values.get("mask-image", values.get("-webkit-mask-image", ""))
    return bool(_NO_FILTER.search(values.get("filter", "")) or _NO_MASK.search(mask))


def _of_no_size(values: Mapping[str, str]) -> bool:
    clip = values.get("clip-path", values.get("-webkit-clip-path", ""))
    if _NO_AREA.match(clip) or _NO_SIZE.search(values.get("transform", "")):
        return True
    if (scale := LENGTH.match(values.get("scale", ""))) is not None and float(scale[1]) == 0:
        return True
    return _placed(values) and bool(_NO_RECT.match(values.get("clip", "")))


def _away(values: Mapping[str, str]) -> bool:
    """Whether it is put to the left of the screen, or above it."""
    sides = ("left", "top", "right", "bottom", "inset") if _placed(values) or _relative(values) else ()
    if any(_far(values.get(name)) for name in sides if name not in ("right", "bottom") or not _relative(values)):
        return True
    return any(_far(values.get(name)) for name in _SIDES[5:])


def _placed(values: Mapping[str, str]) -> bool:
    return values.get("position") in ("absolute", "fixed")


def _relative(values: Mapping[str, str]) -> bool:
    return values.get("position") in ("relative", "sticky")


def _far(value: str | None) -> bool:
    found = _AWAY.search(value or "")
    return found is not None and -float(found[1]) * _OF_PIXELS[found[2]] <= _FAR


def _transparent(values: Mapping[str, str]) -> bool | None:
    """A gradient that is cut to the shape of the letters shows them without a colour of their own."""
    colour = next((values[name] for name in _FILLS if name in values), None)
    if colour in (None, "inherit"):
        return None
    cut = "text" in values.get("background-clip", "") + values.get("-webkit-background-clip", "")
    return bool(_NO_COLOUR.fullmatch(str(colour).replace(" ", ""))) and not cut


def _ground(values: Mapping[str, str]) -> str | None:
    written = " ".join(
        values[name] for name in ("background", "background-color", "background-image") if name in values
    )
    if not written or written in ("none", "transparent", "inherit"):
        return None
    return "" if re.search(r"url\(|gradient|image|var\(", written) else values.get("background-color", written)


def _zero(value: str | None) -> bool:
    found = LENGTH.match(value or "")
    return found is not None and float(found[1]) == 0


def _declared_size(values: Mapping[str, str]) -> str | None:
    size = values.get("font-size")
    if size is None and (short := _SHORTHAND_SIZE.search(values.get("font", ""))):
        size = short[0]
    return size


def _pixels_of_text(values: Mapping[str, str]) -> float | None:
    size = _declared_size(values)
    if size is None or size == "inherit":
        return None
    found = LENGTH.match(size)
    if found is None or found[2] not in ("px", "pt"):
        return 0.0
    return float(found[1]) * (4 / 3 if found[2] == "pt" else 1)


def _tiny(values: Mapping[str, str]) -> bool | None:
    if _far(values.get("text-indent")):
        return True
    size = _declared_size(values)
    if size is None or size in ("inherit", "smaller", "larger"):
        return None
    found = LENGTH.match(size)
    if found is None:
        return False
    number = float(found[1])
    if found[2] in ("em", "%") and number:
        return None
    return number == 0 or (number <= 1 and found[2] in (None, "px", "pt"))
