"""Dates of a request: those of the offer, and those in its wording."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise

from qa.artefacts.causes import of_asked
from qa.check import check
from qa.facts import facts
from qa.finding import Code, Finding, Severity, Skip
from qa.request import AskedEmail, AskedPage, Request
from qa.request.brief import AssetBrief, Brief
from qa.request.offer_dates import OfferDate, offer_dates
from qa.source import Place
from qa.text.moments.dates import Day, days, flat
from qa.text.wording import quoted

_ASK = "Ask which of the two dates is right."


@check(
    "request-offer-dates",
    Code("event-too-early", Severity.ERROR, "The event is before the send date.", _ASK),
    Code("offer-over", Severity.ERROR, "The offer ends before the send date.", _ASK),
    Code("dates-crossed", Severity.ERROR, "The offer ends before it begins.", _ASK),
    Code(
        "two-dates",
        Severity.WARNING,
        "There are two dates for one thing.",
        "Ask which date is right, and keep that one.",
    ),
)
def request_offer_dates(brief: Brief) -> Iterator[Finding]:
    """The dates of an offer come in their order and agree with the send date.

    Two dates that contradict each other cannot both be built rightly. Found after the send, it is a second email that
    says sorry.

    Fails:
        campaign: {emails: [{name: invite}], send: {at: 2026-03-10T09:00}, offer: {event_date: "2026-03-09"}}

    Passes:
        campaign: {emails: [{name: invite}], send: {at: 2026-03-10T09:00}, offer: {event_date: "2026-03-24"}}
    """
    dated = offer_dates(brief.request)
    if not dated:
        raise Skip("the offer names no date")
    if brief.request.send is not None:
        yield from _against_sending(brief.request, dated, brief.request.send.at.date())
    for begin in (each for each in dated if each.is_a("begins") and not each.is_a("ends")):
        for end in (each for each in dated if each.is_a("ends") and each.day < begin.day and _same_thing(each, begin)):
            message = f"`{end.name}` ({end.day}) is before `{begin.name}` ({begin.day})."
            yield Finding("dates-crossed", message, request=end.where, actual=str(end.day))
    events = [each for each in dated if each.is_a("event") and not each.is_a("ends") and not each.is_a("begins")]
    for first, second in pairwise(events):
        if first.day != second.day and _plain(first) == _plain(second):
            message = f"`{first.name}` is {first.day}, and `{second.name}` is {second.day}: two dates for one thing."
            yield Finding("two-dates", message, request=second.where, expected=str(first.day), actual=str(second.day))


def _against_sending(request: Request, dated: Iterable[OfferDate], send: date) -> Iterator[Finding]:
    named = " ".join([request.name, *(email.name for email in request.emails)]).casefold()
    afterwards = any(word in named for word in facts("triage")["offer"]["afterwards"])
    for each in (each for each in dated if each.day < send):
        if each.is_a("ends"):
            code, so = "offer-over", "the offer is over by then"
        elif not each.is_a("begins") and not afterwards and (each.is_a("event") or each.words == {"date"}):
            code, so = "event-too-early", "after the event"
        else:
            continue
        message = f"`{each.name}` is {each.day}, and the campaign goes out on {send}: {so}."
        yield Finding(code, message, request=each.where, expected=f"after {send}", actual=str(each.day))


def _same_thing(end: OfferDate, begin: OfferDate) -> bool:
    """`valid_from` and `valid_until`, `sale_starts` and `sale_ends`; a name that is all begin or end belongs to any."""
    words = facts("triage")["offer"]
    return end.words - {*words["ends"], "date"} == begin.words - {*words["begins"], "date"}


def _plain(event: OfferDate) -> frozenset[str]:
    """What an event is called, whatever word for an event is used."""
    return event.words - {*facts("triage")["offer"]["event"], "date", "day"}


@check(
    "request-wording-dates",
    Code(
        "off-weekday",
        Severity.ERROR,
        "The wording names a weekday that the date does not fall on.",
        "Ask which of the two is right: people keep the weekday in mind.",
    ),
    Code(
        "other-date",
        Severity.WARNING,
        "The wording names a date that the facts of the offer do not know.",
        "Ask which date is right; add the other one under `offer` where both are.",
    ),
)
def request_wording_dates(brief: AssetBrief) -> Iterator[Finding]:
    """Dates in the wording are those of the offer, on the weekdays written with them.

    Copy is written before a date is moved and approved after. The build then repeats the old date faithfully, and a
    comparison with the copy finds nothing wrong.

    Fails:
        campaign: {emails: [{name: invite, subject: See you on Monday 16 March}], offer: {event_date: "2027-03-16"}}

    Passes:
        campaign: {emails: [{name: invite, subject: See you on Tuesday 16 March}], offer: {event_date: "2027-03-16"}}
    """
    asset, request = brief.asset, brief.request
    language = asset.language or request.language or ""
    offer = offer_dates(request)
    known = [*(each.day for each in offer), *([request.send.at.date()] if request.send else [])]
    yield from _off_weekdays(asset, known, language)
    facts_said = ", ".join(f"{each.name} {each.day}" for each in offer)
    for field in ("subject", "preheader", "title", "heading") if offer else ():
        read = _days_in(getattr(asset, field, None) or "", language)
        strange = [said for said, day in read if not any(day.same(_day(each)) for each in known)]
        if strange:
            message = f"The {field} says {quoted(strange[0])}; the offer says {facts_said}."
            where, about = asset.place(field), (of_asked(asset.place(field), getattr(asset, field)),)
            yield Finding("other-date", message, None, where, facts_said, strange[0], causes=about)


def _off_weekdays(asset: AskedEmail | AskedPage, known: list[date], language: str) -> Iterator[Finding]:
    """Weekdays that a date does not fall on, each date once.

    A date without a year is that of the offer or of the send; any other might be in any year.
    """
    seen: set[date] = set()
    for text, where in _texts(asset):
        for said, day in _days_in(text, language):
            on = day.on(None) or next((each for each in known if day.same(_day(each))), None)
            if day.weekday is None or day.either or on is None or day.weekday == on.weekday() or on in seen:
                continue
            seen.add(on)
            wrong = f"{date(2024, 1, 1 + day.weekday):%A}"  # 1 January 2024 was a Monday
            message = f"{quoted(said)} is called a {wrong}; {on} is a {on:%A}."
            yield Finding("off-weekday", message, request=where, expected=f"{on:%A}", actual=wrong)


def _texts(asset: AskedEmail | AskedPage) -> Iterator[tuple[str, Place | None]]:
    for part in (asset, *getattr(asset, "variants", ())):
        for field in ("subject", "preheader", "title", "description", "heading"):
            yield getattr(part, field, None) or "", part.place(field)
        yield from ((block.text, block.where) for block in part.wording or ())


def _days_in(text: str, language: str) -> Iterator[tuple[str, Day]]:
    """Every day of the calendar a text names, and how it is written."""
    text = flat(text)
    return ((text[start:end], day) for start, end, day in days(text, language) if day.possible)


def _day(on: date) -> Day:
    return Day(on.month, on.day, on.year)
