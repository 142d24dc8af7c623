"""What a profile lets a run connect to: nothing, unless it says so; and a campaign says nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.finding import Unusable
from qa.network import Guard
from qa.profile.load import load_profile
from qa.testing import write_campaign


def test_nothing_leaves_unless_the_profile_or_the_command_says_so(tmp_path: Path) -> None:
    assert load_profile(tmp_path).guard is None
    assert load_profile(tmp_path, online=True).guard == Guard()
    (tmp_path / "qa.toml").write_text('[network]\nonline = true\nallow_private = ["Staging.acme.example", "[::1]"]\n')
    assert load_profile(tmp_path, online=None).guard == Guard(("staging.acme.example", "::1"))


@pytest.mark.parametrize("host", ["*", "https://acme.example", "acme.example:8080", "10.0.0.0/8", ""])
def test_only_hosts_are_named(tmp_path: Path, host: str) -> None:
    (tmp_path / "qa.toml").write_text(f'[network]\nallow_private = ["{host}"]\n')
    with pytest.raises(Unusable, match="should hold hosts"):
        load_profile(tmp_path)


@pytest.mark.parametrize(("written", "seconds"), [("30m", 1800), ("1h", 3600), ("7d", 604_800), ("0m", 0)])
def test_how_long_an_answer_counts(tmp_path: Path, written: str, seconds: float) -> None:
    assert load_profile(tmp_path).keep == 0
    (tmp_path / "qa.toml").write_text(f'[network]\nkeep = "{written}"\n')
    assert load_profile(tmp_path).keep == seconds


@pytest.mark.parametrize("written", ["8d", "1 h", "an hour", "-1h", ""])
def test_what_is_no_time_is_told(tmp_path: Path, written: str) -> None:
    (tmp_path / "qa.toml").write_text(f'[network]\nkeep = "{written}"\n')
    with pytest.raises(Unusable, match="should be a time such as 30m"):
        load_profile(tmp_path)


def test_a_campaign_opens_no_network(tmp_path: Path) -> None:
    (tmp_path / "qa.toml").write_text('[campaigns]\nmay = ["severity", "gate"]\n')
    write_campaign(tmp_path / "spring", build="<p>Hello", email={})
    (tmp_path / "spring" / "qa.toml").write_text('gate = "never"\n[network]\nallow_private = ["127.0.0.1"]\n')
    with pytest.raises(Unusable, match="may not open the network"):
        load_profile(tmp_path / "spring")
    (tmp_path / "spring" / "qa.toml").write_text("[network]\nonline = true\n")
    with pytest.raises(Unusable, match="may not open the network"):
        load_profile(tmp_path / "spring")
