"""The lists of a campaign's audience: counts, and first examples with addresses masked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.request import AskedSegment
    from qa.source import Place


@dataclass(frozen=True, slots=True)
class PoorCells:
    """Cells of a column that a merge tag prints and that do not read as a name: how many, and how they look."""

    column: str
    fault: str  # garbled, placeholder, upper, lower
    rows: int
    examples: tuple[str, ...]  # masked
    where: Place  # of the first


@dataclass(frozen=True, slots=True)
class Listing:
    """One exported list of an audience, read once as a stream. Rows are counted from 1, the header not among them."""

    file: str
    columns: tuple[str, ...]
    rows: int
    note: str = ""  # how it was decoded, where that had to be guessed
    broken: tuple[Place, ...] = ()  # rows with another number of cells than the header, the first hundred
    broken_rows: int = 0
    repeated: tuple[tuple[str, Place], ...] = ()  # masked value and its second place, the first hundred
    repeated_rows: int = 0
    malformed: tuple[str, Place] | None = None  # the first cell of the address column that holds no address
    malformed_rows: int = 0
    blanks: Mapping[str, tuple[int, Place]] = field(
        default_factory=dict
    )  # required column → rows without it, the first
    poor: tuple[PoorCells, ...] = ()  # a column and a fault each
    suppressed: tuple[tuple[str, Place], ...] = ()  # masked address and place, the first hundred
    suppressed_rows: int = 0
    unread_suppressions: tuple[tuple[int, str, Place], ...] = ()  # of a list: rows without an address, the first
    missing_seeds: tuple[str, ...] = ()
    digests: frozenset[bytes] = frozenset()  # of the addresses, where lists are compared with each other
    addresses: str = ""  # the column of e-mail addresses; "" where none is recognised


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two segments with people in common."""

    first: str
    second: str
    people: int
    example: str  # masked
    where: Place  # of the example, in the second segment's list


@dataclass(frozen=True, slots=True)
class Audience:
    """The lists of all segments of a campaign, and who is in two of them."""

    listings: tuple[tuple[AskedSegment, Listing], ...]
    overlaps: tuple[Overlap, ...] = ()
