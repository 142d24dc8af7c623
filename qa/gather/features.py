"""The features of HTML and CSS in a document: its tags, style attributes and style sheets, each read once."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.artefacts import Features, Inventory, RawTokens
from qa.check import gatherer
from qa.finding import Skip
from qa.gather.css_use.selectors import Elements
from qa.gather.css_use.surroundings import Box, Surroundings
from qa.gather.css_use.uses import Tag, Use, Uses, tag
from qa.gather.document.walk import for_outlook
from qa.markup.tokeniser import Kind, Token
from qa.source import Source

_CONDITION = re.compile(r"(?:<!)?\[if\s*+([^\]>]*+)\]", re.IGNORECASE)
_ENDIF = re.compile(r"\[endif", re.IGNORECASE)
_HOLDING = frozenset(("video", "audio", "object", "picture"))  # what stands in them is for clients that lack them
_LOADING = frozenset(("source", "track", "param"))
_NEAR = 2000  # characters
_FOR_OUTLOOK = r"<!--\s*\[if\s[^\]!]*(?:mso|vml|true)[^\]!]*\]>"
_OUTLOOK = re.compile(rf"\s*{_FOR_OUTLOOK}", re.IGNORECASE)
Marks = frozenset[str]
_LARGE = 16 * 1024  # of styles; see the notes on html-style


@gatherer()
def features(read: Inventory) -> Features:
    """The features of the HTML part; Skip or Fault where there is none."""
    if read.markup is None or read.read is None:
        raise read.reason or Skip("the build has no HTML part")
    return Reader(read.markup.source, read.read).features()


class Reader:
    """Reads one document, token by token."""

    def __init__(self, source: Source, read: RawTokens) -> None:
        self.source, self.raw, self.tokens = source, read.raw, read.tokens
        self.uses = Uses()
        self.elements = Elements()
        self.for_outlook: set[str] = set()
        self._around = Surroundings()
        self._tags: dict[tuple[str, Marks], Tag] = {}  # a tag as written, what makes up for a feature around it
        self._met: dict[tuple[str, Marks, str], list[int]] = {}  # those, who sees it → times, the first offset
        self._grounds: list[tuple[Tag, int, str, Box]] = []  # boxes with a picture behind them, if words stand on it
        self._sheets: list[tuple[Token, str, str]] = []  # content, its media, who sees it
        self._holding: list[tuple[Tag, int, str, set[str]]] = []  # open, with something for clients that lack them
        self._last: Tag | None = None
        self._in_body = False

    def features(self) -> Features:
        """Everything the document uses."""
        self._over(self.tokens, "")
        self._held("")
        for (text, around, seen_by), (times, offset) in self._met.items():
            self.uses.tag(self._tags[text, around], seen_by, times, offset)
        for read, offset, seen_by, box in self._grounds:
            marks = read.marks if box.holds_text else read.marks | {"wordless"}
            self.uses.tag(read._replace(marks=marks), seen_by, 1, offset)
        for content, media, seen_by in self._sheets:
            css = self.raw.masked[content.start : content.end]
            self.uses.sheet(css, content.start, media, seen_by, self.elements)
        self._weigh()
        return self.uses.features(self.source, self.for_outlook)

    def _over(self, tokens: Sequence[Token], outer: str) -> None:
        seen_by = outer
        for token in tokens:
            kind = token.kind
            if kind is Kind.START:
                self._start(token, seen_by)
            elif kind is Kind.END:
                self._around.closed(token.name)
                if token.name in _HOLDING:
                    self._held(token.name)
            elif kind is Kind.TEXT:
                self._text(token)
            elif kind is Kind.RAW:
                if token.name == "style":
                    self._style(token, seen_by)
            else:
                seen_by = self._condition(token, seen_by, outer)

    def _start(self, token: Token, seen_by: str) -> None:
        text, name = self.raw.text[token.start : token.end], token.name
        around = self._around.of(name, text)
        if name == "a" and self._is_beside_outlook(token):
            around |= {"outlook-beside"}
        if (read := self._tags.get((text, around))) is None:
            read = tag(name, self.raw.attributes(token))
            read = self._tags[text, around] = read._replace(marks=read.marks | around)
            self.elements.add(name, read.attributes, read.marks)
        self._last = read
        box = self._around.opened(name, read.marks)
        self._in_body = self._in_body or name == "body"
        if seen_by == "outlook":
            self.for_outlook.add(name)
        if box is not None and "background" in text:
            self._grounds.append((read, token.start, seen_by, box))
            return
        if name in _HOLDING:
            self._holding.append((read, token.start, seen_by, set()))
            return
        if self._holding and name not in _LOADING:
            self._holding[-1][3].add("content")
        if (met := self._met.get((text, around, seen_by))) is None:
            met = self._met[text, around, seen_by] = [0, token.start]
        met[0] += 1

    def _text(self, token: Token) -> None:
        text = self.raw.text[token.start : token.end]
        if text.isspace():
            return
        if self._holding:
            self._holding[-1][3].add("content")
        if self.raw.words(token.start, token.end).strip():
            self._around.said()

    def _is_beside_outlook(self, token: Token) -> bool:
        """Whether something for Outlook alone stands right before a link, right behind it, or where its words begin."""
        masked = self.raw.masked
        before = masked[max(0, token.start - _NEAR) : token.start].rstrip()
        opening = before.rfind("<!--") if before.endswith("<![endif]-->") else len(before)
        end = masked.find("</a", token.end, token.end + _NEAR)
        behind = masked[masked.find(">", end) + 1 : end + _NEAR] if end >= 0 else ""
        starts = (before[opening:], masked[token.end : token.end + _NEAR], behind)
        return any(map(_OUTLOOK.match, starts))

    def _held(self, name: str) -> None:
        """The end of an element that may hold something for clients that lack it; "": the end of the document."""
        while self._holding:
            read, offset, seen_by, content = self._holding.pop()
            self.uses.tag(read._replace(marks=read.marks | content), seen_by, 1, offset)
            if read.name == name:
                return

    def _style(self, token: Token, seen_by: str) -> None:
        assert self._last is not None  # raw text stands behind its tag
        self._sheets.append((token, self._last.attributes.get("media", ""), seen_by))
        if self._in_body:
            self.uses.miss(Use("html-style", "<style> in the body", "style", seen_by, frozenset()), 1, token.start)

    def _weigh(self) -> None:
        """Styles that are too many for some, if they were all of no condition."""
        sheets = [content for content, _, seen_by in self._sheets if seen_by != "outlook"]
        size = sum(content.end - content.start for content in sheets)
        if size > _LARGE:
            shown = f"{size / 1024:.0f} KB of styles"
            self.uses.miss(Use("html-style", shown, "style", "", frozenset()), 1, sheets[0].start)

    def _condition(self, token: Token, seen_by: str, outer: str) -> str:
        """Who sees what stands behind a comment or a declaration."""
        masked = self.raw.masked
        condition = _CONDITION.match(masked, token.start, token.end)
        closing = _ENDIF.search(masked, token.start, token.end)
        if condition is None:
            if token.kind is Kind.COMMENT:
                self.uses.note(("html-comments",), token.start)
            elif masked[token.start : token.start + 9].lower() == "<!doctype":
                self.uses.note(("html-doctype",), token.start)
            return outer if closing else seen_by
        if closing is None:
            return outer or ("" if for_outlook(condition[1]) else "others")
        if for_outlook(condition[1]) and not outer:
            start, end = masked.find(">", condition.end(), token.end) + 1, masked.rfind("<", 0, closing.start())
            self._over(self.raw.tokens(start, max(start, end)), "outlook")
        return seen_by
