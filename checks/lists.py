"""Exported lists: how long they are, and whether they are whole."""

from __future__ import annotations

from collections.abc import Iterator

from qa.artefacts import Listing
from qa.artefacts.causes import of_rows
from qa.audience.csv_list import column, line_numbers, row_count
from qa.audience.unread_rows import unread
from qa.check import check
from qa.finding import Code, Finding, Severity, Skip
from qa.request import AskedSegment
from qa.source import Place
from qa.text.wording import quoted


@check(
    "list-count",
    Code(
        "wrong-count",
        Severity.ERROR,
        "A list holds another number of people than was asked for.",
        "Compare the filters in the platform with the request, and export the list again.",
    ),
    Code("empty-list", Severity.ERROR, "A list holds nobody.", "Export the list again."),
)
def list_count(asked: AskedSegment, listing: Listing) -> Iterator[Finding]:
    """A list holds as many people as the request expects.

    The size is the quickest sign of a wrong filter: a forgotten condition doubles a list, a wrong one halves it, and
    nobody sees it in the email.

    Fails:
        campaign: {audience: {segments: [{name: prospects, list: audience/a.csv, count: 3}]}}
        files: {audience/a.csv: "email\\nann@acme.example\\n"}

    Passes:
        campaign: {audience: {segments: [{name: prospects, list: audience/a.csv, count: 1}]}}
        files: {audience/a.csv: "email\\nann@acme.example\\n"}
    """
    place = Place(listing.file)
    if not listing.rows:
        yield Finding("empty-list", f"The list of {quoted(asked.name)} holds nobody.", place, asked.place("list"))
        return
    if asked.count is None:
        raise Skip("the request does not say")
    slack = asked.count * asked.tolerance
    if abs(listing.rows - asked.count) > slack:
        least, most = round(asked.count - slack), round(asked.count + slack)
        expected = f"{asked.count:,}" + (f" ({least:,} to {most:,})" if slack else "")
        message = f"{quoted(asked.name)} holds {listing.rows:,} people; the request expects {expected}."
        yield Finding("wrong-count", message, place, asked.place("count"), expected, f"{listing.rows:,}")


@check(
    "list-uniqueness",
    Code(
        "repeated-address",
        Severity.ERROR,
        "Somebody is on a list twice.",
        "Remove the duplicates in the platform, and export the list again.",
    ),
)
def list_uniqueness(asked: AskedSegment, listing: Listing) -> Iterator[Finding]:
    """Nobody is on a list twice.

    Some platforms send as often as an address is listed. Capital letters are no difference: most exports that repeat
    somebody do it that way.

    Fails:
        campaign: {audience: {segments: [{name: prospects, list: audience/a.csv, unique: email}]}}
        files: {audience/a.csv: "email\\nann@acme.example\\nAnn@Acme.example\\n"}

    Passes:
        campaign: {audience: {segments: [{name: prospects, list: audience/a.csv, unique: email}]}}
        files: {audience/a.csv: "email\\nann@acme.example\\nbob@acme.example\\n"}
    """
    if asked.unique is None:
        raise Skip("the request does not say")
    if column(listing.columns, asked.unique) is None:
        raise Skip(f"the list has no column {quoted(asked.unique)}")
    yield from unread("repeated-address", asked, listing, "that nobody in them is there twice")
    if listing.repeated:
        example, place = listing.repeated[0]
        count = listing.repeated_rows
        repeat = "repeats an earlier one" if count == 1 else "repeat earlier ones"
        message = f"{row_count(count)} of {quoted(asked.name)} {repeat}, for example {example}."
        yield Finding(
            "repeated-address",
            message,
            place,
            asked.place("unique"),
            actual=line_numbers(place for _, place in listing.repeated),
        )


@check(
    "list-rows",
    Code(
        "broken-row",
        Severity.ERROR,
        "A row of a list has more or fewer cells than the list has columns.",
        "Export the list again; do not edit it in a spreadsheet.",
    ),
)
def list_rows(asked: AskedSegment, listing: Listing) -> Iterator[Finding]:
    """Every row of a list has a cell for every column.

    A comma or a quote in a company name that was not exported properly moves all cells behind it: people are greeted
    with their town, or the platform drops them at import without a word.

    Fails:
        campaign: {audience: {segments: [{name: prospects, list: audience/a.csv}]}}
        files: {audience/a.csv: "email,company\\nann@acme.example,Acme, Ltd\\n"}

    Passes:
        campaign: {audience: {segments: [{name: prospects, list: audience/a.csv}]}}
        files: {audience/a.csv: "email,company\\nann@acme.example,\\"Acme, Ltd\\"\\n"}
    """
    if listing.broken:
        message = (
            f"{row_count(listing.broken_rows)} of {quoted(asked.name)} cannot be read: cells do not match the columns."
        )
        lines = line_numbers(listing.broken)
        where, place = listing.broken[0], asked.place("list")
        yield Finding("broken-row", message, where, place, actual=lines, causes=(of_rows(listing),))
