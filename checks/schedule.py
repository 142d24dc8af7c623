"""Is it clear when the event is, and does the schedule make sense? Clock changes: https://www.iana.org/time-zones"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from qa.artefacts import Email, Mention, Mentions, Today
from qa.artefacts.causes import of_mention
from qa.check import check
from qa.facts import facts
from qa.finding import Code, Finding, Severity, Skip
from qa.match.contradictions import contradictions, grouped, in_place_of, told_together
from qa.request import AskedAsset, AskedEmail, Request, Send
from qa.request.offer import Fact, facts_of
from qa.source import Place
from qa.text.dates import Day, names_relative_day
from qa.text.times import TimeOfDay, names_zone
from qa.text.wording import quoted

_AFTERWARDS = re.compile(
    r"follow[ -]?up|recap|thank|recording|on[ -]demand|nachlese|rückblick|aufzeichnung|replay", re.I
)
_BEGINNINGS = {"from", "since", "founded", "established", "published"}  # keys of dates that may well have passed
_SCHEDULE_FIX = "Correct `send` in the request, and the schedule in the platform."


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
    events.sort(key=lambda mention: mention.standing == "changed")
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
        and mention.standing != "asked"
        and not _clock(mention).ends
        and not any(_same_moment(_clock(mention), each.fact) for each in wanted)
    ]
    changed = [mention for mention in others if mention.standing == "changed"]
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


@check(
    "schedule",
    Code("send-in-past", Severity.ERROR, "The send date has passed.", _SCHEDULE_FIX),
    Code("send-on-weekend", Severity.INFO, "The send date is on a weekend.", "See whether that is meant."),
    Code("nonexistent-time", Severity.ERROR, "The clocks skip this time.", _SCHEDULE_FIX),
    Code("ambiguous-time", Severity.WARNING, "The clocks show this time twice.", _SCHEDULE_FIX),
    Code("missing-send-zone", Severity.WARNING, "The send time has no time zone.", "Add `timezone` to `send`."),
    Code(
        "event-before-send",
        Severity.ERROR,
        "The event is over before the email goes out.",
        "Correct the one or the other.",
    ),
)
def schedule(request: Request, today: Today) -> Iterator[Finding]:
    """The send is still to come, at a time that exists, and before the event.

    Schedules are copied with the campaign. A platform sends a date gone by at once, to everybody; and on the night
    the clocks change it sends an hour early, late, or not at all.

    Fails:
        campaign: {send: {at: "2031-03-30T01:30", timezone: Europe/London}}
        build: <p>Hello</p>

    Passes:
        campaign: {send: {at: "2099-03-10T09:00", timezone: Europe/London}, offer: {event_date: "2099-03-24"}}
        build: <p>Hello</p>
    """
    send = request.send
    if send is None:
        raise Skip("the request does not say when it goes out")
    at, where = send.at.replace(tzinfo=None), send.place("at")
    if at.date() < today.date:
        message = f"The send date {at:%Y-%m-%d} has passed; today is {today.date:%Y-%m-%d}."
        yield Finding("send-in-past", message, request=where, actual=f"{at:%Y-%m-%d}")
    elif at.weekday() >= 5:
        message = f"The send date {at:%Y-%m-%d} is a {'Saturday' if at.weekday() == 5 else 'Sunday'}."
        yield Finding("send-on-weekend", message, request=where, actual=f"{at:%Y-%m-%d}")
    yield from _clock_change(send, at)
    for fact in facts_of(request, request.language or ""):
        on = fact.fact.on(None) if isinstance(fact.fact, Day) else None
        if on is not None and on < at.date() and not _may_have_passed(fact, request):
            message = f"{fact.key} is {on:%Y-%m-%d}; the email goes out on {at:%Y-%m-%d}, after it."
            yield Finding("event-before-send", message, None, fact.where, f"after {at:%Y-%m-%d}", f"{on:%Y-%m-%d}")


def _clock_change(send: Send, at: datetime) -> Iterator[Finding]:
    where = send.place("at")
    if send.timezone is None:
        message = f"The send time {at:%Y-%m-%d %H:%M} has no time zone."
        yield Finding("missing-send-zone", message, request=where, actual=f"{at:%H:%M}")
        return
    local = at.replace(tzinfo=ZoneInfo(send.timezone))
    there_and_back = local.astimezone(UTC).astimezone(local.tzinfo).replace(tzinfo=None)
    if there_and_back != at:
        message = f"{at:%Y-%m-%d %H:%M} does not exist in {send.timezone}: the clocks are put forward that night."
        yield Finding("nonexistent-time", message, request=where, actual=f"{at:%Y-%m-%dT%H:%M}")
    elif local.utcoffset() != local.replace(fold=1).utcoffset():
        message = f"{at:%Y-%m-%d %H:%M} comes twice in {send.timezone}: the clocks are put back that night."
        yield Finding("ambiguous-time", message, request=where, actual=f"{at:%Y-%m-%dT%H:%M}")


def _may_have_passed(fact: Fact, request: Request) -> bool:
    """A beginning, or a campaign that looks back on the event."""
    return bool(_BEGINNINGS & set(re.split(r"[\W_]+", fact.key.lower()))) or bool(_AFTERWARDS.search(request.name))


@check(
    "send-time",
    Code(
        "wrong-send-time",
        Severity.ERROR,
        "The email is scheduled for another time than asked for.",
        "Correct the schedule.",
    ),
)
def send_time(request: Request, asked: AskedEmail, email: Email) -> Iterator[Finding]:
    """The email is scheduled for the time that was asked for.

    The schedule is set last, by hand, in the time zone of whoever sets it.

    Fails:
        campaign: {send: {at: "2027-03-10T09:00", timezone: Europe/London}}
        sidecar: {send_at: "2027-03-10T19:00"}
        build: <p>Hello</p>

    Passes:
        campaign: {send: {at: "2027-03-10T09:00", timezone: Europe/London}}
        sidecar: {send_at: "2027-03-10T10:00+01:00"}
        build: <p>Hello</p>
    """
    send, built = request.send, email.envelope.send_at
    if send is None:
        raise Skip("the request does not say when it goes out")
    if built is None:
        raise Skip("the build does not show its schedule")
    try:
        found = datetime.fromisoformat(built.value.strip())
    except ValueError:
        message = f"{quoted(built.value)} is no time such as 2026-03-10T09:00: see that it is {send.at:%Y-%m-%d %H:%M}."
        yield Finding("wrong-send-time", message, built.where, send.place("at"), review=True)
        return
    wanted = send.at.replace(tzinfo=None)
    if found.tzinfo is not None and send.timezone is not None:
        found = found.astimezone(ZoneInfo(send.timezone))
    if found.replace(tzinfo=None) != wanted:
        message = (
            f"{quoted(asked.name)} is scheduled for {found:%Y-%m-%d %H:%M}; the request says {wanted:%Y-%m-%d %H:%M}."
        )
        yield Finding(
            "wrong-send-time", message, built.where, send.place("at"), f"{wanted:%Y-%m-%dT%H:%M}", built.value
        )
