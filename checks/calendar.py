"""Dates in a build: their weekdays, and days that have passed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from qa.artefacts import Body, DeclaredEnvelope, Mention, Mentions, Today
from qa.artefacts.causes import of_mention, of_passage
from qa.check import check
from qa.finding import Code, Finding, Severity, Skip
from qa.match.contradictions import told_together
from qa.match.gone_by import impossible_figures, is_announced, old_issues
from qa.request import AskedAsset, AskedPage, Request
from qa.request.offer import facts_of
from qa.text.moments.dates import Day, flat
from qa.text.wording import quoted

_YEAR = r"(?:19|20)\d\d"
_STILL = r"\s?-\s?(?:[\d{%$<\[*|]|today|present|now|current|heute|aujourd|hoy|oggi|hoje|heden)"  # the range goes on
_COPYRIGHT = re.compile(
    rf"(?:(?:©|copyright)[^\d\n.;:]{{0,40}}?|\(c\)[\s©,-]{{0,4}})(?:{_YEAR}\s?(?:-|,|to|bis)\s?)?"
    rf"(?<!act )(?<!since )(?<!seit )(?<!depuis )({_YEAR})(?!\d|{_STILL})",
    re.IGNORECASE,
)


@check(
    "weekday-dates",
    Code(
        "wrong-weekday",
        Severity.ERROR,
        "A date falls on another weekday than is written.",
        "Correct the one or the other.",
    ),
    Code("impossible-date", Severity.ERROR, "There is no such day.", "Correct the date."),
)
def weekday_dates(mentions: Mentions, body: Body | None) -> Iterator[Finding]:
    """Every date exists, and falls on the weekday that is written with it.

    A weekday that does not fit is how readers notice that a date was copied from last year; half of them come on the
    wrong day, and all of them ask which is right.

    Fails:
        build: <p>Join us on Wednesday, 24 March 2026.</p>

    Passes:
        build: <p>Join us on Tuesday, 24 March 2026.</p>
    """
    dates, nonsense = list(_dates(mentions)), list(impossible_figures(body)) if body else []
    if not dates and not nonsense:
        raise Skip("the build names no date")
    for text in nonsense:
        message = f"There is no {quoted(text.value)}: neither number is a month."
        at_fault = (of_passage(text.where, text.value),)
        yield Finding("impossible-date", message, text.where, actual=text.value, causes=at_fault)
    for group in told_together(mention for mention in dates if not _day(mention).possible):
        first, about = group[0], tuple(map(of_mention, group))
        message = f"There is no {quoted(first.written)}{_again(group)}."
        yield Finding("impossible-date", message, first.where, actual=first.written, causes=about)
    for group in told_together(mention for mention in dates if _day(mention).misnamed(mentions.near)):
        first, about = group[0], tuple(map(of_mention, group))
        on = _day(first).misnamed(mentions.near) or date.min
        said, right = _weekday(_day(first).weekday or 0), _weekday(on.weekday())
        message = f"{quoted(first.written)} is called a {said}{_again(group)}; {_long(on)} is a {right}."
        yield Finding("wrong-weekday", message, first.where, None, right, said, causes=about)


def _dates(mentions: Mentions) -> Iterator[Mention]:
    return (mention for mention in mentions.found if mention.kind == "date")


def _day(mention: Mention) -> Day:
    assert isinstance(mention.fact, Day)
    return mention.fact


def _again(group: list[Mention]) -> str:
    lines = sorted({mention.where.line for mention in group[1:] if mention.where.line} - {group[0].where.line})
    return f" (and again in line {', '.join(map(str, lines[:9]))})" if lines else ""


def _weekday(number: int) -> str:
    return ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")[number]


def _long(on: date) -> str:
    months = [
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ]  # fmt: skip
    return f"{on.day} {months[on.month - 1]} {on.year}"


@check(
    "past-dates",
    Code(
        "stale-date",
        Severity.WARNING,
        "A date is announced that has long passed.",
        "Correct the date, its year above all.",
    ),
    Code(
        "stale-copyright",
        Severity.WARNING,
        "The copyright line names a year gone by.",
        "Correct the year, in the template too.",
    ),
)
def past_dates(  # noqa: PLR0913, PLR0917 - where a date can stand, and what day it is
    request: Request, asked: AskedAsset, mentions: Mentions, envelope: DeclaredEnvelope, body: Body, today: Today
) -> Iterator[Finding]:
    """Nothing is announced that has long passed.

    Last year's date in a cloned email is right in day, month and wording; readers see the year alone, and think that
    the offer is over. A footer with the copyright of three years ago says that nobody looks after this.

    Fails:
        campaign: {send: {at: "2026-03-10T09:00"}}
        build: <p>Register until 20 March 2025.</p>

    Passes:
        campaign: {send: {at: "2026-03-10T09:00"}}
        build: <p>Register until 20 March 2026. Published on 3 May 2019.</p>
    """
    sent = mentions.sent or today.date
    dates = [fact.fact for fact in facts_of(request, mentions.language) if fact.kind == "date"]
    old = [mention for mention in _dates(mentions) if is_announced(mention, sent, body)]
    for group in told_together(mention for mention in _firsts(old) if not any(map(_day(mention).same, dates))):
        first, about = group[0], tuple(map(of_mention, group))
        on = _day(first).on(sent)
        passed = f"{_long(on)} was {(sent - on).days} days before {_long(sent)}" if on else ""
        message = f"{quoted(_excerpt(first))} names a day gone by: {passed}{_again(group)}."
        yield Finding("stale-date", message, first.where, None, None, first.written, causes=about)
    for line, issue in old_issues(body, envelope.envelope.subject, sent, mentions.language):
        message = f"{quoted(line.value)} names the issue of {issue}; this one goes out on {_long(sent)}."
        yield Finding("stale-date", message, line.where, actual=issue, causes=(of_passage(line.where, line.value),))
    yield from _copyright(body, sent, isinstance(asked, AskedPage))


def _firsts(mentions: Iterable[Mention]) -> Iterable[Mention]:
    """Without the last days of spans, which stand where their first days do."""
    return {(mention.where, mention.around, mention.at): mention for mention in reversed(list(mentions))}.values()


def _excerpt(mention: Mention) -> str:
    return mention.around[max(0, mention.at - 30) : mention.at + len(mention.written)].strip()


def _copyright(body: Body, sent: date, on_page: bool) -> Iterator[Finding]:
    """The latest year of a copyright line, where it is over: pictures and quotes may well be older."""
    found = [
        (int(hit[1]), block)
        for block in body.blocks
        if not block.hidden and not block.outlook_only and _may_be_copyright(block.text)
        for hit in _COPYRIGHT.finditer(flat(block.text))
    ]
    year, block = max(found, key=lambda one: one[0], default=(sent.year, None))
    if block is not None and year < sent.year:
        when = f"the page is published in {sent.year}" if on_page else f"the email goes out in {sent.year}"
        message = f"The copyright line names {year}; {when}: {quoted(block.text)}."
        yield Finding("stale-copyright", message, block.where, None, str(sent.year), str(year))


def _may_be_copyright(text: str) -> bool:
    return "©" in text or "(c)" in text or "opyright" in text or "COPYRIGHT" in text
