"""Type and layout on a phone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from qa.artefacts import Block, Element, Markup, Rendering, Screenshot, causes
from qa.check import check
from qa.facts import facts
from qa.finding import Cause, Code, Finding, Severity
from qa.request import AskedEmail
from qa.text.wording import quoted
from qa.views.legibility import ElementBlocks, legible, letters, phone

_PHONE = facts("view_limits")["phone"]
_DECLARED = facts("accessibility")["text"]["smallest"]


@check(
    "phone-text",
    Code(
        "small-on-phone",
        Severity.WARNING,
        "Much of the copy is too small on a phone.",
        "Set at least 14 px for narrow screens; phones enlarge what is smaller, and layouts break by it.",
    ),
    Code(
        "small-print-on-phone",
        Severity.INFO,
        "Some of the text is small on a phone.",
        "See whether readers need it; if they do, set it larger.",
    ),
)
def phone_text(rendering: Rendering, markup: Markup, asked: AskedEmail) -> Iterator[Finding]:
    """On a phone, text is large enough.

    An iPhone enlarges what is smaller than 13 pixels, on its own and without a look at the layout; other phones leave
    it, and the reader leaves too. A footer may be smaller than the copy.

    Fails:
        email: {}
        build: >-
          <html><head><style>@media (max-width: 500px) { p { font-size: 12px } }</style></head><body> <p>Join
          us on 24 March for forty minutes on what changed this year.</p></body></html>

    Passes:
        email: {}
        build: >-
          <html><head><style>@media (max-width: 500px) { p { font-size: 15px } }</style></head><body> <p>Join
          us on 24 March for forty minutes on what changed this year.</p></body></html>
    """
    screenshot = phone(rendering)
    blocks = ElementBlocks(markup)
    texts = sorted((e for e in screenshot.elements if legible(e)), key=lambda e: (e.box.y, e.offset))
    copy = _copy(texts)
    for declared in (False, True):  # what every reader gets as small is one mistake, what phones alone get another
        some = [e for e in texts if _is_declared(blocks.of(e)) is declared]
        if (found := _too_small(some, texts, copy)) is not None:
            code, small, around = found
            yield replace(_finding(code, small, around, markup, screenshot), causes=_causes(small, blocks, markup))


def _too_small(
    some: Sequence[Element], texts: Sequence[Element], copy: Sequence[Element]
) -> tuple[str, Sequence[Element], Sequence[Element]] | None:
    """The code for the small ones among some of the texts, and what they are a part of."""
    there = {e.offset for e in copy}
    small = [e for e in some if e.font_size < _PHONE["text"] and e.offset in there]
    fine = [e for e in some if e.font_size < _PHONE["fine_print"]]
    share = _letters(small) / max(1, _letters(copy))
    if share >= _PHONE["small_share"]:
        return "small-on-phone", small, copy
    if share >= _PHONE["some_share"] and _letters(small) >= _PHONE["copy"]:
        return "small-print-on-phone", small, copy
    return ("small-print-on-phone", fine, texts) if _letters(fine) >= _PHONE["copy"] else None


def _causes(small: Sequence[Element], blocks: ElementBlocks, markup: Markup) -> tuple[Cause, ...]:
    """The blocks the texts stand in: their size is set there, or around them."""
    found = [block.where if (block := blocks.of(e)) else markup.source.place(e.offset) for e in small]
    return tuple(causes.of_passage(where) for where in dict.fromkeys(found))


def _finding(
    code: str, small: Sequence[Element], texts: Sequence[Element], markup: Markup, screenshot: Screenshot
) -> Finding:
    longest = max(small, key=lambda element: (letters(element), -element.offset))
    size, least = f"{longest.font_size:g} px", f"{_PHONE['text']} px"
    share = _letters(small) / _letters(texts)
    message = f"On a phone, {quoted(longest.text, 50)} is set in {size}; {share:.0%} of the text around it is as small."
    place = markup.source.place(longest.offset)
    return Finding(code, message, place, None, f"at least {least}", size, view=screenshot.view.name)


def _copy(texts: Sequence[Element]) -> Sequence[Element]:
    """What stands between the first and the last large text that is copy: neither "view in browser" nor the footer."""
    large = [at for at, e in enumerate(texts) if e.font_size >= _PHONE["text"]]
    copy = [at for at in large if letters(texts[at]) >= _PHONE["copy"]]
    bounds = copy or large
    return texts[min(large) : max(bounds) + 1] if bounds else texts


def _is_declared(block: Block | None) -> bool:
    """Whether a text is set so small for every reader."""
    return block is not None and block.size is not None and block.size < _DECLARED


def _letters(texts: Iterable[Element]) -> int:
    return sum(map(letters, texts))
