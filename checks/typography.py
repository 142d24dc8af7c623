"""Typesetting: spaces, punctuation, characters nobody sees."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace

from qa.artefacts import Block, Inventory, Markup
from qa.artefacts.causes import of_passage
from qa.check import check
from qa.facts import facts
from qa.finding import Code, Finding, Severity
from qa.markup.merge_tag_mask import BLOT, masked
from qa.markup.tokeniser import Kind
from qa.request import AskedAsset, Request
from qa.source import Text
from qa.text.phrases import and_more
from qa.text.wording import quoted

_FACTS = facts("typography")
_NBSP = "(?:\u00a0|&nbsp;|&#160;|&#xa0;)"
_SPACES = re.compile(rf"{_NBSP}{{1,4}}+ ?+(?=[^\W\d_])", re.IGNORECASE)
_BEFORE_SPACES = re.compile(r"[^\W\d_][,;]? ?$")
_LETTER = "[A-Za-z\u00c0-\u024f\u0370-\u0373\u0376-\u03ff\u0400-\u052f]"
# Pasted by accident, as characters or as the numbers editors turn them into; whoever writes &zwnj; means it.
_NUMBER = "&#(?:820[345]|8288|65279|[xX](?:200[bBcCdD]|2060|[fF][eE][fF][fF]));"
_UNSEEN = f"(?:[\u200b-\u200d\u2060\ufeff]|{_NUMBER})"
_INVISIBLE = re.compile(f"{_UNSEEN}{{1,5}}+(?={_LETTER})")
_BEFORE_INVISIBLE = re.compile(f"{_LETTER}$")
_SPACED = re.compile(r" ([,.;:!?])(?!\S)")
_AROUND = 25  # characters shown on either side of a slip


@check(
    "typography",
    Code("double-space", Severity.INFO, "Two spaces stand between two words.", "Take one out."),
    Code(
        "space-before-punctuation",
        Severity.INFO,
        "A space stands before a comma, a full stop or another mark.",
        "Take the space out.",
    ),
    Code(
        "invisible-character",
        Severity.WARNING,
        "A character nobody sees stands in the middle of a word.",
        "Type the word again; it came along when the text was pasted.",
    ),
)
def typography(asked: AskedAsset, request: Request, read: Inventory, markup: Markup) -> Iterator[Finding]:
    """The text is set without slips of the keyboard.

    A space before a comma looks like phishing; an invisible character in a word keeps it from being found, read aloud
    and recognised by filters.

    Fails:
        email: {}
        build: <p>Save your seat , it is free.</p>

    Passes:
        email: {}
        build: <p>Save your seat, it is free.</p>
    """
    visible = [block for block in markup.blocks if not block.hidden and not block.outlook_only]
    seen = _Seen(markup, read)
    yield from _told("double-space", "Two spaces stand between two words", seen.double_spaces())
    marks = list(_before_marks(visible, _free(asked, request, markup)))
    for told in _told("space-before-punctuation", "A space stands before a mark", marks):
        yield replace(told, causes=tuple(of_passage(slip.where, slip.value) for slip in marks))
    yield from _told("invisible-character", "A character nobody sees stands in a word", seen.invisible_characters())


def _told(code: str, what: str, found: Iterable[Text]) -> Iterator[Finding]:
    slips = list(found)
    if not slips:
        return
    first, each = slips[0], tuple(slip.value for slip in slips)
    message = f"{what}: {quoted(first.value)}{and_more([slip.where for slip in slips])}."
    yield Finding(code, message, first.where, actual=first.value, each=each)


class _Seen:
    """What of the source is text that readers see; asked only where something was found."""

    def __init__(self, markup: Markup, read: Inventory) -> None:
        self.markup, self.read = markup, read

    def double_spaces(self) -> Iterator[Text]:
        """Two or three spaces inside a sentence; more are a gap somebody wanted. Plain ones are folded into one."""
        text = self._text
        if "\u00a0" in text or "&nbsp;" in text or "&#" in text:
            for found in _SPACES.finditer(text):
                before = _BEFORE_SPACES.search(text, max(0, found.start() - 3), found.start())
                if before and 2 <= len(_plain_spaces(found[0])) + before[0].count(" ") <= 3:
                    yield from self._excerpt(found.start(), found.end())

    def invisible_characters(self) -> Iterator[Text]:
        """Joiners and the like between two letters of a script that has no use for them."""
        if "&#" in self._text or not self._text.isascii():
            for found in _INVISIBLE.finditer(self._text):
                if found.start() and _BEFORE_INVISIBLE.search(self._text, found.start() - 1, found.start()):
                    yield from self._excerpt(found.start(), found.end())

    @property
    def _text(self) -> str:
        return self.read.read.raw.masked if self.read.read else ""

    def _excerpt(self, start: int, end: int) -> Iterator[Text]:
        if self._visible(start):
            around = self.markup.source.text[max(0, start - _AROUND) : end + _AROUND]
            yield Text(_marked(re.sub(r"<[^>]*+>?|^[^<>]*+>", " ", around)), self.markup.source.place(start))

    def _visible(self, offset: int) -> bool:
        tokens = self.read.read.tokens if self.read.read else ()
        at = bisect_right(tokens, offset, key=lambda token: token.start) - 1
        if at < 0 or tokens[at].kind is not Kind.TEXT or offset >= tokens[at].end:
            return False
        blocks = self.markup.blocks
        before = bisect_right(blocks, offset, key=lambda block: block.where.offset or 0) - 1
        return before >= 0 and not blocks[before].hidden and not blocks[before].outlook_only


def _plain_spaces(run: str) -> str:
    return re.sub(_NBSP, " ", run, flags=re.IGNORECASE)


def _marked(words: str) -> str:
    """Text in which what nobody sees is shown: “sea·t”."""
    return re.sub(f"{_UNSEEN}+", "·", re.sub(_NBSP, "\u00a0", words, flags=re.IGNORECASE))


def _free(asked: AskedAsset, request: Request, markup: Markup) -> str:
    """The marks that stand behind a space in the language of the build."""
    said = asked.language or request.language or (markup.lang.value if markup.lang else "")
    table: dict[str, str] = _FACTS["space_before_punctuation"]["spaced"]
    language = re.split("[-_]", said.strip().lower())[0]
    if not language or language == "und":
        return ":;!?"  # it may be French
    return table.get(language, table["default"])


def _before_marks(blocks: Iterable[Block], free: str) -> Iterator[Text]:
    for block in blocks:
        slips = [one for one in _SPACED.finditer(block.text) if one[1] not in free and _word_before(block.text, one)]
        tags = masked(block.text) if slips else ""
        for found in slips:
            if BLOT not in tags[found.start() - 1 : found.end()]:
                start, end = max(0, found.start() - _AROUND), found.end() + _AROUND
                yield Text(block.text[start:end].strip(), block.where)


def _word_before(text: str, found: re.Match[str]) -> bool:
    """L e t t e r s  that are set apart, emoticons and tokens are no words."""
    return found.start() > 1 and text[found.start() - 2 : found.start()].isalnum()
