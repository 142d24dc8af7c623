"""What is told of a campaign once its findings are weighed together."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from qa.campaign import Campaign
from qa.config import Settings
from qa.finding import Finding, Outcome, Result
from qa.request import load_request
from qa.testing import write_campaign
from qa.verdict import Judged, conclude
from tests.running import run

TODAY = date(2026, 11, 30)


def told(results: Iterable[Result], settings: Settings | None = None) -> list[Judged]:
    """The findings of some results that are shown: each thing once."""
    results = list(results)
    assert not [result.reason for result in results if result.outcome is Outcome.BROKEN]
    weighed = conclude(results, settings or Settings(), (), TODAY).results
    return [judged for weight in weighed for judged in weight.judged]


def findings(results: Iterable[Result], settings: Settings | None = None) -> list[Finding]:
    """The same, without their weights."""
    return [judged.finding for judged in told(results, settings)]


def campaign_told(*checks: str, off: tuple[str, ...] = (), **written: Any) -> list[Judged]:
    """What some checks together tell of a campaign, written as `write_campaign` takes it; ``off`` are switched off."""
    chosen = Settings(only=checks, severities=dict.fromkeys(off))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_campaign(folder, **written)
        answers = run(Campaign(folder, folder.name), load_request(folder), chosen)
    return told(answers.results, chosen)


def codes(*checks: str, off: tuple[str, ...] = (), **written: Any) -> list[str]:
    """The codes of it, in the order of the alphabet."""
    return sorted(judged.finding.code for judged in campaign_told(*checks, off=off, **written))
