"""Do the links of a build lead where the request says, and are they links at all?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from qa import causes
from qa.align import label_likeness
from qa.artefacts import AlignedImages, AlignedLinks, Link, Links
from qa.check import check
from qa.finding import Code, Finding, Severity, Skip
from qa.hosts import host_of, owner_of
from qa.imagery import surrounds
from qa.link_faults import LinkFault, fault_of, is_root
from qa.link_names import begun, name_of
from qa.request import AskedAsset, AskedLink, AskedPage, Request
from qa.said_once import is_dead, is_shortened
from qa.system_links import role_of
from qa.tracking_faults import unreadable
from qa.url import MalformedUrl, bare, is_web, parse, same_destination
from qa.wording import loose, quoted

_MOST_LABELS = 8  # that one message lists


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
def link_destination(request: Request, asked_for: AskedAsset, links: AlignedLinks) -> Iterator[Finding]:
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
    in_email = not isinstance(asked_for, AskedPage)
    for asked, built in links.pairs:
        wrong = [link for link in built if not same_destination(asked.url, link.href) and not is_dead(link, in_email)]
        wrong = [link for link in wrong if not _unreadable(link, asked, request)]
        for link, others in _grouped(wrong):
            more = f" ({others + 1} times)" if others else ""
            target = bare(link.href)  # without the tracking parameters, which are not what is wrong
            message = f"{begun(name_of(link))} leads to {target}{_twin(link)}{more}; the request says {asked.url}."
            yield Finding("wrong-destination", message, link.where, asked.place("url"), asked.url, target)


def _unreadable(link: Link, asked: AskedLink, request: Request) -> bool:
    """Whether only the tracking parameters are torn, so that the rest cannot be read either: `tracking` says so."""
    planned = asked.utm.parameters() or (request.tracking and request.tracking.utm.parameters())
    try:
        built, wanted = parse(link.href), parse(asked.url)
    except MalformedUrl:
        return False
    return bool(planned) and built.host == wanted.host and bool(unreadable(link.href, built))


@check(
    "link-presence",
    Code("missing-link", Severity.ERROR, "A link that was asked for is not in the build.", "Add the link."),
    Code("wrong-label", Severity.ERROR, "The link is there under other words.", "Use the wording of the request."),
    Code("too-few-links", Severity.ERROR, "The link appears less often than asked for.", "Add it where it is missing."),
    Code("too-many-links", Severity.WARNING, "The link appears more often than asked for.", "Remove the surplus."),
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
        says, about = f"{asked.text} → {asked.url}", (causes.of_asked_link(asked),)
        yield Finding("missing-link", message, request=asked.place("text"), expected=says, causes=about)
    for asked, built in links.pairs:
        named = [link for link in built if label_likeness(asked.text, link.text) == 1]
        if named:
            yield from _counted(asked, named)
        else:
            nearest = max(built, key=lambda link: label_likeness(asked.text, link.text))
            message = f"The link to {asked.url} is called {name_of(nearest)}; the request says {quoted(asked.text)}."
            yield Finding("wrong-label", message, nearest.where, asked.place("text"), asked.text, nearest.text)


def _counted(asked: AskedLink, named: list[Link]) -> Iterator[Finding]:
    often, wanted = _shown(named), asked.times or 1
    if often < wanted or (asked.times is not None and often > wanted):
        code = "too-few-links" if often < wanted else "too-many-links"
        message = f"{quoted(asked.text)} appears {_times(often, named)}; the request asks for {_times(wanted)}."
        about = (causes.of_asked_link(asked),)
        yield Finding(code, message, named[0].where, asked.place("times"), str(wanted), str(often), causes=about)


def _shown(links: Iterable[Link]) -> int:
    """How often readers see it: a button's VML twin is the same button."""
    return sum(not link.outlook_only and not link.hidden for link in links)


def _times(number: int, links: Iterable[Link] = ()) -> str:
    unseen = "only in Outlook on Windows" if any(link.outlook_only for link in links) else "nowhere a reader sees it"
    return {0: unseen, 1: "once", 2: "twice"}.get(number, f"{number} times")


