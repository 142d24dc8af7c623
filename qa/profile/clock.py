"""The clock of a session: what day it is where a campaign is sent from, the same for checks, waivers and triage."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from qa.finding import Unusable

if TYPE_CHECKING:
    from qa.request import Request

VARIABLE = "QA_TODAY"  # a day such as 2026-03-10: what was right on that day stays right


@dataclass(frozen=True, slots=True)
class Clock:
    """The time as it is or, with a ``day``, as if it were that day everywhere."""

    day: date | None = None

    @classmethod
    def of_environment(cls) -> Clock:
        """The clock of this machine; QA_TODAY names another day. Unusable where that is no day."""
        written = os.environ.get(VARIABLE, "")
        try:
            return cls(date.fromisoformat(written) if written else None)
        except ValueError:
            raise Unusable(f"{VARIABLE} is “{written}”; a day such as 2026-03-10 was expected") from None

    def now(self) -> datetime:
        """This moment, in UTC, whatever day is pretended: results say when they were really made."""
        return datetime.now(UTC)

    def today_of(self, request: Request) -> date:
        """The day it is where a campaign is sent from; where the request does not say, on this machine."""
        return self.today(request.send.timezone if request.send else None)

    def today(self, zone: str | None = None) -> date:
        """The day it is in a time zone ("Europe/London"); None: in that of this machine."""
        return self.day or datetime.now(ZoneInfo(zone) if zone else None).date()
