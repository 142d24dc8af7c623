"""One exported list on the disk: which of its columns holds addresses, and its addresses as they are compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from qa.audience.csv_list import Row, column, email_column, read_table
from qa.audience.dressed import bare_address
from qa.finding import Fault


@dataclass(frozen=True, slots=True)
class ListFile:
    """A list as it stands on the disk now: a changed file is read again."""

    path: Path
    shown: str
    stamp: tuple[int, int]


def masked(address: str) -> str:
    """An address nobody is recognised by in a report that is passed on: «a…e@acme.example»."""
    local, at, domain = bare_address(address).partition("@")
    return f"{local[:1]}…{local[-1:] if len(local) > 1 else ''}{at}{domain}"


def peeked(rows: Iterator[Row]) -> tuple[Iterator[Row], list[str]]:
    """The rows, and the cells of the first."""
    first = next(rows, None)

    def again() -> Iterator[Row]:
        if first is not None:
            yield first
        yield from rows

    return again(), (first.cells or []) if first else []


def address_column(columns: Sequence[str], first: Sequence[str], unique: int | None) -> int | None:
    named = email_column(columns)
    if named is not None:
        return named
    shown = next((number for number, cell in enumerate(first) if "@" in cell), None)
    return unique if shown is None else shown


def address_digest(value: str) -> bytes:
    # Ten bytes: among ten million addresses two share one with a chance below one in ten thousand million.
    return blake2b(bare_address(value).casefold().encode("utf-8", "replace"), digest_size=10).digest()


def each_address(file: ListFile, named: str = "") -> Iterator[tuple[bytes, str, Row]]:
    table = read_table(file.path, file.shown)
    rows, first = peeked(table.rows)
    number = column(table.columns, named) if named and table.columns else None
    number = address_column(table.columns, first, None) if number is None else number
    if number is None:
        if first:
            raise Fault(f"{file.shown} has no column of e-mail addresses that can be recognised.")
        return
    for row in rows:
        if row.cells is not None and len(row.cells) > number and row.cells[number].strip():
            yield address_digest(row.cells[number]), row.cells[number], row
