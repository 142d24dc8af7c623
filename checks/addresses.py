"""Addresses of a list that cannot be delivered to."""

from __future__ import annotations

from collections.abc import Iterator

from qa.artefacts import Listing
from qa.audience.dressed import dressing
from qa.check import check
from qa.finding import Code, Finding, Severity, Skip
from qa.text.wording import quoted


@check(
    "list-addresses",
    Code("malformed-address", Severity.ERROR, "A list holds what is no e-mail address.", "Correct or drop these rows."),
)
def list_addresses(listing: Listing) -> Iterator[Finding]:
    """Every address on a list is one that mail can be sent to.

    Broken addresses bounce, and bounces cost the sender its standing with Gmail and the others.

    Fails:
        campaign: {audience: {segments: [{name: all, list: audience/a.csv}]}}
        files: {audience/a.csv: "email\\nann.acme.example\\n"}

    Passes:
        campaign: {audience: {segments: [{name: all, list: audience/a.csv}]}}
        files: {audience/a.csv: "email\\nann@acme.example\\n"}
    """
    if not listing.addresses:
        raise Skip("the list has no column of e-mail addresses that can be recognised")
    if listing.malformed is not None:
        cell, where = listing.malformed
        rows = "One row holds" if listing.malformed_rows == 1 else f"{listing.malformed_rows:,} rows hold"
        around = f", with {dressing(cell)}" if dressing(cell) else ""
        message = f"{rows} no address that mail can be sent to; the first is {quoted(cell, 40)}{around}."
        yield Finding("malformed-address", message, where, expected="name@domain", actual=cell[:40])
