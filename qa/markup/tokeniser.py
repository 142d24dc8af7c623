"""A tokeniser of raw HTML: tags, text and comments with their true offsets.

Follows the tokenisation of https://html.spec.whatwg.org/multipage/parsing.html in linear time. Parsers reorder,
lower-case and repair; this reads and changes nothing. Merge tags count as text, whatever characters they hold.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from enum import Enum, auto
from functools import cache
from html import unescape
from html.entities import html5
from typing import Any, NamedTuple

from qa.facts import facts as table_of
from qa.markup.merge_tag_mask import BLOT, masked
from qa.markup.variables import Variables
from qa.source import Source

STAMP = "data-qa-at"
_FOREIGN = ("svg", "math")

# Quotes count only behind "=": a stray one does not swallow the document.
_REST_OF_TAG = r"(?>(?:[^>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+'|(?![\"'])[^\s>]*+))*)>"
# The name of a whole tag; the beginning of a comment, of a tag that never ends, of a declaration.
_MARKUP = re.compile(rf"<(?:/?+([A-Za-z][^\s/>]*+){_REST_OF_TAG}|(!--)|(/?+[A-Za-z])|[/!?])")
_COMMENT_END = re.compile(r"--!?>")
_ATTRIBUTE = re.compile(
    rf"([^\s/>={BLOT}]++)(?>(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|((?![\"'])[^\s>]*+)))?)",
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
def nesting() -> dict[str, Any]:
    """How HTML nests: qa/data/markup.toml, its lists as sets."""
    table = table_of("markup")
    return {name: frozenset(value) if isinstance(value, list) else value for name, value in table.items()}


@cache
def _end_of(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{re.escape(name)}(?=[\s/>])", re.IGNORECASE)


class RawHtml:
    """The text of a document and what its tokeniser makes of it.

    Variables that the document gives values itself are read as those, but for the merge tags ``kept``.
    """

    def __init__(self, text: str, kept: Collection[str] = ()) -> None:
        self.text = text
        self.masked = masked(text)
        self.variables = Variables(text, kept)
        self._tokens: dict[tuple[int, int], tuple[Token, ...]] = {}
        self._attributes: dict[str, dict[str, str]] = {}

    def tokens(self, start: int = 0, end: int | None = None) -> tuple[Token, ...]:
        """The tokens of the document or of a stretch of it, in order, without gaps in its text."""
        stretch = start, len(self.text) if end is None else end
        if stretch not in self._tokens:
            self._tokens[stretch] = tuple(self.read(*stretch))
        return self._tokens[stretch]

    def read(self, at: int, end: int) -> Iterator[Token]:
        """The same one by one, for whoever wants the first alone; nothing is kept."""
        text, foreign = self.masked, 0
        raw = nesting()["raw"]
        while (found := _MARKUP.search(text, at, end)) is not None:
            here, stop = found.span()
            if here > at:
                yield Token(Kind.TEXT, at, here)
            if found[1] is None:
                token, at = self._no_tag(found, end)
                if token is not None:
                    yield token
                continue
            at, name = stop, found[1].lower()
            if text[here + 1] == "/":
                yield Token(Kind.END, here, stop, name)
                foreign -= foreign > 0 and name in _FOREIGN
                continue
            closed = text[stop - 2] == "/" and (foreign > 0 or ":" in name)
            yield Token(Kind.START, here, stop, name, closed)
            if not closed:
                foreign += name in _FOREIGN
                if name in raw:
                    ending = _end_of(name).search(text, at, end)
                    at = ending.start() if ending else end
                    yield Token(Kind.RAW, stop, at, name)
        if at < end:
            yield Token(Kind.TEXT, at, end)

    def _no_tag(self, found: re.Match[str], end: int) -> tuple[Token | None, int]:
        """A comment or a declaration, and where it ends; what never ends hides all that follows."""
        at = found.start()
        if found[2]:
            ending = _COMMENT_END.search(self.masked, at + 2, end)
            inner = min(at + 4, end)
            stop = max(inner, ending.start()) if ending else end
            return Token(Kind.COMMENT, inner, stop), ending.end() if ending else end
        if found[3]:
            return None, end
        stop = self.masked.find(">", at, end) + 1 or end
        return Token(Kind.DECLARATION, at, stop), stop

    def attributes(self, tag: Token) -> Mapping[str, str]:
        """The attributes of a start tag, names in lower case, references decoded once; of duplicates the first."""
        written = self.text[tag.start : tag.end]
        found = self._attributes.get(written)
        if found is None:  # the same tag stands in an email dozens of times
            found = self._attributes[written] = self._read_attributes(tag)
        return found

    def _read_attributes(self, tag: Token) -> dict[str, str]:
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
        """An attribute's value: references decoded by the rules for attributes, other merge tags left as written."""
        text = self.text[start:end]
        return self.variables.in_attribute(text if "&" not in text else self._decoded(start, end, _attribute_decoded))

    def words(self, start: int, end: int) -> str:
        """A stretch of text: references decoded, merge tags left as written."""
        text = self.text[start:end]
        return self.variables.in_text(text if "&" not in text else self._decoded(start, end, unescape))

    def own_words(self, start: int, end: int) -> str:
        """A stretch of text without its merge tags."""
        written = self.text[start:end]
        filled = self.variables.in_text(written)
        own = self.masked[start:end] if filled == written else masked(filled)
        return unescape(own.replace(BLOT, ""))

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
