"""Contrast of text with what is behind it. https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from qa.artefacts import Element, Features, LinkedFiles, Markup, Rendering, causes
from qa.check import check
from qa.facts import facts
from qa.finding import Cause, Code, Finding, Severity, Skip
from qa.text.phrases import listed
from qa.text.wording import quoted
from qa.views.backgrounds import Backgrounds
from qa.views.contrast import Colour, in_hex, ratio
from qa.views.pale_texts import INDISTINCT, WITHOUT_PICTURE, Pair, colours_of, palest_texts

_LIMITS = facts("accessibility")["contrast"]
_MOST_PAIRS = 3  # pairs of colours that are told one by one beside the worst
_FIX = "Darken the text or lighten what is behind it; the report names both colours."


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
    found: dict[tuple[str, str, str], dict[Pair, list[Element]]] = {}
    pairs_on: dict[tuple[str, str, str, Colour], dict[Pair, None]] = {}  # by what is behind them
    titles: dict[str, str] = {}
    for text in palest_texts(rendering):
        pair = colours_of(text.element)
        if pair is not None and (code := _verdict(text.element, ratio(*pair), text.aside)):
            view = text.view.name if text.best >= _least(text.element) else ""  # else every view shows it pale
            titles[view] = f"In {text.view.title}, " if view else ""
            there = pairs_on.setdefault((code, text.lost, view, pair[1]), {})
            pair = next((other for other in there if _near(other, pair)), pair)
            there[pair] = None
            found.setdefault((code, text.lost, view), {}).setdefault(pair, []).append(text.element)
    for (code, lost, view), pairs in sorted(found.items()):
        finding = _finding(code, sorted(pairs.items(), key=lambda one: ratio(*one[0])), markup, titles[view])
        pale = [element for elements in pairs.values() for element in elements]
        yield replace(
            finding, view=view, causes=tuple(dict.fromkeys(_cause(element, lost, backgrounds) for element in pale))
        )


def _cause(element: Element, lost: str, backgrounds: Backgrounds) -> Cause:
    if lost == WITHOUT_PICTURE:
        return backgrounds.cause(element)
    return causes.of_passage(backgrounds.markup.source.place(element.offset), element.text)


def _near(one: Pair, other: Pair) -> bool:
    """Whether nobody sees a difference between two colours of text: #ffffff and #fdfdfd."""
    return all(abs(mine - yours) <= INDISTINCT for mine, yours in zip(one[0], other[0], strict=True))


def _verdict(element: Element, found: float, aside: bool) -> str:
    """The code for a contrast. Small print is set pale on purpose, everywhere: there it weighs less."""
    if found >= _least(element):
        return ""
    return "low-contrast" if found < _LIMITS["least_for_large_text"] and not aside else "weak-contrast"


def _least(element: Element) -> float:
    bold = element.tag in _LIMITS["bold"]
    large = element.font_size >= _LIMITS["large_and_bold" if bold else "large"]
    return float(_LIMITS["least_for_large_text" if large else "least"])


def _finding(code: str, pairs: Sequence[tuple[Pair, list[Element]]], markup: Markup, seen: str) -> Finding:
    """One finding for all colours of one weight, the palest first. ``seen``: in which view, where others are well."""
    pair, elements = pairs[0]
    first = min(elements, key=lambda element: element.offset)
    least, found = _least(first), _rounded(pair)
    others = "1 more piece" if len(elements) == 2 else f"{len(elements) - 1} more pieces"
    more = f" (and {others} of text)" if len(elements) > 1 else ""
    message = (
        f"{seen}{quoted(first.text, 40)}{more} is {in_hex(pair[0])} on {in_hex(pair[1])}: a contrast of {found} : 1; "
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
