"""Calendar entries that a build offers, against the date and the time of the event."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from qa.artefacts import CalendarEntries, CalendarEntry, CampaignAssets, Mentions
from qa.artefacts.causes import of_link_at
from qa.check import check
from qa.finding import Code, Finding, Severity, Skip
from qa.match.event_moments import EventMoments, event_moments
from qa.request import Request
from qa.text.phrases import begun
from qa.text.wording import quoted

_FIX = "Make the entry anew, and open it in a calendar once."


@check(
    "calendar-entries",
    Code("wrong-calendar-date", Severity.ERROR, "A calendar entry is for another day than the event.", _FIX),
    Code("wrong-calendar-time", Severity.ERROR, "A calendar entry is for another time than the event.", _FIX),
    Code("crossed-calendar-times", Severity.ERROR, "A calendar entry ends before it begins.", _FIX),
    Code("unreadable-calendar-entry", Severity.ERROR, "No calendar can read when an entry begins.", _FIX),
)
def calendar_entries(request: Request, entries: CalendarEntries, mentions: Mentions) -> Iterator[Finding]:
    """“Add to calendar” adds the event, on its day and at its time.

    Whoever clicks it never reads the email again: the calendar says when to be there. Links, .ics files and
    invitations are made once, with a tool of their own, and copied with the campaign; nobody sees the date in them.

    Fails:
        campaign: {offer: {event_date: "2027-03-16", event_time: "10:00 GMT"}}
        build: >-
          <a href="https://calendar.google.com/calendar/render?action=TEMPLATE&amp;dates=20270317T100000Z/20270317T104000Z">Add</a>

    Passes:
        campaign: {offer: {event_date: "2027-03-16", event_time: "10:00 GMT"}}
        build: >-
          <a href="https://calendar.google.com/calendar/render?action=TEMPLATE&amp;dates=20270316T100000Z/20270316T104000Z">Add</a>
    """
    if not entries.built:
        raise Skip("the build offers no calendar entry")
    event = event_moments(request, mentions)
    for entry in entries.built:
        yield from _judged(entry, event)


@check(
    "calendar-files",
    Code(
        "wrong-calendar-file",
        Severity.ERROR,
        "A calendar file beside the build is for another time than the event.",
        _FIX,
    ),
)
def calendar_files(request: Request, assets: CampaignAssets) -> Iterator[Finding]:
    """A calendar file beside the builds that none of them names is for the event as well.

    It is uploaded with the rest, and the link to it is the platform's: https://cdn.acme.example/4711. That it is the
    file of last year, nobody sees.

    Fails:
        campaign:
          offer: {event_date: "2027-03-16"}
          emails: [{name: mail, build: build/mail.html}]
        files:
          build/mail.html: <p>Join us on 16 March 2027.</p><a href="https://cdn.acme.example/4711">Add to calendar</a>
          build/event.ics: "BEGIN:VEVENT\\nDTSTART:20260316T100000Z\\nEND:VEVENT\\n"

    Passes:
        campaign:
          offer: {event_date: "2027-03-16"}
          emails: [{name: mail, build: build/mail.html}]
        files:
          build/mail.html: <p>Join us on 16 March 2027.</p><a href="https://cdn.acme.example/4711">Add to calendar</a>
          build/event.ics: "BEGIN:VEVENT\\nDTSTART:20270316T100000Z\\nEND:VEVENT\\n"
    """
    built = list(zip(assets.gather(CalendarEntries), assets.gather(Mentions), strict=True))
    named = {entry.where.file for entries, _ in built for entry in entries.built}
    unnamed = {
        entry: mentions for entries, mentions in built for entry in entries.beside if entry.where.file not in named
    }
    if not unnamed:
        raise Skip("no calendar file lies beside the builds that none of them names")
    for entry, mentions in unnamed.items():
        event = event_moments(request, mentions)
        for found in _judged(entry, event) if event.where else ():
            message = f"{found.message.removesuffix('.')}. No build names the file: is it the one that is sent?"
            yield replace(found, code="wrong-calendar-file", message=message, review=True, causes=())


def _judged(entry: CalendarEntry, event: EventMoments) -> Iterator[Finding]:
    what, about = begun(entry.kind), (of_link_at(entry.where, entry.label),)
    if entry.start is None:
        message = f"{what} begins at {quoted(entry.written)}, which no calendar can read."
        yield Finding("unreadable-calendar-entry", message, entry.where, actual=entry.written, causes=about)
        return
    if _ends_too_early(entry):
        message = f"{what} begins at {_said(entry.start)} and ends at {_said(entry.end)}."
        yield Finding("crossed-calendar-times", message, entry.where, actual=entry.ends or entry.written, causes=about)
    if event.has(entry.start):
        return
    on = event.day_of(entry.start)
    if event.days and on not in event.days:
        expected = " or ".join(map(_said, sorted(event.days)))
        message = f"{what} is for {_said(on)}; {event.source} says {expected}."
        yield Finding("wrong-calendar-date", message, entry.where, event.where, expected, entry.written, causes=about)
    elif isinstance(entry.start, datetime) and event.times:
        expected = " or ".join(event.times_said)
        message = f"{what} begins at {event.local(entry.start)}; {event.source} says {expected}."
        yield Finding("wrong-calendar-time", message, entry.where, event.where, expected, entry.written, causes=about)


def _ends_too_early(entry: CalendarEntry) -> bool:
    start, end = entry.start, entry.end
    if isinstance(start, datetime) and isinstance(end, datetime):
        return (start.tzinfo is None) == (end.tzinfo is None) and end <= start
    return isinstance(start, date) and isinstance(end, date) and type(start) is type(end) and end < start


def _said(when: date | None) -> str:
    if isinstance(when, datetime):
        return f"{when:%Y-%m-%d %H:%M}"
    return f"{when.day} {when:%B %Y}" if when else ""
