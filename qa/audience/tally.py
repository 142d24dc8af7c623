"""The count of one list of people: doubles, empty fields, suppressed addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from qa.artefacts import Listing
from qa.audience.csv_list import Row, column, email_column, read_table
from qa.audience.dressed import bare_address, dressing
from qa.audience.list_file import ListFile, address_column, address_digest, masked, peeked
from qa.audience.printed_cells import PrintedCells, PrintedColumn, may_be_a_name, rare, whose_name
from qa.audience.suppressions import ADDRESS, suppressions
from qa.facts import facts
from qa.merge_tags.field_names import fold
from qa.source import Place

_EMPTY = frozenset(facts("audience")["empty"])  # what exports write where there is nothing
_SUSPECT = re.compile(r"[^\x00-\x7f]|[\"=:'<>]")  # what a plain address has not; most rows need no second look
EXAMPLES = 100  # places kept of each kind; beyond that only counted


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be found out about a list in one pass."""

    unique: str | None
    required: tuple[str, ...]
    fields: tuple[str, ...]  # of tokens without a default, folded: looked at where there is such a column
    printed: tuple[str, ...]  # of all tokens, folded
    recased: tuple[str, ...]  # of tokens that write a field in other letters, folded
    suppressions: tuple[ListFile, ...]
    seeds: tuple[str, ...]
    keep: bool  # the addresses, to compare them with other lists


@dataclass
class Tally:
    """What is looked at in each row, and what was counted so far."""

    file: ListFile
    columns: tuple[str, ...]
    width: int
    unique: int | None
    address: int | None
    fields: tuple[tuple[str, int, bool], ...]  # the name of a column, its number, whether it holds names
    printed: PrintedCells
    refused: frozenset[bytes]
    keep: bool
    rows: int = 0
    broken: list[Place] = field(default_factory=list)
    broken_rows: int = 0
    repeated: list[tuple[str, Place]] = field(default_factory=list)
    repeated_rows: int = 0
    malformed: tuple[str, Place] | None = None
    malformed_rows: int = 0
    suppressed: list[tuple[str, Place]] = field(default_factory=list)
    suppressed_rows: int = 0
    blanks: dict[tuple[str, str], tuple[int, Place]] = field(default_factory=dict)  # of a field, and of a real name
    keys: set[bytes] = field(default_factory=set)
    addresses: set[bytes] = field(default_factory=set)

    def take(self, row: Row) -> None:
        """Count a row in."""
        self.rows += 1
        cells = row.cells
        if cells is None or (len(cells) != self.width and (len(cells) < self.width or any(cells[self.width :]))):
            self._break(row)
            return
        for name, number, names in self.fields:
            if (word := (cell := cells[number].strip()).casefold()) in _EMPTY:
                self._blank(name, word if names and may_be_a_name(cell) else "", row.line)
        if self.printed.columns:
            self.printed.take(row.line, cells, self.address)
        if self.unique is not None and cells[self.unique].strip():
            self._repeat(cells[self.unique], row)
        own = self._digest_of(row.line, cells[self.address]) if self.address is not None else None
        if self.refused:
            self._look_for_refused(row.line, cells, own)

    def _digest_of(self, line: int, cell: str) -> bytes | None:
        """The digest of the address of a row, where it is compared with others; a malformed one is counted."""
        if not (address := cell.strip()):
            return None
        if not ADDRESS.fullmatch(address) or (_SUSPECT.search(cell) and dressing(cell)):
            self.malformed_rows += 1
            self.malformed = self.malformed or (cell, Place(self.file.shown, line))
        if not (self.keep or self.refused):
            return None
        digest = address_digest(address)
        if self.keep:
            self.addresses.add(digest)
        return digest

    def _break(self, row: Row) -> None:
        self.broken_rows += 1
        if len(self.broken) < EXAMPLES:
            self.broken.append(Place(self.file.shown, row.line))

    def _blank(self, name: str, word: str, line: int) -> None:
        count, place = self.blanks.get((name, word)) or (0, Place(self.file.shown, line))
        self.blanks[name, word] = (count + 1, place)

    def _repeat(self, value: str, row: Row) -> None:
        before = len(self.keys)
        self.keys.add(address_digest(value))
        if len(self.keys) == before:
            self.repeated_rows += 1
            if len(self.repeated) < EXAMPLES:
                self.repeated.append((masked(value), Place(self.file.shown, row.line)))

    def _look_for_refused(self, line: int, cells: Sequence[str], own: bytes | None) -> None:
        """Any cell may hold an address that somebody writes to: a second address, that of work, that of a parent.

        ``own`` is the digest of the address of the row.
        """
        others = (cell for number, cell in enumerate(cells) if number != self.address)
        asked = (cell for cell in others if cell.strip() and ("@" in cell or not cell.isascii()))
        found = cells[self.address] if self.address is not None and own in self.refused else None
        found = found or next((each for each in asked if address_digest(each) in self.refused), None)
        if found is not None:
            self.suppressed_rows += 1
            if len(self.suppressed) < EXAMPLES:
                self.suppressed.append((masked(found), Place(self.file.shown, line)))

    def listing(self, question: Question, note: str) -> Listing:
        """All that was found out."""
        return Listing(
            self.file.shown,
            self.columns,
            self.rows,
            note,
            broken=tuple(self.broken),
            broken_rows=self.broken_rows,
            repeated=tuple(self.repeated),
            repeated_rows=self.repeated_rows,
            malformed=self.malformed,
            malformed_rows=self.malformed_rows,
            blanks=self._blanks(),
            poor=self.printed.poor(self.file.shown, self.rows),
            suppressed=tuple(self.suppressed),
            suppressed_rows=self.suppressed_rows,
            missing_seeds=tuple(seed for seed in question.seeds if address_digest(seed) not in self.addresses),
            digests=frozenset(self.addresses) if question.keep else frozenset(),
            addresses=self._address_name(),
        )

    def _blanks(self) -> dict[str, tuple[int, Place]]:
        """Rows without a field, the first of them; “Null” is a family's name where few bear it."""
        found: dict[str, tuple[int, Place]] = {}
        for (name, word), (count, place) in self.blanks.items():
            if not (word and rare(count, self.rows)):
                before, first = found.get(name, (0, place))
                found[name] = (before + count, min(first, place, key=lambda one: one.line or 0))
        return found

    def _address_name(self) -> str:
        if self.address is None:
            return ""
        return self.columns[self.address] if self.columns else f"column {self.address + 1}"


