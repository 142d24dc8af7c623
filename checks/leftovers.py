"""Campaigns and years left of the email this one was cloned from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain

from qa.artefacts import AlignedLinks, Body, Link, Mention, Mentions, Today
from qa.artefacts.causes import of_link, of_mention, of_parameters
from qa.check import check
from qa.finding import Code, Finding, Severity, Skip
from qa.links.naming import name_of
from qa.links.roles import role_of
from qa.links.url import MalformedUrl, matches, parse
from qa.match.contradictions import told_together
from qa.merge_tags.pattern import TOKEN
from qa.request import Request
from qa.text.moments.dates import NamedYear, flat, named_years
from qa.text.phrases import begun
from qa.text.unseen import unseen_difference
from qa.text.wording import quoted


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
        # The name of the campaign with something in it that nobody sees is a slip, and no other campaign's.
        if mine and value.casefold() not in (mine.casefold(), *named) and not unseen_difference(mine, value):
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
        if fact.year < sent.year and fact.name.casefold() in current and mention.status != "asked"
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
