"""Screenshots as they are accepted and kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from qa.approval import baseline
from qa.artefacts import Look
from qa.files.atomic import alone
from qa.finding import Fault, Unusable


def keep(folder: Path, looks: Iterable[Look], pictures: Iterable[bytes], by: str, on: date) -> None:
    """Add looks to what is approved of a campaign, each in the place of an older one."""
    from dataclasses import replace

    try:
        with alone(folder):
            approved = approved_looks(folder)
            approved |= {look.key: replace(look, accepted=on.isoformat(), by=by) for look in looks}
            baseline.save(folder, approved, pictures)
    except Fault as fault:
        raise Unusable(str(fault)) from None


def approved_looks(folder: Path) -> dict[tuple[str, str], Look]:
    try:
        return baseline.load(folder)
    except Fault as fault:
        raise Unusable(str(fault)) from None
