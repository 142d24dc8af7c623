"""Which element stands in which? BeautifulSoup's tree over lxml, of a skeleton in which everything knows its offset.

The parser is given bare tags alone, each numbered, with a numbered comment for every stretch of text: so it repairs the
nesting and can lose, move or re-spell nothing else. Names it has wrong notions of are given to it under an alias:
libxml2 ends a link or a heading where a table begins, which is how many buttons of emails are built.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum, auto
from functools import cache
from typing import Any

from bs4 import BeautifulSoup, Comment, Tag
from bs4.element import PageElement

from qa.finding import Fault
from qa.html import Kind, Token, facts

MAX_DEPTH = 5_000  # browsers flatten what is deeper than 512; beyond this a document is an accident or an attack
_FACTS = facts()
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

    def __init__(self, tag: Token, attributes: dict[str, str], parent: Element | None) -> None:
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


def steps(tokens: Sequence[Token]) -> Iterator[tuple[Step, Token]]:
    """The tokens in the order of the repaired tree: each start tag opened and closed, everything else met."""
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
                raise Fault(f"its HTML nests more than {MAX_DEPTH:,} elements in one another and cannot be read")
            if step is Step.OPENED:
                todo.append((Step.CLOSED, node))
                todo.extend((Step.OPENED, child) for child in reversed(node.contents))


def _skeleton(tokens: Sequence[Token]) -> str:
    """Tags without their attributes, numbered; a numbered comment for everything else, and for every end tag."""
    pieces: list[str] = []
    in_head, seen = False, set()
    for number, token in enumerate(tokens):
        name, alias = token.name, _alias(token.name)
        empty = token.closed or name in _FACTS["void"]
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
    if name in _FACTS["structure"]:
        return name
    return "div" if name in _FACTS["closes_p"] else "x-" + "".join(c if c.isalnum() else "-" for c in name)
