"""Can the email be read on a phone?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from qa.artefacts import Block, Element, Markup, Rendering, Shot
from qa.check import check
from qa.facts import facts
from qa.finding import Code, Finding, Severity
from qa.request import AskedEmail
from qa.sight import Blocks, legible, letters, phone
from qa.wording import quoted

_PHONE = facts("seen")["phone"]
_DECLARED = facts("accessibility")["text"]["smallest"]  # below, text-size speaks of it


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
    shot = phone(rendering)
    blocks = Blocks(markup)
    texts = sorted((e for e in shot.elements if legible(e)), key=lambda e: (e.box.y, e.offset))
    copy = _copy(texts)
    small = [e for e in copy if e.font_size < _PHONE["text"] and not _told(blocks.of(e))]
    fine = [e for e in texts if e.font_size < _PHONE["fine_print"] and not _told(blocks.of(e))]
    share = _letters(small) / max(1, _letters(copy))
    if share >= _PHONE["small_share"]:
        yield _finding("small-on-phone", small, copy, markup, shot)
    elif share >= _PHONE["some_share"] and _letters(small) >= _PHONE["copy"]:
        yield _finding("small-print-on-phone", small, copy, markup, shot)
    elif _letters(fine) >= _PHONE["copy"]:
        yield _finding("small-print-on-phone", fine, texts, markup, shot)


def _finding(code: str, small: Sequence[Element], texts: Sequence[Element], markup: Markup, shot: Shot) -> Finding:
    longest = max(small, key=lambda element: (letters(element), -element.offset))
    size, least = f"{longest.font_size:g} px", f"{_PHONE['text']} px"
    share = _letters(small) / _letters(texts)
    message = f"On a phone, {quoted(longest.text, 50)} is set in {size}; {share:.0%} of the text around it is as small."
    place = markup.source.place(longest.offset)
    return Finding(code, message, place, None, f"at least {least}", size, view=shot.view.name)


def _copy(texts: Sequence[Element]) -> Sequence[Element]:
    """What stands between the first and the last large text that is copy: neither "view in browser" nor the footer."""
    large = [at for at, e in enumerate(texts) if e.font_size >= _PHONE["text"]]
    copy = [at for at in large if letters(texts[at]) >= _PHONE["copy"]]
    bounds = copy or large
    return texts[min(large) : max(bounds) + 1] if bounds else texts


def _told(block: Block | None) -> bool:
    return block is not None and block.size is not None and block.size < _DECLARED


def _letters(texts: Iterable[Element]) -> int:
    return sum(map(letters, texts))
