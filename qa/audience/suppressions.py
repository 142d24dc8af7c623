"""Suppression lists: the addresses on them, and the rows that hold none anybody could be compared with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from qa.audience.csv_list import fold_column, read_table
from qa.audience.dressed import bare_address, bare_addresses
from qa.audience.list_file import ListFile, address_column, address_digest, peeked
from qa.finding import Fault
from qa.source import Place

ADDRESS = re.compile(r"[^@\s,;:<>()]++@(?>(?:[^@\s,;:<>()./]++\.)+)[^@\s,;:<>()./]{2,}")
_NAMED = re.compile(r"mail|courriel|correo")  # columns of further addresses


@dataclass(frozen=True, slots=True)
class Suppressions:
    """A suppression list: digests of its addresses, how many rows hold none, and the first of these."""

    digests: frozenset[bytes]
    unread_rows: int = 0
    unread: tuple[str, Place] | None = None


@lru_cache(maxsize=32)
def suppressions(file: ListFile) -> Suppressions:
    """What a suppression list says; Fault where it has no column of addresses."""
    table = read_table(file.path, file.shown)
    rows, first = peeked(table.rows)
    number = address_column(table.columns, first, None)
    if number is None and first:
        raise Fault(f"{file.shown} has no column of e-mail addresses that can be recognised.")
    digests: set[bytes] = set()
    unread_rows, unread = 0, None
    others = _further(table.columns, number)
    for row in rows:
        cell = row.cells[number] if row.cells and number is not None and len(row.cells) > number else ""
        digests.update(map(address_digest, bare_addresses(cell) if cell.strip() else ()))
        digests.update(address_digest(each) for at in others for each in _beside(row.cells, at))
        if row.cells is None or (cell.strip() and not all(map(ADDRESS.fullmatch, bare_addresses(cell)))):
            unread_rows += 1
            unread = unread or (cell, Place(file.shown, row.line))
    return Suppressions(frozenset(digests), unread_rows, unread)


def _further(columns: Sequence[str], number: int | None) -> list[int]:
    named = (at for at, name in enumerate(columns) if _NAMED.search(fold_column(name)))
    return [at for at in named if at != number]


def _beside(cells: Sequence[str] | None, at: int) -> list[str]:
    cell = cells[at] if cells and len(cells) > at else ""
    return bare_addresses(cell) if "@" in bare_address(cell) else []
