"""Cells that an email prints: those that hold no name, or one that was garbled, counted a column at a time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from qa.artefacts import PoorCells
from qa.audience.csv_list import fold_column
from qa.audience.dressed import bare_address
from qa.facts import compiled, facts
from qa.source import Place
from qa.text.mojibake import GARBLED

_KEPT = 100_000  # cells remembered; most names of a list are borne by many
_EXAMPLES = 3
_FEWEST_ROWS, _FEWEST_LETTERS = 5, 3  # that a habit of writing is read from; initials show none
_BEARERS, _SHARE = 3, 100  # fewer rows, or less than one row in a hundred: a name that looks like a placeholder
_LETTERS = frozenset(("upper", "lower"))


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a cell, and how it is shown without saying whose it is. ``word``: it may be a name as well."""

    kind: str
    shown: str = ""
    word: str = ""


@dataclass
class _Count:
    kind: str
    line: int
    rows: int = 0
    examples: list[str] = field(default_factory=list)


@dataclass
class PrintedColumn:
    """A column that merge tags print, and what was found in it."""

    name: str
    number: int
    holds: str  # first, last, full, company: whose name; "" where it is something else
    blanks_told: bool  # cells that say nothing are counted elsewhere
    recased: bool  # a merge tag writes it in other letters
    ordinary: set[str] = field(default_factory=set)  # cells that are right
    faults: dict[str, Fault] = field(default_factory=dict)
    counts: dict[tuple[str, str], _Count] = field(default_factory=dict)  # of a kind, and the word that may be a name

    def look(self, cell: str, line: int, address: str, seeds: frozenset[str]) -> None:
        """Judge a cell that is not yet known to be right."""
        fault = self.faults.get(cell) or fault_of(cell.strip(), self.holds, self.blanks_told)
        if fault is not None:
            if len(self.faults) < _KEPT:
                self.faults[cell] = fault
            self._count(fault, line, address, seeds)
        elif len(self.ordinary) < _KEPT:
            self.ordinary.add(cell)

    def _count(self, fault: Fault, line: int, address: str, seeds: frozenset[str]) -> None:
        word = fault.word
        if fault.kind not in _LETTERS:
            address = bare_address(address).casefold()
            if address in seeds:
                return  # a test by intention
            if word and _pattern("address").fullmatch(address):
                word = ""
        count = self.counts.get((fault.kind, word))
        if count is None:
            count = self.counts[fault.kind, word] = _Count(fault.kind, line)
        count.rows += 1
        if fault.shown and len(count.examples) < _EXAMPLES and fault.shown not in count.examples:
            count.examples.append(fault.shown)

    def poor(self, file: str, rows: int) -> list[PoorCells]:
        """What is to be told of this column of a list of so many rows."""
        told: dict[str, _Count] = {}
        for (kind, word), count in sorted(self.counts.items(), key=lambda item: item[1].line):
            if self._counts(kind, word, count.rows, rows):
                one = told.setdefault(kind, _Count(kind, count.line))
                one.rows += count.rows
                one.examples += count.examples
        return [
            PoorCells(self.name, one.kind, one.rows, tuple(one.examples[:_EXAMPLES]), Place(file, one.line))
            for one in told.values()
        ]

    def _counts(self, kind: str, word: str, count: int, rows: int) -> bool:
        if kind in _LETTERS:
            return not self.recased and count >= _FEWEST_ROWS and count * 2 > rows
        if word in _words("tests"):
            return count > 1 and self.holds != "last"
        return not word or not rare(count, rows)


@dataclass
class PrintedCells:
    """The columns of a list that merge tags print, taken a row at a time."""

    columns: tuple[PrintedColumn, ...]
    seeds: frozenset[str]

    def take(self, line: int, cells: Sequence[str], address: int | None) -> None:
        """Count a row in; most of its cells were met before, which is what makes it quick."""
        for column in self.columns:
            if (cell := cells[column.number]) not in column.ordinary:
                column.look(cell, line, "" if address is None else cells[address], self.seeds)

    def poor(self, file: str, rows: int) -> tuple[PoorCells, ...]:
        """What is to be told of a list of so many rows."""
        return tuple(one for column in self.columns for one in column.poor(file, rows))


def whose_name(column: str) -> str:
    """Whose name a column holds: first, last, full, company; "" where it holds something else."""
    folded = fold_column(column)
    return next((kind for kind, names in facts("list_names")["columns"].items() if folded in names), "")


def may_be_a_name(cell: str) -> bool:
    """Whether a word that says nothing is also somebody's name, and written like one: “Nil”, “Null”."""
    return cell.istitle() and cell.casefold() in _words("names")


def rare(count: int, rows: int) -> bool:
    """Whether a word that may be a name stands so seldom in a list that it will be one."""
    return count < _BEARERS or count * _SHARE < rows


def _is_ordinary(cell: str) -> bool:
    """Whether a cell is one name with a capital: most are, and need no second look."""
    if not (cell.isascii() and cell.isalpha() and cell.istitle()):
        return False
    word = cell.lower()
    return word not in _all_words() and word.strip(word[0]) != ""


def fault_of(cell: str, holds: str, blanks_told: bool) -> Fault | None:
    """What is wrong with a cell of a column that is printed."""
    if not cell or _is_ordinary(cell):
        return None
    if garbled := _garbled(cell, holds):
        return Fault("garbled", _masked(cell, garbled))
    word = cell.casefold()
    if blanks_told and word in _words("empty"):
        return None
    doubtful = word if holds and may_be_a_name(cell) else ""
    if word in _words("unfilled") or _pattern("unfilled").fullmatch(cell):
        return Fault("placeholder", cell, doubtful)
    if holds and word in _words("placeholders"):
        return Fault("placeholder", cell, doubtful)
    return _no_person(cell, word) or _letters(cell) if holds in {"first", "last", "full"} else None


def _garbled(cell: str, holds: str) -> re.Match[str] | None:
    found = None if cell.isascii() and "=" not in cell else GARBLED.search(cell) or re.search("\ufffd", cell)
    return found or (_pattern("lost").search(cell) if holds else None)


def _no_person(cell: str, word: str) -> Fault | None:
    if word in _words("tests"):
        return Fault("placeholder", cell, word)
    if not _pattern("placeholders").fullmatch(cell):
        return None
    telling = "@" in cell or "/" in cell or (not cell[0].isalpha() and any(map(str.isdigit, cell)))
    return Fault("placeholder", f"{cell[0]}…{cell[-1]}" if telling else cell)


def _letters(cell: str) -> Fault | None:
    if len(cell) < _FEWEST_LETTERS:
        return None
    return Fault("upper") if cell.isupper() else Fault("lower") if cell.islower() else None


def _masked(cell: str, garbled: re.Match[str]) -> str:
    """A name with nothing but its first letter and what was garbled: “M…Ã¼…”."""
    start, end = garbled.span()
    before = cell[:start] if start < 2 else f"{cell[0]}…"
    return f"{before}{garbled[0]}{'…' if end < len(cell) else ''}"


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(facts("audience")["empty"] if kind == "empty" else facts("list_names")["words"][kind])


@cache
def _all_words() -> frozenset[str]:
    return _words("empty").union(*map(_words, facts("list_names")["words"]))


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    written = facts("list_names")["patterns"][kind]
    return compiled(written if isinstance(written, str) else "|".join(written), re.IGNORECASE)
