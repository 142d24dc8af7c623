"""The size at which an SVG drawing is shown. https://www.w3.org/TR/SVG2/coords.html#SizingSVGInCSS"""

from __future__ import annotations

import re
from contextlib import suppress
from math import isfinite

_LENGTH = re.compile(r"\s*+([0-9]++(?:\.[0-9]*+)?|\.[0-9]++)(?:e\+?([0-9]))?\s*+([a-z%]*+)\s*+", re.IGNORECASE)
_PIXELS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 9.6 / 2.54}
_DEFAULT = (300, 150)  # what a browser takes where a drawing says nothing
_LONGEST_START = 100_000  # bytes: the root's start tag, after comments and a document type


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
    """The attributes of the root, read as a stream that stops there: what follows is never looked at."""
    from lxml import etree

    parser = etree.XMLPullParser(events=("start",), resolve_entities=False, no_network=True, load_dtd=False)
    with suppress(etree.XMLSyntaxError, ValueError):  # what is wrong after the root is for a browser to judge
        parser.feed(content[:_LONGEST_START])
    root = next((element for _, element in parser.read_events()), None)
    if not isinstance(root, etree._Element) or etree.QName(root).localname != "svg":
        return None
    return {str(name).lower(): str(value) for name, value in root.attrib.items()}


def _pixels(written: str) -> float:
    """A length in pixels; 0 for a share of something, or nonsense."""
    found = _LENGTH.fullmatch(written)
    if not found or found.group(3).lower() not in _PIXELS:
        return 0.0
    pixels = float(found.group(1)) * 10 ** int(found.group(2) or 0) * _PIXELS[found.group(3).lower()]
    return pixels if isfinite(pixels) and pixels < 1e6 else 0.0
