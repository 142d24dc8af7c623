"""Calendar entries that a build offers: links to Google, Outlook and Yahoo, .ics files, text/calendar parts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.source import Place


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One entry. A time without its zone is that of whoever opens it; a day alone is an entry for the whole day."""

    kind: str  # as a message names it: "the Google Calendar link", "the file invite.ics"
    where: Place
    start: datetime | date | None  # None: it cannot be read
    end: datetime | date | None
    written: str  # the start as written
    ends: str = ""  # the end as written
    label: str = ""  # of the link it stands behind


@dataclass(frozen=True, slots=True)
class CalendarEntries:
    """Every entry, in order."""

    built: tuple[CalendarEntry, ...] = ()
    beside: tuple[CalendarEntry, ...] = ()  # of .ics files that lie beside the build and that it does not name
