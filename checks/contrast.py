"""Can the text be told from what is behind it? https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from qa.artefacts import Element, Markup, Rendering
from qa.check import check
from qa.facts import facts
from qa.finding import Code, Finding, Severity
from qa.wording import quoted

_LIMITS = facts("accessibility")["contrast"]
_LOST = facts("seen")["contrast"]["lost"]
_CHANNELS = re.compile(r"rgba?\((\d+), (\d+), (\d+)(?:, ([\d.]+))?\)")
_MOST_PAIRS = 3  # pairs of colours that are told one by one, the worst first
_FIX = "Darken the text or lighten what is behind it; the report names both colours."

Colour = tuple[int, int, int]
Pair = tuple[Colour, Colour]


@check(
    "contrast",
    Code("low-contrast", Severity.WARNING, "Text can hardly be told from its background.", _FIX),
    Code("weak-contrast", Severity.INFO, "Text is paler than the standard for accessible text allows.", _FIX),
)
def contrast(rendering: Rendering, markup: Markup) -> Iterator[Finding]:
    """Text stands out from its background.

    Pale grey on white looks elegant on the designer's screen and is invisible on a phone in the sun, and to one
    reader in ten always.

    Fails:
        email: {}
        build: <html><body><p style="color:#bbbbbb;background-color:#ffffff">Save your seat today.</p></body></html>

    Passes:
        email: {}
        build: <html><body><p style="color:#333333;background-color:#ffffff">Save your seat today.</p></body></html>
    """
    hidden = {block.where.offset for block in markup.blocks if block.hidden}
    pairs: dict[tuple[str, Pair], list[Element]] = {}
    for element, pair in _texts(rendering):
        if element.offset not in hidden and (code := _verdict(element, ratio(*pair))):
            pairs.setdefault((code, pair), []).append(element)
    worst = sorted(pairs.items(), key=lambda one: ratio(*one[0][1]))
    for number, ((code, pair), elements) in enumerate(worst[:_MOST_PAIRS], 1):
        rest = len(worst) - number if number == _MOST_PAIRS else 0
        yield _finding(code, pair, elements, markup, f" {rest} more pairs of colours are pale." if rest else "")


def _texts(rendering: Rendering) -> Iterable[tuple[Element, Pair]]:
    """Every piece of text that is visible by day, with its colours where it is palest; dark-mode-text tells the rest.

    Of text that has lost the picture behind it, background-pictures speaks.
    """
    on_pictures = {e.offset for shot in rendering.shots for e in shot.elements if e.picture_behind}
    palest: dict[int, tuple[Element, Pair]] = {}
    for shot in (one for one in rendering.shots if not one.view.dark):
        for element in shot.elements:
            pair = _pair(element) if element.visible and any(map(str.isalnum, element.text)) else None
            if pair is None or ratio(*pair) < _LIMITS["unseen"]:
                continue
            if element.offset in on_pictures and ratio(*pair) < _LOST:
                continue
            if element.offset not in palest or ratio(*pair) < ratio(*palest[element.offset][1]):
                palest[element.offset] = element, pair
    return palest.values()


def _pair(element: Element) -> Pair | None:
    """The colours of a text and of what is behind it; None where a picture is, or one of them is not known."""
    text, behind = _CHANNELS.fullmatch(element.colour), _CHANNELS.fullmatch(element.background)
    if text is None or behind is None or element.font_size <= 2:
        return None
    share = float(text[4] or 1)
    under = (int(behind[1]), int(behind[2]), int(behind[3]))
    mixed = [round(int(text[n + 1]) * share + under[n] * (1 - share)) for n in range(3)]
    return (mixed[0], mixed[1], mixed[2]), under


def _verdict(element: Element, found: float) -> str:
    if found < _LIMITS["unseen"] or found >= _LIMITS["least"]:
        return ""
    if found < _LIMITS["least_for_large_text"]:
        return "low-contrast"
    return "weak-contrast" if element.font_size < _LIMITS["large"] else ""


def _finding(code: str, pair: Pair, elements: list[Element], markup: Markup, rest: str) -> Finding:
    first = min(elements, key=lambda element: element.offset)
    least = _LIMITS["least_for_large_text" if first.font_size >= _LIMITS["large"] else "least"]
    more = f" (and {len(elements) - 1} more pieces of text)" if len(elements) > 1 else ""
    found = int(ratio(*pair) * 10) / 10  # never rounded up to what would do
    message = (
        f"{quoted(first.text, 40)}{more} is {_hex(pair[0])} on {_hex(pair[1])}: a contrast of {found} : 1; "
        f"{least:g} : 1 is the least.{rest}"
    )
    where = markup.source.place(first.offset)
    return Finding(code, message, where, None, f"at least {least:g} : 1", f"{found} : 1")


def ratio(one: Colour, other: Colour) -> float:
    """The contrast of two colours, from 1 (the same) to 21 (black and white)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Colour) -> float:
    shares = (channel / 255 for channel in colour)
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _hex(colour: Colour) -> str:
    return "#" + "".join(f"{channel:02x}" for channel in colour)
