"""The tree of elements: as the tags are written; where they cross, as BeautifulSoup over lxml repairs them.

The parser is given bare tags alone, each numbered, with a numbered comment for every stretch of text: so it repairs the
nesting and can lose, move or re-spell nothing else. Names it has wrong notions of are given to it under an alias:
libxml2 ends a link or a heading where a table begins, which is how many buttons of emails are built. One email
in forty needs the repair.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from lxml.etree import HTML

from qa.finding import Fault
from qa.markup.tokeniser import Kind, Token, nesting

if TYPE_CHECKING:
    from bs4.element import PageElement

MAX_DEPTH = 5_000  # browsers flatten what is deeper than 512; beyond this a document is an accident or an attack
_TOO_DEEP = f"its HTML nests more than {MAX_DEPTH:,} elements in one another and cannot be read"
_FACTS = nesting()
_STRUCTURE, _VOID = _FACTS["structure"], _FACTS["void"]
_ONCE = frozenset(("html", "head", "body"))
_NEVER_ENDED = ("html", "body")  # what follows their end tags stands in them all the same


class Element:
    """An element of the tree, and what the walk knows of it: its own style and link, and what it has from around it."""

    __slots__ = (
        "attributes", "block", "cell", "cells", "colour", "doubt", "excluded", "gone", "ground", "invisible", "lang",
        "link", "name", "own_link", "parent", "size", "struck", "style", "tag", "tiny", "transparent",
    )  # fmt: skip

    def __init__(self, tag: Token, attributes: Mapping[str, str], parent: Element | None) -> None:
        self.tag = tag
        self.name = tag.name
        self.attributes = attributes
        self.parent = parent
        self.style: Any = None
        self.own_link: Any = None
        self.link: Any = None
        self.block: Element | None = None
        self.lang: str = attributes.get("lang", "") or (parent.lang if parent else "")
        self.size: float | None = None
        self.cell: tuple[int, int] | None = None
        self.cells = 0  # of a row, so far
        self.doubt = ""  # what may hide it, where nobody can tell from the source
        self.colour, self.ground = "", "white"  # of its text and behind it, as written; "" where nobody can tell
        self.gone = self.tiny = self.transparent = self.invisible = self.excluded = self.struck = False


def steps(tokens: Sequence[Token]) -> Iterable[Token | None]:
    """The tokens in the order of the tree; None where the innermost element that is open ends."""
    nested = as_written(tokens)
    return repaired(tokens) if nested is None else nested


def as_written(tokens: Sequence[Token]) -> list[Token | None] | None:
    """The steps where elements end by their own end tag or where the parser ends them; None where they cross."""
    found: list[Token | None] = []
    nesting = _Nesting(found)
    for token in tokens:
        if token.kind is Kind.START:
            if not nesting.starts(token):
                return None
        elif token.kind is not Kind.END or nesting.ends(token.name):
            found.append(token)
        else:
            return None
    return found + [None] * len(nesting.open)


class _Nesting:
    """What is open, by the names the parser is given; what does not fit needs its repair."""

    def __init__(self, found: list[Token | None]) -> None:
        self.found = found
        self.open: list[str] = []
        self._times_open: defaultdict[str, int] = defaultdict(int)
        self._seen: set[str] = set()  # of those that stand once
        self._in_head = False

    def starts(self, token: Token) -> bool:
        """A start tag, which may end what is open."""
        name, alias = token.name, _alias(token.name)
        if name in _ONCE:
            if name in self._seen:
                return True
            self._seen.add(name)
        if self._in_head and name not in _FACTS["head"]:
            self._in_head = False
            if self.open[-1] != _alias("head"):
                return False
            self._close()
        self._in_head = self._in_head or name == "head"
        if alias in _STRUCTURE:
            while self.open and self.open[-1] in _STRUCTURE and _parser_ends(self.open[-1], alias):
                self._close()
        self.found.append(token)
        if token.closed or name in _VOID:
            self.found.append(None)
            return True
        self.open.append(alias)
        self._times_open[alias] += 1
        if len(self.open) > MAX_DEPTH:
            raise Fault(_TOO_DEEP)
        return True

    def ends(self, name: str) -> bool:
        """An end tag: it may end the innermost element, or nothing at all, but no other."""
        alias = _alias(name)
        if name == "head":
            self._in_head = False
        if self._times_open[alias] == 0 or name in _NEVER_ENDED or name in _VOID:
            return name != "p"  # the parser would make an element of it
        if self.open[-1] != alias:
            return False
        self._close()
        return True

    def _close(self) -> None:
        self._times_open[self.open.pop()] -= 1
        self.found.append(None)


@cache
def _parser_ends(outer: str, inner: str) -> bool:
    """Whether the parser ends an element where another begins: it is asked, once for each two names."""
    element = HTML(f"<{outer}><{inner}>").find(f".//{outer}")
    return element is not None and element.find(f".//{inner}") is None


def repaired(tokens: Sequence[Token]) -> Iterator[Token | None]:
    """The same from the parser, which repairs whatever there is to repair."""
    from bs4 import BeautifulSoup, Comment, Tag  # which one email in forty needs, and costs all of them a tenth

    soup = BeautifulSoup(_skeleton(tokens), "lxml")
    depth = 0
    todo: list[tuple[bool, PageElement]] = [(True, soup)]
    while todo:
        opens, node = todo.pop()
        if isinstance(node, Comment):
            yield tokens[int(node)]
        elif isinstance(node, Tag):
            if (number := node.attrs.get("n")) is not None:  # None: <html>, <body> of the parser's own
                yield tokens[int(str(number))] if opens else None
            depth += 1 if opens else -1
            if depth > MAX_DEPTH:
                raise Fault(_TOO_DEEP)
            if opens:
                todo.append((False, node))
                todo.extend((True, child) for child in reversed(node.contents))


def _skeleton(tokens: Sequence[Token]) -> str:
    """Tags without their attributes, numbered; a numbered comment for everything else, and for every end tag."""
    pieces: list[str] = []
    in_head, seen = False, set()
    for number, token in enumerate(tokens):
        name, alias = token.name, _alias(token.name)
        empty = token.closed or name in _VOID
        if token.kind is Kind.START and not (name in _ONCE and name in seen):
            if in_head and name not in _FACTS["head"]:
                pieces.append("</x-head>")  # whatever cannot stand in a head ends it
            in_head = name == "head" or (in_head and name in _FACTS["head"])
            seen.add(name)
            pieces.append(f'<{alias} n="{number}"></{alias}>' if empty else f'<{alias} n="{number}">')
        elif token.kind is Kind.END and not empty and name not in _NEVER_ENDED:
            in_head = in_head and name != "head"
            pieces.append(f"</{alias}>")
        if token.kind is not Kind.START:
            pieces.append(f"<!--{number}-->")
    return "".join(pieces)


@cache
def _alias(name: str) -> str:
    if name in _STRUCTURE:
        return name
    return "div" if name in _FACTS["closes_p"] else "x-" + "".join(c if c.isalnum() else "-" for c in name)
