"""The date and the time of day at which a request wants to be sent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from qa.artefacts import Today
from qa.artefacts.causes import of_asked
from qa.check import check
from qa.finding import Code, Finding, Severity, Skip
from qa.request.brief import Brief
from qa.request.gaps import gap
from qa.source import Place
from qa.text.wording import quoted

_NO_SEND_DATE = Code(
    "no-send-date",
    Severity.WARNING,
    "The request does not say when it goes out.",
    "Write date and time under `send: at`, and the time zone under `send: timezone`.",
)
_NO_SEND_TIME = Code(
    "no-send-time",
    Severity.WARNING,
    "The send date has no time of day (or it is midnight).",
    "Write the time behind the date, such as 2026-03-10T09:00; confirm midnight where it is meant.",
)
_NO_TIMEZONE = Code(
    "no-timezone",
    Severity.WARNING,
    "The send time has no time zone.",
    "Write the time zone, such as Europe/London, under `send: timezone`.",
)


@check(
    "request-send-date",
    _NO_SEND_DATE,
    Code("send-past", Severity.ERROR, "The send date is in the past.", "Ask for a new send date."),
    Code(
        "short-notice",
        Severity.WARNING,
        "There is less time until the send date than the team wants.",
        "Agree on a later send date, or on who works late (`[triage] lead_days` in qa.toml).",
    ),
    Code(
        "weekend-send",
        Severity.INFO,
        "The send date is on a weekend.",
        "Confirm it, and who is there to watch it.",
    ),
)
def request_send_date(brief: Brief, today: Today) -> Iterator[Finding]:
    """The request gives a send date that leaves time to build, review and approve.

    What is built in a hurry is reviewed in a hurry. A date in the past is one that was copied from the last campaign,
    and so may be other dates of the request.

    Fails:
        campaign: {emails: [{name: invite}], send: {at: 2020-03-10T09:00, timezone: Europe/London}}

    Passes:
        campaign: {emails: [{name: invite}], send: {at: 2099-03-10T09:00, timezone: Europe/London}}
    """
    request = brief.request
    if request.send is None:
        if request.emails:
            yield gap(_NO_SEND_DATE, request.place())
        return
    at, where = request.send.at, request.send.place("at")
    said, causes = f"{at:%A} {at.day} {at:%B %Y}", (of_asked(where, "send"),)
    if at.date() < today.date:
        message, day = f"The send date, {said}, is in the past.", at.date().isoformat()
        yield Finding("send-past", message, request=where, actual=day, causes=causes)
    if (left := working_days(today.date, at.date())) < brief.lead_days:
        are = "is 1 working day" if left == 1 else f"are {left} working days"
        message = f"There {are} until the send date, {said}; the team wants {brief.lead_days}."
        wanted = str(brief.lead_days)
        yield Finding("short-notice", message, request=where, expected=wanted, actual=str(left), causes=causes)
    if at.weekday() >= 5:
        yield Finding("weekend-send", f"The send date, {said}, is on a weekend.", request=where)


def working_days(start: date, end: date) -> int:
    """Mondays to Fridays from a day to a later one, the first not counted; public holidays count as working days."""
    weeks, rest = divmod(max(0, (end - start).days), 7)
    return weeks * 5 + sum((start + timedelta(days=step)).weekday() < 5 for step in range(1, rest + 1))


@check(
    "request-send-time",
    _NO_SEND_TIME,
    _NO_TIMEZONE,
    Code(
        "lost-hour",
        Severity.ERROR,
        "The send time does not exist: the clocks go forward over it.",
        "Choose a time an hour earlier or later.",
    ),
    Code(
        "double-hour",
        Severity.WARNING,
        "The send time comes twice: the clocks go back over it.",
        "Choose another time.",
    ),
    Code(
        "unknown-zone",
        Severity.WARNING,
        "This machine does not know the time zone, so the send time was not judged.",
        "Correct the name, or install the time zone database (the package tzdata).",
    ),
)
def request_send_time(brief: Brief) -> Iterator[Finding]:
    """The request gives a time of day with its time zone, and one that the clocks really show.

    Nine o'clock is another hour in every office. On the two nights when the clocks change, one hour is missing and one
    comes twice; each platform then sends when it likes.

    Fails:
        campaign: {emails: [{name: invite}], send: {at: 2027-03-28T01:30, timezone: Europe/London}}

    Passes:
        campaign: {emails: [{name: invite}], send: {at: 2027-03-30T01:30, timezone: Europe/London}}
    """
    send = brief.request.send
    if send is None:
        raise Skip("the request does not say when it goes out")
    where = send.place("at")
    if brief.request.emails and send.at.strftime("%H:%M:%S") == "00:00:00":
        yield gap(_NO_SEND_TIME, where)
    if send.timezone is not None:
        yield from _clock(send.at, send.timezone, where)
    elif brief.request.emails:
        yield gap(_NO_TIMEZONE, where)


def _clock(at: datetime, zone: str, where: Place | None) -> Iterator[Finding]:
    try:
        here = ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        message = f"The time zone {quoted(zone)} is not known on this machine; the send time was not judged."
        yield Finding("unknown-zone", message, request=where)
        return
    first, second = at.replace(tzinfo=here, fold=0), at.replace(tzinfo=here, fold=1)
    if first.utcoffset() == second.utcoffset():
        return
    lost = first.utcoffset() < second.utcoffset()  # type: ignore[operator]
    happens = "does not exist: the clocks go forward over it" if lost else "comes twice: the clocks go back over it"
    message = f"{at:%H:%M} on {at.day} {at:%B %Y} in {zone} {happens}."
    yield Finding("lost-hour" if lost else "double-hour", message, request=where)
