"""The tracking plan of a request, and what its URLs carry besides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote_plus

from qa.check import check
from qa.finding import Code, Finding, Severity, Skip
from qa.links.url import MalformedUrl, parse
from qa.merge_tags.pattern import TOKEN
from qa.request import Request, Utm
from qa.request.brief import AssetBrief, Brief
from qa.request.gaps import gap
from qa.request.urls import AskedUrl, of_urls, urls_of
from qa.source import Place
from qa.text.wording import quoted

_UNTIDY = re.compile(r"[A-Z\s]")
_FIX = "Write the URL without tracking parameters; the plan adds them."
_NO_TRACKING = Code(
    "no-tracking",
    Severity.WARNING,
    "The request has no tracking plan.",
    "Write source, medium and campaign under `tracking: utm`.",
)


@check(
    "request-tracking",
    _NO_TRACKING,
    Code(
        "utm-spelling",
        Severity.WARNING,
        "A tracking value has upper case or spaces, and analytics would count it apart.",
        "Write it in lower case, with hyphens for spaces.",
    ),
)
def request_tracking(brief: Brief) -> Iterator[Finding]:
    """The request has a tracking plan, spelled as analytics counts it.

    Without source, medium and campaign, a click counts as if nobody had sent anything. “Email” and “email” are two
    channels in every report, for good.

    Fails:
        campaign: {emails: [{name: invite}], tracking: {utm: {source: marketo, medium: Email, campaign: spring}}}

    Passes:
        campaign: {emails: [{name: invite}], tracking: {utm: {source: marketo, medium: email, campaign: spring}}}
    """
    request = brief.request
    plan = request.tracking.utm if request.tracking else Utm()
    if request.emails and not (plan.parameters() or plan.none):
        yield gap(_NO_TRACKING, request.place("tracking"))
    seen: dict[tuple[str, str], Place | None] = {}
    for plan in _plans(request):
        for name, value in plan.parameters().items():
            if _UNTIDY.search(TOKEN.sub("", value)):
                seen.setdefault((name, value), plan.place(name.removeprefix("utm_")))
    for (name, value), place in seen.items():
        tidy = "-".join(value.lower().split())
        message = f"{name} is {quoted(value)}; analytics keeps that apart from {quoted(tidy)}."
        yield Finding("utm-spelling", message, request=place, expected=tidy, actual=value)


def _plans(request: Request) -> Iterator[Utm]:
    if request.tracking:
        yield request.tracking.utm
    for asset in (*request.emails, *request.pages):
        yield from (link.utm for link in asset.links or ())


@check(
    "request-url-tracking",
    Code(
        "url-off-plan",
        Severity.WARNING,
        "The URL carries tracking parameters that contradict the plan.",
        _FIX,
    ),
    Code("url-tracked", Severity.INFO, "The URL already carries tracking parameters.", _FIX),
)
def request_url_tracking(brief: AssetBrief) -> Iterator[Finding]:
    """The URLs of the request leave tracking to its plan.

    A URL copied from the last campaign brings that campaign's parameters with it, and its clicks are counted there.

    Fails:
        campaign:
          tracking: {utm: {source: marketo}}
          emails: [{name: invite, links: [{text: Join, url: "https://www.acme.example/?utm_source=hubspot"}]}]

    Passes:
        campaign:
          tracking: {utm: {source: marketo}}
          emails: [{name: invite, links: [{text: Join, url: "https://www.acme.example/"}]}]
    """
    urls = list(urls_of(brief.asset))
    if not urls:
        raise Skip("the request names no URL")
    same: dict[tuple[str, str], list[AskedUrl]] = {}
    for asked in urls:
        if told := _tracked(asked, brief.request):
            same.setdefault(told, []).append(asked)
    for (code, says), group in same.items():
        yield of_urls(code, says, group)


def _tracked(asked: AskedUrl, request: Request) -> tuple[str, str] | None:
    """A code and what is said of the parameters a URL carries; None where it carries none."""
    try:
        carried = [(name.lower(), unquote_plus(value)) for name, value in parse(asked.url).tracking]
    except MalformedUrl:
        return None
    if not carried:
        return None
    plan = request.tracking.utm.parameters() if request.tracking else {}
    plan |= asked.link.utm.parameters() if asked.link else {}
    wrong = [f"{name}={value} ({plan[name]} in the plan)" for name, value in carried if plan.get(name, value) != value]
    if wrong:
        return "url-off-plan", f"carries {', '.join(wrong)}"
    return "url-tracked", f"already carries {', '.join(name for name, _ in carried)}"
