"""The day on which a campaign is judged."""

from __future__ import annotations

from qa.artefacts import Today
from qa.check import gatherer
from qa.profile.clock import Clock
from qa.request import Request


@gatherer()
def today(request: Request, clock: Clock) -> Today:
    """The day it is where the campaign is sent from."""
    return Today(clock.today_of(request))
