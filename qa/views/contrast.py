"""The contrast of two colours. https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio"""

from __future__ import annotations

import re

Colour = tuple[int, int, int]

_CHANNELS = re.compile(r"rgba?\((\d+), (\d+), (\d+)(?:, ([\d.]+))?\)")


def seen(written: str, behind: str) -> tuple[Colour, Colour] | None:
    """A text's colour as it is seen on what is behind it, and that; None where either is not known.

    Both as browsers compute them: "rgb(r, g, b)" or "rgba(r, g, b, a)".
    """
    text, ground = _CHANNELS.fullmatch(written), channels(behind)
    if text is None or ground is None:
        return None
    share = float(text[4] or 1)
    red, green, blue = (round(int(text[n + 1]) * share + ground[n] * (1 - share)) for n in range(3))
    return (red, green, blue), ground


def channels(written: str) -> Colour | None:
    """Red, green and blue as browsers compute them, transparency left aside; None where they are not known."""
    found = _CHANNELS.fullmatch(written)
    return (int(found[1]), int(found[2]), int(found[3])) if found else None


def ratio(one: Colour, other: Colour) -> float:
    """The contrast of two colours, from 1 (the same) to 21 (black and white)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: Colour) -> float:
    """From 0, black, to 1, white."""
    shares = (channel / 255 for channel in colour)
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def in_hex(colour: Colour) -> str:
    """The colour as builders write it: "#1a1a1a"."""
    return "#" + "".join(f"{channel:02x}" for channel in colour)


def in_grey(one: int, other: int) -> float:
    """The contrast of two levels of grey."""
    return ratio((one, one, one), (other, other, other))
