"""The size at which an SVG drawing is shown. https://www.w3.org/TR/SVG2/coords.html#SizingSVGInCSS"""

from __future__ import annotations

import re
from math import isfinite
from xml.parsers import expat

_LENGTH = re.compile(r"\s*+([0-9]++(?:\.[0-9]*+)?|\.[0-9]++)(?:e\+?([0-9]))?\s*+([a-z%]*+)\s*+", re.IGNORECASE)
_PIXELS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 9.6 / 2.54}
# What is not read here, and is no fault: entities that grow without end, and rare encodings.
_UNREAD = (43, 18)  # XML_ERROR_AMPLIFICATION_LIMIT_BREACH, XML_ERROR_UNKNOWN_ENCODING
_DEFAULT = (300, 150)  # what a browser takes where a drawing says nothing


def size_of(content: bytes) -> tuple[int, int] | None:
    """Width and height in CSS pixels; None where the file is no SVG. Its entities are never expanded."""
    root = _root(content)
    if root is None:
        return None
    width, height = _pixels(root.get("width", "")), _pixels(root.get("height", ""))
    box = [_pixels(number) for number in re.split(r"[\s,]+", root.get("viewbox", "").strip())][2:4]
    if len(box) == 2 and box[0] and box[1]:
        shape = box[0] / box[1]
        width, height = width or (height * shape if height else box[0]), height or (width or box[0]) / shape
    return round(width) or _DEFAULT[0], round(height) or _DEFAULT[1]


def _root(content: bytes) -> dict[str, str] | None:
    """The attributes of the root; None where a browser draws nothing: it is no SVG, or not well-formed to its end."""
    roots: list[tuple[str, dict[str, str]]] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if not roots:
            roots.append((tag, attributes))

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        if error.code not in _UNREAD:
            return None
    if not roots or roots[0][0].rpartition(" ")[2] != "svg":
        return None
    return {name.rpartition(" ")[2].lower(): value for name, value in roots[0][1].items()}


def _pixels(written: str) -> float:
    """A length in pixels; 0 for a share of something, or nonsense."""
    found = _LENGTH.fullmatch(written)
    if not found or found.group(3).lower() not in _PIXELS:
        return 0.0
    pixels = float(found.group(1)) * 10 ** int(found.group(2) or 0) * _PIXELS[found.group(3).lower()]
    return pixels if isfinite(pixels) and pixels < 1e6 else 0.0
