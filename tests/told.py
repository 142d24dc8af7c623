"""What is told of a campaign once its findings are weighed together."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from qa.build.campaign import Campaign
from qa.finding import Finding, Judged, Outcome, Result
from qa.profile.model import Profile
from qa.request import load_request
from qa.testing import write_campaign
from qa.verdict.judge import conclude
from tests.running import run

TODAY = date(2026, 11, 30)


def told(results: Iterable[Result], profile: Profile | None = None) -> list[Judged]:
    """The findings of some results that are shown: each thing once."""
    results = list(results)
    assert not [result.reason for result in results if result.outcome is Outcome.BROKEN]
    weighed = conclude(results, profile or Profile(), (), TODAY).results
    return [judged for weight in weighed for judged in weight.judged]


def findings(results: Iterable[Result], profile: Profile | None = None) -> list[Finding]:
    """The same, without their weights."""
    return [judged.finding for judged in told(results, profile)]


def campaign_told(*checks: str, profile: Profile | None = None, **written: Any) -> list[Judged]:
    """What some checks together tell of a campaign, written as `qa.testing.write_campaign` takes it."""
    chosen = replace(profile or Profile(), only=checks)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_campaign(folder, **written)
        answers = run(Campaign(folder, folder.name), load_request(folder), chosen)
    return told(answers.results, chosen)


def codes(*checks: str, off: tuple[str, ...] = (), **written: Any) -> list[str]:
    """The codes of it, in the order of the alphabet; ``off`` are those the team switched off."""
    shown = campaign_told(*checks, profile=Profile(severities=dict.fromkeys(off)), **written)
    return sorted(judged.finding.code for judged in shown)
