"""Addresses that a request exempts from tracking."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qa.artefacts import CampaignAssets, Links
from qa.check import check
from qa.finding import Code, Finding, Severity, Skip
from qa.links.url import matches
from qa.match.unread import judged
from qa.request import Request
from qa.text.wording import quoted


@check(
    "tracking-exemptions",
    Code(
        "unused-exemption",
        Severity.INFO,
        "A host or pattern under tracking.exempt matches no link.",
        "Correct its spelling, or delete it from the request.",
    ),
)
def tracking_exemptions(request: Request, assets: CampaignAssets) -> Iterator[Finding]:
    """What the request exempts from tracking is there.

    An exemption with a typing error exempts nothing, and one that is left from another campaign may one day exempt
    a link that should be counted. It is used where it matches a link of any email or page, or one asked for there.

    Fails:
        campaign: {tracking: {utm: {source: news}, exempt: [privcy.acme.example]}}
        email: {}
        build: <a href="https://privacy.acme.example/notice">Privacy notice</a>

    Passes:
        campaign: {tracking: {utm: {source: news}, exempt: [privacy.acme.example]}}
        email: {}
        build: <a href="https://privacy.acme.example/notice">Privacy notice</a>
    """
    patterns = request.tracking.exempt if request.tracking else ()
    if not patterns:
        raise Skip("the request exempts no link from tracking")
    built = [link for links in assets.gather(Links) for link in links.built]
    yield from judged(_unused(request, patterns, {link.href.strip() for link in built}), built)


def _unused(request: Request, patterns: Sequence[str], addresses: set[str]) -> Iterator[Finding]:
    addresses |= {ask.url for asset in (*request.emails, *request.pages) for ask in asset.links or ()}
    for number, pattern in enumerate(patterns):
        if not any(matches(href, pattern) for href in addresses):
            message = f"The request exempts {quoted(pattern)} from tracking; no link of the campaign leads there."
            place = request.tracking.place("exempt", number) if request.tracking else None
            yield Finding("unused-exemption", message, request=place, expected=pattern)
