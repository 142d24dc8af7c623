"""Is there time, and do the dates of a request agree? Send date, lead time, clock changes, event and offer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

from qa.facts import facts
from qa.finding import Finding
from qa.request import AskedEmail, AskedPage, Request
from qa.source import Place
from qa.wording import alike, quoted

_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})(?!\d)")
_DOTTED = re.compile(r"(?<![\d.])(\d{1,2})\.(\d{1,2})\.(\d{4})(?!\d)")
_BEFORE = re.compile(r"([^\W\d_]{2,15}(?:-feira)?)\.?,? (?:the |den |dem |le |el |il |de |op )?$")
_MOST_TEXT = 20_000  # characters of a text that are read for dates
_MOST_DATES = 50  # of one text
_WORDS = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Day:
    """A date as it was written; ``year`` is None where none was."""

    month: int
    day: int
    year: int | None = None

    def is_like(self, other: date) -> bool:
        """Whether it can be that day."""
        return (self.month, self.day) == (other.month, other.day) and self.year in (None, other.year)


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of the offer that is a date."""

    name: str
    day: date
    where: Place | None

    @property
    def words(self) -> frozenset[str]:
        return frozenset(_WORDS.findall(self.name.casefold()))

    def is_a(self, kind: str) -> bool:
        """Whether its name has a word of "event", "ends" or "begins"."""
        return not self.words.isdisjoint(facts("triage")["offer"][kind])


def schedule_questions(request: Request, today: date, lead_days: int) -> Iterator[Finding]:
    """Whether the send date can be kept."""
    if request.send is None:
        return
    at, where = request.send.at, request.send.place("at")
    said = f"{at:%A} {at.day} {at:%B %Y}"
    if at.date() < today:
        yield Finding(
            "send-past", f"The send date, {said}, is in the past.", request=where, actual=at.date().isoformat()
        )
    elif (left := working_days(today, at.date())) < lead_days:
        days = f"{left} working day{'' if left == 1 else 's'}"
        message = (
            f"There {'is' if left == 1 else 'are'} {days} until the send date, {said}; the team wants {lead_days}."
        )
        yield Finding("short-notice", message, request=where, expected=str(lead_days), actual=str(left))
    if at.weekday() >= 5:
        yield Finding("weekend-send", f"The send date, {said}, is on a weekend.", request=where)
    if request.send.timezone is not None:
        yield from _clock(at, request.send.timezone, where)


def working_days(start: date, end: date) -> int:
    """Mondays to Fridays from a day to another, the first not counted; public holidays count as working days."""
    weeks, rest = divmod((end - start).days, 7)
    return weeks * 5 + sum((start + timedelta(days=step)).weekday() < 5 for step in range(1, rest + 1))


def date_questions(request: Request) -> Iterator[Finding]:
    """Whether the dates of the offer agree with the send date and with each other."""
    dated = offer_dates(request)
    if request.send is not None:
        yield from _against_sending(request, dated, request.send.at.date())
    ends = [fact for fact in dated if fact.is_a("ends")]
    for begin in (fact for fact in dated if fact.is_a("begins") and not fact.is_a("ends")):
        for end in (fact for fact in ends if fact.day < begin.day and _same_thing(fact, begin)):
            message = f"`{end.name}` ({end.day}) is before `{begin.name}` ({begin.day})."
            yield Finding("dates-crossed", message, request=end.where, actual=str(end.day))
    events = [fact for fact in dated if fact.is_a("event") and not fact.is_a("ends") and not fact.is_a("begins")]
    for first, second in pairwise(events):
        if first.day != second.day and _plain(first) == _plain(second):
            message = f"`{first.name}` is {first.day}, and `{second.name}` is {second.day}: two dates for one thing."
            yield Finding("two-dates", message, request=second.where, expected=str(first.day), actual=str(second.day))


def wording_dates(asset: AskedEmail | AskedPage, request: Request) -> Iterator[Finding]:
    """Dates in subject line, preheader, title and heading that the offer does not know."""
    known = [fact.day for fact in offer_dates(request)]
    if not known:
        return
    days = [*known, *([request.send.at.date()] if request.send else [])]
    for field in ("subject", "preheader", "title", "heading"):
        text = getattr(asset, field, None) or ""
        strange = [said for said, day in dates_in(text) if not any(day.is_like(each) for each in days)]
        if strange:
            facts_said = ", ".join(f"{fact.name} {fact.day}" for fact in offer_dates(request))
            message = f"The {field} says {quoted(strange[0])}; the offer says {facts_said}."
            yield Finding("other-date", message, request=asset.place(field), expected=facts_said, actual=strange[0])


