"""Colours as styles write them, and whether two of them can be told apart."""

from __future__ import annotations

import re
from functools import lru_cache

from qa.views.contrast import Colour, ratio

_LEAST = 1.1  # contrast; what has less is of one colour
_HEX = re.compile(r"#([0-9a-f]{3}|[0-9a-f]{6})")
_RGB = re.compile(r"rgb\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)\s*\)")
_NAMED = {"white": (255, 255, 255), "black": (0, 0, 0)}


@lru_cache(maxsize=512)
def alike(one: str, other: str) -> bool:
    """Whether nobody can tell them apart; not where one of them is unknown."""
    first, second = _channels(one), _channels(other)
    return first is not None and second is not None and ratio(first, second) < _LEAST


def _channels(written: str) -> Colour | None:
    written = written.strip()
    if (found := _HEX.fullmatch(written)) is not None:
        digits = found[1] if len(found[1]) == 6 else "".join(2 * digit for digit in found[1])
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
    if (found := _RGB.fullmatch(written)) is not None:
        return int(found[1]), int(found[2]), int(found[3])
    return _NAMED.get(written)
