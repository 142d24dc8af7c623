"""Can the text be told from what is behind it? https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import TYPE_CHECKING

from qa.artefacts import Box, Element, Features, LinkedFiles, Markup, Rendering, causes
from qa.check import check
from qa.facts import facts
from qa.finding import Cause, Code, Finding, Severity, Skip
from qa.text.phrases import listed
from qa.text.wording import quoted
from qa.views.backgrounds import Backgrounds, lost_without
from qa.views.contrast import Colour, in_hex, ratio, seen
from qa.views.legibility import legible, letters, opened

if TYPE_CHECKING:
    from PIL.Image import Image

_LIMITS = facts("accessibility")["contrast"]
_LOST = facts("seen")["contrast"]["lost"]
_HEADING = facts("seen")["text"]["heading"]
_MOST_PAIRS = 3  # pairs of colours that are told one by one beside the worst
_INDISTINCT = 6  # of 255, in each channel
_WITHOUT_PICTURE, _IN_SOME_VIEWS = "without its picture", "in some views"
_FIX = "Darken the text or lighten what is behind it; the report names both colours."

Pair = tuple[Colour, Colour]


@check(
    "contrast",
    Code("low-contrast", Severity.WARNING, "Text can hardly be told from its background.", _FIX),
    Code("weak-contrast", Severity.INFO, "Text is paler than the standard for accessible text allows.", _FIX),
)
def contrast(
    rendering: Rendering, markup: Markup, files: LinkedFiles | None = None, features: Features | None = None
) -> Iterator[Finding]:
    """By day, text stands out from its background.

    Pale grey on white looks elegant on the designer's screen and is invisible on a phone in the sun, and to one
    reader in ten always.

    Fails:
        email: {}
        build: <html><body><p style="color:#bbbbbb;background-color:#ffffff">Save your seat today.</p></body></html>

    Passes:
        email: {}
        build: <html><body><p style="color:#333333;background-color:#ffffff">Save your seat today.</p></body></html>
    """
    if files and files.unstyled:
        raise Skip(f"the style sheet {quoted(files.unstyled)} is not in the build: the colours are not its own")
    backgrounds = Backgrounds(features, markup)
    found: dict[tuple[str, str], dict[Pair, list[Element]]] = {}
    pairs_on: dict[tuple[str, str, Colour], dict[Pair, None]] = {}  # by what is behind them
    for text in _texts(rendering):
        pair = _pair(text.element)
        if pair is not None and (code := _verdict(text.element, ratio(*pair), text.aside)):
            there = pairs_on.setdefault((code, text.lost, pair[1]), {})
            pair = next((other for other in there if _near(other, pair)), pair)
            there[pair] = None
            found.setdefault((code, text.lost), {}).setdefault(pair, []).append(text.element)
    for (code, lost), pairs in sorted(found.items()):
        finding = _finding(code, sorted(pairs.items(), key=lambda one: ratio(*one[0])), markup)
        pale = [element for elements in pairs.values() for element in elements]
        yield replace(finding, causes=tuple(dict.fromkeys(_cause(element, lost, backgrounds) for element in pale)))


def _cause(element: Element, lost: str, backgrounds: Backgrounds) -> Cause:
    if lost == _WITHOUT_PICTURE:
        return backgrounds.cause(element)
    return causes.of_passage(backgrounds.markup.source.place(element.offset), element.text)


def _near(one: Pair, other: Pair) -> bool:
    """Whether nobody sees a difference between two colours of text: #ffffff and #fdfdfd."""
    return all(abs(mine - yours) <= _INDISTINCT for mine, yours in zip(one[0], other[0], strict=True))


@dataclass(frozen=True, slots=True)
class _Text:
    """A piece of text where it is palest. ``aside``: it is small print; ``lost``: how it came to be unseen."""

    element: Element
    aside: bool
    lost: str = ""


def _texts(rendering: Rendering) -> Iterator[_Text]:
    """Every piece of text seen by day, where it is palest: as it was meant, and where a view lost what it stood on."""
    on_pictures = {e.offset for shot in rendering.shots for e in shot.elements if e.picture_behind}
    unfounded = {e.offset for shot in rendering.shots for e in shot.elements if lost_without(e)}
    palest: dict[tuple[int, str], tuple[float, _Text]] = {}
    blank, seen_somewhere = _blank(rendering)
    for shot in (one for one in rendering.shots if not one.view.dark):
        pictures = [element.box for element in shot.elements if element.tag == "img" and element.visible]
        for element in shot.elements:
            if not element.visible or not _says_something(element.text) or (pair := _pair(element)) is None:
                continue
            if any(_holds(picture, element.box) for picture in pictures[: _LIMITS["most_pictures"]]):
                continue
            found, lost = ratio(*pair), ""
            if element.offset in on_pictures and found < _LOST:
                if element.offset not in unfounded or shot.view.kind != "email":
                    continue  # a colour stands in for the picture; and a page shows its pictures to nearly everybody
                lost = _WITHOUT_PICTURE
            elif found < _LIMITS["unseen"]:
                if element.offset not in blank:
                    continue  # hidden on purpose
                lost = _IN_SOME_VIEWS if element.offset in seen_somewhere else ""
            if (element.offset, lost) not in palest or found < palest[element.offset, lost][0]:
                foot = element.box.y >= _LIMITS["foot"] * shot.height
                text = _Text(element, foot and element.font_size <= _LIMITS["small_print"], lost)
                palest[element.offset, lost] = found, text
    yield from (text for _, text in palest.values())


