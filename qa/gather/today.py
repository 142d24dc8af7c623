"""Which day is it? Asked once, so that every check of a run sees the same; QA_TODAY (2026-03-10) says otherwise."""

from __future__ import annotations

import os
from datetime import date, datetime
from zoneinfo import ZoneInfo

from qa.artefacts import Today
from qa.check import gatherer
from qa.finding import Fault
from qa.request import Request


@gatherer()
def today(request: Request) -> Today:
    """The day it is where the campaign is sent from."""
    if written := os.environ.get("QA_TODAY", ""):
        try:
            return Today(date.fromisoformat(written))
        except ValueError:
            raise Fault(f"QA_TODAY is “{written}”; a day such as 2026-03-10 was expected.") from None
    zone = request.send.timezone if request.send else None
    return Today(datetime.now(ZoneInfo(zone) if zone else None).date())
