"""Links that nobody can open, and those that only a person can."""

from __future__ import annotations

from collections.abc import Iterator

from qa.artefacts import Probes
from qa.check import check
from qa.finding import Code, Finding, Severity, Skip
from qa.probing.answers.outcomes import death_of, trouble_of, wall_of
from qa.probing.answers.told import finding, probed
from qa.probing.never import LEAVING


@check(
    "dead-links",
    Code("dead-link", Severity.ERROR, "A link leads to a page that is not there.", "Correct the link, or the page."),
    Code(
        "failing-link",
        Severity.WARNING,
        "The server behind a link has trouble.",
        "Open the link; where it fails again, tell whoever runs the site before the email is sent.",
    ),
)
def dead_links(probes: Probes) -> Iterator[Finding]:
    """Every link opens a page.

    Looked at with --online alone.
    A page is renamed, a campaign's page goes live an hour late, a certificate runs out on a Sunday: the link is written
    as the request says, and each reader who clicks meets an error. Each address is asked once; what signs off, confirms
    or accepts something for a reader is never asked.

    Fails:
        email: {}
        build: <a href="https://www.acme.example/webinar">Save my seat</a>
        web: {"https://www.acme.example/webinar": {status: 404}}

    Passes:
        email: {}
        build: <a href="https://www.acme.example/webinar">Save my seat</a>
        web: {"https://www.acme.example/webinar": {status: 200}}
    """
    for each, probe in probed(probes):
        by = f", by way of {probe.final}" if probe.final != each.url else ""
        if said := death_of(probe):
            yield finding("dead-link", each, f"{by}: {said}", said)
        elif said := trouble_of(probe):
            yield finding("failing-link", each, f"{by}: {said}", said)


@check(
    "walled-links",
    Code(
        "unprobed-link",
        Severity.WARNING,
        "What stands behind a link only a person can see.",
        "Open the link in a browser.",
    ),
)
def walled_links(probes: Probes) -> Iterator[Finding]:
    """Every link shows its page to whoever checks it.

    Looked at with --online alone.
    Some sites show robots a refusal in place of the page, and some links must not be asked, because asking confirms or
    accepts something. Whether the right page stands behind them, a person has to see.

    Fails:
        email: {}
        build: <a href="https://www.acme.example/webinar">Save my seat</a>
        web: {"https://www.acme.example/webinar": {status: 403}}

    Passes:
        email: {}
        build: <a href="https://www.acme.example/webinar">Save my seat</a>
        web: {"https://www.acme.example/webinar": {status: 200}}
    """
    if not probes.asked:
        raise Skip("the build has no address that can be asked")
    for each in probes.asked:
        said = wall_of(each.probe) if each.probe else each.withheld
        if each.probe and each.probe.failure == "never":
            said = f"a redirect leads on to a page that is not asked, as {each.probe.said}"
        if said and said not in LEAVING:
            yield finding("unprobed-link", each, f", which was not looked at: {said}", said, review=True)