def _blank(rendering: Rendering) -> tuple[set[int], set[int]]:
    """Text of the message that nobody sees by day in some view: where it stands, the picture is of one colour.

    What stands above all that is seen is a preheader, hidden on purpose. And text that can be seen in some view.
    """
    unseen, seen_somewhere = set[int](), set[int]()
    for shot in (one for one in rendering.shots if not one.view.dark):
        texts = [(e, ratio(*pair)) for e in shot.elements if legible(e) and (pair := _pair(e))]
        top = min((e.box.y for e, found in texts if found >= _LIMITS["unseen"]), default=inf)
        pale = [e for e, found in texts if found < _LIMITS["unseen"]]
        seen_somewhere |= {e.offset for e in shot.elements if legible(e)} - {e.offset for e in pale}
        if any(_is_copy(e, top) for e in pale):
            picture = opened(shot)
            unseen |= {e.offset for e in pale if _is_copy(e, top) and _is_plain(picture, e.box, shot.view.ratio)}
    return unseen, seen_somewhere


def _is_copy(element: Element, top: float) -> bool:
    return letters(element) >= _HEADING and element.font_size >= _LIMITS["small_print"] and element.box.y > top


def _is_plain(picture: Image, box: Box, scale: float) -> bool:
    """Whether a place of a picture is of one colour; not where it is beyond its edge."""
    right, bottom = min(picture.width, (box.x + box.width) * scale), min(picture.height, (box.y + box.height) * scale)
    left, upper = max(0.0, box.x * scale), max(0.0, box.y * scale)
    if right - left < 1 or bottom - upper < 1:
        return False
    channels = picture.crop((round(left), round(upper), round(right), round(bottom))).getextrema()
    return all(isinstance(each, tuple) and each[1] - each[0] <= _INDISTINCT for each in channels)


def _says_something(text: str) -> bool:
    """Signs and icons say little, and the code of a template is no text."""
    return sum(map(str.isalnum, text)) >= _LIMITS["fewest"] and not text.startswith(("<%", "{%"))


def _holds(picture: Box, text: Box) -> bool:
    """Whether a text lies on a picture: what is behind it there, its styles do not say."""
    across = picture.x <= text.x + 1 and text.x + text.width <= picture.x + picture.width + 1
    return across and picture.y <= text.y + 1 and text.y + text.height <= picture.y + picture.height + 1


def _pair(element: Element) -> Pair | None:
    """The colours of a text and of what is behind it; None where a picture is, or one of them is not known."""
    return seen(element.colour, element.background) if element.font_size > 2 else None


def _verdict(element: Element, found: float, aside: bool) -> str:
    """The code for a contrast. Small print is set pale on purpose, everywhere: there it weighs less."""
    if found >= _least(element):
        return ""
    return "low-contrast" if found < _LIMITS["least_for_large_text"] and not aside else "weak-contrast"


def _least(element: Element) -> float:
    bold = element.tag in _LIMITS["bold"]
    large = element.font_size >= _LIMITS["large_and_bold" if bold else "large"]
    return float(_LIMITS["least_for_large_text" if large else "least"])


def _finding(code: str, pairs: Sequence[tuple[Pair, list[Element]]], markup: Markup) -> Finding:
    """One finding for all colours of one weight, the palest first."""
    pair, elements = pairs[0]
    first = min(elements, key=lambda element: element.offset)
    least, found = _least(first), _rounded(pair)
    others = "1 more piece" if len(elements) == 2 else f"{len(elements) - 1} more pieces"
    more = f" (and {others} of text)" if len(elements) > 1 else ""
    message = (
        f"{quoted(first.text, 40)}{more} is {in_hex(pair[0])} on {in_hex(pair[1])}: a contrast of {found} : 1; "
        f"{least:g} : 1 is the least."
    )
    if rest := pairs[1:]:
        pale = [f"{quoted(texts[0].text, 40)} ({_rounded(other)} : 1)" for other, texts in rest[:_MOST_PAIRS]]
        left = len(rest) - _MOST_PAIRS
        pale += [f"{left} more pair{'s' if left > 1 else ''} of colours"] if left > 0 else []
        message += f" Pale, too: {listed(pale)}."
    each = tuple(element.text for _, texts in pairs for element in texts)
    where = markup.source.place(first.offset)
    return Finding(code, message, where, None, f"at least {least:g} : 1", f"{found} : 1", each=each)


def _rounded(pair: Pair) -> float:
    """Never rounded up to what would do."""
    return int(ratio(*pair) * 10) / 10
