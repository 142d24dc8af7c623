"""Screenshots and contents as they are accepted and kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from qa.approval import baseline, contents
from qa.artefacts import Approval, BaselineScreenshot
from qa.files.atomic import alone
from qa.finding import Fault, Unusable


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Who accepts, when, and why where the report was not GO."""

    by: str
    on: date
    reason: str = ""


def keep(
    folder: Path,
    screenshots: Iterable[BaselineScreenshot],
    pictures: Iterable[bytes],
    approvals: Iterable[Approval],
    acceptance: Acceptance,
) -> None:
    """Add to what is approved of a campaign, each in the place of an older one."""
    by, on, reason = acceptance.by, acceptance.on.isoformat(), acceptance.reason
    try:
        with alone(folder):
            approved = approved_screenshots(folder)
            approved |= {screenshot.key: replace(screenshot, accepted=on, by=by) for screenshot in screenshots}
            held = approved_contents(folder)
            held |= {each.asset: replace(each, accepted=on, by=by, reason=reason) for each in approvals}
            baseline.save(folder, approved, pictures)
            contents.save(folder, held)
    except Fault as fault:
        raise Unusable(str(fault)) from None


def forget(folder: Path, keys: Iterable[tuple[str, str]]) -> None:
    """Take screenshots, by asset and view, out of what is approved; with the last of an asset its contents go."""
    gone = set(keys)
    with alone(folder):
        approved = {key: each for key, each in approved_screenshots(folder).items() if key not in gone}
        left = {asset for asset, _ in approved}
        held = {name: each for name, each in approved_contents(folder).items() if left and name in {*left, ""}}
        baseline.save(folder, approved, ())
        contents.save(folder, held)


def approved_screenshots(folder: Path) -> dict[tuple[str, str], BaselineScreenshot]:
    try:
        return baseline.load(folder)
    except Fault as fault:
        raise Unusable(str(fault)) from None


def approved_contents(folder: Path) -> dict[str, Approval]:
    try:
        return contents.approvals(folder)
    except Fault as fault:
        raise Unusable(str(fault)) from None
