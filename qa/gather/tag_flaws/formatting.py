"""Formatting that is opened and never closed, and goes on over the paragraphs behind it.

https://html.spec.whatwg.org/multipage/parsing.html#reconstruct-the-active-formatting-elements
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from qa.artefacts import Flaw
from qa.gather.tag_flaws.leaking import leaking
from qa.markup.merge_tag_mask import BLOT
from qa.markup.tokeniser import Kind, RawHtml, Token, nesting
from qa.source import Source

_FORMATTING = frozenset(("b", "big", "em", "font", "i", "s", "small", "strike", "strong", "tt", "u"))
_BESIDE = 3  # characters
_MOST = 12  # open in one another: more is no text but an attack
_CELLS = frozenset(("td", "th", "caption"))  # formatting ends with the cell it was opened in


@dataclass(slots=True)
class _Open:
    token: Token
    blocks: int = 0  # opened since, and not closed
    outlives: bool = False  # the block it was opened in has ended


def unclosed_formatting(source: Source, raw: RawHtml, tokens: Sequence[Token]) -> list[Flaw]:
    """The tags, in order: those of a name that is opened more often than it is closed."""
    counts = Counter[str]()
    for token in tokens:
        if token.name in _FORMATTING and token.kind in (Kind.START, Kind.END):
            counts[token.name] += 1 if token.kind is Kind.START else -1
    surplus = {name for name, count in counts.items() if count > 0}
    found = _Reader(raw, surplus).over(tokens) if surplus else []
    found += leaking(raw, tokens)
    return [Flaw("unclosed", f"<{token.name}>", source.place(token.start)) for token in sorted(found)]


class _Reader:
    """What is open while the tokens of a document are read in order."""

    def __init__(self, raw: RawHtml, names: set[str]) -> None:
        self.raw, self.names = raw, names
        self.scopes: list[list[_Open]] = [[]]
        self.found: dict[int, Token] = {}

    def over(self, tokens: Sequence[Token]) -> list[Token]:
        for token in tokens:
            if token.kind is Kind.TEXT:
                self._text(token)
            elif token.kind in (Kind.START, Kind.END):
                self._tag(token, opens=token.kind is Kind.START)
        return list(self.found.values())

    def _text(self, token: Token) -> None:
        outliving = [one.token for one in self.scopes[-1] if one.outlives]
        if outliving and self.raw.own_words(token.start, token.end).strip():
            self.found |= {each.start: each for each in outliving}

    def _tag(self, token: Token, *, opens: bool) -> None:
        here = self.scopes[-1]
        if token.name in _CELLS:
            if opens:
                self.scopes.append([])
            elif len(self.scopes) > 1:
                self.scopes.pop()
        elif token.name in self.names:
            last = next((one for one in reversed(here) if one.token.name == token.name), None)
            if opens and len(here) < _MOST and not self._is_one_of_two(token):
                here.append(_Open(token))
            elif not opens and last is not None:
                here.remove(last)
                self.found.pop(last.token.start, None)
        elif token.name in nesting()["block"]:
            for one in here:
                one.blocks += 1 if opens else -1
                one.outlives = one.outlives or one.blocks < 0

    def _is_one_of_two(self, token: Token) -> bool:
        """Whether a condition of the platform stands beside a tag, and may choose it or another."""
        return BLOT in self.raw.masked[max(0, token.start - _BESIDE) : token.end + _BESIDE]
