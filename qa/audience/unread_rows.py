"""Rows of a list that could not be read, said by every check that had to leave them out."""

from __future__ import annotations

from collections.abc import Iterator

from qa.artefacts import Listing
from qa.artefacts.causes import of_rows
from qa.audience.csv_list import row_count
from qa.finding import Finding
from qa.request import AskedSegment
from qa.text.wording import quoted


def unread(code: str, asked: AskedSegment, listing: Listing, unknown: str) -> Iterator[Finding]:
    """For a person: what nobody knows of the people in those rows."""
    if listing.broken_rows:
        message = f"{row_count(listing.broken_rows)} of {quoted(asked.name)} cannot be read; see {unknown}."
        where, place = listing.broken[0], asked.place("list")
        yield Finding(code, message, where, place, review=True, causes=(of_rows(listing),))
