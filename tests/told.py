"""What a reader is told of a small campaign where several checks run together."""

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
from qa.verdict import Judged, judge


def told(*checks: str, off: tuple[str, ...] = (), **written: Any) -> list[Judged]:
    """The findings shown; ``off`` are codes the team switched off, ``written`` is what `run_check` takes."""
    settings = Settings(only=checks, severities=dict.fromkeys(off))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_campaign(folder, **written)
        results = run(Campaign(folder, folder.name), load_request(folder), settings).results
    verdict = judge(results, settings, (), date(2026, 11, 22))
    return [judged for result in verdict.results for judged in result.judged]


def codes(*checks: str, off: tuple[str, ...] = (), **written: Any) -> list[str]:
    """The codes shown, in order of the alphabet."""
    return sorted(judged.finding.code for judged in told(*checks, off=off, **written))
