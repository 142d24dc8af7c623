"""The condition by which a list was made."""

from __future__ import annotations

from collections.abc import Iterator

from qa.check import check
from qa.finding import Code, Finding, Severity, Skip
from qa.request import AskedSegment

NOT_ASKED = "the request does not say"


@check(
    "list-condition",
    Code(
        "unchecked-condition",
        Severity.INFO,
        "Whether everybody on a list meets the condition of the request was not looked at.",
        "Compare the condition with the filters in the platform.",
    ),
)
def list_condition(asked: AskedSegment) -> Iterator[Finding]:
    """Everybody on a list meets the condition the request gives.

    The condition is who the campaign is for: an offer for new customers sent to old ones costs more than the send.
    It cannot be evaluated yet, so a person has to compare it with the platform.

    Fails:
        campaign: {audience: {segments: [{name: prospects, list: audience/a.csv, where: "country = 'GB'"}]}}
        files: {audience/a.csv: "email,country\\nann@acme.example,US\\n"}

    Passes:
        campaign: {audience: {segments: [{name: prospects, list: audience/a.csv, where: "country = 'GB'"}]}}
        files: {audience/a.csv: "email,country\\nann@acme.example,GB\\n"}
    """
    if asked.where is None:
        raise Skip(NOT_ASKED)
    raise Skip("not evaluated yet: compare the condition with the filters in the platform")
