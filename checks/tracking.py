"""Do the links carry the tracking parameters that were asked for?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from qa.artefacts import AlignedLinks, Link, Links
from qa.check import check
from qa.finding import Code, Finding, Severity, Skip
from qa.link_names import begun, name_of
from qa.request import AskedAsset, AskedLink, Request, Tracking
from qa.source import Place
from qa.system_links import role_of
from qa.tracking_faults import unreadable
from qa.url import TOKEN, MalformedUrl, bare, is_web, matches, parse
from qa.wording import quoted

_UNTRACKED = ("unsubscribe", "preferences", "view-in-browser", "forward")  # the platform's own pages


@check(
    "tracking",
    Code("missing-tracking", Severity.ERROR, "A link lacks tracking parameters that were asked for.", "Add them."),
    Code("wrong-tracking", Severity.ERROR, "A tracking parameter has another value.", "Correct the value."),
    Code("malformed-tracking", Severity.ERROR, "Tracking parameters that no analytics can read.", "Write them anew."),
    Code("unwanted-tracking", Severity.WARNING, "A link that carries no tracking by request has some.", "Remove it."),
)
def tracking(request: Request, asked: AskedAsset, links: Links, aligned: AlignedLinks | None) -> Iterator[Finding]:
    """Every link that was asked for carries the tracking parameters of the request.

    Clicks without parameters cannot be told from other visits: the campaign's results are lost, and for good.

    Fails:
        campaign: {tracking: {utm: {source: news, campaign: spring}}}
        email: {links: [{text: Book, url: "https://acme.example/book"}]}
        build: <a href="https://acme.example/book?utm_source=news&amp;utm_campaign=winter">Book</a>

    Passes:
        campaign: {tracking: {utm: {source: news, campaign: spring}}}
        email: {links: [{text: Book, url: "https://acme.example/book"}]}
        build: <a href="https://acme.example/book?utm_source=news&amp;utm_campaign=spring">Book</a>
    """
    plan = request.tracking
    if plan is None and not any(link.utm.parameters() for link in asked.links or ()):
        asked.require("links")
        raise Skip("the request does not say")
    for wanted, built in aligned.pairs if aligned else _trackable(links):
        seen: set[tuple[str, bool]] = set()
        for link in built:
            if (link.href, link.outlook_only) not in seen and is_web(link.href):
                seen.add((link.href, link.outlook_only))
                yield from _compare(wanted, link, plan or Tracking())


def _trackable(links: Links) -> Iterator[tuple[AskedLink, tuple[Link, ...]]]:
    """All links of a build of which the request names none: tracking is asked of each."""
    web = (link for link in links.built if is_web(link.href) and not role_of(link.href, link.text))
    yield from ((AskedLink(text=link.text, url=bare(link.href)), (link,)) for link in web)


def _compare(asked: AskedLink, link: Link, plan: Tracking) -> Iterator[Finding]:
    link = replace(link, href=link.href.strip())  # spaces around an address are stripped by every client
    try:
        built, wanted_url = parse(link.href), parse(asked.url)
    except MalformedUrl:
        return  # link-syntax says so
    exempt = (
        any(matches(href, pattern) for pattern in plan.exempt for href in (link.href, asked.url))
        or role_of(link.href, "") in _UNTRACKED
    )
    name = f"{name_of(link)}{' in Outlook (VML)' if link.outlook_only else ''}"
    if exempt:
        if built.tracking:
            message = f"{begun(name)} carries tracking parameters; the request says that this address carries none."
            yield Finding("unwanted-tracking", message, link.where, plan.place("exempt"), actual=link.href)
        return
    wanted = {**plan.utm.parameters(), **dict(wanted_url.tracking), **asked.utm.parameters()}
    if not wanted:
        return
    if fault := unreadable(link.href, built):
        message = f"The tracking parameters of {name} cannot be read: {fault}."
        yield Finding("malformed-tracking", message, link.where, asked.place("url"), _query(wanted), link.href)
        return
    found = dict(built.tracking)
    other = next((key for key, value in wanted.items() if found.get(key) != value), "")
    own = other in asked.utm.parameters()
    place = asked.place("utm", other.removeprefix("utm_")) if own else plan.place("utm", other.removeprefix("utm_"))
    yield from _values(link, begun(name), place, wanted, found)


def _values(
    link: Link, name: str, place: Place | None, wanted: dict[str, str], found: dict[str, str]
) -> Iterator[Finding]:
    missing = {key: value for key, value in wanted.items() if key not in found}
    wrong = {key: value for key, value in wanted.items() if key in found and found[key] != value}
    unread = {key: value for key, value in wrong.items() if TOKEN.search(found[key])}
    if missing:
        lacks = ", ".join(f"{key}={value}" for key, value in missing.items())
        message = f"{name} lacks {lacks}."
        yield Finding("missing-tracking", message, link.where, place, _query(wanted), _query(found) or "none")
    if actual := {key: found[key] for key in wrong if key not in unread}:
        says = "; ".join(f"{key} is {quoted(value)}, not {quoted(wanted[key])}" for key, value in actual.items())
        yield Finding("wrong-tracking", f"{name}: {says}.", link.where, place, _query(wanted), _query(found))
    for key in unread:
        message = f"{name} takes {key} from the merge tag {found[key]}: see that it prints {quoted(wanted[key])}."
        yield Finding("wrong-tracking", message, link.where, place, wanted[key], found[key], review=True)


def _query(parameters: dict[str, str]) -> str:
    return "&".join(f"{name}={value}" for name, value in parameters.items())
