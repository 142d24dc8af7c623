"""Columns of an exported list, and blanks in them."""

from __future__ import annotations

from collections.abc import Iterator

from qa.artefacts import Listing
from qa.audience.csv_list import column, row_count
from qa.audience.unread_rows import unread
from qa.check import check
from qa.finding import Code, Finding, Severity
from qa.request import AskedSegment
from qa.source import Place
from qa.text.wording import quoted


@check(
    "list-fields",
    Code(
        "blank-field",
        Severity.ERROR,
        "A field that must be filled is blank for somebody.",
        "Fill it, or leave them out.",
    ),
    Code(
        "missing-column",
        Severity.ERROR,
        "A list has no column of a name the request gives.",
        "Export the list again with that column.",
    ),
)
def list_fields(asked: AskedSegment, listing: Listing) -> Iterator[Finding]:
    """Fields that must be filled are filled for everybody.

    What a merge tag without a default prints from a blank field is “Dear ,”. So besides the fields the request names,
    those its merge tags print without a default are looked at.

    Fails:
        campaign: {audience: {segments: [{name: prospects, list: audience/a.csv, required: [first_name]}]}}
        files: {audience/a.csv: "email,First Name\\nann@acme.example,\\n"}

    Passes:
        campaign: {audience: {segments: [{name: prospects, list: audience/a.csv, required: [first_name]}]}}
        files: {audience/a.csv: "email,First Name\\nann@acme.example,Ann\\n"}
    """
    named = [*asked.required, *([asked.unique] if asked.unique else [])]
    missing = [name for name in dict.fromkeys(named) if column(listing.columns, name) is None]
    for name in missing:
        message = f"The list of {quoted(asked.name)} has no column {quoted(name)}."
        found = ", ".join(listing.columns) or "no header row"
        yield Finding("missing-column", message, Place(listing.file, 1), asked.place("required"), name, found)
    if len(missing) < len(set(named)) or listing.blanks:
        yield from unread("blank-field", asked, listing, "that nothing is blank in them")
    for name, (count, place) in listing.blanks.items():
        message = f"{quoted(name)} is blank in {row_count(count)} of {quoted(asked.name)}."
        yield Finding("blank-field", message, place, asked.place("required"))
