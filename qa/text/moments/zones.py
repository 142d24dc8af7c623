"""Time zones as texts abbreviate them: hours from UTC, and the half of the year in which an abbreviation is right."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from itertools import product
from zoneinfo import ZoneInfo

from qa.facts import facts
from qa.text.moments.times import TimeOfDay

_FROM_UTC = re.compile(r"(?:utc|gmt)\s?([+-])\s?(\d{1,2})(?::?(\d\d))?")
_NOON = time(12)


def offsets(zone: str) -> tuple[float, ...]:
    """Hours from UTC that an abbreviation can mean; none where nobody can tell: «London time»."""
    if found := _FROM_UTC.fullmatch(zone.strip().lower()):
        hours = int(found[2]) + int(found[3] or 0) / 60
        return (-hours if found[1] == "-" else hours,)
    return tuple(map(float, facts("dates")["zones"].get(zone, ())))


def same_moment(one: TimeOfDay, other: TimeOfDay) -> bool:
    """Whether two times can be the same, each in its zone; a zone nobody can place makes it possible."""
    if one.same(other):
        return True
    if not one.zone or not other.zone or one.zone.casefold() == other.zone.casefold():
        return False
    mine, yours = offsets(one.zone), offsets(other.zone)
    if not mine or not yours:
        return True
    apart = (one.hour - other.hour) + (one.minute - other.minute) / 60
    # What holds all year, PT and ET, changes its clocks together.
    pairs = zip(mine, yours, strict=True) if len(mine) == len(yours) else product(mine, yours)
    return any((apart - here + there) % 24 == 0 for here, there in pairs)


def out_of_season(zone: str, on: date) -> str:
    """What is said instead on that day: PST in December for PDT; "" where the abbreviation is right, or may be."""
    if zone not in facts("dates")["seasons"]:
        return ""
    place, other = facts("dates")["seasons"][zone]
    offset = datetime.combine(on, _NOON, ZoneInfo(place)).utcoffset()
    hours = offset.total_seconds() / 3600 if offset is not None else None
    return "" if hours is None or hours in offsets(zone) else str(other)
