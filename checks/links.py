"""Links of the request: where they lead, and whether they are there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from qa.artefacts import AlignedLinks, Body, Link, Tokens
from qa.artefacts.causes import of_asked_link, of_link
from qa.check import check
from qa.finding import Cause, Code, Finding, Severity, Skip
from qa.links.naming import by_way, in_outlook, name_of
from qa.links.url import bare, same_destination, untracked
from qa.match.asked_links import wrong_part
from qa.match.filled import fills
from qa.match.included_blocks import link_elsewhere, may_be_in
from qa.match.labels import label_likeness
from qa.match.late_pages import look
from qa.match.unread import judged, readable
from qa.merge_tags.pattern import TOKEN
from qa.merge_tags.tagless import is_filled_in
from qa.request import AskedAsset, AskedLink, Request
from qa.text.phrases import begun
from qa.text.unseen import unseen_difference
from qa.text.wording import quoted


@check(
    "link-destination",
    Code(
        "wrong-destination",
        Severity.ERROR,
        "A link leads elsewhere than the request says.",
        "Correct the link in the platform and export the build again.",
    ),
)
def link_destination(request: Request, links: AlignedLinks, tokens: Tokens) -> Iterator[Finding]:
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
    if links.missing and not links.pairs:
        raise Skip("none of the links that were asked for is in the build")
    yield from judged(_elsewhere(request, links, tokens), (link for _, built in links.pairs for link in built))


def _elsewhere(request: Request, links: AlignedLinks, tokens: Tokens) -> Iterator[Finding]:
    for asked, built in links.pairs:
        wrong = [link for link in readable(built) if not same_destination(asked.url, link.href)]
        if tokens.rendered:
            wrong = [link for link in wrong if not link.href.strip() or not fills(asked.url, link.href)]
        for same in _alike(wrong):
            more = f" ({len(same)} times)" if len(same) > 1 else ""
            target = untracked(same[0].href)  # tracking parameters are not what is wrong
            leads = f"leads to {target}" if target else "leads nowhere (its address is empty)"
            how = by_way(same[0]) + in_outlook(same[0])
            message = f"{begun(name_of(same[0]))} {leads}{how}{more}; the request says {asked.url}."
            later = is_filled_in(target) and not TOKEN.search(asked.url)
            message += " The platform fills it in: look at a test send." if later else ""
            if unseen := unseen_difference(bare(asked.url), bare(target)):
                message = f"{message[:-1]}, which looks alike and differs by {unseen}."
            causes = tuple(wrong_part(link, asked, request) for link in same)
            where = same[0].where
            place = asked.place("url")
            yield Finding("wrong-destination", message, where, place, asked.url, target, review=later, causes=causes)


@check(
    "link-presence",
    Code("missing-link", Severity.ERROR, "A link that was asked for is not in the build.", "Add the link."),
    Code("wrong-label", Severity.ERROR, "The link is there under other words.", "Use the wording of the request."),
    Code("too-few-links", Severity.ERROR, "The link appears less often than asked for.", "Add it where it is missing."),
    Code("too-many-links", Severity.WARNING, "The link appears more often than asked for.", "Remove the surplus."),
)
def link_presence(asked: AskedAsset, links: AlignedLinks, body: Body, tokens: Tokens) -> Iterator[Finding]:
    """Every link that was asked for is in the build, under its own words, as often as asked.

    A call to action that got lost is noticed by nobody who looks at the proof alone: what is not there is not seen.

    Fails:
        email: {links: [{text: Save my seat, url: "https://acme.example/webinar"}]}
        build: <a href="https://acme.example/privacy">Privacy policy</a>

    Passes:
        email: {links: [{text: Save my seat, url: "https://acme.example/webinar"}]}
        build: <a href="https://acme.example/webinar">Save my seat</a>
    """
    for ask in links.missing:
        later = look(asked, body) or may_be_in(link_elsewhere(ask, asked, body))
        message = f"The request asks for a link {quoted(ask.text)} to {ask.url}; the build has none.{later}"
        says, place, about = f"{ask.text} → {ask.url}", ask.place("text"), (of_asked_link(ask),)
        yield Finding("missing-link", message, None, place, says, review=bool(later), causes=about)
    for ask, built in links.pairs:
        named = [link for link in built if label_likeness(ask.text, link.text) == 1]
        named += [link for link in built if tokens.rendered and fills(ask.text, link.text, tokens.platform)]
        if named:
            yield from _counted(ask, named, [link for link in built if link not in named])
        else:
            nearest = max(built, key=lambda link: label_likeness(ask.text, link.text))
            message = f"The link to {ask.url} is called {name_of(nearest)}; the request says {quoted(ask.text)}."
            where, causes = nearest.where, tuple(map(of_link, _seen(built) or built))
            yield Finding("wrong-label", message, where, ask.place("text"), ask.text, nearest.text, causes=causes)


def _counted(asked: AskedLink, named: Sequence[Link], others: Sequence[Link]) -> Iterator[Finding]:
    """How often a link is there under its own words; ``others`` answer it under other words."""
    often, wanted = len(_seen(named)), asked.times or 1
    if often < wanted or (asked.times is not None and often > wanted):
        code = "too-few-links" if often < wanted else "too-many-links"
        message = f"{quoted(asked.text)} appears {_times(often, named)}; the request asks for {_times(wanted)}."
        causes = _lost(asked, wanted - often, _seen(others)) if often < wanted else map(of_link, _seen(named)[wanted:])
        where, place = named[0].where, asked.place("times")
        yield Finding(code, message, where, place, str(wanted), str(often), causes=tuple(causes))


def _lost(asked: AskedLink, lacking: int, others: Sequence[Link]) -> Iterator[Cause]:
    """The links that should bear the label and do not; where they are too few, one is not in the build at all."""
    yield from map(of_link, others)
    if len(others) < lacking:
        yield of_asked_link(asked)


def _seen(links: Iterable[Link]) -> list[Link]:
    """Those that readers see: a button's VML twin is the same button."""
    return [link for link in links if not (link.outlook_only or link.hidden)]


def _times(number: int, links: Iterable[Link] = ()) -> str:
    unseen = "only in Outlook on Windows" if any(link.outlook_only for link in links) else "nowhere a reader sees it"
    return {0: unseen, 1: "once", 2: "twice"}.get(number, f"{number} times")


def _alike(links: Iterable[Link]) -> list[list[Link]]:
    """Links of the same words and the same address together, in the order of their first."""
    groups: dict[tuple[str, str, bool], list[Link]] = {}
    for link in links:
        groups.setdefault((link.href, link.text, link.outlook_only), []).append(link)
    return list(groups.values())
