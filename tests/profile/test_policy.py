"""A campaign does not set its own gate: what it brings counts where the team's qa.toml lets it, and is said else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from qa.cli.command_line import main
from qa.finding import Severity, Unusable
from qa.profile.load import load_profile
from qa.profile.model import SETTINGS
from qa.testing import write_campaign

BUILD = '<p>Hello <a href="http://acme.example/a">there</a></p>'
WAIVER = "- {code: insecure-link, reason: They move., who: Kim Osei, until: 2099-01-01}\n"
BROUGHT = {
    "gate": 'gate = "never"\n',
    "checks": '[checks]\nskip = ["link-syntax"]\n',
    "severity": '[severity]\ninsecure-link = "off"\n',
}


def run(folder: Path, target: Path, *more: object) -> tuple[int, dict[str, Any]]:
    out = ["--report", str(folder / "report"), "--json", str(folder / "out.json")]
    code = main(
        ["run", str(target), "--no-render", "--fail-on", "warning", "--only", "link-syntax", *out, *map(str, more)]
    )
    return code, json.loads((folder / "out.json").read_text("utf-8"))


@pytest.fixture
def brought(tmp_path: Path) -> Path:
    """A campaign as it comes out of a zip, with a policy of its own."""
    write_campaign(tmp_path / "spring", build=BUILD)
    (tmp_path / "spring" / "qa.toml").write_text("".join(BROUGHT.values()))
    (tmp_path / "spring" / "waivers.yaml").write_text(WAIVER)
    return tmp_path / "spring"


def test_the_team_s_profile_decides_and_what_was_brought_is_said(tmp_path: Path, brought: Path) -> None:
    profile = load_profile(brought)
    assert (profile.gate, profile.skip, profile.severities) == (Severity.ERROR, (), {})
    assert (profile.takes_waivers, profile.counted) == (False, ())
    assert profile.unused == ("gate", "checks", "severity", "waivers")


def test_in_the_folder_one_works_in_and_below_all_is_one_s_own(brought: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for place in (brought, brought / "build"):
        monkeypatch.chdir(place)
        profile = load_profile(brought)
        assert (profile.gate, profile.skip, profile.severities) == (None, ("link-syntax",), {"insecure-link": None})
        assert (profile.takes_waivers, profile.unused) == (True, ())
        assert profile.counted == ("gate", "checks", "severity", "waivers")


def test_a_named_profile_leaves_nothing_to_the_folder_one_works_in(
    tmp_path: Path, brought: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "strict.toml").write_text('gate = "warning"\n[campaigns]\nmay = ["severity"]\n')
    monkeypatch.chdir(brought)
    profile = load_profile(brought, tmp_path / "strict.toml")
    assert (profile.gate, profile.severities, profile.takes_waivers) == (
        Severity.WARNING,
        {"insecure-link": None},
        False,
    )
    assert profile.unused == ("gate", "checks", "waivers")


@pytest.mark.parametrize("setting", [*BROUGHT, "waivers"])
def test_each_setting_counts_where_the_team_lets_it(tmp_path: Path, brought: Path, setting: str) -> None:
    (tmp_path / "qa.toml").write_text(f'[campaigns]\nmay = ["{setting}"]\n[severity]\nmissing-alt = "info"\n')
    profile = load_profile(brought)
    assert profile.counted == (setting,)
    assert (profile.gate is None) is (setting == "gate")
    assert ("link-syntax" in profile.skip) is (setting == "checks")
    assert ("insecure-link" in profile.severities) is (setting == "severity")
    assert profile.takes_waivers is (setting == "waivers")


def test_tables_are_put_together_and_what_is_not_written_stays_the_team_s(tmp_path: Path) -> None:
    write_campaign(tmp_path / "spring", build=BUILD)
    (tmp_path / "qa.toml").write_text(
        f'gate = "warning"\n[campaigns]\nmay = {json.dumps([*SETTINGS])}\n[render]\ncache = false\n'
        '[severity]\nmissing-alt = "error"\n[checks]\nskip = ["title"]\n[clients.mix]\ngmail-web = 90\n'
    )
    (tmp_path / "spring" / "qa.toml").write_text(
        'gate = "error"\n[render]\nviews = ["gmail-web"]\n[severity]\ninsecure-link = "off"\n'
        "[checks.image-weight]\nmost = 3\n[clients.mix]\napple-mail-ios = 80\n"
    )
    profile = load_profile(tmp_path / "spring")
    assert profile.gate is Severity.ERROR
    assert (profile.cache, profile.views, profile.skip) == (False, ("gmail-web",), ("title",))
    assert profile.severities == {"missing-alt": Severity.ERROR, "insecure-link": None}
    assert (profile.options, profile.clients) == ({"image-weight": {"most": 3}}, {"apple-mail-ios": 80.0})


def test_a_lone_build_brings_no_policy_either(tmp_path: Path) -> None:
    (tmp_path / "zip").mkdir()
    (tmp_path / "zip" / "invite.html").write_text(BUILD)
    (tmp_path / "zip" / "qa.toml").write_text('gate = "never"\n')
    code, document = run(tmp_path, tmp_path / "zip" / "invite.html")
    assert code == 1
    assert document["profile"]["unused"] == ["gate"]


def test_no_campaign_allows_itself_anything(tmp_path: Path, brought: Path) -> None:
    (brought / "qa.toml").write_text('gate = "never"\n[campaigns]\nmay = ["gate", "waivers"]\n')
    profile = load_profile(brought)
    assert profile.gate is Severity.ERROR
    assert profile.unused == ("gate", "campaigns", "waivers")


def test_a_word_nobody_knows_among_what_may_be_set(tmp_path: Path) -> None:
    (tmp_path / "qa.toml").write_text('[campaigns]\nmay = ["severities"]\n')
    with pytest.raises(Unusable, match="names `severities`, which is not known here; did you mean `severity`"):
        load_profile(tmp_path)


def test_a_run_says_it_in_its_verdict_and_in_every_report(
    tmp_path: Path, brought: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, document = run(tmp_path, brought, "--markdown", tmp_path / "out.md")
    assert code == 1 and document["profile"]["unused"] == ["gate", "checks", "severity", "waivers"]
    said = "The campaign brought gate, checks and severity in a qa.toml of its own, and waivers, which changed nothing"
    html = (tmp_path / "report" / "report.html").read_text("utf-8")
    shown = capsys.readouterr().out
    assert all(said in text for text in (shown, html, (tmp_path / "out.md").read_text("utf-8")))
    assert 'may = ["gate", "checks", "severity", "waivers"]' in shown


def test_what_counted_is_said_too(tmp_path: Path, brought: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "qa.toml").write_text('[campaigns]\nmay = ["waivers"]\n')
    code, document = run(tmp_path, brought)
    assert (code, document["profile"]["counted"]) == (0, ["waivers"])
    assert "The campaign brought waivers, which counted." in capsys.readouterr().out


def test_the_summary_of_many_says_it(tmp_path: Path, brought: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_campaign(tmp_path / "summer", build="<p>Hello</p>")
    assert main(["run", str(tmp_path), "--no-render", "--report", str(tmp_path / "report"), "-j", "1"]) != 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "changed nothing: spring (gate, checks and severity in a qa.toml of its own, and waivers)" in shown


def test_a_result_is_weighed_again_by_the_same_policy(tmp_path: Path, brought: Path) -> None:
    only = '[checks]\nonly = ["link-syntax"]\n'
    (tmp_path / "qa.toml").write_text(only)
    assert run(tmp_path, brought)[0] == 1
    again = ["judge", str(tmp_path / "report"), "--fail-on", "warning", "--json", str(tmp_path / "again.json")]
    assert main(again) == 1
    (tmp_path / "kind.toml").write_text(only + '[campaigns]\nmay = ["waivers"]\n')
    assert main([*again, "--profile", str(tmp_path / "kind.toml")]) == 0
    assert json.loads((tmp_path / "again.json").read_text("utf-8"))["profile"]["unused"] == [
        "gate",
        "checks",
        "severity",
    ]


def test_a_request_is_judged_by_the_same_policy(
    tmp_path: Path, brought: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (brought / "qa.toml").write_text('[severity]\nno-subject = "off"\n')
    assert main(["triage", str(brought)]) == 1
    shown = " ".join(capsys.readouterr().out.split())
    assert "no-subject" in shown and "severity in a qa.toml of its own" in shown
    (tmp_path / "kind.toml").write_text('[campaigns]\nmay = ["severity"]\n')
    main(["triage", str(brought), "--profile", str(tmp_path / "kind.toml")])
    assert "no-subject" not in capsys.readouterr().out
