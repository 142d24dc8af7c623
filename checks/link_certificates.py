"""Certificates of the sites behind links that end soon.

Those who renew by themselves do so when a third of the time is left (https://letsencrypt.org/docs/integration-guide/).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

from qa.artefacts import ProbedLink, Probes, Today
from qa.check import check
from qa.finding import Code, Finding, Severity
from qa.links.hosts import host_of
from qa.probing.answers.told import causes, finding, probed
from qa.request import Request

_DAY = 86_400
_SOON = 14 * _DAY
_OF_ITS_TIME = 6  # a sixth of it left: who renews by himself would have done so long ago
_BY_HAND = 100 * _DAY  # what is valid longer is often renewed by a person, so it must last until the campaign is read


@check(
    "link-certificates",
    Code(
        "ending-certificate",
        Severity.WARNING,
        "The certificate of a site behind a link ends soon.",
        "See that it is renewed before the campaign is read.",
    ),
)
def link_certificates(probes: Probes, request: Request, today: Today) -> Iterator[Finding]:
    """The sites behind links have certificates that last.

    Looked at with --online alone.
    A certificate that runs out on the day after the send puts a warning of the browser in front of every page.

    Fails:
        email: {}
        build: <a href="https://www.acme.example/webinar">Save my seat</a>
        web: {"https://www.acme.example/webinar": {certificate: [2025-09-01, 2025-12-01]}}

    Passes:
        email: {}
        build: <a href="https://www.acme.example/webinar">Save my seat</a>
        web: {"https://www.acme.example/webinar": {certificate: [2025-09-01, 2099-12-01]}}
    """
    sent = max(today.date, request.send.at.date()) if request.send else today.date
    told: dict[str, tuple[ProbedLink, float, list[ProbedLink]]] = {}
    for each, probe in probed(probes):
        for hop in probe.hops:
            if hop.certificate and _ends_soon(hop.certificate, today.date, sent):
                told.setdefault(host_of(hop.url), (each, hop.certificate[1], []))[2].append(each)
    for host, (first, ends, every) in told.items():
        day = datetime.fromtimestamp(ends, UTC).date()
        about = tuple(dict.fromkeys(cause for each in every for cause in causes(each)))
        yield replace(
            finding("ending-certificate", first, f"; the certificate of {host} ends on {day}", f"{day}"), causes=about
        )


def _ends_soon(certificate: tuple[float, ...], today: date, sent: date) -> bool:
    begins, ends = certificate
    on = sent if ends - begins > _BY_HAND else today
    left = ends - datetime(on.year, on.month, on.day, tzinfo=UTC).timestamp()
    return left < min(_SOON, (ends - begins) / _OF_ITS_TIME)
