"""VML, which only Outlook on Windows draws, as boxes of HTML, near enough to be read.

https://learn.microsoft.com/windows/win32/vml/web-workshop---specs---standards----introduction-to-vector-markup-language--vml-
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from html import escape

from qa.facts import facts
from qa.markup.tokeniser import Kind, RawHtml, Token
from qa.render.emulation.edits import read
from qa.render.emulation.tags import stamp_of
from qa.render.emulation.vml_shapes import BOX, VmlTag, background, image, label, outline, page

_FOREIGN = re.compile(r"<(?:/?(?:v|o|w|m|st1):|xml)", re.IGNORECASE)
_PREFIXES = ("v:", "o:", "w:", "m:", "st1:")
_PARTS = frozenset(("v:fill", "v:stroke", "v:textbox", "v:imagedata"))


@dataclass
class _Shape:
    """A shape that was opened, with what says how it looks."""

    tag: VmlTag
    parts: dict[str, VmlTag] = field(default_factory=dict)
    holds_link: bool = False
    inside_link: bool = False
    closing: str = ""


def boxes(html: str) -> str:
    """The document with its shapes as boxes and without anything else of Office's own markup."""
    if _FOREIGN.search(html) is None:
        return html
    return "".join(_Drawing(*read(html)).pieces())


@cache
def _shapes() -> frozenset[str]:
    return frozenset(facts("word")["vml"]["shapes"]) | {"v:background"}


@cache
def _islands() -> frozenset[str]:
    return frozenset(facts("word")["vml"]["islands"])


class _Drawing:
    """One document whose shapes become boxes."""

    def __init__(self, raw: RawHtml, tokens: Sequence[Token]) -> None:
        self.raw, self.tokens = raw, tokens
        self.last_ends = {token.name: token.start for token in tokens if token.kind is Kind.END}
        self.shapes = self._gathered()

    def _gathered(self) -> dict[int, _Shape]:
        """Every shape by its offset, with its fill, its stroke and its text box."""
        shapes: dict[int, _Shape] = {}
        still_open: list[_Shape] = []
        links = 0
        for token in self.tokens:
            if token.kind is Kind.START and token.name in _shapes():
                shape = _Shape(self._tag(token), inside_link=links > 0)
                links += shape.tag.has("href")
                shapes[token.start] = shape
                if not token.closed:
                    still_open.append(shape)
            elif token.kind is Kind.START and token.name in _PARTS and still_open:
                still_open[-1].parts.setdefault(token.name, self._tag(token))
            elif token.name == "a" and token.kind is not Kind.RAW:
                links = max(0, links + (1 if token.kind is Kind.START else -1))
                if token.kind is Kind.START and still_open:
                    still_open[-1].holds_link = True
            elif token.kind is Kind.END and token.name in _shapes() and still_open:
                closed = still_open.pop()
                links -= closed.tag.has("href")
                if still_open and closed.holds_link:
                    still_open[-1].holds_link = True
        return shapes

    def _tag(self, token: Token) -> VmlTag:
        found = stamp_of(self.raw, token)
        return VmlTag(token.name, self.raw.attributes(token), found[0] if found else "")

    def pieces(self) -> list[str]:
        """The new text of the document."""
        done: list[str] = []
        endings: list[str] = []  # of the shapes that are open
        at, number = 0, 0
        while number < len(self.tokens):
            token = self.tokens[number]
            number += 1
            if not (token.name in _islands() or token.name.startswith(_PREFIXES)) or token.kind is Kind.RAW:
                continue
            done.append(self.raw.text[at : token.start])
            at = token.end
            if token.name in _islands():
                number = self._behind_island(token, number)
                at = self.tokens[number - 1].end
            elif token.name in _shapes():
                done.append(self._shape(token, endings))
        done.append(self.raw.text[at:])
        return done

    def _behind_island(self, opening: Token, number: int) -> int:
        """The number of the token behind settings that nobody sees."""
        if opening.kind is Kind.END or opening.closed or self.last_ends.get(opening.name, -1) < opening.start:
            return number
        while not (self.tokens[number].kind is Kind.END and self.tokens[number].name == opening.name):
            number += 1
        return number + 1

    def _shape(self, token: Token, endings: list[str]) -> str:
        if token.kind is Kind.END:
            return endings.pop() if endings else ""
        opening, ending = self._box(token, self.shapes[token.start])
        if token.closed:
            return opening + ending
        endings.append(ending)
        return opening

    def _box(self, token: Token, shape: _Shape) -> tuple[str, str]:
        """What a shape begins and ends with."""
        mark = shape.tag.stamp
        if token.name == "v:background":
            return f"<style{mark} {BOX}>{page(shape.tag, shape.parts)}</style>", ""
        picture = image(shape.tag, shape.parts)
        if picture:
            return f"<img{mark} {BOX}{picture}>", ""
        link = shape.tag.attributes.get("href", "")
        name = "a" if link and not (shape.holds_link or shape.inside_link) else "qa-shape"
        address = f' href="{escape(link)}"' if name == "a" else ""
        look = outline(shape.tag, shape.parts) + background(shape.tag, shape.parts)
        inner = label(shape.tag, shape.parts)
        text_mark = shape.parts["v:textbox"].stamp if "v:textbox" in shape.parts else mark
        return (
            f'<{name}{mark} {BOX}{address} style="{escape(look)}"><qa-shape{text_mark} {BOX} style="{escape(inner)}">',
            f"</qa-shape></{name}>",
        )
