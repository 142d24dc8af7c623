"""Which element stands in which? As the tags are written; where they cross, as BeautifulSoup over lxml repairs them.

The parser is given bare tags alone, each numbered, with a numbered comment for every stretch of text: so it repairs the
nesting and can lose, move or re-spell nothing else. Names it has wrong notions of are given to it under an alias:
libxml2 ends a link or a heading where a table begins, which is how many buttons of emails are built. One email
in forty needs the repair.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum, auto
from functools import cache
from typing import Any

from bs4 import BeautifulSoup, Comment, Tag
from bs4.element import PageElement

from qa.finding import Fault
from qa.html import Kind, Token, facts

MAX_DEPTH = 5_000  # browsers flatten what is deeper than 512; beyond this a document is an accident or an attack
_TOO_DEEP = f"its HTML nests more than {MAX_DEPTH:,} elements in one another and cannot be read"
_FACTS = facts()
_STRUCTURE, _VOID = _FACTS["structure"], _FACTS["void"]
_ONCE = frozenset(("html", "head", "body"))
_NEVER_ENDED = ("html", "body")  # what follows their end tags stands in them all the same


class Step(Enum):
    """What a walk over the tree meets."""

    OPENED = auto()
    CLOSED = auto()
    MET = auto()  # a token that is no start tag


class Element:
    """An element of the tree, and what the walk knows of it: its own style and link, and what it has from around it."""

    __slots__ = (
        "attributes", "block", "excluded", "gone", "invisible", "link", "name", "own_link", "parent", "size", "style",
        "tag", "tiny", "transparent",
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
        self.size: float | None = None
        self.gone = self.tiny = self.transparent = self.invisible = self.excluded = False


def steps(tokens: Sequence[Token]) -> Iterable[tuple[Step, Token]]:
    """The tokens in the order of the tree: each start tag opened and closed, everything else met."""
    nesting = Nesting()
    return nesting.steps if nesting.over(tokens) else repaired(tokens)


class Nesting:
    """Elements nested as their tags are written, and ended where the parser ends them: a row where the next begins."""

    def __init__(self) -> None:
        self.steps: list[tuple[Step, Token]] = []
        self._open: list[tuple[str, Token]] = []
        self._times_open: dict[str, int] = {}
        self._seen: set[str] = set()  # of those that stand once
        self._in_head = False

    def over(self, tokens: Sequence[Token]) -> bool:
        """Take in the tokens of a document; False: they need a repair."""
        for token in tokens:
            if token.kind is Kind.START:
                if not self._starts(token):
                    return False
            elif token.kind is not Kind.END or self._ends(token):
                self.steps.append((Step.MET, token))
            else:
                return False
        while self._open:
            self._close()
        return True

    def _starts(self, token: Token) -> bool:
        name, alias = token.name, _alias(token.name)
        if name in _ONCE:
            if name in self._seen:
                return True
            self._seen.add(name)
        if self._in_head and name not in _FACTS["head"]:
            self._in_head = False
            if self._open[-1][0] != _alias("head"):
                return False
            self._close()
        self._in_head = self._in_head or name == "head"
        while self._open and _ended_by(alias, self._open[-1][0]):
            self._close()
        self.steps.append((Step.OPENED, token))
        if token.closed or name in _VOID:
            self.steps.append((Step.CLOSED, token))
            return True
        self._open.append((alias, token))
        self._times_open[alias] = self._times_open.get(alias, 0) + 1
        if len(self._open) > MAX_DEPTH:
            raise Fault(_TOO_DEEP)
        return True

    def _ends(self, token: Token) -> bool:
        """An end tag may end the innermost element, or nothing at all, but no other."""
        name, alias = token.name, _alias(token.name)
        if name in _NEVER_ENDED or name in _VOID:
            return True
        if name == "head":
            self._in_head = False
        if not self._times_open.get(alias):
            return name != "p"  # the parser would make an element of it
        if self._open[-1][0] != alias:
            return False
        self._close()
        return True

    def _close(self) -> None:
        alias, token = self._open.pop()
        self._times_open[alias] -= 1
        self.steps.append((Step.CLOSED, token))


def _ended_by(inner: str, outer: str) -> bool:
    """Whether the parser ends an element where another begins: it is asked, once for each two names."""
    return inner in _STRUCTURE and outer in _STRUCTURE and _parser_ends(outer, inner)


@cache
def _parser_ends(outer: str, inner: str) -> bool:
    element = BeautifulSoup(f"<{outer}><{inner}>", "lxml").find(outer)
    return isinstance(element, Tag) and element.find(inner) is None


def repaired(tokens: Sequence[Token]) -> Iterator[tuple[Step, Token]]:
    """The same from the parser, which repairs whatever there is to repair."""
    soup = BeautifulSoup(_skeleton(tokens), "lxml")
    depth = 0
    todo: list[tuple[Step, PageElement]] = [(Step.OPENED, soup)]
    while todo:
        step, node = todo.pop()
        if isinstance(node, Comment):
            yield Step.MET, tokens[int(node)]
        elif isinstance(node, Tag):
            if (number := node.attrs.get("n")) is not None:  # None: <html>, <body> of the parser's own
                yield step, tokens[int(str(number))]
            depth += 1 if step is Step.OPENED else -1
            if depth > MAX_DEPTH:
                raise Fault(_TOO_DEEP)
            if step is Step.OPENED:
                todo.append((Step.CLOSED, node))
                todo.extend((Step.OPENED, child) for child in reversed(node.contents))


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
