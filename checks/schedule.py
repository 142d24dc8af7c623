"""The moment a campaign is sent. Clock changes: https://www.iana.org/time-zones"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from qa.artefacts import Email, Today
from qa.check import check
from qa.finding import Code, Finding, Severity, Skip
from qa.request import AskedEmail, Request, Send
from qa.request.offer import Fact, facts_of
from qa.text.moments.dates import Day
from qa.text.wording import quoted

_AFTERWARDS = re.compile(
    r"follow[ -]?up|recap|thank|recording|on[ -]demand|nachlese|rückblick|aufzeichnung|replay", re.I
)
_BEGINNINGS = {"from", "since", "founded", "established", "published"}  # keys of dates that may well have passed
_SCHEDULE_FIX = "Correct `send` in the request, and the schedule in the platform."


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
