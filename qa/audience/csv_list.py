"""The rows of an exported list: CSV, plain or gzipped, read as a stream, so that a million rows cost no memory.

https://www.rfc-editor.org/rfc/rfc4180, read as leniently as spreadsheets write it.
"""

from __future__ import annotations

import codecs
import csv
import gzip
import re
import unicodedata
import zlib
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import TextIOWrapper
from itertools import count
from pathlib import Path
from typing import BinaryIO, cast

from qa.facts import facts
from qa.finding import Fault, Skip
from qa.source import Place

LONGEST_RECORD = 50  # lines; a quoted cell that goes on for longer was most likely never closed
LONGEST_LINE = 1_000_000  # characters
LARGEST = 2_000_000_000  # characters, unpacked: ten million people with two hundred each
MOST_ROWS = 10_000_000
MOST_UNPACKED = 100  # times the size of a gzip; a list of people shrinks to a third, or to a twentieth
SMALL = 20_000_000  # bytes, unpacked, up to which that does not matter
TRIED = 100_000_000  # bytes looked at to tell an encoding: a small gzip can unpack to far more
SAMPLE = 65_536  # bytes; enough to tell an encoding and a delimiter by
_MAGIC = {
    b"PK\x03\x04": "an Excel workbook or a zip archive",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
}
_BOMS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_SEPARATOR_LINE = re.compile(r"sep=(.)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Row:
    """A row: the line it starts in and its cells; None where they cannot be told apart."""

    line: int
    cells: list[str] | None


@dataclass(frozen=True, slots=True)
class Table:
    """A list about to be read. ``columns`` is empty where its first row holds an address, so is no header."""

    columns: tuple[str, ...]
    rows: Iterator[Row]
    note: str = ""


def read_table(path: Path, shown: str) -> Table:
    """The columns and the rows of a list. Fault where it is no list; Skip where its kind cannot be read yet."""
    head = _sample(path, shown)
    _refuse_endless(path, shown)
    encoding, note = _encoding(path, shown, head)
    rows = _rows(path, shown, encoding)
    first = next(rows, None)
    if first is None:
        return Table((), iter(()), note)
    if first.cells is None:
        raise Fault(f"{shown} cannot be read: a quote in its first row is not closed.")
    cells = first.cells
    if any("@" in cell for cell in cells):
        return Table((), _again(first, rows), note)
    return Table(tuple(cell.strip() for cell in cells), rows, note)


def fold_column(name: str) -> str:
    """A column's name without case, accents, spaces, hyphens and underscores."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    return "".join(character for character in plain if character.isalnum())


def column(columns: Sequence[str], name: str) -> int | None:
    """The number of the column of that name."""
    wanted = fold_column(name)
    return next((number for number, column in enumerate(columns) if fold_column(column) == wanted), None)


def email_column(columns: Sequence[str]) -> int | None:
    """The number of the column of e-mail addresses."""
    numbers = (column(columns, name) for name in facts("audience")["email"])
    return next((number for number in numbers if number is not None), None)


def row_count(number: int) -> str:
    """A number of rows as a message says it."""
    return "1 row" if number == 1 else f"{number:,} rows"


def line_numbers(places: Iterable[Place]) -> str:
    """The lines to go to, ten at most."""
    lines = [str(place.line) for place in places]
    more = f" and {len(lines) - 10} more" if len(lines) > 10 else ""
    return ("line " if len(lines) == 1 else "lines ") + ", ".join(lines[:10]) + more


def _again(first: Row, rows: Iterable[Row]) -> Iterator[Row]:
    yield first
    yield from rows


def _sample(path: Path, shown: str) -> bytes:
    with _opened(path, shown) as file, _readable(shown):
        head = file.read(SAMPLE)
    if not head.strip():
        raise Fault(f"{shown} is empty.")
    if head.startswith(b"PAR1"):
        raise Skip(f"{shown} is a Parquet file, which cannot be read yet: export the list as CSV")
    kind = next((kind for magic, kind in _MAGIC.items() if head.startswith(magic)), "")
    if kind:
        raise Fault(f"{shown} is {kind}, not a CSV list: export the list as CSV.")
    return head


def _refuse_endless(path: Path, shown: str) -> None:
    """Fault for more rows than any list has, and for a gzip that holds the same again and again: in a second or two."""
    most = max(SMALL, MOST_UNPACKED * path.stat().st_size)
    size = rows = 0
    with _opened(path, shown) as file, _readable(shown):
        while block := file.read(1 << 20):
            size += len(block)
            rows += max(block.count(b"\n"), block.count(b"\r"))
            if rows > MOST_ROWS:
                raise Fault(f"{shown} has more than {MOST_ROWS:,} rows: export the list in parts.")
            if size > most:
                raise Fault(f"{shown} unpacks to more than {MOST_UNPACKED} times its size: this is no list of people.")


def _opened(path: Path, shown: str) -> BinaryIO:
    try:
        file = path.open("rb")
        if file.peek(2)[:2] != b"\x1f\x8b":
            return file
        file.close()
        return cast(BinaryIO, gzip.open(path, "rb"))
    except OSError as error:
        raise Fault(f"{shown} cannot be read: {error.strerror or 'it is no file'}.") from None


@contextmanager
def _readable(shown: str) -> Iterator[None]:
    """Turns what a damaged file raises half way into one line for a person."""
    try:
        yield
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise Fault(f"{shown} is damaged: its compressed content ends early or is wrong.") from None
    except OSError as error:
        raise Fault(f"{shown} cannot be read: {error.strerror}.") from None


def _encoding(path: Path, shown: str, head: bytes) -> tuple[str, str]:
    """The encoding of a list, and what to know about it where it is not UTF-8."""
    for mark, name in _BOMS.items():
        if head.startswith(mark):
            return name, "" if name == "utf-8-sig" else "It is encoded as UTF-16."
    nul = head.count(0)
    if nul * 3 > len(head):
        name = "utf-16-le" if head[1::2].count(0) >= head[0::2].count(0) else "utf-16-be"
        return name, "It is encoded as UTF-16 without saying so."
    if nul:
        raise Fault(f"{shown} is not a CSV list: it holds binary content.")
    if _is_utf8(path, shown):
        return "utf-8", ""
    return "cp1252", "It is not encoded as UTF-8; it was read as Windows-1252, so check names with accents."


def _is_utf8(path: Path, shown: str) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    with _opened(path, shown) as file, _readable(shown):
        try:
            for _ in range(TRIED >> 20):
                if not (block := file.read(1 << 20)):
                    decoder.decode(b"", final=True)
                    break
                decoder.decode(block)
        except UnicodeDecodeError:
            return False
    return True


def _rows(path: Path, shown: str, encoding: str) -> Iterator[Row]:
    """Every row that is not blank."""
    with _opened(path, shown) as raw, _readable(shown):
        text = TextIOWrapper(raw, encoding=encoding, errors="replace", newline="")
        lines = _lines(text, shown)
        first = next(lines, (1, ""))
        separator = _SEPARATOR_LINE.fullmatch(first[1])
        if separator:  # how Excel is told the delimiter
            yield from _records(lines, separator.group(1))
        else:
            yield from _records(_chained(first, lines), _delimiter(first[1]))


def _lines(text: TextIOWrapper, shown: str) -> Iterator[tuple[int, str]]:
    """Numbered lines. Fault for one that never ends, and for a file that unpacks to more than any list."""
    total = 0
    for number in count(1):
        if not (line := text.readline(LONGEST_LINE + 1)):
            return
        total += len(line)
        if len(line) > LONGEST_LINE:
            raise Fault(f"{shown}, line {number}, is longer than {LONGEST_LINE:,} characters: this is no list.")
        if total > LARGEST:
            raise Fault(f"{shown} holds more than {LARGEST / 1e9:.0f} GB of text: export the list in parts.")
        yield number, line


def _chained(first: tuple[int, str], lines: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    yield first
    yield from lines


def _delimiter(header: str) -> str:
    bare = re.sub(r'"[^"]*+"', "", header)
    delimiters: list[str] = facts("audience")["delimiters"]
    return max(delimiters, key=bare.count)


def _records(lines: Iterable[tuple[int, str]], delimiter: str) -> Iterator[Row]:
    """Rows out of lines. A quoted cell may go on over lines; one that is never closed spoils its own line alone."""
    numbered = iter(lines)
    waiting: deque[tuple[int, str]] = deque()
    opening, width = f'{delimiter}"', 0
    while (here := waiting.popleft() if waiting else next(numbered, None)) is not None:
        number, line = here
        if not line.startswith('"') and opening not in line:
            cells: list[str] | None = line.rstrip("\r\n").split(delimiter)
        elif line.count('"') % 2 == 0:
            cells = _cells(line, delimiter)
        else:
            cells = _long_record(line, numbered, waiting, delimiter, width)
        if cells is None or any(map(str.strip, cells)):
            width = width or len(cells or ())
            yield Row(number, cells)


def _long_record(
    line: str, numbered: Iterator[tuple[int, str]], waiting: deque[tuple[int, str]], delimiter: str, width: int
) -> list[str] | None:
    """The cells of a row that goes on over lines; None, and the lines kept for themselves, where it never ends."""
    while len(waiting) < LONGEST_RECORD and (following := next(numbered, None)) is not None:
        waiting.append(following)
    record = line
    for taken, (_, more) in enumerate(waiting, start=1):
        record += more
        if more.count('"') % 2 == 0:
            continue
        cells = _cells(record, delimiter)
        if cells is None or len(cells) != (width or len(cells)):
            return None
        for _ in range(taken):
            waiting.popleft()
        return cells
    return None


def _cells(record: str, delimiter: str) -> list[str] | None:
    try:
        return next(csv.reader([record], delimiter=delimiter), [])
    except csv.Error:
        return None
