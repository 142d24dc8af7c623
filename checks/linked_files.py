"""Files behind links that are not what their address says."""

from __future__ import annotations

from collections.abc import Iterator

from qa.artefacts import Probes
from qa.check import check
from qa.finding import Code, Finding, Severity
from qa.probing.answers.file_types import other_file
from qa.probing.answers.told import finding, probed


@check(
    "linked-files",
    Code(
        "other-file",
        Severity.WARNING,
        "A link to a file leads to something else.",
        "Correct the link, or put the file where it leads.",
    ),
)
def linked_files(probes: Probes) -> Iterator[Finding]:
    """Every link to a file opens a file of that kind.

    Looked at with --online alone.
    A calendar entry that is a page opens no calendar, a brochure that was moved shows a form, and the server says that
    all is well.

    Fails:
        email: {}
        build: <a href="https://www.acme.example/webinar.ics">Add to calendar</a>
        web: {"https://www.acme.example/webinar.ics": {body: "<!doctype html><title>Acme</title>"}}

    Passes:
        email: {}
        build: <a href="https://www.acme.example/webinar.ics">Add to calendar</a>
        web: {"https://www.acme.example/webinar.ics": {body: "BEGIN:VCALENDAR"}}
    """
    for each, probe in probed(probes):
        if said := other_file(probe):
            yield finding("other-file", each, f": {said}", said)
