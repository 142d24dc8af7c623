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
from qa.match.contradictions import contradictions, grouped, in_place_of, told_together, with_zone
from qa.request import AskedAsset, Request
from qa.request.offer import Fact, facts_of
from qa.source import Place
from qa.text.moments.dates import Day, names_relative_day
from qa.text.moments.times import TimeOfDay, names_zone
from qa.text.moments.zones import same_moment
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
    regions = _several(request, mentions.sent)
    if not wanted and not regions:
        raise Skip("the request gives no time, and the clocks of its regions agree")
    for fact in wanted[:1]:
        yield from _wrong_times(fact, wanted, asked, mentions)
    yield from _without_zone(request, mentions, given, regions)


def _wrong_times(fact: Fact, wanted: Sequence[Fact], asked: AskedAsset, mentions: Mentions) -> Iterator[Finding]:
    wrong = list(_wrong(fact, wanted, asked, mentions))
    approved = [] if wrong else _approved_instead(fact, wanted, mentions)
    also = " and has these words as well: it contradicts itself" if approved else ""
    for group in told_together(wrong or approved):
        first, about = group[0], tuple(dict.fromkeys(map(of_mention, group)))
        said, asked_for = with_zone(first), with_zone(fact)
        message = f"The build says {quoted(said)}; the request says {quoted(asked_for)} ({fact.key}){also}."
        yield Finding("wrong-time", message, first.where, fact.where, fact.written, first.written, causes=about)


def _without_zone(request: Request, mentions: Mentions, given: Sequence[Mention], regions: str) -> Iterator[Finding]:
    dated = _dated(mentions)
    events = [mention for mention in given if _is_of_an_event(mention, dated)]
    events.sort(key=lambda mention: mention.status == "changed")
    if events and not names_zone(mentions.words) and regions:
        first = events[0]
        message = f"{quoted(first.written)} is given without a time zone; the campaign goes to {regions}."
        place, about = request.place("legal"), (of_mention(first),)
        yield Finding("missing-zone", message, first.where, place, None, first.written, causes=about)


def _wrong(fact: Fact, wanted: Sequence[Fact], asked: AskedAsset, mentions: Mentions) -> Iterator[Mention]:
    others = [mention for mention in _others(wanted, mentions) if mention.status != "asked"]
    changed = [mention for mention in others if mention.status == "changed"]
    yield from _chosen(fact, [mention for mention in others if mention.status != "changed"], asked, mentions)
    chosen = frozenset(_chosen(fact, others, asked, mentions)) if changed else ()
    yield from (each for each in changed if each in chosen or in_place_of(each, fact, mentions.language))


def _others(wanted: Sequence[Fact], mentions: Mentions) -> list[Mention]:
    return [
        mention
        for mention in mentions.found
        if mention.kind == "time" and not _clock(mention).ends and not any(each.may_be(mention) for each in wanted)
    ]


def _approved_instead(fact: Fact, wanted: Sequence[Fact], mentions: Mentions) -> list[Mention]:
    """The one other time of an event in approved words, where the right one is nowhere."""
    dated = _dated(mentions)
    found = [each for each in _others(wanted, mentions) if each.status == "asked" and _is_of_an_event(each, dated)]
    right = any(mention.kind == "time" and same_moment(_clock(mention), fact.fact) for mention in mentions.found)
    return found if not right and len(grouped(found)) == 1 else []


def _chosen(fact: Fact, others: Sequence[Mention], asked: AskedAsset, mentions: Mentions) -> Iterator[Mention]:
    if any(fact.is_in(mention) for mention in mentions.found):
        for here, there in contradictions(mentions, "time"):
            yield from (m for m in (*here, *there) if m in others and (fact.is_in(here[0]) or fact.is_in(there[0])))
        dated = _dated(mentions)
        beside = [mention for mention in others if mention.where in dated or mention.inside in ("subject", "preheader")]
        if len(grouped(beside)) == 1 and len({mention.fact for mention in _dated_days(mentions)}) == 1:
            yield from beside
    elif asked.wording is None or (len(grouped(others)) == 1 and _is_of_an_event(others[0], _dated(mentions))):
        yield from others if _are_one(others, mentions) else ()


def _are_one(others: Sequence[Mention], mentions: Mentions) -> bool:
    """Whether times are one, or the two that two parts make of one."""
    if len(grouped(others)) == 1:
        return True
    pairs = [[*here, *there] for here, there in contradictions(mentions, "time")]
    return len(pairs) == 1 and all(mention in pairs[0] for mention in others)


def _clock(mention: Mention) -> TimeOfDay:
    assert isinstance(mention.fact, TimeOfDay)
    return mention.fact


def _dated(mentions: Mentions) -> frozenset[Place]:
    """The passages that name a day."""
    return frozenset(mention.where for mention in _dated_days(mentions))


def _dated_days(mentions: Mentions) -> list[Mention]:
    return [mention for mention in mentions.found if isinstance(mention.fact, Day)]


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
