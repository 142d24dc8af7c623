"""Can the URLs of a request be followed, and do they fit the tracking plan?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote_plus

from qa.artefacts import Link
from qa.facts import facts
from qa.finding import Finding
from qa.hrefs import is_refused
from qa.link_faults import fault_of
from qa.request import AskedEmail, AskedLink, AskedPage, Request, Utm
from qa.source import Place
from qa.triage_gaps import listed
from qa.url import TOKEN, MalformedUrl, Url, bare, parse
from qa.wording import loose, quoted

_CODES = {
    "empty-link": "malformed-url",
    "malformed-link": "malformed-url",
    "placeholder-link": "sample-url",
    "relative-link": "relative-url",
    "insecure-link": "insecure-url",
}
_SAYS = {"placeholder-link": "is a placeholder", "insecure-link": "is not https", "empty-link": "is empty"}
_UNTIDY = re.compile(r"[A-Z\s]")
_PLAN = ("source", "medium", "campaign")  # content and term are there to tell links apart
_MOST = 10  # URLs named in one finding


@dataclass(frozen=True, slots=True)
class Written:
    """A URL of the request and where it stands."""

    url: str
    where: Place | None
    link: AskedLink | None = None


def urls_of(asset: AskedEmail | AskedPage) -> Iterator[Written]:
    """Every URL asked for in one email or page, in the order of its fields."""
    for part in (asset, *getattr(asset, "variants", ())):
        for link in part.links or ():
            yield Written(link.url, link.place("url"), link)
        for image in part.images or ():
            if image.url is not None:
                yield Written(image.url, image.place("url"))
    if isinstance(asset, AskedPage):
        for field in ("url", "canonical"):
            if (url := getattr(asset, field)) is not None:
                yield Written(url, asset.place(field))
        if asset.form is not None and asset.form.thank_you is not None and " " not in asset.form.thank_you.strip():
            yield Written(asset.form.thank_you, asset.form.place("thank_you"))


def url_questions(asset: AskedEmail | AskedPage, request: Request) -> Iterator[Finding]:
    """What is wrong with the URLs as such, and their own tracking parameters."""
    told: dict[tuple[str, str], list[Written]] = {}
    for written in urls_of(asset):
        if told_of := _fault(written, isinstance(asset, AskedEmail)) or _tracked(written, request):
            told.setdefault(told_of, []).append(written)
    for (code, says), same in told.items():
        urls = list(dict.fromkeys(each.url for each in same))
        more = f" The same is true of {listed(urls[1:], _MOST)}." if len(urls) > 1 else ""
        yield Finding(code, f"{quoted(urls[0])} {says}.{more}", request=same[0].where, actual=urls[0])


def link_clashes(asset: AskedEmail | AskedPage, request: Request) -> Iterator[Finding]:
    """Links that contradict each other: one text and two destinations, one destination and two plans."""
    by_text: dict[str, AskedLink] = {}
    by_url: dict[str, AskedLink] = {}
    for link in asset.links or ():
        first = by_text.setdefault(loose(link.text), link)
        if bare(first.url) != bare(link.url):
            message = f"{quoted(link.text)} is asked to lead to {link.url}, and on {_line(first)} to {first.url}."
            yield Finding("link-twice", message, request=link.place("url"), expected=first.url, actual=link.url)
        first = by_url.setdefault(bare(link.url), link)
        if (one := _plan(first.utm, request)) != (other := _plan(link.utm, request)):
            message = f"{link.url} is asked for with {_said(other)}, and on {_line(first)} with {_said(one)}."
            place = link.place("utm") or link.place()
            yield Finding("two-plans", message, request=place, expected=_said(one), actual=_said(other))
    wanted = {bare(link.url) for link in asset.links or ()}
    for image in asset.images or ():
        if wanted and image.url is not None and bare(image.url) not in wanted:
            message = (
                f"The picture {quoted(image.src or image.asset or image.alt or '')} leads to {image.url}; no link does."
            )
            yield Finding("picture-link-unasked", message, request=image.place("url"), actual=image.url)


def tracking_spelling(request: Request) -> Iterator[Finding]:
    """Tracking values that analytics would count apart, each once."""
    plans = [request.tracking.utm] if request.tracking else []
    plans += [link.utm for asset in (*request.emails, *request.pages) for link in asset.links or ()]
    seen: dict[tuple[str, str], Place | None] = {}
    for plan in plans:
        for name, value in plan.parameters().items():
            if _UNTIDY.search(TOKEN.sub("", value)):
                seen.setdefault((name, value), plan.place(name.removeprefix("utm_")))
    for (name, value), place in seen.items():
        tidy = "-".join(value.lower().split())
        message = f"{name} is {quoted(value)}; analytics keeps that apart from {quoted(tidy)}."
        yield Finding("utm-spelling", message, request=place, expected=tidy, actual=value)


def _fault(written: Written, in_email: bool) -> tuple[str, str] | None:
    """A code and what is said of the URL; the same words are one cause."""
    url = written.url.strip()
    masked = TOKEN.sub("x", url)
    fault = None if is_refused(url) else fault_of(Link(url, "", written.where or Place("")), in_email)
    if fault is not None and not fault.review:
        said = fault.one.removeprefix("leads to").replace(quoted(url), "").strip(" ,").removeprefix("which ")
        return _CODES[fault.code], _SAYS.get(fault.code) or said.replace(": the", "is not whole: the").strip(" ,")
    try:
        parsed = parse(masked)
    except MalformedUrl:
        return None
    if parsed.scheme in ("http", "https") and _is_staging(parsed.host):
        return "staging-url", f"is on {parsed.host}, a site for testing"
    return None


def _is_staging(host: str) -> bool:
    known = facts("triage")["staging"]
    labels = [re.split(r"[-\d]", label)[0] for label in host.split(".")[:-2]]
    return (
        any(label in known["labels"] for label in labels)
        or host.endswith(tuple(known["endings"]))
        or re.fullmatch(known["addresses"], host) is not None
    )


def _tracked(written: Written, request: Request) -> tuple[str, str] | None:
    try:
        parsed = parse(written.url)
    except MalformedUrl:
        return None
    if not parsed.tracking:
        return None
    plan = request.tracking.utm.parameters() if request.tracking else {}
    plan |= written.link.utm.parameters() if written.link else {}
    off = [
        f"{name}={value} ({plan[name]} in the plan)"
        for name, value in _values(parsed)
        if plan.get(name, value) != value
    ]
    if off:
        return "url-off-plan", f"carries {', '.join(off)}"
    return "url-tracked", f"already carries {', '.join(name for name, _ in parsed.tracking)}"


def _values(parsed: Url) -> Iterator[tuple[str, str]]:
    return ((name.lower(), unquote_plus(value)) for name, value in parsed.tracking)


def _plan(utm: Utm, request: Request) -> dict[str, str]:
    whole = (request.tracking.utm.parameters() if request.tracking else {}) | utm.parameters()
    return {name: value for name, value in whole.items() if name.removeprefix("utm_") in _PLAN}


def _said(plan: dict[str, str]) -> str:
    return ", ".join(f"{name}={value}" for name, value in plan.items()) or "no tracking"


def _line(link: AskedLink) -> str:
    place = link.place("url")
    return f"line {place.line}" if place and place.line else "another line"
