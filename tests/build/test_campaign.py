"""Campaigns as they are found and named."""

from __future__ import annotations

from pathlib import Path

from qa.build.campaign import Campaign, find_campaigns, names_apart
from qa.testing import write_campaign


def test_campaigns_that_are_called_alike_are_told_apart_by_the_folders_above(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("2026/uk/spring", "2026/de/spring", "2025/de/spring", "2025/de/autumn")]
    for folder in folders:
        write_campaign(folder, build="<p>Hello</p>")
    found = sorted(find_campaigns([tmp_path]), key=lambda campaign: folders.index(campaign.folder))
    assert names_apart(found) == ["uk/spring", "2026/de/spring", "2025/de/spring", "autumn"]
    assert names_apart(found[-2:]) == ["spring", "autumn"]
    assert names_apart([]) == []


def test_two_targets_of_one_place_do_not_hang(tmp_path: Path) -> None:
    one = Campaign(tmp_path, "a")
    assert len(set(names_apart([one, one]))) == 1
