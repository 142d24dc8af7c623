"""Elements of a document that a selector applies to, found in its tree by lxml and cssselect."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from qa.markup.css import selectors_of
from qa.markup.tokeniser import Kind, RawHtml, Token, nesting

Rank = tuple[int, int, int]  # of a selector: ids; classes and attributes; names of elements
MOST_MATCHED = 500  # selectors that one document is asked for; more is no style sheet but an attack
_STATES = "hover|focus|focus-within|focus-visible|active|target|visited|checked|open|popover-open|valid|invalid"
_STATE = re.compile(rf":(?:{_STATES})(?![\w-])", re.IGNORECASE)
_PSEUDO_ELEMENT = re.compile(r"::|:(?:before|after|first-line|first-letter)(?![\w-])", re.IGNORECASE)
_PSEUDO = re.compile(r":[a-zA-Z-]++(?>(?:\((?>(?:[^()]++|\([^()]*+\))*)\)?+)?)")
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NAME = re.compile(r"[A-Za-z_][\w-]*+")
_IN_HEAD = nesting()["head"]


class Selected(NamedTuple):
    """What one selector of a rule applies to."""

    offsets: frozenset[int]  # of start tags
    rank: Rank
    certain: bool  # as the document is opened; else only while somebody points at something, or nobody can tell


class Tree:
    """The tree of a document, as far as selectors ask for it; made when the first one does."""

    def __init__(self, raw: RawHtml, steps: Iterable[Token | None]) -> None:
        self._raw, self._steps = raw, steps
        self._root: Any = None
        self._asked = 0

    def selected(self, group: str) -> Iterator[Selected]:
        """What the selectors of a rule apply to, one by one."""
        for selector in map(str.strip, selectors_of(group)):
            if selector and not _PSEUDO_ELEMENT.search(selector) and self._asked < MOST_MATCHED:
                self._asked += 1
                found = None if of_a_state(selector) else self._found(selector)
                if found is not None:
                    yield Selected(*found, certain=True)
                elif (wider := self._found(_PSEUDO.sub("", selector) or "*")) is not None:
                    yield Selected(*wider, certain=False)

    def _found(self, selector: str) -> tuple[frozenset[int], Rank] | None:
        """None where the selector is beyond what can be asked, or is none."""
        from cssselect import SelectorError, parse
        from lxml.cssselect import CSSSelector

        if self._root is None:
            self._root = _grown(self._raw, self._steps)
        try:
            elements: Any = CSSSelector(selector, translator="html")(self._root)
            rank = max(each.specificity() for each in parse(selector))
        except (SelectorError, RecursionError):
            return None
        return frozenset(int(number) for each in elements if (number := each.get("qa-n"))), rank


def of_a_state(selector: str) -> bool:
    """Whether a selector applies while somebody points at something, or after a click."""
    return _STATE.search(selector) is not None


def _grown(raw: RawHtml, steps: Iterable[Token | None]) -> Any:
    """The tree with names, attributes and where there is text; a body stands around what has none."""
    from lxml.etree import Element, SubElement

    root = Element("html")
    body: Any = None
    open_elements = [root]
    for token in steps:
        top = open_elements[-1]
        if token is None:
            open_elements.pop()
        elif token.kind is Kind.START:
            if token.name == "html":
                open_elements.append(root)
                _describe(root, token, raw.attributes(token))
                continue
            if top is root and token.name not in ("head", "body", "frameset") and token.name not in _IN_HEAD:
                body = SubElement(root, "body") if body is None else body
                top = body
            element = SubElement(top, re.sub(r"[^\w-]", "-", token.name))
            body = element if token.name == "body" else body
            _describe(element, token, raw.attributes(token))
            open_elements.append(element)
        elif token.kind is Kind.TEXT and top is not root and not raw.text[token.start : token.end].isspace():
            top.text = "x"  # so that it is not :empty
    return root


def _describe(element: Any, token: Token, attributes: Mapping[str, str]) -> None:
    for name, value in attributes.items():
        if _NAME.fullmatch(name):
            element.set(name, _NO_TEXT.sub("", value))
    element.set("qa-n", str(token.start))
