"""Times of day that a text names, and their zones. https://www.iana.org/time-zones for the abbreviations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from qa.facts import compiled, facts

_TIMES = re.compile(
    r"""(?<![\w.,:/+])(?:
    (?:(?P<h0>\d{1,2})(?:[:.](?P<m0>[0-5]\d))?\s?(?:-|to|and)\s?)?
      (?P<h1>\d{1,2})(?:[:.](?P<m1>[0-5]\d))?\s?(?P<half>[ap])(?:\.\s?m\.|m\b)
    |(?P<h2>[01]?\d|2[0-3])[:h](?P<m2>[0-5]\d)(?::[0-5]\d)?(?![\w%]|:\d)(?:\s?uhr\b)?
    |(?P<h3>[01]?\d|2[0-3])(?:\.(?P<m3>[0-5]\d))?\s?uhr\b
    |(?:kl\.?|klo|kello|ore)\s(?P<h4>[01]?\d|2[0-3])[.:](?P<m4>[0-5]\d)(?!\d)
    )""",
    re.VERBOSE,
)
_BEHIND = 40  # characters in which a zone stands behind its time


@dataclass(frozen=True, slots=True)
class TimeOfDay:
    """A time of day. ``zone`` is as written; ``ends``: the end of a span."""

    hour: int
    minute: int = 0
    zone: str = ""
    ends: bool = False

    def same(self, other: TimeOfDay) -> bool:
        """Whether both are the same time; a zone that one of them leaves out is the other's."""
        zones = {self.zone.casefold(), other.zone.casefold()} - {""}
        return (self.hour, self.minute) == (other.hour, other.minute) and len(zones) < 2


def times(text: str) -> Iterator[tuple[int, int, TimeOfDay]]:
    """Every time of day a `flat` text names, with where it starts and ends. A span's zone is that of both ends."""
    spots = [(found.start(), found.end(), clock) for found in _TIMES.finditer(text.lower()) for clock in _read(found)]
    zone = ""
    read: list[tuple[int, int, TimeOfDay]] = []
    for number in range(len(spots) - 1, -1, -1):
        start, end, clock = spots[number]
        before = spots[number - 1] if number else None
        ends = clock.ends or (before is not None and _spans(text[before[1] : start]))
        zone = _zone(text, end) or (zone if read and read[-1][2].ends else "")
        read.append((start, end, replace(clock, zone=zone, ends=ends)))
    return reversed(read)


def _read(found: re.Match[str]) -> Iterator[TimeOfDay]:
    last = int(found["h1"] or found["h2"] or found["h3"] or found["h4"])
    minute = int(found["m1"] or found["m2"] or found["m3"] or found["m4"] or 0)
    if found["half"] is None:
        yield TimeOfDay(last, minute)
        return
    if not 0 < last <= 12:
        return
    if found["h0"] and 0 < (first := int(found["h0"])) <= 12:
        half = found["half"] if first % 12 <= last % 12 else "a"
        yield TimeOfDay(_on_the_dial(first, half), int(found["m0"] or 0))
    yield TimeOfDay(_on_the_dial(last, found["half"]), minute, ends=bool(found["h0"]))


def _on_the_dial(hour: int, half: str) -> int:
    return hour % 12 + 12 * (half == "p")


def _spans(between: str) -> bool:
    return len(between) < 12 and between.strip().lower() in facts("dates")["span"]


def _zone(text: str, end: int) -> str:
    """The zone behind a time: «BST», «UTC+1», «London time», in brackets or not."""
    behind = text[end : end + _BEHIND]
    if found := _abbreviations().match(behind):
        return found[1]
    found = _phrases().match(behind.lower())
    return found[1].strip() if found else ""


@cache
def _abbreviations() -> re.Pattern[str]:
    names = "|".join(sorted(facts("dates")["zones"], key=len, reverse=True))
    return compiled(rf"\s?[(\[/]?\s?((?:{names})(?:\s?[+-]\s?\d{{1,2}}(?::?\d\d)?)?)(?!\w)")


@cache
def _phrases() -> re.Pattern[str]:
    return compiled(rf"[\s,(]{{0,3}}(?:in )?((?:{'|'.join(facts('dates')['words']['zone'])}))")


def names_zone(text: str) -> bool:
    """Whether a `flat` text says anywhere which zone its times are in."""
    return _anywhere().search(text) is not None


@cache
def _anywhere() -> re.Pattern[str]:
    names = "|".join(sorted(facts("dates")["zones"], key=len, reverse=True))
    return compiled(rf"(?<!\w)(?:(?:{names})(?!\w)|(?i:{'|'.join(facts('dates')['words']['zone'])}))")
