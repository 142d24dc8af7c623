"""Does the frame of an email hold the links that belong there: view in browser, privacy notice?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from qa.artefacts import Body, Link, Markup
from qa.check import check
from qa.facts import facts
from qa.finding import Code, Finding, Severity, Skip
from qa.request import AskedEmail, Request
from qa.system_links import has_token, mentions, role_of


@check(
    "view-in-browser",
    Code(
        "missing-view-link",
        Severity.INFO,
        "The email has no link to its version in the browser.",
        "Put the platform's own link to the web version at the top.",
    ),
)
def view_in_browser(asked: AskedEmail, markup: Markup) -> Iterator[Finding]:
    """The email can be opened in the browser.

    Where a client shows the email badly, or cuts it, this link is the way out. Not every brand wants one.

    Fails:
        email: {}
        build: <p>Join us.</p>

    Passes:
        email: {}
        build: <p><a href="{{system.viewAsWebpageLink}}">View in browser</a></p><p>Join us.</p>
    """
    if not markup.links and not markup.text:
        raise Skip("the email shows no text and has no link")
    if not _has("view-in-browser", markup, _visible(markup)):
        message = "The email has no link to its version in the browser."
        yield Finding("missing-view-link", message, request=asked.place("name"))


@check(
    "privacy-link",
    Code(
        "missing-privacy-link",
        Severity.WARNING,
        "The email has no link to the privacy notice.",
        "Add a link to the privacy notice to the footer.",
    ),
)
def privacy_link(request: Request, asked: AskedEmail, body: Body) -> Iterator[Finding]:
    """An email to Europe leads to the privacy notice.

    Who uses somebody's address must say what for and by what right, in the EU, the United Kingdom and Switzerland
    alike; the link in the footer is how it is done. The regions are those of the request.

    Fails:
        campaign: {legal: {regions: [de]}}
        email: {}
        build: <p>Join us.</p><p><a href="{{system.unsubscribeLink}}">Unsubscribe</a></p>

    Passes:
        campaign: {legal: {regions: [de]}}
        email: {}
        build: <p>Join us.</p><p><a href="https://www.acme.example/datenschutz">Datenschutz</a></p>
    """
    if not request.legal.regions:
        raise Skip("the request does not say where the email is sent")
    regions = [region for region in request.legal.regions if region.strip().casefold() in _regions()]
    if not regions:
        raise Skip("no region of the request asks for it")
    if any(role_of(link.url, link.text) == "privacy" for link in asked.links or ()):
        raise Skip("the request names the link; link-presence compares it")
    if _has("privacy", body, _visible(body)):
        return
    place = request.legal.place("regions")
    message = f"The email goes to {', '.join(regions)} and has no link to the privacy notice."
    spoken = mentions("privacy", body.text)
    if spoken:
        message = "The email speaks of privacy, and no link to a notice was recognised; see whether one is there."
    yield Finding("missing-privacy-link", message, request=place, review=spoken)


def _visible(markup: Markup) -> Sequence[Link]:
    return [link for link in markup.links if link.has_href and not link.hidden and not link.outlook_only]


def _has(role: str, markup: Markup, links: Sequence[Link]) -> bool:
    return any(role_of(link.href, link.text) == role for link in links) or has_token(role, markup.text)


@cache
def _regions() -> frozenset[str]:
    return frozenset(facts("regions")["privacy"])
