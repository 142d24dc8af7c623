"""Do the links of a build lead where the request says, and are they links at all?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from qa.align import SAME_TEXT, label_likeness
from qa.artefacts import AlignedLinks, Link, Links
from qa.check import check
from qa.finding import Code, Finding, Severity, Skip
from qa.request import AskedAsset, AskedPage
from qa.system_links import role_of
from qa.url import TOKEN, MalformedUrl, bare, is_web, parse, same_destination
from qa.wording import quoted

_WEB_ADDRESS = re.compile(r"[\w-]++(\.[\w-]++)*\.(?!(?:html?|php|aspx?|pdf|png|jpe?g|gif)\b)[a-z]{2,}([/?#:]|$)", re.I)
_SCHEMES = ("http", "https", "mailto", "tel", "sms", "webcal", "whatsapp", "facetime", "geo", "cid")


def _label(link: Link) -> str:
    """How a message names a link: by its text, or by what it is where it has none."""
    if link.text.strip():
        return quoted(link.text)
    return "the linked picture" if link.pictures else "a link without text"


def _dead(link: Link) -> bool:
    """Whether `link-syntax` refuses the link already: one mistake is said once."""
    fault = _fault(link, in_email=True)
    return fault is not None and fault[0] in ("empty-link", "malformed-link", "placeholder-link")


def _twin(link: Link) -> str:
    """What tells a button only Outlook shows from the link everybody else sees."""
    return " in Outlook on Windows (VML)" if link.outlook_only else ""


@check(
    "link-destination",
    Code(
        "wrong-destination",
        Severity.ERROR,
        "A link leads elsewhere than the request says.",
        "Correct the link in the platform and export the build again.",
    ),
)
def link_destination(links: AlignedLinks) -> Iterator[Finding]:
    """Every call to action leads where the request says.

    A wrong destination is the costliest slip in a send: it cannot be corrected once the email has left, and no click
    test notices a page that exists. Tracking parameters are compared by `tracking`, not here.

    Fails:
        email: {links: [{text: Save my seat, url: "https://acme.example/webinar"}]}
        build: <a href="https://acme.example/webinr">Save my seat</a>

    Passes:
        email: {links: [{text: Save my seat, url: "https://acme.example/webinar"}]}
        build: <a href="https://acme.example/webinar?utm_source=news">Save my seat</a>
    """
    for asked, built in links.pairs:
        wrong = [link for link in built if not same_destination(asked.url, link.href) and not _dead(link)]
        for link, others in _grouped(wrong):
            more = f" ({others + 1} times)" if others else ""
            target = bare(link.href)  # without the tracking parameters, which are not what is wrong
            message = f"{_label(link)} leads to {target}{_twin(link)}{more}; the request says {asked.url}."
            yield Finding("wrong-destination", message, link.where, asked.place("url"), asked.url, target)


@check(
    "link-presence",
    Code("missing-link", Severity.ERROR, "A link that was asked for is not in the build.", "Add the link."),
    Code("wrong-label", Severity.ERROR, "The link is there under other words.", "Use the wording of the request."),
    Code("too-few-links", Severity.ERROR, "The link appears less often than asked for.", "Add it where it is missing."),
)
def link_presence(links: AlignedLinks) -> Iterator[Finding]:
    """Every link that was asked for is in the build, under its own words, as often as asked.

    A call to action that got lost is noticed by nobody who looks at the proof alone: what is not there is not seen.

    Fails:
        email: {links: [{text: Save my seat, url: "https://acme.example/webinar"}]}
        build: <a href="https://acme.example/privacy">Privacy policy</a>

    Passes:
        email: {links: [{text: Save my seat, url: "https://acme.example/webinar"}]}
        build: <a href="https://acme.example/webinar">Save my seat</a>
    """
    for asked in links.missing:
        message = f"The request asks for a link {quoted(asked.text)} to {asked.url}; the build has none."
        yield Finding("missing-link", message, request=asked.place("text"), expected=f"{asked.text} → {asked.url}")
    for asked, built in links.pairs:
        named = [link for link in built if label_likeness(asked.text, link.text) >= SAME_TEXT]
        if not named:
            message = f"The link to {asked.url} is called {_label(built[0])}; the request says {quoted(asked.text)}."
            place = asked.place("text")
            yield Finding("wrong-label", message, built[0].where, place, asked.text, built[0].text)
        elif (often := _shown(named)) < (asked.times or 1):
            message = f"{quoted(asked.text)} appears {_times(often)}; the request asks for {_times(asked.times or 1)}."
            place = asked.place("times")
            yield Finding("too-few-links", message, named[0].where, place, str(asked.times or 1), str(often))


def _shown(links: Iterable[Link]) -> int:
    """How often readers see it: a button's VML twin is the same button."""
    return sum(not link.outlook_only and not link.hidden for link in links)


def _times(number: int) -> str:
    return {0: "nowhere but in Outlook", 1: "once", 2: "twice"}.get(number, f"{number} times")


