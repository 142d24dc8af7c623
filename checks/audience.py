"""People on the lists of a campaign: suppressed ones, seeds, those on two lists."""

from __future__ import annotations

from collections.abc import Iterator

from qa.artefacts import Audience, Listing
from qa.audience.csv_list import line_numbers, row_count
from qa.audience.unread_rows import unread
from qa.check import check
from qa.finding import Code, Fault, Finding, Severity, Skip
from qa.request import AskedSegment, Request
from qa.source import Place
from qa.text.wording import quoted

NOT_ASKED = "the request does not say"


@check(
    "suppression",
    Code(
        "suppressed-address",
        Severity.ERROR,
        "Somebody on a suppression list is on a segment's list.",
        "Exclude the suppression list in the platform, and export the list again.",
    ),
)
def suppression(asked: AskedSegment, listing: Listing, request: Request) -> Iterator[Finding]:
    """Nobody on a suppression list is in a segment.

    They have opted out, complained, or may not be written to by law. One email to them is a breach, not a blemish.

    Fails:
        campaign: {audience: {suppressions: [audience/out.csv], segments: [{name: prospects, list: audience/a.csv}]}}
        files: {audience/a.csv: "email\\nann@acme.example\\n", audience/out.csv: "Ann@acme.example\\n"}

    Passes:
        campaign: {audience: {suppressions: [audience/out.csv], segments: [{name: prospects, list: audience/a.csv}]}}
        files: {audience/a.csv: "email\\nann@acme.example\\n", audience/out.csv: "bob@acme.example\\n"}
    """
    if request.audience is None or not request.audience.suppressions:
        raise Skip(NOT_ASKED)
    _need_addresses(listing)
    yield from unread("suppressed-address", asked, listing, "that nobody in them is on a suppression list")
    for count, cell, place in listing.unread_suppressions:
        hold, them = ("holds", "it") if count == 1 else ("hold", "them")
        message = (
            f"{row_count(count)} of {quoted(place.file)} {hold} no address, so nobody could be compared with {them}; "
            f"the first is {quoted(cell, 40)}."
        )
        yield Finding("suppressed-address", message, place, request.audience.place("suppressions"), review=True)
    if listing.suppressed:
        example, place = listing.suppressed[0]
        count = listing.suppressed_rows
        are = "is" if count == 1 else "are"
        message = f"{row_count(count)} of {quoted(asked.name)} {are} on a suppression list, for example {example}."
        where = request.audience.place("suppressions")
        yield Finding(
            "suppressed-address", message, place, where, actual=line_numbers(place for _, place in listing.suppressed)
        )


@check(
    "seeds",
    Code("missing-seed", Severity.ERROR, "A seed address is not on a list.", "Add the seed list to the segment."),
)
def seeds(asked: AskedSegment, listing: Listing, request: Request) -> Iterator[Finding]:
    """Every seed address is on every list.

    Seeds are how a team sees what really arrived. Without them the first to notice a broken send is a customer; and the
    request that names them has asked for them.

    Fails:
        campaign: {audience: {seeds: [qa@acme.example], segments: [{name: prospects, list: audience/a.csv}]}}
        files: {audience/a.csv: "email\\nann@acme.example\\n"}

    Passes:
        campaign: {audience: {seeds: [qa@acme.example], segments: [{name: prospects, list: audience/a.csv}]}}
        files: {audience/a.csv: "email\\nann@acme.example\\nqa@acme.example\\n"}
    """
    if request.audience is None or not request.audience.seeds:
        raise Skip(NOT_ASKED)
    _need_addresses(listing)
    for seed in listing.missing_seeds:
        message = f"The seed address {seed} is not on the list of {quoted(asked.name)}."
        where = request.audience.place("seeds", request.audience.seeds.index(seed))
        yield Finding("missing-seed", message, Place(listing.file), where, expected=seed)


@check(
    "segment-overlap",
    Code(
        "shared-address",
        Severity.ERROR,
        "Somebody is in two segments of a campaign that must not overlap.",
        "Exclude one segment from the other in the platform, and export the lists again.",
    ),
)
def segment_overlap(request: Request, audience: Audience) -> Iterator[Finding]:
    """Nobody is in two segments.

    Who is gets two emails, often with two different offers, and the second one is the one they forward.

    Fails:
        campaign:
            audience:
                exclusive: true
                segments: [{name: prospects, list: audience/a.csv}, {name: customers, list: audience/b.csv}]
        files: {audience/a.csv: "email\\nann@acme.example\\n", audience/b.csv: "email\\nann@acme.example\\n"}

    Passes:
        campaign:
            audience:
                exclusive: true
                segments: [{name: prospects, list: audience/a.csv}, {name: customers, list: audience/b.csv}]
        files: {audience/a.csv: "email\\nann@acme.example\\n", audience/b.csv: "email\\nbob@acme.example\\n"}
    """
    asked = request.audience
    if asked is None or not asked.exclusive:
        raise Skip(NOT_ASKED)
    if len(asked.segments) < 2:
        raise Skip("there is one segment alone")
    for _, listing in audience.listings:
        _need_addresses(listing)
    for overlap in audience.overlaps:  # seeds are on every list by request, and are not counted
        people = "One person is" if overlap.people == 1 else f"{overlap.people:,} people are"
        both = f"{quoted(overlap.first)} and {quoted(overlap.second)}"
        message = f"{people} in both {both}, for example {overlap.example}."
        yield Finding("shared-address", message, overlap.where, asked.place("exclusive"))


def _need_addresses(listing: Listing) -> None:
    if listing.rows and not listing.addresses:
        raise Fault(f"{listing.file} has no column of e-mail addresses that can be recognised.")
