"""Whole small campaigns, judged: which codes are shown when some checks run together."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from qa.campaign import Campaign
from qa.config import Settings
from qa.request import load_request
from qa.run import run
from qa.testing import write_campaign
from qa.verdict import judge


def shown(*checks: str, off: tuple[str, ...] = (), **campaign: Any) -> list[str]:
    """The codes a verdict shows over these checks of a campaign, sorted; ``off``: codes the team switched off."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_campaign(folder, **campaign)
        settings = Settings(only=checks, render=False, severities=dict.fromkeys(off))
        results = run(Campaign(folder, folder.name), load_request(folder), settings).results
        verdict = judge(results, settings, (), date(2026, 1, 15))
    assert not [result.reason for result in verdict.results if result.outcome == "broken"]
    return sorted(one.finding.code for result in verdict.results for one in result.judged)
