"""A whole run in this process, for tests: every answer of a campaign, and the verdict over them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from qa.build.campaign import Campaign
from qa.finding import Result
from qa.profile.clock import Clock
from qa.profile.codes import known_codes
from qa.profile.model import Profile
from qa.request import Request
from qa.run import Plan, Subject, answers, plan, session
from qa.testing import shared
from qa.verdict.judge import Verdict, conclude
from qa.verdict.waivers import load_waivers


@dataclass(frozen=True)
class Ran:
    """What came of a campaign, before anything is weighed."""

    plan: Plan
    results: tuple[Result, ...]

    @property
    def subjects(self) -> tuple[Subject, ...]:
        return self.plan.subjects


def run(campaign: Campaign, request: Request | None, profile: Profile, day: date | None = None) -> Ran:
    """Every answer, as if it were that day; the browsers stay open for the next run of this process."""
    clock = Clock(day) if day else None
    planned = plan(session(profile, clock, shared()), campaign, request)
    return Ran(planned, answers(planned))


def weighed(results: Iterable[Result], profile: Profile, folder: Path, today: date) -> Verdict:
    """The verdict over results, with the waivers of a campaign folder."""
    return conclude(results, profile, load_waivers(folder, known_codes(session(profile).registry)), today)
