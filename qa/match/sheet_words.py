"""Words that the style sheets of a document write into it: content of ::before and ::after."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from qa.artefacts import Markup, RawTokens
from qa.markup.css import Rule, declarations, rules, selectors_of
from qa.markup.tokeniser import Kind
from qa.source import Place
from qa.text.wording import folded

SAYS = re.compile(r"[^\W\d_]{3,}|\d")  # a word or a figure; the symbols of an icon font are one letter or two
_PSEUDO = re.compile(r"::?(?:before|after)\b", re.IGNORECASE)
_STRING = re.compile(r"\"((?>(?:[^\"\\]|\\.)*))\"|'((?>(?:[^'\\]|\\.)*))'", re.DOTALL)
_ESCAPED = re.compile(r"\\([0-9a-fA-F]{1,6})\s?|\\(.)")
_NAMED = re.compile(r"[.#]([\w-]++)")
_PRINT = re.compile(r"@media\s+(?:only\s+)?print\b", re.IGNORECASE)


class SheetWords(NamedTuple):
    """The words of one declaration; ``always``: not for some screens alone."""

    value: str
    where: Place
    always: bool


def sheet_words(read: RawTokens, markup: Markup) -> Iterator[SheetWords]:
    """Those of rules that may apply to something that is there; what is for printers is left out."""
    names = _names(read)
    for tag, content in pairwise(read.tokens):
        if content.kind is Kind.RAW and content.name == "style" and tag.kind is Kind.START:
            for rule in rules(read.raw.masked[content.start : content.end]):
                if _applies(rule, names) and not any(map(_PRINT.match, rule.around)):
                    place = markup.source.place(content.start + rule.offset)
                    yield from (SheetWords(words, place, not rule.around) for words in _words(rule.body))


def _applies(rule: Rule, names: frozenset[str]) -> bool:
    adding = [one for one in selectors_of(rule.selector) if _PSEUDO.search(one)]
    return any(names.issuperset(_NAMED.findall(one)) for one in adding)


def _words(body: str) -> Iterator[str]:
    for declaration in declarations(body):
        if declaration.name == "content":
            said = "".join(hit[1] or hit[2] or "" for hit in _STRING.finditer(declaration.value))
            if words := folded(_ESCAPED.sub(_unescaped, said)):
                yield words


def _unescaped(found: re.Match[str]) -> str:
    code = int(found[1], 16) if found[1] else 0
    return chr(code) if 0 < code < 0x110000 else found[2] or ""


def _names(read: RawTokens) -> frozenset[str]:
    """Every class and id there is."""
    attributes = (read.raw.attributes(token) for token in read.tokens if token.kind is Kind.START)
    return frozenset(name for one in attributes for key in ("class", "id") for name in one.get(key, "").split())
