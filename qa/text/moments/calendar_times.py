"""Moments as calendar links and iCalendar files write them. https://www.rfc-editor.org/rfc/rfc5545"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from qa.facts import facts

_MOMENT = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ](\d\d):?(\d\d)(?::?(\d\d)(?:\.\d+)?)?\s?(Z|[+ -]\d\d:?\d\d)?)?", re.IGNORECASE
)
_DURATION = re.compile(r"P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:\d+S)?)?")
_EVENT = re.compile(r"^BEGIN:VEVENT\s*$(.*?)^END:VEVENT\s*$", re.IGNORECASE | re.MULTILINE | re.DOTALL)
_LINE = re.compile(r"^(DTSTART|DTEND|DURATION)([^:\r\n]*):([^\r\n]*)", re.IGNORECASE | re.MULTILINE)
_ZONE = re.compile(r";TZID=\"?([^\";:]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Span:
    """A start and an end, each as read (None: it cannot be) and as written."""

    start: datetime | date | None
    end: datetime | date | None
    written: str
    ends: str = ""


def moment(written: str, zone: str = "") -> datetime | date | None:
    """A day, or a moment with or without its zone; None for what is neither."""
    found = _MOMENT.fullmatch(written.strip())
    if found is None:
        return None
    year, month, day = (int(found[n]) for n in (1, 2, 3))
    try:
        if found[4] is None:
            return date(year, month, day)
        read = datetime(year, month, day, int(found[4]), int(found[5]), int(found[6] or 0))
    except ValueError:
        return None
    return read.replace(tzinfo=_offset(found[7]) if found[7] else zone_of(zone))


def zone_of(name: str) -> tzinfo | None:
    """A zone by its name, that of the IANA or of Windows; None for a name nobody knows."""
    name = facts("calendars")["windows_zones"].get(name, name)
    try:
        return ZoneInfo(name) if name else None
    except (ValueError, OSError, KeyError):
        return None


def after(start: datetime | date | None, duration: str) -> datetime | date | None:
    """The end of what lasts so long: PT40M, or Yahoo's 0040."""
    if start is None:
        return None
    if re.fullmatch(r"\d{4}", duration):
        return start + timedelta(hours=int(duration[:2]), minutes=int(duration[2:]))
    found = _DURATION.fullmatch(duration.strip())
    if found is None or not any(found.groups()):
        return None
    weeks, days, hours, minutes = (int(each or 0) for each in found.groups())
    return start + timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes)


def events_in(text: str) -> Iterator[tuple[int, Span]]:
    """The events of an iCalendar file, each with the place of its first line about time."""
    for event in _EVENT.finditer(text):
        lines = {found[1].upper(): found for found in _LINE.finditer(text, event.start(1), event.end(1))}
        if first := lines.get("DTSTART"):
            start, end = _read(first), _read(lines["DTEND"]) if "DTEND" in lines else None
            if end is None and "DURATION" in lines:
                end = after(start, lines["DURATION"][3])
            ends = lines["DTEND"][3].strip() if "DTEND" in lines else ""
            yield first.start(), Span(start, end, first[3].strip(), ends)


def _read(line: re.Match[str]) -> datetime | date | None:
    zone = _ZONE.search(line[2])
    return moment(line[3], zone[1] if zone else "")


def _offset(written: str) -> tzinfo:
    if written.upper() == "Z":
        return UTC
    digits = written[1:].replace(":", "")
    apart = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-apart if written[0] == "-" else apart)
