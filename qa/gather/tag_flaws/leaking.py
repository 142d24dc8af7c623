"""Headings, styled spans and the like without their end tag: all up to the end of what stands around them looks so.

Unlike <b> and its kin they are not opened anew in the next paragraph; so what counts is words behind their own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from qa.markup.merge_tag_mask import BLOT
from qa.markup.tokeniser import Kind, RawHtml, Token, nesting

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_SMALL = frozenset(("sub", "sup"))
_LEAKING = _HEADINGS | _SMALL | {"center", "span"}
_LONGEST_SMALL = 25  # characters: no index or footnote mark is as long
_EDGES = frozenset(("td", "th", "caption", "table"))  # no end tag reaches out of these, but their own
_ENDS_LIKE = {"li": "li", "tr": "tr", "td": "td", "th": "th", "dd": "dd", "dt": "dt"}
_DEEPEST = 200  # elements in one another that are looked through


@dataclass(slots=True)
class _Open:
    token: Token
    is_block: bool
    said: int = 0  # characters of its own words
    inner: int = 0  # blocks open in it
    behind: bool = False  # words stand in a block behind its own


def leaking(raw: RawHtml, tokens: Sequence[Token]) -> list[Token]:
    """The tags, in order: those of a name that is opened more often than it is closed."""
    counts = Counter[str]()
    for token in tokens:
        if token.name in _LEAKING and token.kind in (Kind.START, Kind.END) and not token.closed:
            counts["heading" if token.name in _HEADINGS else token.name] += 1 if token.kind is Kind.START else -1
    surplus = {name for name, count in counts.items() if count > 0}
    if "heading" in surplus:
        surplus |= _HEADINGS
    reader = _Reader(raw, surplus & _LEAKING)
    return reader.over(tokens) if surplus else []


class _Reader:
    """What is open while the tags of a document are read in order."""

    def __init__(self, raw: RawHtml, names: set[str]) -> None:
        self.raw, self.names = raw, names
        self.open: list[_Open] = []
        self.found: list[Token] = []

    def over(self, tokens: Sequence[Token]) -> list[Token]:
        block, void = nesting()["block"], nesting()["void"]
        followed = {*block, *self.names, *_EDGES}
        for token in tokens:
            if token.kind is Kind.TEXT:
                self._text(token)
            elif token.name in followed and token.name not in void and not token.closed:
                if token.kind is Kind.START:
                    self._starts(token, token.name in block and token.name not in self.names)
                elif token.kind is Kind.END:
                    self._ends(token.name)
        self._left(self.open)
        return sorted(self.found)

    def _text(self, token: Token) -> None:
        waiting = [one for one in self.open if one.token.name in self.names]
        words = self.raw.own_words(token.start, token.end).strip() if waiting else ""
        for one in waiting if words else ():
            if one.inner == 0:
                one.said += len(words)
            elif one.said:
                one.behind = True

    def _starts(self, token: Token, is_block: bool) -> None:
        if token.name in nesting()["closes_p"]:
            self._end_within("p")
        if token.name in _ENDS_LIKE:
            self._end_within(_ENDS_LIKE[token.name])
        if token.name in _HEADINGS and self.open and self.open[-1].token.name in _HEADINGS:
            self.open.pop()  # a heading ends where the next one begins
        if len(self.open) < _DEEPEST:
            for one in self.open if is_block else ():
                one.inner += 1
            self.open.append(_Open(token, is_block))

    def _ends(self, name: str) -> None:
        """An end tag ends its element, a heading's any heading, and with it whatever is open inside."""
        names = _HEADINGS if name in _HEADINGS else {name}
        at = next((n for n in reversed(range(len(self.open))) if self._stops(n, names)), None)
        if at is not None and self.open[at].token.name in names:
            self._close(at)

    def _stops(self, number: int, names: frozenset[str] | set[str]) -> bool:
        name = self.open[number].token.name
        return name in names or (name in _EDGES and not names & {"tr", "tbody", "thead", "tfoot", *_EDGES})

    def _end_within(self, name: str) -> None:
        """What a start tag ends without a tag of its own: nothing outside the cell, list or table it stands in."""
        for number in reversed(range(len(self.open))):
            inner = self.open[number].token.name
            if inner == name:
                self._close(number)
                return
            if inner in _EDGES or inner in ("ul", "ol", "dl") or (name == "p" and inner in self.names - {"span"}):
                return

    def _close(self, at: int) -> None:
        self._left(self.open[at + 1 :])
        blocks = sum(one.is_block for one in self.open[at:])
        del self.open[at:]
        for one in self.open:
            one.inner = max(0, one.inner - blocks)

    def _left(self, unclosed: Sequence[_Open]) -> None:
        """Elements that end with what stands around them."""
        for one in unclosed:
            name = one.token.name
            small = name in _SMALL and one.said > _LONGEST_SMALL
            if name in self.names and (small or one.behind) and self._is_seen(one.token):
                self.found.append(one.token)

    def _is_seen(self, token: Token) -> bool:
        """Whether a tag says how its words look, and no condition of the platform chooses it or another."""
        if BLOT in self.raw.masked[max(0, token.start - 3) : token.end + 3]:
            return False
        return token.name != "span" or not {"style", "class"}.isdisjoint(self.raw.attributes(token))