@check(
    "unasked-links",
    Code(
        "unasked-link",
        Severity.WARNING,
        "The build links to something the request does not name.",
        "Remove the link, or add it to the request if it is meant to be there.",
    ),
)
def unasked_links(links: AlignedLinks) -> Iterator[Finding]:
    """The build holds no link that nobody asked for.

    Links left over from the campaign this one was cloned from still work, so no click test finds them. Unsubscribe,
    preference centre, view in browser, mail and phone links need not be in a request.

    Fails:
        email: {links: [{text: Book, url: "https://acme.example/book"}]}
        build: <a href="https://acme.example/book">Book</a> <a href="https://acme.example/winter">Winter sale</a>

    Passes:
        email: {links: [{text: Book, url: "https://acme.example/book"}]}
        build: <a href="https://acme.example/book">Book</a> <a href="{{system.unsubscribeLink}}">Unsubscribe</a>
    """
    leftover = [link for link in links.unasked if is_web(link.href) and not role_of(link.href, link.text)]
    for link, others in _grouped(leftover):
        more = f" ({others + 1} times)" if others else ""
        message = f"{_label(link)} leads to {link.href}{more}; the request names no such link."
        yield Finding("unasked-link", message, link.where, actual=link.href)


def _grouped(links: Iterable[Link]) -> Iterator[tuple[Link, int]]:
    """Each different link once, with how many more there are of it."""
    counts = Counter((link.href, link.text, link.outlook_only) for link in links)
    seen: set[tuple[str, str, bool]] = set()
    for link in links:
        key = (link.href, link.text, link.outlook_only)
        if key not in seen:
            seen.add(key)
            yield link, counts[key] - 1


@check(
    "link-syntax",
    Code("empty-link", Severity.ERROR, "A link leads nowhere: it has no destination.", "Set its destination."),
    Code("placeholder-link", Severity.ERROR, "A link still has a placeholder.", "Set its destination."),
    Code("malformed-link", Severity.ERROR, "A link no browser can follow.", "Correct the address."),
    Code("insecure-link", Severity.WARNING, "A link is not https.", "Use https."),
    Code("relative-link", Severity.ERROR, "A link in an email has no site.", "Write the whole address, with https://."),
)
def link_syntax(asked: AskedAsset, links: Links) -> Iterator[Finding]:
    """Every link can be followed.

    An empty or half-written link looks right in the proof and is dead in the inbox, where no site stands behind it.

    Fails:
        email: {}
        build: <a href="https//acme.example/webinar">Save my seat</a>

    Passes:
        email: {}
        build: <a href="https://acme.example/webinar">Save my seat</a>
    """
    if not links.built:
        raise Skip("the build has no link")
    in_email = not isinstance(asked, AskedPage)
    for link, others in _grouped(links.built):
        if link.has_href and (fault := _fault(link, in_email)):
            code, message = fault
            more = f" ({others + 1} times)" if others else ""
            yield Finding(code, f"{message}{_twin(link)}{more}.", link.where, actual=link.href)


def _fault(link: Link, in_email: bool) -> tuple[str, str] | None:
    """What is wrong with a link as such, by code and message."""
    href, label = link.href.strip(), _label(link)
    label = label[0].upper() + label[1:]
    masked = TOKEN.sub("token", href)
    if not href:
        return "empty-link", f"{label} has no destination"
    if masked != href and masked.startswith("token"):
        return None  # the platform writes the whole address
    if (masked == "#" and in_email) or masked.lower().startswith("javascript:") or masked.lower() in _PLACEHOLDERS:
        return "placeholder-link", f"{label} leads to the placeholder {quoted(href)}"
    if masked.startswith("#"):
        return None
    return _address_fault(href, masked, label, in_email)


_PLACEHOLDERS = ("http://", "https://", "url", "link", "http://#", "https://#", "todo", "tbd", "xxx")


def _address_fault(href: str, masked: str, label: str, in_email: bool) -> tuple[str, str] | None:
    scheme = masked.partition(":")[0].lower() if ":" in masked.partition("/")[0] else ""
    if re.match(r"h?t?tps?:?/+", masked, re.IGNORECASE) and not re.match(r"https?://[^/\s]", masked, re.IGNORECASE):
        return "malformed-link", f"{label} leads to {quoted(href)}, which is no address"
    if not scheme or (scheme not in _SCHEMES and "." in scheme):
        if _WEB_ADDRESS.match(masked) and not masked.startswith("/"):
            return "malformed-link", f"{label} leads to {quoted(href)}: the https:// is missing"
        return ("relative-link", f"{label} leads to {quoted(href)}, which names no site") if in_email else None
    if re.search(r"\s", masked) and scheme in ("http", "https"):
        return "malformed-link", f"{label} leads to {quoted(href)}, which has a space in it"
    try:
        parse(href)
    except MalformedUrl as error:
        return "malformed-link", f"{label} leads to {quoted(href)}, which is no address ({error})"
    if scheme == "http":
        return "insecure-link", f"{label} leads to {href}, which is not https"
    return None
