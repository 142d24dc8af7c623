"""Names on an exported list as an email prints them."""

from __future__ import annotations

from collections.abc import Iterator

from qa.artefacts import Listing, PoorCells
from qa.audience.csv_list import row_count
from qa.check import check
from qa.finding import Code, Finding, Severity
from qa.request import AskedSegment
from qa.text.phrases import listed
from qa.text.wording import quoted

_CODES = {
    "garbled": "garbled-field",
    "placeholder": "placeholder-field",
    "upper": "name-letters",
    "lower": "name-letters",
}


@check(
    "list-names",
    Code(
        "garbled-field",
        Severity.WARNING,
        "A field that is printed was garbled on its way into the list.",
        "Export the list again as UTF-8, and correct what is garbled in the database itself.",
    ),
    Code(
        "placeholder-field",
        Severity.WARNING,
        "A field that is printed holds no name, but what somebody or a program wrote instead of one.",
        "Empty those cells, so that the default is printed, or leave those people out.",
    ),
    Code(
        "name-letters",
        Severity.INFO,
        "Most names of a list are written in capital letters, or in small ones alone.",
        "Let the merge tag or the platform write the first letter as a capital.",
    ),
)
def list_names(asked: AskedSegment, listing: Listing) -> Iterator[Finding]:
    """What merge tags print from a list reads as a name.

    “Dear Test”, “Dear N/A” and “Dear JÃ¼rgen” are sent as they stand: a default helps where a field is empty, and those
    are not. Seed addresses are left alone, and names that look like such words.

    Fails:
        build: "Hi {{lead.First Name:default=you}}"
        email: {tokens: ["{{lead.First Name:default=you}}"]}
        campaign: {platform: marketo, audience: {segments: [{name: prospects, list: audience/a.csv}]}}
        files: {audience/a.csv: "email,First Name\\nann@acme.example,N/A\\n"}

    Passes:
        build: "Hi {{lead.First Name:default=you}}"
        email: {tokens: ["{{lead.First Name:default=you}}"]}
        campaign: {platform: marketo, audience: {segments: [{name: prospects, list: audience/a.csv}]}}
        files: {audience/a.csv: "email,First Name\\nann@acme.example,Ann\\n"}
    """
    for poor in listing.poor:
        shown = listed(map(quoted, poor.examples))
        message = f"{_said(poor, asked)}{f', for example {shown}' if shown else ''}."
        yield Finding(_CODES[poor.fault], message, poor.where, asked.place("list"), actual=poor.column)


def _said(poor: PoorCells, asked: AskedSegment) -> str:
    column, rows = quoted(poor.column), f"{row_count(poor.rows)} of {quoted(asked.name)}"
    match poor.fault:
        case "garbled":
            return f"{column} is garbled in {rows}"
        case "placeholder":
            return f"{column} holds no name in {rows}"
    letters = "capital letters" if poor.fault == "upper" else "small letters alone"
    return f"{column} is written in {letters} in {rows}"