@check(
    "unasked-links",
    Code(
        "unasked-link",
        Severity.WARNING,
        "The build links to something the request does not name.",
        "Remove the link, or add it to the request if it is meant to be there.",
    ),
)
def unasked_links(links: AlignedLinks, images: AlignedImages | None) -> Iterator[Finding]:
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
    leftover = [link for link in links.unasked if is_web(link.href) and not (link.hidden or is_dead(link, True))]
    leftover = [link for link in leftover if not (role_of(link.href, link.text) or _around_asked(link, images))]
    for link, others in _grouped(leftover):
        more = f" ({others + 1} times)" if others else ""
        message = f"{begun(name_of(link))} leads to {link.href}{more}; the request names no such link."
        yield Finding("unasked-link", message, link.where, actual=link.href)


def _around_asked(link: Link, images: AlignedImages | None) -> bool:
    """Whether the request says where the picture in a link leads: `image-link` compares it."""
    return any(asked.url and surrounds(link, built.tag) for asked, built in (images.pairs if images else ()))


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
    entrances = _entrances(links)
    causes: dict[tuple[str, str], list[tuple[LinkFault, Link]]] = {}
    for link in links.built:
        fault = fault_of(link, in_email) if link.has_href else None
        if link.href in entrances:
            fault = _entrance(link.href)
        if fault and not _settled(asked, link, fault):
            causes.setdefault((fault.code, fault.many), []).append((fault, link))
    for same in causes.values():
        fault = same[0][0]
        together = [link for _, link in same]
        first = next((link for link in together if not (link.hidden or link.outlook_only)), together[0])
        each = tuple(f"{link.text} {link.href}" for link in together)
        message = _told(fault, together)
        yield Finding(fault.code, message, first.where, actual=first.href, review=fault.review, each=each)


def _entrance(href: str) -> LinkFault:
    host = host_of(href).removeprefix("www.")
    says = f"to the entrance of {host}, and to nobody's page there"
    return LinkFault("placeholder-link", f"leads {says}", f"lead {says}")


def _entrances(links: Links) -> frozenset[str]:
    """Bare entrances of networks, but for one that writes itself: the build leads to further pages of it as well."""
    addresses = {link.href for link in links.built}
    roots = frozenset(filter(is_root, addresses))
    at_home = {owner_of(host_of(href)) for href in addresses - roots} if roots else frozenset()
    return frozenset(href for href in roots if owner_of(host_of(href)) not in at_home)


def _settled(asked: AskedAsset, link: Link, fault: LinkFault) -> bool:
    """Whether nothing is left to say: what the request names is no placeholder, and a shortener goes as a whole."""
    if fault.code == "placeholder-link":
        return is_web(link.href) and any(same_destination(ask.url, link.href) for ask in asked.links or ())
    return fault.code == "insecure-link" and is_shortened(asked, link)


def _told(fault: LinkFault, links: Sequence[Link]) -> str:
    """One sentence about all links that are wrong for the same reason; a VML twin is the button it stands for."""
    names = _named(links, 80)
    also = ", in Outlook on Windows (VML) too" if names.total() < len(links) else ""
    if len(names) == 1 and len({link.href for link in links}) == 1:
        (name,) = _listed(names)
        return f"{begun(name)} {fault.one}{also}."
    listed = _listed(_named(links, 40))
    more = f" and {len(listed) - _MOST_LABELS} more" if len(listed) > _MOST_LABELS else ""
    return f"{names.total()} links {fault.many}{also}: {', '.join(listed[:_MOST_LABELS])}{more}."


def _named(links: Sequence[Link], most: int) -> Counter[str]:
    """What the links are called, and how many are called so; a VML twin counts where it stands alone."""
    names = Counter(name_of(link, most) for link in links if not link.outlook_only)
    shown = {loose(name) for name in names}
    alone = [link for link in links if link.outlook_only and loose(name_of(link, most)) not in shown]
    return names + Counter(f"{name_of(link, most)}{_twin(link)}" for link in alone)


def _listed(names: Counter[str]) -> list[str]:
    return [f"{name} ({number} times)" if number > 1 else name for name, number in names.items()]