@lru_cache(maxsize=32)
def counted(file: ListFile, question: Question) -> Listing:
    table = read_table(file.path, file.shown)
    rows, first = peeked(table.rows)
    unique = column(table.columns, question.unique) if question.unique else None
    refused = [suppressions(file) for file in question.suppressions]
    tally = Tally(
        file,
        table.columns,
        width=len(table.columns) or len(first),
        unique=unique,
        address=address_column(table.columns, first, unique),
        fields=tuple(_fields(table.columns, question)),
        printed=PrintedCells(
            tuple(_printed(table.columns, question)),
            frozenset(bare_address(seed).casefold() for seed in question.seeds),
        ),
        refused=frozenset().union(*(each.digests for each in refused)),
        keep=question.keep or bool(question.seeds),
    )
    if tally.unique == tally.address:
        tally.addresses = tally.keys  # one set of hashes for both: of a million people, forty megabytes
    for row in rows:
        tally.take(row)
    listing = tally.listing(question, table.note)
    return replace(listing, unread_suppressions=tuple((s.unread_rows, *s.unread) for s in refused if s.unread))


def _fields(columns: Sequence[str], question: Question) -> Iterator[tuple[str, int, bool]]:
    """The columns that must be filled, under the names the request gives them."""
    asked = {name: column(columns, name) for name in question.required}
    printed = {name: number for number, name in enumerate(columns) if fold(name) in question.fields}
    numbers = {number: name for name, number in (printed | asked).items() if number is not None}
    return ((name, number, bool(whose_name(name))) for number, name in numbers.items())


def _printed(columns: Sequence[str], question: Question) -> Iterator[PrintedColumn]:
    """The columns that merge tags print; a name that must be filled is there to be printed."""
    filled = {number for _, number, _ in _fields(columns, question)}
    for number, name in enumerate(columns):
        holds, folded = whose_name(name), fold(name)
        if number != email_column(columns) and (folded in question.printed or (number in filled and holds)):
            yield PrintedColumn(name, number, holds, number in filled, folded in question.recased)
