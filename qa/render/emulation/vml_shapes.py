"""VML shapes in CSS: size, outline, fill, and where the text stands.

https://learn.microsoft.com/windows/win32/vml/web-workshop---specs---standards----introduction-to-vector-markup-language--vml-
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from qa.facts import facts
from qa.markup.css import declarations

BOX = "data-qa-shape"  # what carries it was drawn by us: Word's limits on CSS are not for it

_LENGTH = re.compile(r"(-?[0-9]*\.?[0-9]+)\s*(px|pt|in|cm|mm|pc|em|%)?")
_PIXELS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4, "pc": 16.0, "em": 16.0}
_COLOUR = re.compile(r"#[0-9a-f]{3,8}|[a-z]{3,30}|rgba?\([0-9.,%\s]{1,60}\)", re.IGNORECASE)
_HEX = re.compile(r"#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})", re.IGNORECASE)
_UNSAFE = re.compile(r"[\"'()\\\s<>]")
_TRUE, _FALSE = ("t", "true", "1", "on"), ("f", "false", "0", "off")


@dataclass(frozen=True)
class VmlTag:
    """A tag of VML."""

    name: str
    attributes: Mapping[str, str]
    stamp: str = ""  # as it stands in the tag

    def has(self, name: str) -> bool:
        return bool(self.attributes.get(name))

    def first(self, *names: str) -> str:
        """The first of these attributes that is there."""
        return next((self.attributes[name].strip() for name in names if self.attributes.get(name, "").strip()), "")

    def says(self, default: bool, *names: str) -> bool:
        """What an attribute answers: "t", "true", "f", "false" …"""
        said = self.first(*names).lower()
        return said in _TRUE if said in (*_TRUE, *_FALSE) else default

    @property
    def style(self) -> dict[str, str]:
        return {each.name: each.value for each in declarations(self.attributes.get("style", ""))}


Parts = Mapping[str, VmlTag]
_NONE = VmlTag("", {})


def outline(shape: VmlTag, parts: Parts) -> str:
    """Size, corners, border and place of a shape."""
    style, textbox = shape.style, parts.get("v:textbox", _NONE)
    width, height = pixels(style.get("width", "")), pixels(style.get("height", ""))
    grows = "mso-fit-shape-to-text" in textbox.style or "mso-fit-shape-to-text" in style
    said = ["box-sizing:border-box", "text-decoration:none", "color:inherit", "vertical-align:middle"]
    said.append(f"display:inline-flex;flex-direction:column;justify-content:{_anchor(style)}")
    said.append(f"width:{_share(style) or (f'{width:g}px' if width else 'auto')}")
    if height:
        said.append(f"min-height:{height:g}px" if grows else f"height:{height:g}px;overflow:hidden")
    sides = [side for side in (width, height) if side]
    if shape.name == "v:oval":
        said.append("border-radius:50%")
    elif shape.name == "v:roundrect" and sides:
        said.append(f"border-radius:{_arc(shape.first('arcsize')) * min(sides):.4g}px")
    return ";".join([*said, *_place(style), _stroke(shape, parts)]) + ";"


def background(shape: VmlTag, parts: Parts) -> str:
    """What a shape is filled with."""
    fill = parts.get("v:fill", _NONE)
    if not shape.says(shape.says(True, "fill"), "filled") or not fill.says(True, "on"):
        return ""
    colour = _colour(fill.first("color")) or _colour(shape.first("fillcolor")) or facts("word")["vml"]["fill"]
    kind = fill.first("type").lower()
    if kind in ("gradient", "gradientradial"):
        return _gradient(kind, colour, fill)
    said = f"background-color:{_faded(colour, fill.first('opacity'))};"
    picture = fill.first("src", "o:href")
    return said + (_pictured(kind, picture, fill) if picture else "")


def label(shape: VmlTag, parts: Parts) -> str:
    """How the text of a shape stands in it."""
    textbox = parts.get("v:textbox")
    if textbox is None:
        return "display:block"
    defaults = facts("word")["vml"]["inset"]
    written = [part.strip() for part in textbox.attributes.get("inset", "").split(",")]
    left, top, right, bottom = (
        f"{pixels(side):g}px" if side and pixels(side) is not None else default
        for side, default in zip([*written, "", "", "", ""][:4], defaults, strict=True)
    )
    return f"display:block;padding:{top} {right} {bottom} {left}"


def image(shape: VmlTag, parts: Parts) -> str:
    """The attributes of a shape that is a picture; "" where it is none."""
    source = shape.first("src") or parts.get("v:imagedata", _NONE).first("src")
    if not source:
        return ""
    style = shape.style
    width, height = pixels(style.get("width", "")), pixels(style.get("height", ""))
    said = [f"{name}:{value:g}px" for name, value in (("width", width), ("height", height)) if value]
    look = ";".join([*said, *_place(style)])
    return f' src="{escape(source)}" alt="{escape(shape.first("alt"))}" style="{escape(look)}"'


def page(shape: VmlTag, parts: Parts) -> str:
    """What <v:background> does to the whole page."""
    return f"body{{{background(shape, parts)}}}".replace("<", "")


def pixels(value: str) -> float | None:
    """A length of VML in pixels; None for a share of something or nothing."""
    found = _LENGTH.match(value.strip().lower())
    return None if found is None or found[2] == "%" else float(found[1]) * _PIXELS[found[2] or ""]


def _share(style: Mapping[str, str]) -> str:
    """A width in percent: mso-width-percent counts tenths of them."""
    found = _LENGTH.match(style.get("mso-width-percent", "").strip())
    if found:
        return f"{float(found[1]) / 10:g}%"
    written = style.get("width", "").strip()
    return written if re.fullmatch(r"[0-9.]{1,8}%", written) else ""


def _place(style: Mapping[str, str]) -> list[str]:
    """An absolute place counts from where the shape is anchored."""
    if style.get("position", "").strip().lower() != "absolute":
        return []
    said = ["position:absolute"]
    for name, css in (("left", "margin-left"), ("margin-left", "margin-left"), ("top", "margin-top")):
        if (shift := pixels(style.get(name, ""))) is not None:
            said.append(f"{css}:{shift:g}px")
    level = re.fullmatch(r"-?[0-9]{1,9}", style.get("z-index", "").strip())
    return [*said, f"z-index:{level[0]}"] if level else said


def _anchor(style: Mapping[str, str]) -> str:
    anchor = style.get("v-text-anchor", "top").lower()
    return "center" if "middle" in anchor else "flex-end" if "bottom" in anchor else "flex-start"


def _arc(written: str) -> float:
    """How round the corners are: a share of the shorter side, half of it at most."""
    found = re.match(r"([0-9]*\.?[0-9]+)\s*([%f]?)", written)
    if found is None:
        return float(facts("word")["vml"]["arc"])
    return min(0.5, float(found[1]) / {"%": 100, "f": 65536, "": 1}[found[2]])


def _stroke(shape: VmlTag, parts: Parts) -> str:
    known, stroke = facts("word")["vml"], parts.get("v:stroke", _NONE)
    if not shape.says(shape.says(True, "stroke"), "stroked") or not stroke.says(True, "on"):
        return "border:0"
    colour = _colour(stroke.first("color")) or _colour(shape.first("strokecolor")) or known["stroke"]
    width = pixels(stroke.first("weight") or shape.first("strokeweight") or known["stroke_width"])
    dashes = stroke.first("dashstyle").lower()
    line = "dotted" if "dot" in dashes and "dash" not in dashes else "dashed" if "dash" in dashes else "solid"
    return f"border:{width or 0:g}px {line} {colour}"


def _gradient(kind: str, colour: str, fill: VmlTag) -> str:
    other = _colour(fill.first("color2")) or facts("word")["vml"]["fill"]
    if kind == "gradientradial":
        return f"background:radial-gradient({other},{colour});"
    angle = _LENGTH.match(fill.first("angle") or "0")
    turned = float(angle[1]) if angle else 0.0
    return f"background:linear-gradient({-turned:g}deg,{colour},{other});"


def _pictured(kind: str, picture: str, fill: VmlTag) -> str:
    address = _UNSAFE.sub(lambda found: f"%{ord(found[0]):02x}", picture)
    said = f'background-image:url("{address}");'
    if kind != "frame":
        return said + "background-repeat:repeat;"
    size = {"atleast": "cover", "atmost": "contain"}.get(fill.first("aspect").lower(), "100% 100%")
    return f"{said}background-size:{size};background-position:center;background-repeat:no-repeat;"


def _faded(colour: str, opacity: str) -> str:
    found, digits = re.match(r"([0-9]*\.?[0-9]+)\s*([%f]?)", opacity), _HEX.fullmatch(colour)
    if found is None or digits is None:
        return colour
    share = min(1.0, float(found[1]) / {"%": 100, "f": 65536, "": 1}[found[2]])
    red, green, blue = (int(digit, 16) for digit in digits.groups())
    return colour if share == 1 else f"rgba({red},{green},{blue},{share:g})"


def _colour(written: str) -> str:
    """A colour as CSS knows it: Office writes "#fff [3212]" or "red [2]"; what it counts from a theme is left out."""
    found = _COLOUR.match(written)
    return "" if found is None or found[0].lower() in ("none", "fill", "window", "windowtext") else found[0]
