"""Rules of Markdown that lose no words: tables with all their cells, and definitions only where something uses them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from markdown_it.common.utils import normalizeReference
from markdown_it.rules_block.reference import reference
from markdown_it.rules_block.table import escapedSplit, getLine, table
from markdown_it.token import Token

from qa.markup.merge_tag_mask import BLOT

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock

_RULE = re.compile(r":?-+:?")
_USE = re.compile(r"\[([^\[\]]+)\](?!:)")
_DEFINITION = re.compile(  # of an address or a file; no footnote
    rf"\[(?P<label>[^\[\]^][^\[\]]*)\]:\s*<?(?:[a-z][a-z0-9+.-]*:\S|[/#?.{BLOT}]|\S+@|(?:[\w-]+\.)+[a-z][a-z0-9]+(?:[/?#:>\s]|$))",
    re.IGNORECASE,
)


def lose_nothing(parser: MarkdownIt) -> None:
    """Put the rules of this module in place of the parser's own."""
    parser.block.ruler.at("table", _table, {"alt": ["paragraph", "reference"]})
    parser.block.ruler.at("reference", _reference)


def _table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A table as GitHub reads it, with the cells it drops where a row is longer than the header; else bare rows."""
    first = len(state.tokens)
    if not table(state, start, end, silent):
        return _bare_rows(state, start, end, silent)
    if not silent:
        read, state.tokens[first:] = state.tokens[first:], []
        line, cells = 0, 0
        for token in read:
            if token.type == "tr_open" and token.map:
                line, cells = token.map[0], 0
            elif token.type == "tr_close":
                state.tokens += _row(_cells(state, line)[cells:], line)
            cells += token.type == "inline"
            state.tokens.append(token)
    return True


def _bare_rows(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Two lines or more that begin and end with a bar: somebody's table, though its line of dashes is not in order."""
    last = start
    while last < end and not (silent and last > start + 1) and _is_row(state, last):
        last += 1
    if last < start + 2:
        return False
    if not silent:
        state.tokens.append(Token("table_open", "table", 1, map=[start, last]))
        for line in range(start, last):
            cells = _cells(state, line)
            if not all(_RULE.fullmatch(cell.strip()) for cell in cells):
                state.tokens += _row(cells, line)
        state.tokens.append(Token("table_close", "table", -1))
        state.line = last
    return True


def _is_row(state: StateBlock, line: int) -> bool:
    text = getLine(state, line).strip()
    indented = state.sCount[line] >= state.blkIndent
    return indented and len(text) > 2 and text.startswith("|") and text.endswith("|")


def _cells(state: StateBlock, line: int) -> list[str]:
    cells = escapedSplit(getLine(state, line).strip())
    inner = cells[1:] if cells[0] == "" else cells
    return inner[:-1] if inner and inner[-1] == "" else inner


def _row(cells: Sequence[str], line: int) -> list[Token]:
    tokens = []
    for cell in cells:
        inline = Token("inline", "", 0, map=[line, line + 1], content=cell.strip(), children=[])
        tokens += [Token("td_open", "td", 1), inline, Token("td_close", "td", -1)]
    return tokens


def _reference(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """«[terms]: https://…» says nothing where [terms] stands elsewhere. «[CTA]: Book» is how copy is laid out."""
    found = _DEFINITION.match(state.getLines(start, min(start + 3, end), 0, False).lstrip())
    if not found:
        return False
    if "used" not in state.env:
        state.env["used"] = {normalizeReference(use[1]) for use in _USE.finditer(state.src)}
    is_used = normalizeReference(found["label"]) in state.env["used"]
    return is_used and reference(state, start, end, silent)
