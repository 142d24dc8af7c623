"""The time of an event, and its zone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from qa.artefacts import Mention, Mentions
from qa.artefacts.causes import of_mention
from qa.check import check
from qa.facts import facts
from qa.finding import Code, Finding, Severity, Skip
from qa.match.contradictions import contradictions, grouped, in_place_of, told_together
from qa.request import AskedAsset, Request
from qa.request.offer import Fact, facts_of
from qa.source import Place
from qa.text.dates import Day, names_relative_day
from qa.text.times import TimeOfDay, names_zone
from qa.text.wording import quoted


@check(
    "event-time",
    Code("wrong-time", Severity.ERROR, "A time is not the one the request gives.", "Correct it, or the request."),
    Code(
        "missing-zone", Severity.WARNING, "A time is given without its time zone.", "Add the zone: 14:00 BST, 3 pm CET."
    ),
)
def event_time(request: Request, asked: AskedAsset, mentions: Mentions) -> Iterator[Finding]:
    """The time of the event is the one that was asked for, and says in which zone it is.

    Half of a list in two countries is an hour early or late. "2 pm" is correct for nobody but the person who wrote it.

    Fails:
        campaign: {legal: {regions: [uk, de]}}
        build: <p>Join us on 24 March at 14:00.</p>

    Passes:
        campaign: {legal: {regions: [uk, de]}}
        build: <p>Join us on 24 March at 14:00 GMT.</p>
    """
    given = [mention for mention in mentions.found if mention.kind == "time"]
    if not given:
        raise Skip("the build names no time")
    wanted = [fact for fact in facts_of(request, mentions.language) if fact.kind == "time"]
    for fact in wanted[:1]:
        for group in told_together(_wrong(fact, wanted, asked, mentions)):
            first, about = group[0], tuple(map(of_mention, group))
            message = f"The build says {quoted(first.written)}; the request says {quoted(fact.written)} ({fact.key})."
            yield Finding("wrong-time", message, first.where, fact.where, fact.written, first.written, causes=about)
    dated = _dated(mentions)
    events = [mention for mention in given if _is_of_an_event(mention, dated)]
    events.sort(key=lambda mention: mention.status == "changed")
    if events and not names_zone(mentions.words) and (regions := _several(request, mentions.sent)):
        first = events[0]
        message = f"{quoted(first.written)} is given without a time zone; the campaign goes to {regions}."
        place, about = request.place("legal"), (of_mention(first),)
        yield Finding("missing-zone", message, first.where, place, None, first.written, causes=about)


def _wrong(fact: Fact, wanted: Sequence[Fact], asked: AskedAsset, mentions: Mentions) -> Iterator[Mention]:
    others = [
        mention
        for mention in mentions.found
        if mention.kind == "time"
        and mention.status != "asked"
        and not _clock(mention).ends
        and not any(_same_moment(_clock(mention), each.fact) for each in wanted)
    ]
    changed = [mention for mention in others if mention.status == "changed"]
    yield from _chosen(fact, [mention for mention in others if mention not in changed], asked, mentions)
    chosen = list(_chosen(fact, others, asked, mentions)) if changed else []
    yield from (each for each in changed if each in chosen or in_place_of(each, fact, mentions.language))


def _chosen(fact: Fact, others: Sequence[Mention], asked: AskedAsset, mentions: Mentions) -> Iterator[Mention]:
    if any(fact.is_in(mention) for mention in mentions.found):
        for here, there in contradictions(mentions, "time"):
            yield from (m for m in (*here, *there) if m in others and (fact.is_in(here[0]) or fact.is_in(there[0])))
    elif asked.wording is None and len(grouped(others)) == 1:
        yield from others


def _clock(mention: Mention) -> TimeOfDay:
    assert isinstance(mention.fact, TimeOfDay)
    return mention.fact


def _same_moment(one: TimeOfDay, other: TimeOfDay) -> bool:
    """Whether two times are the same, each in its zone; a zone nobody can place makes it possible."""
    if one.same(other):
        return True
    if not one.zone or not other.zone:
        return False
    offsets = facts("dates")["zones"]
    mine, yours = offsets.get(one.zone), offsets.get(other.zone)
    if not isinstance(mine, int | float) or not isinstance(yours, int | float):
        return True
    return (one.hour - mine - other.hour + yours) % 24 == 0 and one.minute == other.minute


def _dated(mentions: Mentions) -> frozenset[Place]:
    """The passages that name a day."""
    return frozenset(mention.where for mention in mentions.found if isinstance(mention.fact, Day))


def _is_of_an_event(mention: Mention, dated: frozenset[Place]) -> bool:
    """Whether a time stands beside a day, or in an inbox line: opening hours and timestamps do not."""
    return mention.inside in ("subject", "preheader") or mention.where in dated or names_relative_day(mention.around)


def _several(request: Request, sent: date | None) -> str:
    """The regions of the request, where their clocks differ; "" where they agree or none is known."""
    table: dict[str, list[str]] = facts("dates")["regions"]
    zones = {zone for region in request.legal.regions for zone in table.get(region.lower(), ())}
    noon = datetime.combine(sent or date(2026, 1, 15), time(12))
    offsets = {noon.replace(tzinfo=ZoneInfo(zone)).utcoffset() for zone in zones}
    return ", ".join(request.legal.regions) if len(offsets) > 1 else ""
