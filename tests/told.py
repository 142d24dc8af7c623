"""What is told of a campaign once its findings are weighed together."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from qa.campaign import Campaign
from qa.config import Settings
from qa.finding import Finding, Outcome
from qa.request import load_request
from qa.run import run
from qa.testing import write_campaign
from qa.verdict import Judged, Result, judge

TODAY = date(2026, 11, 30)


def told(results: Iterable[Result], settings: Settings | None = None) -> list[Judged]:
    """The findings of some results that are shown: each thing once."""
    weighed = judge(results, settings or Settings(), (), TODAY).results
    assert not [result.reason for result in weighed if result.outcome is Outcome.BROKEN]
    return [judged for result in weighed for judged in result.judged]


def findings(results: Iterable[Result], settings: Settings | None = None) -> list[Finding]:
    """The same, without their weights."""
    return [judged.finding for judged in told(results, settings)]


def campaign_told(*checks: str, settings: Settings | None = None, **written: Any) -> list[Judged]:
    """What some checks together tell of a campaign, written as `qa.testing.write_campaign` takes it."""
    from dataclasses import replace

    chosen = replace(settings or Settings(), only=checks)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_campaign(folder, **written)
        answers = run(Campaign(folder, folder.name), load_request(folder), chosen, keep_open=True)
    return told(answers.results, chosen)
