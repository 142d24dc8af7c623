"""The merge tags of an asset, read from the raw text: parsers move and re-case what stands in a tag."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from qa.artefacts import DeclaredEnvelope, Parts, Token, Tokens
from qa.build.assets import Asset
from qa.check import gatherer
from qa.merge_tags.blocks import told_of, unclosed_blocks
from qa.merge_tags.grammar import Found, Grammar, Region, blank, grammar
from qa.merge_tags.pattern import TOKEN
from qa.merge_tags.platforms import detect, foreign, stray, unbalanced, wide
from qa.merge_tags.variables import Variables, variables_of
from qa.request import AskedAsset, Request
from qa.source import Place, Source

# A comment for Outlook alone is read by a client, so what stands in it counts.
_QUIET = re.compile(r"<!--(?!\[if\b|-?>)|<(script|style|pre|code|template)\b", re.IGNORECASE)
_SWALLOWING = {"", "script", "style"}  # what is never closed reaches to the end of the document


@dataclass(frozen=True, slots=True)
class _Piece:
    """A text to read: the HTML, the plain text, or a line of the envelope."""

    inside: str
    text: str
    source: Source | None = None
    where: Place | None = None

    def place(self, offset: int) -> Place:
        if self.source is not None:
            return self.source.place(offset)
        return self.where or Place("")


@gatherer()
def tokens(asset: Asset, asked: AskedAsset, request: Request, parts: Parts, declared: DeclaredEnvelope) -> Tokens:
    """Every merge tag of the HTML, the plain text and, of an email, the envelope."""
    pieces = list(_pieces(parts, declared))
    wanted = asked.tokens or ()
    named = "" if request.platform is None or request.platform == "none" else request.platform
    platform: str = named or detect([piece.text for piece in pieces] + list(wanted))
    chosen = grammar(platform)
    variables = variables_of(chosen.facts, [piece.text for piece in pieces]) if chosen else None
    reader = _Reader(platform, chosen, variables, wanted, asset.kind == "page")
    unread = chosen is None and any(_holds_tags(piece) for piece in pieces)
    built = tuple(token for piece in pieces for token in reader.read(piece))
    return Tokens(platform, built, unread, rendered=parts.was_sent)


def _pieces(parts: Parts, declared: DeclaredEnvelope) -> Iterator[_Piece]:
    for inside, text in declared.texts:
        yield _Piece(inside, text.value, where=text.where)
    if parts.html is not None:
        yield _Piece("html", parts.html.text, parts.html)
    if parts.plain is not None:
        yield _Piece("text", parts.plain.text, parts.plain)


@dataclass(frozen=True, slots=True)
class _Reader:
    """What is needed to read a piece: the platform's grammar, what the build sets, what the request lists."""

    platform: str
    chosen: Grammar | None
    variables: Variables | None
    wanted: tuple[str, ...]
    page: bool

    def read(self, piece: _Piece) -> Iterator[Token]:
        region = _regions(piece.text) if piece.inside == "html" else lambda _: ""
        found, text = foreign(piece.text, self.platform, region)
        found += (wide_ones := wide(text, self.platform, region))
        text = blank(text, [(tag.start, tag.start + len(tag.raw)) for tag in wide_ones])
        rest, names = text, set[str]()
        chosen = self.chosen
        if chosen is not None:
            tags, rest = chosen.read(text, region, self.page and piece.inside == "html", self.variables)
            found += tags
            names = {chosen.fold(tag.name) for asked in self.wanted for tag in chosen.read(asked)[0]}
        else:
            found += _literally(text, self.platform, self.wanted)
        if chosen is None or chosen.language is not None:
            broken = unbalanced(rest, self.platform, region)
            rest = blank(rest, sorted((tag.start, tag.start + len(tag.raw)) for tag in broken))
            slips = [replace(tag, name=tag.code) for tag in found if tag.fault and tag.code]
            unclosed = unclosed_blocks(text, self.platform, region, [*broken, *slips])
            found = [*told_of(found, unclosed), *broken]
        elif not chosen.facts.get("pair"):
            found = told_of(found, unclosed_blocks(text, self.platform, region))
        if not self.page:
            found += stray(rest, self.platform, region)
        for tag in sorted(found, key=lambda tag: tag.start):
            asked_for = chosen is not None and tag.known is False and chosen.fold(tag.name) in names
            yield _token(tag, piece, known=True if asked_for else tag.known)


def _holds_tags(piece: _Piece) -> bool:
    """Whether a reader would be shown merge tags of some platform, were they not filled in."""
    region = _regions(piece.text) if piece.inside == "html" else lambda _: ""
    return any(not region(hit.start()) for hit in TOKEN.finditer(piece.text))


def _token(tag: Found, piece: _Piece, known: bool | None) -> Token:
    place = piece.place(tag.start)
    nearest = "" if known else tag.nearest
    return Token(tag.raw, place, tag.platform, tag.name, tag.default, tag.role, known, piece.inside, tag.fault, nearest)


def _literally(text: str, platform: str, wanted: tuple[str, ...]) -> Iterator[Found]:
    """The asked tags of a platform whose grammar is not known, found as they are written, white space aside."""
    for asked in wanted:
        pattern = r"\s*".join(re.escape(piece) for piece in asked.split())
        for hit in re.finditer(pattern, text) if pattern else ():
            yield Found(hit.group(), hit.start(), platform, " ".join(asked.split()))


def _regions(text: str) -> Region:
    """Where a tag is not for the reader: comments, and code in which braces have another meaning."""
    starts: list[int] = []
    spans: list[tuple[int, str]] = []
    unclosed: set[str] = set()
    at = 0
    while (opening := _QUIET.search(text, at)) is not None:
        tag = (opening.group(1) or "").lower()
        closing = None if tag in unclosed else _closing(tag).search(text, opening.end())
        at = closing.end() if closing else opening.end()
        if closing is None:
            unclosed.add(tag)  # no later one closes either: looking again would cost a pass over the text each time
            at = len(text) if tag in _SWALLOWING else at
        starts.append(opening.start())
        spans.append((at, "sample" if tag else "comment"))

    def region(offset: int) -> str:
        number = bisect_right(starts, offset) - 1
        return spans[number][1] if number >= 0 and offset < spans[number][0] else ""

    return region


@cache
def _closing(tag: str) -> re.Pattern[str]:
    return re.compile(rf"</{tag}\b" if tag else "-->", re.IGNORECASE)
