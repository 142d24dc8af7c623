"""Redirects behind links: where they lead, how, and what gets lost on the way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from qa.artefacts import KnownLinks, Probe, Probes
from qa.artefacts.causes import of_parameters, of_scheme
from qa.check import check
from qa.finding import Code, Finding, Severity
from qa.links.hosts import host_of, is_click_tracker, is_opaque, is_wrapper, kind_of, one_owner
from qa.probing.answers.outcomes import login_of
from qa.probing.answers.redirects import lost_tracking
from qa.probing.answers.told import finding, probed, short


@check(
    "link-redirects",
    Code(
        "foreign-redirect",
        Severity.WARNING,
        "A link ends on a site of somebody else than it names.",
        "Make sure that the site it ends on is meant, and name that in the link.",
    ),
    Code(
        "insecure-redirect",
        Severity.WARNING,
        "A link that is written https goes through an address without encryption.",
        "Link to the last address, or have the redirect mended.",
    ),
    Code(
        "lost-tracking",
        Severity.WARNING,
        "Tracking parameters get lost, doubled or altered by a redirect.",
        "Link to the last address, or have the redirect mended.",
    ),
)
def link_redirects(probes: Probes, known: KnownLinks) -> Iterator[Finding]:
    """Redirects behind links keep the site, the encryption and the tracking.

    Looked at with --online alone.
    A domain that was sold sends readers to a stranger, a redirect drops what follows the “?”, and the campaign's visits
    are counted as nobody's. In the email all is right; only who follows the link can see it.

    Fails:
        email: {}
        build: <a href="https://acme.example/webinar?utm_source=news">Save my seat</a>
        web: {"https://acme.example/webinar?utm_source=news": {location: "https://www.acme.example/webinar"}}

    Passes:
        email: {}
        build: <a href="https://acme.example/webinar?utm_source=news">Save my seat</a>
        web: {"https://acme.example/webinar?utm_source=news": {location: "https://www.acme.example/webinar?utm_source=news"}}
    """
    for each, probe in probed(probes):
        if len(probe.hops) < 2:
            continue
        foreign = _is_foreign(probe, known)
        if foreign and not login_of(probe):
            yield finding("foreign-redirect", each, f" and ends on {short(probe.final)}", probe.final)
        if hop := _insecure_hop(probe):
            about = tuple(map(of_scheme, each.links))
            yield replace(finding("insecure-redirect", each, f" and goes through {short(hop)}", hop), causes=about)
        if not foreign and 200 <= probe.status < 300 and (said := lost_tracking(probe)):
            about = tuple(map(of_parameters, each.links))
            told = finding("lost-tracking", each, f"; on the way to {short(probe.final)} {said}", probe.final)
            yield replace(told, causes=about)


def _is_foreign(probe: Probe, known: KnownLinks) -> bool:
    """Whether an address ends with somebody else, who is not one of the campaign's own; shorteners and trackers may."""
    asked, final = host_of(probe.url), host_of(probe.final)
    passes_on = kind_of(probe.url) == "shortener" or is_wrapper(probe.url) or is_click_tracker(probe.url)
    if passes_on or is_opaque(probe.url) or one_owner(asked, final):
        return False
    return not any(one_owner(final, owner) for owner in known.owners)


def _insecure_hop(probe: Probe) -> str:
    """The first address without encryption that one with it goes through; "" where none does."""
    if not probe.url.lower().startswith("https://"):
        return ""
    return next((hop.url for hop in probe.hops[1:] if hop.url.lower().startswith("http://")), "")
