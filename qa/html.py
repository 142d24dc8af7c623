"""What stands where in the raw text of an HTML document? Tags, text and comments with their true offsets.

Follows the tokenisation of https://html.spec.whatwg.org/multipage/parsing.html in linear time. Parsers reorder,
lower-case and repair; this reads and changes nothing. Merge tags count as text, whatever characters they hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, auto
from functools import cache
from html import unescape
from html.entities import html5
from typing import Any, NamedTuple

from qa.facts import facts as table_of
from qa.mask import BLOT, masked
from qa.source import Source

STAMP = "data-qa-at"

# Quotes count only behind "=": a stray one does not swallow the document.
_REST_OF_TAG = r"(?:[^>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+'|(?![\"'])[^\s>]*+))*+>"
_MARKUP = re.compile(r"<[A-Za-z/!?]")
_TAG_OPENING = re.compile(r"</?[A-Za-z]")
_TAG = re.compile(r"</?([A-Za-z][^\s/>]*+)" + _REST_OF_TAG)
_COMMENT_END = re.compile(r"--!?>")
_ATTRIBUTE = re.compile(
    rf"([^\s/>={BLOT}]++)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|((?![\"'])[^\s>]*+)))?+",
)
_REFERENCE = re.compile(r"&(?:#[0-9]++;?|#[xX][0-9a-fA-F]++;?|[A-Za-z][A-Za-z0-9]*+[;=]?)")
_RUN = re.compile(rf"{BLOT}++|[^{BLOT}]++")


class Kind(Enum):
    """What a token is."""

    START = auto()
    END = auto()
    TEXT = auto()
    RAW = auto()  # the content of a script, a style sheet, a title, a textarea …
    COMMENT = auto()  # start and end are those of what stands between <!-- and -->
    DECLARATION = auto()  # <!doctype …>, <![if …]>, <?…>


class Token(NamedTuple):
    """A stretch of the source, in characters."""

    kind: Kind
    start: int
    end: int
    name: str = ""  # of the tag, lower case; of raw text, the element around it
    closed: bool = False  # written <x/> where that counts: in VML, SVG and other foreign markup


@cache
def facts() -> dict[str, Any]:
    """How HTML nests: qa/data/markup.toml, its lists as sets."""
    table = table_of("markup")
    return {name: frozenset(value) if isinstance(value, list) else value for name, value in table.items()}


@cache
def _end_of(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{re.escape(name)}(?=[\s/>])", re.IGNORECASE)


class RawHtml:
    """The text of a document and what its tokeniser makes of it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.masked = masked(text)

    def tokens(self, start: int = 0, end: int | None = None) -> Iterator[Token]:
        """The tokens of the document or of a stretch of it, in order, without gaps in its text."""
        at, end, foreign = start, len(self.text) if end is None else end, 0
        raw = facts()["raw"]
        while (found := _MARKUP.search(self.masked, at, end)) is not None:
            here = found.start()
            if here > at:
                yield Token(Kind.TEXT, at, here)
            token, at = self._markup(here, end, foreign > 0)
            if token is None:
                continue
            yield token
            if token.kind is Kind.START and not token.closed:
                foreign += token.name in ("svg", "math")
                if token.name in raw:
                    ending = _end_of(token.name).search(self.masked, at, end)
                    content = Token(Kind.RAW, at, ending.start() if ending else end, token.name)
                    yield content
                    at = content.end
            elif token.kind is Kind.END and foreign:
                foreign -= token.name in ("svg", "math")
        if at < end:
            yield Token(Kind.TEXT, at, end)

    def _markup(self, at: int, end: int, foreign: bool) -> tuple[Token | None, int]:
        """The tag, comment or declaration at an offset, and where it ends; what never ends hides all that follows."""
        if self.masked.startswith("<!--", at):
            ending = _COMMENT_END.search(self.masked, at + 2, end)
            inner = min(at + 4, end)
            stop = max(inner, ending.start()) if ending else end
            return Token(Kind.COMMENT, inner, stop), ending.end() if ending else end
        if _TAG_OPENING.match(self.masked, at, end):
            return self._tag(at, end, foreign)
        stop = self.masked.find(">", at, end) + 1 or end
        return Token(Kind.DECLARATION, at, stop), stop

    def _tag(self, at: int, end: int, foreign: bool) -> tuple[Token | None, int]:
        found = _TAG.match(self.masked, at, end)
        if found is None:
            return None, end
        name = found[1].lower()
        if self.masked[at + 1] == "/":
            return Token(Kind.END, at, found.end(), name), found.end()
        closed = (foreign or ":" in name) and self.masked[found.end() - 2] == "/"
        return Token(Kind.START, at, found.end(), name, closed), found.end()

    def attributes(self, tag: Token) -> dict[str, str]:
        """The attributes of a start tag, names in lower case, references decoded once; of duplicates the first."""
        found: dict[str, str] = {}
        start = tag.start + 1 + len(tag.name)
        if tag.end - start < 3:
            return found
        for match in _ATTRIBUTE.finditer(self.masked, start, tag.end - 1):
            name = match[1].lower()
            if name not in found:
                value = match.lastindex or 1
                found[name] = self.value(*match.span(value)) if value > 1 else ""
        return found

    def places(self, tag: Token) -> Iterator[tuple[str, int, int, int, int]]:
        """Of each attribute of a start tag: name in lower case, its start and end, those of the value in its quotes.

        All of them, duplicates too. Without a value, both ends of it are the attribute's own.
        """
        for match in _ATTRIBUTE.finditer(self.masked, tag.start + 1 + len(tag.name), tag.end - 1):
            value = match.span(match.lastindex or 1) if (match.lastindex or 1) > 1 else (match.end(), match.end())
            yield match[1].lower(), match.start(), match.end(), *value

    def value(self, start: int, end: int) -> str:
        """An attribute's value: references decoded by the rules for attributes, merge tags left as written."""
        text = self.text[start:end]
        return text if "&" not in text else self._decoded(start, end, _attribute_decoded)

    def words(self, start: int, end: int) -> str:
        """A stretch of text: references decoded, merge tags left as written."""
        text = self.text[start:end]
        return text if "&" not in text else self._decoded(start, end, unescape)

    def own_words(self, start: int, end: int) -> str:
        """A stretch of text without its merge tags."""
        return unescape(self.masked[start:end].replace(BLOT, ""))

    def _decoded(self, start: int, end: int, decode: Any) -> str:
        pieces = []
        for run in _RUN.finditer(self.masked, start, end):
            piece = self.text[run.start() : run.end()]
            pieces.append(piece if run[0][0] == BLOT else decode(piece))
        return "".join(pieces)


def _attribute_decoded(text: str) -> str:
    return _REFERENCE.sub(_reference, text)


def _reference(found: re.Match[str]) -> str:
    """In a URL "&copy=2" is a parameter and stays; "&copy;" and a final "&copy" are the sign."""
    name = found[0][1:]
    return unescape(found[0]) if name[0] == "#" else html5.get(name, found[0])


def stamped(source: Source) -> str:
    """The document with every start tag carrying its own offset, first, so that a hostile duplicate loses."""
    pieces, at = [], 0
    for token in RawHtml(source.text).tokens():
        if token.kind is Kind.START:
            behind_name = token.start + 1 + len(token.name)
            pieces.append(f'{source.text[at:behind_name]} {STAMP}="{token.start}"')
            at = behind_name
    return "".join([*pieces, source.text[at:]])
