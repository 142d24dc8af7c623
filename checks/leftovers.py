"""Is anything left of the campaign this one was cloned from?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain

from qa.artefacts import AlignedLinks, Body, ImageTag, Link, Mention, Mentions, Parts, Today
from qa.artefacts.causes import of_link, of_mention, of_parameters, of_picture
from qa.check import check
from qa.finding import Cause, Code, Finding, Severity, Skip
from qa.links.naming import name_of
from qa.links.roles import role_of
from qa.links.url import MalformedUrl, matches, parse
from qa.match.contradictions import told_together
from qa.merge_tags.pattern import TOKEN
from qa.request import Request
from qa.source import Source
from qa.text.dates import NamedYear, flat, named_years
from qa.text.phrases import begun
from qa.text.wording import quoted

_TICKET = re.compile(r"([A-Za-z][A-Za-z0-9]{1,12})([-_ ])((?:\d{4}[-_])?\d{1,7})")


@check(
    "leftover-ids",
    Code(
        "leftover-id", Severity.ERROR, "The build carries the id of another campaign.", "Replace it by this campaign's."
    ),
)
def leftover_ids(request: Request, parts: Parts, body: Body | None, links: AlignedLinks | None) -> Iterator[Finding]:
    """No id of another campaign is left in the build.

    The ticket number sits in hidden fields, tracking and comments, where nobody reads it. With that of the campaign
    this one was cloned from, answers and orders are booked there.

    Fails:
        campaign: {id: MOPS-1423}
        build: <p>Quote MOPS-1399 when you call.</p>

    Passes:
        campaign: {id: MOPS-1423}
        build: <p>Quote MOPS-1423 when you call.</p>
    """
    ticket = _TICKET.fullmatch(request.id.strip())
    if ticket is None:
        raise Skip("the request's id has no pattern by which others are known")
    mine = re.compile(rf"(?<![\w-]){re.escape(ticket[1])}[-_ ]?\d(?:[\d_-]*\d)?(?![\w-])", re.IGNORECASE)
    for source in filter(None, (parts.html, parts.plain)):
        groups: dict[tuple[str, bool], list[tuple[int, Cause | None]]] = {}
        for hit in mine.finditer(source.text):
            if _is_another(hit[0], ticket) and not _is_named(hit[0], request):
                holder = _holder(hit.start(), source, body, links.unasked if links else ())
                groups.setdefault((hit[0].upper(), holder is not None), []).append((hit.start(), holder))
        for (written, _), found in sorted(groups.items(), key=lambda group: group[0][1]):
            times = f", {len(found)} times" if len(found) > 1 else ""
            message = f"The build carries {quoted(written)}{times}; this campaign is {quoted(request.id)}."
            place, about = source.place(found[0][0]), tuple(holder for _, holder in found if holder)
            yield Finding("leftover-id", message, place, request.place("id"), request.id, written, causes=about)


def _is_another(written: str, ticket: re.Match[str]) -> bool:
    """Whether an id of the same shape is another one: as long, give or take a digit."""
    mine, other = re.sub(r"\D", "", ticket[3]), re.sub(r"\D", "", written[len(ticket[1]) :])
    return mine != other and abs(len(mine) - len(other)) <= 1


def _holder(offset: int, source: Source, body: Body | None, unasked: Sequence[Link]) -> Cause | None:
    """The link or the picture in whose tag something stands."""
    if body is None or body.is_plain or source is not body.source:
        return None
    tags: list[Link | ImageTag] = [*body.links, *body.images]
    holder = max((tag for tag in tags if _start(tag) <= offset), key=_start, default=None)
    if holder is None or "<" in source.text[_start(holder) + 1 : offset]:
        return None
    if not isinstance(holder, Link):
        return of_picture(holder)
    tracking = source.text.rfind("utm_", _start(holder), offset)
    in_tracking = tracking >= 0 and not re.search(r"[&?#\"']", source.text[tracking:offset])
    return of_parameters(holder) if in_tracking and holder not in unasked else of_link(holder)


def _start(tag: Link | ImageTag) -> int:
    return tag.where.offset or 0


def _is_named(written: str, request: Request) -> bool:
    return written.casefold() in request.model_dump_json().casefold()


@check(
    "leftover-campaigns",
    Code(
        "leftover-campaign", Severity.WARNING, "A link is tracked as part of another campaign.", "Correct utm_campaign."
    ),
)
def leftover_campaigns(request: Request, body: Body, aligned: AlignedLinks | None) -> Iterator[Finding]:
    """No link is tracked as part of another campaign.

    A module copied from an older email brings its tracking along, and its clicks are counted there.

    Fails:
        build: >
          <a href="https://www.acme.example/a?utm_campaign=2026-q1-webinar">Book</a>
          <a href="https://www.acme.example/b?utm_campaign=2026-q1-webinar">Read on</a>
          <a href="https://www.acme.example/c?utm_campaign=2026-q1-webinar">The agenda</a>
          <a href="https://www.acme.example/d?utm_campaign=2026-q1-webinar">The speakers</a>
          <a href="https://www.acme.example/e?utm_campaign=2025-q4-review">The review</a>

    Passes:
        build: >
          <a href="https://www.acme.example/a?utm_campaign=2026-q1-webinar">Book</a>
          <a href="https://www.acme.example/b?utm_campaign=2026-q1-webinar">Read on</a>
    """
    carrying = [(link, value) for link in body.links if (value := _campaign(link, request))]
    if not carrying:
        raise Skip("no link says which campaign it belongs to")
    asked = (request.tracking.utm.campaign if request.tracking else None) or ""
    planned = "" if TOKEN.search(asked) else asked
    mine = planned or _prevailing([value for _, value in carrying])
    named = set(_named_campaigns(request))
    groups: dict[str, list[Link]] = {}
    for link, value in carrying:
        if mine and value.casefold() not in (mine.casefold(), *named):
            groups.setdefault(value, []).append(link)
    for value, links in groups.items():
        times = f" and {len(links) - 1} more" if len(links) > 1 else ""
        others = "the request says" if planned else "the other links say"
        message = f"{begun(name_of(links[0]))}{times} carries utm_campaign={value}; {others} {mine}."
        each = tuple(f"{link.text} {link.href}" for link in links)
        unasked = aligned.unasked if aligned else ()
        about = tuple(of_link(link) if link in unasked else of_parameters(link) for link in links)
        yield Finding(
            "leftover-campaign", message, links[0].where, expected=mine, actual=value, each=each, causes=about
        )


def _named_campaigns(request: Request) -> Iterator[str]:
    """The campaigns single links are to be tracked for by request, lower case."""
    for link in chain.from_iterable(asset.links or () for asset in (*request.emails, *request.pages)):
        found = re.search(r"[?&]utm_campaign=([^&#]+)", link.url)
        yield from (value.casefold() for value in (link.utm.campaign, found and found[1]) if value)


def _campaign(link: Link, request: Request) -> str:
    """The campaign a link is tracked for; "" where it says none, takes it from a merge tag, or is exempt."""
    if "utm_campaign=" not in link.href or role_of(link.href, ""):
        return ""
    try:
        value = dict(parse(link.href).tracking).get("utm_campaign", "")
    except MalformedUrl:
        return ""
    exempt = request.tracking.exempt if request.tracking else ()
    return "" if TOKEN.search(value) or any(matches(link.href, pattern) for pattern in exempt) else value


def _prevailing(values: Sequence[str]) -> str:
    """The campaign of nearly all links; "" where none prevails, as in a newsletter of many partners."""
    value, times = Counter(values).most_common(1)[0]
    return value if times >= 4 and times >= 0.8 * len(values) else ""


@check(
    "leftover-years",
    Code(
        "leftover-year",
        Severity.WARNING,
        "Something is named with this year, and with an earlier one.",
        "Correct the year.",
    ),
)
def leftover_years(request: Request, mentions: Mentions, today: Today) -> Iterator[Finding]:
    """What is named with its year has the same year everywhere.

    "Summit 2026" in the headline and "Summit 2025" in an alternative text: one of the two was cloned and overlooked.

    Fails:
        campaign: {name: Spring Summit 2026, send: {at: "2026-03-10T09:00"}}
        build: <h1>Spring Summit 2026</h1><img src="hero.png" alt="Spring Summit 2025">

    Passes:
        campaign: {name: Spring Summit 2026, send: {at: "2026-03-10T09:00"}}
        build: <h1>Spring Summit 2026</h1><p>In 2025 we met in Rome.</p>
    """
    named = [(mention, mention.fact) for mention in mentions.found if isinstance(mention.fact, NamedYear)]
    if not named:
        raise Skip("nothing in the build is named with a year")
    sent = mentions.sent or today.date
    known = [fact for _, _, fact in named_years(flat(request.name))] + [fact for _, fact in named]
    current = {fact.name.casefold() for fact in known if fact.year == sent.year}
    old = [
        mention
        for mention, fact in named
        if fact.year < sent.year and fact.name.casefold() in current and mention.standing != "asked"
    ]
    for group in told_together(mention for mention in old if not _is_told_with_this_year(mention, sent.year)):
        first = group[0]
        again = f", {len(group)} times" if len(group) > 1 else ""
        right = f"{first.written[:-4]}{sent.year}"
        message = f"The build says {quoted(first.written)}{again}, and elsewhere {quoted(right)}."
        about = tuple(map(of_mention, group))
        yield Finding("leftover-year", message, first.where, None, right, first.written, causes=about)


def _is_told_with_this_year(mention: Mention, year: int) -> bool:
    """A look back in one breath: «after Summit 2025, Summit 2026 will be larger»."""
    return str(year) in mention.around