def weekday_questions(asset: AskedEmail | AskedPage, request: Request) -> Iterator[Finding]:
    """Weekdays that stand before a date they do not fall on, each date once.

    A date without a year is that of the offer or of the send; any other might be in any year.
    """
    known = [fact.day for fact in offer_dates(request)] + ([request.send.at.date()] if request.send else [])
    seen: set[date] = set()
    for text, where in _texts(asset):
        for said, day in islice(dates_in(text), _MOST_DATES):
            when = date(day.year, day.month, day.day) if day.year else next(filter(day.is_like, known), None)
            before = _BEFORE.search(alike(text)[:_MOST_TEXT].partition(said)[0][-40:])
            number = _weekdays().get(before[1].casefold()) if before else None
            if before is None or when is None or number in (None, when.weekday()) or when in seen:
                continue
            seen.add(when)
            message = f"{quoted(f'{before[0]}{said}')}: {when} is a {when:%A}."
            yield Finding("off-weekday", message, request=where, expected=f"{when:%A}", actual=before[1])


def offer_dates(request: Request) -> list[Fact]:
    """The facts of the offer that are one date with its year."""
    found = []
    for name, value in request.offer.items():
        days = {day for _, day in dates_in(value)}
        if len(days) == 1 and (day := days.pop()).year is not None:
            found.append(Fact(name, date(day.year, day.month, day.day), request.place("offer", name)))
    return found


def dates_in(text: str) -> Iterator[tuple[str, Day]]:
    """Dates in a text and how they are written: 2026-03-24, 24.03.2026, 24 March (2026), March 24(, 2026).

    Dates with slashes are left out: whether day or month comes first, nobody can tell.
    """
    text = alike(text)[:_MOST_TEXT]
    found = [(hit[0], Day(int(hit[2]), int(hit[3]), int(hit[1]))) for hit in _ISO.finditer(text)]
    found += [(hit[0], Day(int(hit[2]), int(hit[1]), int(hit[3]))) for hit in _DOTTED.finditer(text)]
    pattern, numbers = _worded()
    for hit in pattern.finditer(text):
        month = numbers[(hit["month"] or hit["name"]).casefold()]
        year = hit["year"] or hit["later"]
        found.append((hit[0], Day(month, int(hit["day"] or hit["number"]), int(year) if year else None)))
    for said, day in found:
        if _exists(day):
            yield said, day


@cache
def _worded() -> tuple[re.Pattern[str], dict[str, int]]:
    """Dates with the month in words, and the number of every month."""
    numbers = {name: number for number, names in enumerate(facts("triage")["months"]["names"], 1) for name in names}
    month = "|".join(sorted(map(re.escape, numbers), key=len, reverse=True))
    first = rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º|\.)? (?:de |of )?(?P<month>{month})\b\.?"
    first += r"(?:,? (?:de )?(?P<year>20\d\d)\b)?"
    second = rf"\b(?P<name>{month})\b\.? (?P<number>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:%])(?:,? (?P<later>20\d\d)\b)?"
    return re.compile(f"{first}|{second}", re.IGNORECASE), numbers


@cache
def _weekdays() -> dict[str, int]:
    return {name: number for number, names in enumerate(facts("triage")["weekdays"]["names"]) for name in names}


def _texts(asset: AskedEmail | AskedPage) -> Iterator[tuple[str, Place | None]]:
    for part in (asset, *getattr(asset, "variants", ())):
        for field in ("subject", "preheader", "title", "description", "heading"):
            yield getattr(part, field, None) or "", part.place(field)
        yield from ((block.text, block.where) for block in part.wording or ())


def _exists(day: Day) -> bool:
    try:
        date(2024 if day.year is None else day.year, day.month, day.day)  # 2024 has a 29 February
    except ValueError:
        return False
    return True


def _against_sending(request: Request, dated: list[Fact], send: date) -> Iterator[Finding]:
    named = " ".join([request.name, *(email.name for email in request.emails)]).casefold()
    afterwards = any(word in named for word in facts("triage")["offer"]["afterwards"])
    for fact in dated:
        if fact.day >= send:
            continue
        if fact.is_a("ends"):
            message = f"`{fact.name}` is {fact.day}, and the campaign goes out on {send}: the offer is over by then."
            yield Finding("offer-over", message, request=fact.where, expected=f"after {send}", actual=str(fact.day))
        elif not fact.is_a("begins") and not afterwards and (fact.is_a("event") or fact.words == {"date"}):
            message = f"`{fact.name}` is {fact.day}, and the campaign goes out on {send}: after the event."
            yield Finding(
                "event-too-early", message, request=fact.where, expected=f"after {send}", actual=str(fact.day)
            )


def _same_thing(one: Fact, other: Fact) -> bool:
    """`valid_from` and `valid_until`, `sale_starts` and `sale_ends`; a name that is all begin or end belongs to any."""
    words = facts("triage")["offer"]
    first, second = one.words - {*words["ends"], "date"}, other.words - {*words["begins"], "date"}
    return first == second


def _plain(fact: Fact) -> frozenset[str]:
    """What an event is called, whatever word for an event is used."""
    return fact.words - {*facts("triage")["offer"]["event"], "date", "day"}


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
    gap = first.utcoffset() < second.utcoffset()  # type: ignore[operator]
    happens = "does not exist: the clocks go forward over it" if gap else "comes twice: the clocks go back over it"
    message = f"{at:%H:%M} on {at.day} {at:%B %Y} in {zone} {happens}."
    yield Finding("lost-hour" if gap else "double-hour", message, request=where)
