"""People a campaign goes to, as a request names them."""

from __future__ import annotations

from collections.abc import Iterator

from qa.check import check
from qa.finding import Code, Finding, Severity
from qa.request.brief import Brief
from qa.request.gaps import gap
from qa.text.phrases import listed
from qa.text.wording import quoted

_NO_AUDIENCE = Code(
    "no-audience",
    Severity.WARNING,
    "The request does not say whom it goes to.",
    "Name the exported lists, with their expected size, under `audience: segments`.",
)
_NO_SUPPRESSIONS = Code(
    "no-suppressions",
    Severity.WARNING,
    "The request names no suppression list.",
    "Name the lists of people who must get nothing under `audience: suppressions`.",
)
_NO_SEEDS = Code(
    "no-seeds",
    Severity.INFO,
    "The request names no seed addresses.",
    "List the addresses that must get every send under `audience: seeds`.",
)
_NO_COUNT = Code(
    "no-count",
    Severity.WARNING,
    "The request does not say how many people a segment should hold.",
    "Write the expected number under `count`.",
)


@check(
    "request-audience",
    _NO_AUDIENCE,
    _NO_SUPPRESSIONS,
    _NO_SEEDS,
    _NO_COUNT,
    Code(
        "zero-count",
        Severity.ERROR,
        "The segment is expected to be empty.",
        "Ask for the number of people that are expected.",
    ),
)
def request_audience(brief: Brief) -> Iterator[Finding]:
    """The request says whom a campaign goes to, how many they are, and who must get nothing.

    A list that was exported wrongly looks like any other; only the expected number shows that half of it is missing,
    or that those who unsubscribed are still on it.

    Fails:
        campaign: {emails: [{name: invite}], audience: {segments: [{name: customers, list: audience/customers.csv}]}}

    Passes:
        campaign:
          emails: [{name: invite}]
          audience:
            suppressions: [audience/unsubscribed.csv]
            seeds: [qa@acme.example]
            segments: [{name: customers, list: audience/customers.csv, count: 12000}]
    """
    request, audience = brief.request, brief.request.audience
    if audience is None or not audience.segments:
        if request.emails:
            yield gap(_NO_AUDIENCE, request.place("audience"))
        return
    if not audience.suppressions:
        yield gap(_NO_SUPPRESSIONS, audience.place())
    if not audience.seeds:
        yield gap(_NO_SEEDS, audience.place())
    if uncounted := [segment for segment in audience.segments if segment.count is None]:
        names = listed(quoted(segment.name, 60) for segment in uncounted)
        said = f"The request does not say how many people are expected in {names}."
        yield gap(_NO_COUNT, uncounted[0].place(), said)
    for segment in audience.segments:
        if segment.count == 0:
            message = f"The segment {quoted(segment.name)} is expected to hold nobody."
            yield Finding("zero-count", message, request=segment.place("count"))
