"""Who is on the lists of a campaign? Each exported list is read once; of an address only a hash is kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from itertools import combinations
from pathlib import Path

from qa.artefacts import Audience, Listing, Overlap
from qa.build.assets import Asset
from qa.build.campaign import Campaign
from qa.check import gatherer
from qa.facts import facts
from qa.files.paths import inside
from qa.finding import Fault
from qa.merge_tags.field_names import fold
from qa.merge_tags.grammar import grammar
from qa.merge_tags.platforms import detect
from qa.request import AskedEmail, AskedSegment, AskedVariant, Request
from qa.source import Place
from qa.tabular import Row, column, email_column, read_table

_EMPTY = frozenset(facts("audience")["empty"])  # what exports write where there is nothing
_ADDRESS = re.compile(r"[^@\s,;<>]++@(?:[^@\s,;<>.]++\.)++[^@\s,;<>.]{2,}")
EXAMPLES = 100  # places kept of each kind; beyond that only counted


@dataclass(frozen=True, slots=True)
class _File:
    """A list as it stands on the disk now: a changed file is read again."""

    path: Path
    shown: str
    stamp: tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Question:
    """What is to be found out about a list in one pass."""

    unique: str | None
    required: tuple[str, ...]
    fields: tuple[str, ...]  # of tokens without a default, folded: looked at where there is such a column
    suppressions: tuple[_File, ...]
    seeds: tuple[str, ...]
    keep: bool  # the addresses, to compare them with other lists


@dataclass
class _Tally:
    """What is looked at in each row, and what was counted so far."""

    file: _File
    columns: tuple[str, ...]
    width: int
    unique: int | None
    address: int | None
    fields: tuple[tuple[str, int], ...]
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
    blanks: dict[str, tuple[int, Place]] = field(default_factory=dict)
    keys: set[bytes] = field(default_factory=set)
    addresses: set[bytes] = field(default_factory=set)

    def take(self, row: Row) -> None:
        """Count a row in."""
        self.rows += 1
        cells = row.cells
        if cells is None or len(cells) < self.width or any(cells[self.width :]):
            self.broken_rows += 1
            if len(self.broken) < EXAMPLES:
                self.broken.append(Place(self.file.shown, row.line))
            return
        for name, number in self.fields:
            if cells[number].strip().casefold() in _EMPTY:
                count, place = self.blanks.get(name) or (0, Place(self.file.shown, row.line))
                self.blanks[name] = (count + 1, place)
        if self.unique is not None and cells[self.unique].strip():
            self._repeat(cells[self.unique], row)
        if self.address is not None and (address := cells[self.address].strip()):
            if not _ADDRESS.fullmatch(address):
                self.malformed_rows += 1
                self.malformed = self.malformed or (address, Place(self.file.shown, row.line))
            if self.refused or self.keep:
                self._compare(address, row)

    def _repeat(self, value: str, row: Row) -> None:
        before = len(self.keys)
        self.keys.add(_digest(value))
        if len(self.keys) == before:
            self.repeated_rows += 1
            if len(self.repeated) < EXAMPLES:
                self.repeated.append((masked(value), Place(self.file.shown, row.line)))

    def _compare(self, value: str, row: Row) -> None:
        digest = _digest(value)
        if self.keep:
            self.addresses.add(digest)
        if digest in self.refused:
            self.suppressed_rows += 1
            if len(self.suppressed) < EXAMPLES:
                self.suppressed.append((masked(value), Place(self.file.shown, row.line)))

    def listing(self, question: _Question, note: str) -> Listing:
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
            blanks=self.blanks,
            suppressed=tuple(self.suppressed),
            suppressed_rows=self.suppressed_rows,
            missing_seeds=tuple(seed for seed in question.seeds if _digest(seed) not in self.addresses),
            digests=frozenset(self.addresses) if question.keep else frozenset(),
            addresses=self._address_name(),
        )

    def _address_name(self) -> str:
        if self.address is None:
            return ""
        return self.columns[self.address] if self.columns else f"column {self.address + 1}"


@gatherer()
def listing(segment: AskedSegment, asset: Asset, request: Request) -> Listing:
    """The list of one segment, and what stands in it against the request."""
    return _segment_listing(asset.folder, segment, request)


@gatherer()
def audience(request: Request, campaign: Campaign) -> Audience:
    """The lists of all segments, and who is on two of them."""
    segments = request.audience.segments if request.audience else ()
    listings = tuple((segment, _segment_listing(campaign.folder, segment, request)) for segment in segments)
    seeds = frozenset(map(_digest, request.audience.seeds)) if request.audience else frozenset()
    return Audience(listings, tuple(_overlaps(campaign.folder, listings, seeds)))


def masked(address: str) -> str:
    """An address nobody is recognised by in a report that is passed on: «a…e@acme.example»."""
    local, at, domain = address.strip().partition("@")
    return f"{local[:1]}…{local[-1:] if len(local) > 1 else ''}{at}{domain}"


def _segment_listing(folder: Path, segment: AskedSegment, request: Request) -> Listing:
    asked = request.audience
    question = _Question(
        segment.unique,
        tuple(dict.fromkeys([*segment.required, *([segment.unique] if segment.unique else [])])),
        _token_fields(request),
        tuple(_file(folder, written) for written in asked.suppressions) if asked else (),
        asked.seeds if asked else (),
        bool(asked and asked.exclusive and len(asked.segments) > 1),
    )
    return _read(_file(folder, segment.list), question)


def _file(folder: Path, written: str) -> _File:
    path = inside(folder, written)
    if not path.is_file():
        raise Fault(f"{written} is not there.")
    state = path.stat()
    return _File(path, written, (state.st_mtime_ns, state.st_size))


def _token_fields(request: Request) -> tuple[str, ...]:
    """The fields the emails print without a default, folded."""
    parts: list[AskedEmail | AskedVariant] = [*request.emails]
    parts += [variant for email in request.emails for variant in email.variants]
    asked = [raw for part in parts for raw in part.tokens or ()]
    known = grammar(request.platform or "") or grammar(detect(asked))
    tags = [tag for raw in asked for tag in known.read(raw)[0]] if known else []
    return tuple(sorted({fold(t.name) for t in tags if known and t.default is None and known.fills_in(t.name)}))


@lru_cache(maxsize=32)
def _read(file: _File, question: _Question) -> Listing:
    table = read_table(file.path, file.shown)
    rows, first = _peeked(table.rows)
    unique = column(table.columns, question.unique) if question.unique else None
    tally = _Tally(
        file,
        table.columns,
        width=len(table.columns) or len(first),
        unique=unique,
        address=_address_column(table.columns, first, unique),
        fields=tuple(_fields(table.columns, question)),
        refused=frozenset().union(*(_addresses(suppression) for suppression in question.suppressions)),
        keep=question.keep or bool(question.seeds),
    )
    if tally.unique == tally.address:
        tally.addresses = tally.keys  # one set of hashes for both: of a million people, forty megabytes
    for row in rows:
        tally.take(row)
    return tally.listing(question, table.note)


def _peeked(rows: Iterator[Row]) -> tuple[Iterator[Row], list[str]]:
    """The rows, and the cells of the first."""
    first = next(rows, None)

    def again() -> Iterator[Row]:
        if first is not None:
            yield first
        yield from rows

    return again(), (first.cells or []) if first else []


def _address_column(columns: Sequence[str], first: Sequence[str], unique: int | None) -> int | None:
    named = email_column(columns)
    if named is not None:
        return named
    shown = next((number for number, cell in enumerate(first) if "@" in cell), None)
    return unique if shown is None else shown


def _fields(columns: Sequence[str], question: _Question) -> Iterator[tuple[str, int]]:
    """The columns that must be filled, under the names the request gives them."""
    asked = {name: column(columns, name) for name in question.required}
    printed = {name: number for number, name in enumerate(columns) if fold(name) in question.fields}
    numbers = {number: name for name, number in (printed | asked).items() if number is not None}
    return ((name, number) for number, name in numbers.items())


def _digest(value: str) -> bytes:
    # Ten bytes: among ten million addresses two share one with a chance below one in ten thousand million.
    return blake2b(value.strip().casefold().encode("utf-8", "replace"), digest_size=10).digest()


@lru_cache(maxsize=32)
def _addresses(file: _File) -> frozenset[bytes]:
    """The addresses of a suppression list."""
    return frozenset(digest for digest, _, _ in _each_address(file))


def _each_address(file: _File, named: str = "") -> Iterator[tuple[bytes, str, Row]]:
    table = read_table(file.path, file.shown)
    rows, first = _peeked(table.rows)
    number = column(table.columns, named) if named and table.columns else None
    number = _address_column(table.columns, first, None) if number is None else number
    if number is None:
        if first:
            raise Fault(f"{file.shown} has no column of e-mail addresses that can be recognised.")
        return
    for row in rows:
        if row.cells is not None and len(row.cells) > number and row.cells[number].strip():
            yield _digest(row.cells[number]), row.cells[number], row


def _overlaps(
    folder: Path, listings: tuple[tuple[AskedSegment, Listing], ...], seeds: frozenset[bytes]
) -> Iterator[Overlap]:
    for (one, first), (other, second) in combinations(listings, 2):
        shared = (first.digests & second.digests) - seeds  # seeds are to be on every list
        if shared:
            file = _file(folder, other.list)
            found = ((value, row) for digest, value, row in _each_address(file, second.addresses) if digest in shared)
            value, row = next(found)
            yield Overlap(one.name, other.name, len(shared), masked(value), Place(file.shown, row.line))
