"""Links of an email's frame: view in browser, privacy notice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from qa.artefacts import AlignedLinks, Body, Link, Markup, Purpose
from qa.artefacts.causes import of_asked_link, of_link
from qa.check import check
from qa.facts import facts
from qa.finding import Code, Finding, Severity, Skip
from qa.links.faulty.faults import is_dead
from qa.links.naming import name_of
from qa.links.roles import has_token, mentions, role_of
from qa.links.url import same_destination
from qa.match.included_blocks import footer_elsewhere, frame_elsewhere
from qa.match.spoken_roles import spoken_roles
from qa.match.unread import readable
from qa.request import AskedEmail, Request
from qa.text.phrases import begun
from qa.text.wording import quoted


@check(
    "view-in-browser",
    Code(
        "missing-view-link",
        Severity.INFO,
        "The email has no link to its version in the browser.",
        "Put the platform's own link to the web version at the top.",
    ),
)
def view_in_browser(asked: AskedEmail, markup: Markup, purpose: Purpose) -> Iterator[Finding]:
    """The email can be opened in the browser.

    Where a client shows the email badly, or cuts it, this link is the way out. Not every brand wants one, and a
    receipt or a new password (`purpose: transactional`) needs none.

    Fails:
        email: {}
        build: <p>Join us.</p>

    Passes:
        email: {}
        build: <p><a href="{{system.viewAsWebpageLink}}">View in browser</a></p><p>Join us.</p>
    """
    if not markup.links and not markup.text:
        raise Skip("the email shows no text and has no link")
    links = _called("view-in-browser", markup)
    links = links or [link for link, role in spoken_roles(markup, _seen(markup)).items() if role == "view-in-browser"]
    if _works(links) or has_token("view-in-browser", markup.text):
        return
    if purpose.transactional and not links:
        raise Skip(f"{purpose.because}: such an email needs no version in the browser")
    message = "The email has no link to its version in the browser."
    if links:
        name, leads = begun(name_of(links[0])), quoted(links[0].href)
        message = f"{name} does not lead to the version in the browser, but to {leads}."
    block = "" if links else frame_elsewhere(markup)
    if block:
        message = f"{message[:-1]}; it may be in {block}."
    where, causes = links[0].where if links else None, tuple(map(of_link, links))
    yield Finding("missing-view-link", message, where, asked.place("name"), review=bool(block), causes=causes)


@check(
    "privacy-link",
    Code(
        "missing-privacy-link",
        Severity.WARNING,
        "The email has no link to the privacy notice.",
        "Add a link to the privacy notice to the footer.",
    ),
)
def privacy_link(request: Request, asked: AskedEmail, body: Body, aligned: AlignedLinks | None) -> Iterator[Finding]:
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
    links = _called("privacy", body)
    pairs = [
        (ask, built) for ask, built in (aligned.pairs if aligned else ()) if role_of(ask.url, ask.text) == "privacy"
    ]
    elsewhere = [link for ask, built in pairs for link in readable(built) if not same_destination(ask.url, link.href)]
    links += [link for link in elsewhere if link not in links]
    if _works([link for link in links if link not in elsewhere]) or has_token("privacy", body.text):
        return
    place = request.legal.place("regions")
    missing = [ask for ask in (aligned.missing if aligned else ()) if role_of(ask.url, ask.text) == "privacy"]
    message = f"The email goes to {', '.join(regions)} and has no link to the privacy notice."
    spoken = mentions("privacy", body.text) and not links and not missing
    if spoken:
        message = "The email speaks of privacy, and no link to a notice was recognised; see whether one is there."
    if links:
        message = f"{begun(name_of(links[0]))} leads to no privacy notice, but to {quoted(links[0].href)}."
    block = "" if links or spoken else footer_elsewhere(body)
    if block:
        message = f"{message[:-1]}; it may be in {block}."
    where, causes = links[0].where if links else None, (*map(of_link, links), *map(of_asked_link, missing))
    yield Finding("missing-privacy-link", message, where, place, review=spoken or bool(block), causes=causes)


def _called(role: str, markup: Markup) -> list[Link]:
    """The links for a role that readers see, those that lead nowhere among them."""
    return [link for link in _seen(markup) if role_of(link.href, link.text) == role]


def _seen(markup: Markup) -> list[Link]:
    return [link for link in markup.links if link.has_href and not link.hidden and not link.outlook_only]


def _works(links: Sequence[Link]) -> bool:
    return any(not is_dead(link, True) for link in links)


@cache
def _regions() -> frozenset[str]:
    return frozenset(facts("regions")["privacy"])
