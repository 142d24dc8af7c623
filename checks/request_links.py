"""URLs of a request, and its links beside one another."""

from __future__ import annotations

from collections.abc import Iterator

from qa.artefacts import Link
from qa.artefacts.causes import of_asked
from qa.check import check
from qa.finding import Code, Finding, Severity, Skip
from qa.links.faulty.faults import fault_of, is_local
from qa.links.hosts import host_of, kind_of
from qa.links.url import bare
from qa.request import AskedEmail, AskedLink, Request, Utm
from qa.request.brief import AssetBrief
from qa.request.urls import AskedUrl, of_urls, urls_of
from qa.source import Place
from qa.text.wording import loose, quoted

_CODES = {
    "empty-link": "malformed-url",
    "malformed-link": "malformed-url",
    "placeholder-link": "sample-url",
    "relative-link": "relative-url",
    "insecure-link": "insecure-url",
}
_SAYS = {"placeholder-link": "is a placeholder", "insecure-link": "is not https", "empty-link": "is empty"}
_PLAN = ("source", "medium", "campaign")  # content and term are there to tell links apart


@check(
    "request-urls",
    Code("sample-url", Severity.ERROR, "The URL is a sample or a placeholder.", "Ask for the real destination."),
    Code("malformed-url", Severity.ERROR, "The URL cannot be followed.", "Correct it; a URL begins with https://."),
    Code("relative-url", Severity.ERROR, "The URL names no site.", "Write it whole, from https:// on."),
    Code("insecure-url", Severity.WARNING, "The URL is not https.", "Write https, or confirm that the site has none."),
    Code(
        "staging-url",
        Severity.WARNING,
        "The URL leads to a site for testing.",
        "Ask for the address the public can reach.",
    ),
)
def request_urls(brief: AssetBrief) -> Iterator[Finding]:
    """Every URL of the request can be followed by the public.

    A build is compared with the request: a call to action that leads to staging because the request says so is right
    in every check and wrong for every reader.

    Fails:
        campaign: {emails: [{name: invite, links: [{text: Save my seat, url: "https://staging.acme.example/webinar"}]}]}

    Passes:
        campaign: {emails: [{name: invite, links: [{text: Save my seat, url: "https://www.acme.example/webinar"}]}]}
    """
    urls = list(urls_of(brief.asset))
    if not urls:
        raise Skip("the request names no URL")
    same: dict[tuple[str, str], list[AskedUrl]] = {}
    for asked in urls:
        for told in _faults(asked, isinstance(brief.asset, AskedEmail)):
            same.setdefault(told, []).append(asked)
    for (code, says), group in same.items():
        yield of_urls(code, says, group)


def _faults(asked: AskedUrl, in_email: bool) -> Iterator[tuple[str, str]]:
    """A code and what is said of the URL; the same words are one mistake."""
    url = asked.url.strip()
    fault = fault_of(Link(url, "", asked.where or Place("")), in_email)
    if fault is not None and not fault.review and fault.code in _CODES:
        said = fault.one.removeprefix("leads to").replace(quoted(url), "").strip(" ,").removeprefix("which ")
        yield _CODES[fault.code], _SAYS.get(fault.code) or said.replace(": the", "is not whole: the").strip(" ,")
    if is_local(url):
        yield "staging-url", "is on somebody's own machine"
    elif kind_of(url) == "staging":
        yield "staging-url", f"is on {host_of(url)}, a site for testing"


@check(
    "request-links",
    Code(
        "link-twice",
        Severity.WARNING,
        "The same words are asked to lead to different places.",
        "Ask which destination is right, or give the links different words.",
    ),
    Code(
        "two-plans",
        Severity.WARNING,
        "Links to the same place are asked to carry different tracking.",
        "Ask which source, medium and campaign are right.",
    ),
    Code(
        "picture-link-unasked",
        Severity.WARNING,
        "A picture leads where no link that was asked for leads.",
        "Ask which destination is right, or add it to `links`.",
    ),
)
def request_links(brief: AssetBrief) -> Iterator[Finding]:
    """No two links of the request contradict each other.

    Of two destinations for one button, the builder takes the first; the requester meant the second. The same place
    with two sources is two campaigns to whoever reads the numbers.

    Fails:
        campaign:
          emails:
            - name: invite
              links: [{text: Join, url: "https://www.acme.example/a"}, {text: Join, url: "https://www.acme.example/b"}]

    Passes:
        campaign:
          emails:
            - name: invite
              links: [{text: Join, url: "https://www.acme.example/a"}, {text: Privacy, url: "https://www.acme.example/b"}]
    """
    links = brief.asset.links or ()
    if not links:
        raise Skip("the request asks for no link")
    by_text: dict[str, AskedLink] = {}
    by_url: dict[str, AskedLink] = {}
    for link in links:
        first = by_text.setdefault(loose(link.text), link)
        if bare(first.url) != bare(link.url):
            message = f"{quoted(link.text)} is asked to lead to {link.url}, and on {_line(first)} to {first.url}."
            place = link.place("url")
            causes = (of_asked(place, link.text),)  # the message holds a line, which is no part of what is wrong
            yield Finding("link-twice", message, None, place, first.url, link.url, causes=causes)
        first = by_url.setdefault(bare(link.url), link)
        if (one := _plan(first.utm, brief.request)) != (other := _plan(link.utm, brief.request)):
            message = f"{link.url} is asked for with {_said(other)}, and on {_line(first)} with {_said(one)}."
            place = link.place("utm") or link.place()
            causes = (of_asked(place, link.url),)
            yield Finding("two-plans", message, None, place, _said(one), _said(other), causes=causes)
    for image in brief.asset.images or ():
        if image.url is not None and bare(image.url) not in by_url:
            name = image.src or image.asset or image.alt or ""
            message = f"The picture {quoted(name)} leads to {image.url}; no link does."
            yield Finding("picture-link-unasked", message, request=image.place("url"), actual=image.url)


def _plan(utm: Utm, request: Request) -> dict[str, str]:
    whole = (request.tracking.utm.parameters() if request.tracking else {}) | utm.parameters()
    return {name: value for name, value in whole.items() if name.removeprefix("utm_") in _PLAN}


def _said(plan: dict[str, str]) -> str:
    return ", ".join(f"{name}={value}" for name, value in plan.items()) or "no tracking"


def _line(link: AskedLink) -> str:
    place = link.place("url")
    return f"line {place.line}" if place and place.line else "another line"
