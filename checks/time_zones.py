"""The zones of times: right on their day, and right beside one another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from qa.artefacts import Mention, Mentions
from qa.artefacts.causes import of_mention
from qa.check import check
from qa.finding import Code, Finding, Severity, Skip
from qa.request import Request
from qa.request.offer import Fact, facts_of
from qa.text.moments.dates import Day
from qa.text.moments.times import TimeOfDay
from qa.text.moments.zones import out_of_season, same_moment
from qa.text.wording import quoted

_EQUAL = re.compile(r"\s*(?:[/|=(\[]|or|oder|ou|o)\s*")  # between two times that are one moment
_LISTED = re.compile(r"\s?[,;·]\s*")  # or two, each for the readers of its zone


@check(
    "time-zones",
    Code(
        "wrong-zone",
        Severity.WARNING,
        "The zone of a time is not in force on its day.",
        "Give the zone of that half of the year, or one that holds all year: PT, London time.",
    ),
    Code(
        "unequal-times",
        Severity.ERROR,
        "One moment is given as two times that are not the same.",
        "Work out the time in each zone again.",
    ),
)
def time_zones(mentions: Mentions, request: Request | None) -> Iterator[Finding]:
    """The zone beside a time is in force on its day, and two times of one moment are the same.

    “9 am PDT” in December is an hour off for everybody who works it out, and “10:00 GMT / 10:00 CET” for half of the
    readers.

    Fails:
        build: <p>Join us on 8 December 2026 at 9 am PDT.</p>

    Passes:
        build: <p>Join us on 8 December 2026 at 9 am PST / 5 pm GMT.</p>
    """
    given = [mention for mention in mentions.found if isinstance(mention.fact, TimeOfDay) and mention.fact.zone]
    if not given:
        raise Skip("the build names no time with its zone")
    yield from _out_of_season(mentions, given)
    wanted = [fact for fact in facts_of(request, mentions.language) if fact.kind == "time"] if request else []
    yield from _unequal(given, wanted)


def _out_of_season(mentions: Mentions, given: Sequence[Mention]) -> Iterator[Finding]:
    """Zones of the other half of the year, each once: the day is that of the same passage."""
    days = {day.where: day.fact.on(mentions.near) for day in mentions.found if isinstance(day.fact, Day)}
    told: set[str] = set()
    for mention in given:
        zone, on = _zone(mention), days.get(mention.where)
        if on is None or zone in told or not (instead := out_of_season(zone, on)):
            continue
        told.add(zone)
        message = f"On {on.day} {on:%B %Y} the clocks show {instead}, not {zone}: {quoted(mention.around, 60)}."
        yield Finding("wrong-zone", message, mention.where, None, instead, zone, causes=(of_mention(mention),))


def _unequal(given: Sequence[Mention], wanted: Sequence[Fact]) -> Iterator[Finding]:
    """Times, or spans of time, that are given as one moment: «10:00 GMT / 10:00 CET», «10–11 a.m. PT, 1–2 p.m. ET»."""
    for one, other in pairwise(_spans(given)):
        between = one[-1].around[one[-1].at + len(one[-1].written) :].partition(other[0].written)[0]
        between = between.replace(_zone(one[-1]), "", 1)
        if one[0].where != other[0].where or not (_EQUAL.fullmatch(between) or _LISTED.fullmatch(between)):
            continue
        # where the ends of one span are left out, its beginning is compared
        unlike = next((pair for pair in zip(one, other, strict=False) if not _is_one_moment(*pair)), None)
        if unlike is not None and (_EQUAL.fullmatch(between) or _zone(unlike[0]) != _zone(unlike[1])):
            mine, yours = unlike
            both = f"“{mine.written} {_zone(mine)}” and “{yours.written} {_zone(yours)}”"
            message = f"{both} are given as one moment, and are not the same."
            about = tuple(map(of_mention, _at_fault(mine, yours, given, wanted)))
            review = _EQUAL.fullmatch(between) is None  # they may be two dates, one for each zone
            yield Finding("unequal-times", message, mine.where, None, None, yours.written, review=review, causes=about)


def _spans(given: Sequence[Mention]) -> Iterator[list[Mention]]:
    """The times one by one, and those from one to another together."""
    span: list[Mention] = []
    for mention in given:
        ends = isinstance(mention.fact, TimeOfDay) and mention.fact.ends
        if span and not (ends and len(span) == 1 and span[0].where == mention.where):
            yield span
            span = []
        span.append(mention)
    if span:
        yield span


def _is_one_moment(one: Mention, other: Mention) -> bool:
    return not (isinstance(one.fact, TimeOfDay) and isinstance(other.fact, TimeOfDay)) or same_moment(
        one.fact, other.fact
    )


def _at_fault(one: Mention, other: Mention, given: Sequence[Mention], wanted: Sequence[Fact]) -> tuple[Mention, ...]:
    """Which of two times is wrong, where the other is the one asked for, or stands in another place as well."""
    right = [each for each in (one, other) if any(fact.may_be(each) for fact in wanted)]
    again = [each for each in (one, other) if any(m.fact.same(each.fact) for m in given if m.where != each.where)]  # type: ignore[arg-type]
    trusted = right or again
    return (one, other) if len(trusted) != 1 else (other,) if trusted[0] is one else (one,)


def _zone(mention: Mention) -> str:
    return mention.fact.zone if isinstance(mention.fact, TimeOfDay) else ""
