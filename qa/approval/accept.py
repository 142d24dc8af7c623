"""Screenshots as they are accepted and kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from qa.approval import baseline
from qa.artefacts import BaselineScreenshot
from qa.files.atomic import alone
from qa.finding import Fault, Unusable


def keep(folder: Path, screenshots: Iterable[BaselineScreenshot], pictures: Iterable[bytes], by: str, on: date) -> None:
    """Add screenshots to what is approved of a campaign, each in the place of an older one."""
    from dataclasses import replace

    try:
        with alone(folder):
            approved = approved_screenshots(folder)
            approved |= {
                screenshot.key: replace(screenshot, accepted=on.isoformat(), by=by) for screenshot in screenshots
            }
            baseline.save(folder, approved, pictures)
    except Fault as fault:
        raise Unusable(str(fault)) from None


def approved_screenshots(folder: Path) -> dict[tuple[str, str], BaselineScreenshot]:
    try:
        return baseline.load(folder)
    except Fault as fault:
        raise Unusable(str(fault)) from None
