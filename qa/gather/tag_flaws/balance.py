"""Tables and links that are opened and never closed, or the other way round. Optional end tags may be left out.

https://html.spec.whatwg.org/multipage/syntax.html#optional-tags
"""

from __future__ import annotations

from collections.abc import Sequence

from qa.artefacts import Flaw, TableTag
from qa.markup.merge_tag_mask import BLOT
from qa.markup.tokeniser import Kind, RawHtml, Token
from qa.source import Source

_CELLS = frozenset(("td", "th", "caption"))
_ROWS = _CELLS | {"tr"}
_SECTIONS = frozenset(("thead", "tbody", "tfoot"))
_KNOWN = frozenset(("table", "a", *_ROWS, *_SECTIONS))
_OUTSIDE_CELLS = frozenset(("table", "tr", *_SECTIONS))


class Balance:
    """A stack of the tables, rows, cells and links that are open, in one view of a document."""

    def __init__(self, source: Source, raw: RawHtml, outlook_only: bool = False) -> None:
        self.source, self.raw, self.outlook_only = source, raw, outlook_only
        self.tables: list[TableTag] = []
        self.table_flaws: list[Flaw] = []
        self.link_flaws: list[Flaw] = []
        self._open: list[Token] = []
        self._told: list[int] = []  # numbers of the open tables
        self._surplus = 0  # how many more tables are opened than closed, of those still to be explained

    def over(self, tokens: Sequence[Token]) -> None:
        """Take in the tokens of a document, in order."""
        tables = [token for token in tokens if token.name == "table" and not token.closed]
        self._surplus = sum(1 if token.kind is Kind.START else -1 for token in tables)
        for token in tokens:
            if token.name in _KNOWN:
                if token.kind is Kind.START:
                    self._opened(token)
                else:
                    self._closed(token)
            elif self._open and self._open[-1].name in _OUTSIDE_CELLS:
                if token.kind is Kind.TEXT and self._says_something(token):
                    self._misplaced(token, "text")
                elif token.name == "img" and token.kind is Kind.START:
                    self._misplaced(token, "<img>")
        for left in self._open:
            if left.name == "table":
                self._flaw("unclosed", left)

    def _opened(self, token: Token) -> None:
        name = token.name
        if name == "table":
            if self._open and self._open[-1].name in _OUTSIDE_CELLS:
                self._misplaced(token, "<table>")
            self._table(token)
        elif name == "a":
            self._drop_links()
        elif name in ("th", "caption"):
            self._tell()
        if name in _CELLS:
            self._drop(_CELLS)
        elif name == "tr":
            self._drop(_ROWS)
        elif name in _SECTIONS:
            self._drop(_ROWS | _SECTIONS)
        self._open.append(token)

    def _closed(self, token: Token) -> None:
        name = token.name
        if name == "a":
            if self._open and self._open[-1].name == "a":
                self._open.pop()
        elif name == "table":
            self._close_table(token)
        else:
            self._close_part(token)

    def _close_table(self, token: Token) -> None:
        if not self._told:
            self._flaw("unopened", token)
            self._surplus += 1
            return
        if self._surplus < 0 and self._within(_CELLS):
            # One end tag too many, and here stands one in the middle of a cell.
            self._flaw("unopened", token)
            self._surplus += 1
            return
        while self._open.pop().name != "table":
            pass
        self._told.pop()

    def _close_part(self, token: Token) -> None:
        wanted = _SECTIONS if token.name in _SECTIONS else {token.name}
        while not self._within(wanted):
            if not (self._surplus > 0 and len(self._told) > 1):
                self._flaw("unopened", token)
                return
            # The cell that ends here is outside of the table that is open: nobody closed that one.
            self._surplus -= 1
            while (left := self._open.pop()).name != "table":
                pass
            self._told.pop()
            self._flaw("unclosed", left)
        while (left := self._open.pop()).name not in wanted:
            if left.name == "a":
                self._flaw("unclosed", left)

    def _within(self, names: frozenset[str] | set[str]) -> bool:
        """Whether one of these is open in the table that is open."""
        for token in reversed(self._open):
            if token.name in names:
                return True
            if token.name == "table":
                return False
        return False

    def _drop(self, names: frozenset[str]) -> None:
        """What may be left open ends here."""
        if self._within(names):
            while self._within(names):
                self._open.pop()

    def _drop_links(self) -> None:
        if self._open and self._open[-1].name == "a":
            self._flaw("unclosed", self._open.pop())

    def _table(self, token: Token) -> None:
        self._told.append(len(self.tables))
        role = self.raw.attributes(token).get("role", "").strip().lower()
        self.tables.append(TableTag(self.source.place(token.start), role))

    def _tell(self) -> None:
        if self._told and not self.tables[self._told[-1]].told:
            table = self.tables[self._told[-1]]
            self.tables[self._told[-1]] = TableTag(table.where, table.role, True)

    def _says_something(self, token: Token) -> bool:
        """Text beside merge tags counts as a part of theirs: a value that is kept for later, a condition."""
        written = self.raw.masked[token.start : token.end]
        if written.isspace() or BLOT in written:
            return False
        return bool(self.raw.words(token.start, token.end).strip())  # a lone &nbsp; is a gap

    def _misplaced(self, token: Token, what: str) -> None:
        self.table_flaws.append(Flaw("misplaced", what, self.source.place(token.start), self.outlook_only))

    def _flaw(self, kind: str, token: Token) -> None:
        written = f"</{token.name}>" if token.kind is Kind.END else f"<{token.name}>"
        flaws = self.link_flaws if token.name == "a" else self.table_flaws
        flaws.append(Flaw(kind, written, self.source.place(token.start), self.outlook_only))
