"""Every sample campaign gets the verdict it must get: each planted mistake found once, nothing else."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from qa.build.campaign import Campaign
from qa.profile.load import load_profile
from qa.profile.model import Profile
from qa.report.examine import examine
from qa.report.folder import Published, publish
from qa.run import session
from qa.testing import shared
from qa.visual import compare

FIXTURES = Path(__file__).parent.parent / "fixtures"
CAMPAIGNS = sorted(file.parent for file in FIXTURES.glob("*/request.yaml"))


@pytest.mark.parametrize("folder", CAMPAIGNS, ids=lambda folder: folder.name)
def test_what_was_planted_is_listed(folder: Path) -> None:
    expected = YAML(typ="safe").load(folder / "expected.yaml")
    listed = (FIXTURES / "README.md").read_text("utf-8").partition(f"**{folder.name}**")[2].partition("\n**")[0]
    planted = {finding["code"] for finding in (*expected["findings"], *expected["waived"])}
    assert not planted or planted == set(re.findall(r"^\|[^|]*\| `([a-z-]+)`", listed, re.MULTILINE))


@pytest.fixture(scope="module", params=CAMPAIGNS, ids=lambda folder: folder.name)
def examined(
    request: pytest.FixtureRequest, browser: None, tmp_path_factory: pytest.TempPathFactory
) -> tuple[dict[str, Any], Published]:
    """A campaign's expectations, and what came of it."""
    folder: Path = request.param
    expected = YAML(typ="safe").load(folder / "expected.yaml")
    out = tmp_path_factory.mktemp(folder.name)
    return expected, _published(folder, out, load_profile(folder, jobs=2))


def _published(folder: Path, out: Path, profile: Profile) -> Published:
    examined = examine(session(profile, resources=shared()), Campaign(folder, folder.name))
    publish(out, examined.files)
    return Published(examined.name, out, examined.decision, examined.document)


def _findings(published: Published, *, waived: bool) -> list[dict[str, Any]]:
    assert published.document is not None
    return [
        finding
        for result in published.document["results"]
        for finding in result["findings"]
        if bool(finding["waived"]) is waived
    ]


def _keys(findings: list[dict[str, Any]]) -> Counter[tuple[str, str | None]]:
    return Counter((finding["code"], finding.get("asset")) for finding in findings)


def test_verdict_and_exit_code(examined: tuple[dict[str, Any], Published]) -> None:
    expected, published = examined
    assert published.document is not None
    broken = [r["reason"] for r in published.document["results"] if r["outcome"] == "broken"]
    assert (published.decision, published.exit_code, broken) == (expected["verdict"], expected["exit"], [])


def test_each_planted_mistake_is_found_once_and_nothing_else(examined: tuple[dict[str, Any], Published]) -> None:
    expected, published = examined
    found = [f for f in _findings(published, waived=False) if f["severity"] in ("error", "warning")]
    assert _keys(found) == _keys(expected.get("findings") or [])
    assert _keys(_findings(published, waived=True)) == _keys(expected.get("waived") or [])


def test_findings_say_where_and_what(examined: tuple[dict[str, Any], Published]) -> None:
    expected, published = examined
    found = _findings(published, waived=False)
    for wanted in expected.get("findings") or []:
        alike = [f for f in found if (f["code"], f["asset"]) == (wanted["code"], wanted.get("asset"))]
        assert any(_fits(finding, wanted) for finding in alike), (wanted, alike)
        assert all(finding["fix"] for finding in alike)


def _fits(finding: dict[str, Any], wanted: dict[str, Any]) -> bool:
    where = finding["where"] or {}
    text = json.dumps(finding, ensure_ascii=False)
    return (
        wanted.get("line") in (None, where.get("line"))
        and wanted.get("contains", "") in text
        and wanted.get("severity") in (None, finding["severity"])
    )


def test_nothing_is_left_to_a_person_but_what_must_be(examined: tuple[dict[str, Any], Published]) -> None:
    expected, published = examined
    asked = {f["code"] for f in _findings(published, waived=False) if f["severity"] == "review"}
    assert asked <= set(expected.get("reviews") or [])


def test_the_report_is_one_file_with_pictures(examined: tuple[dict[str, Any], Published]) -> None:
    _, published = examined
    assert published.document is not None
    report = (published.folder / "report.html").read_text("utf-8")
    rendered = [asset for asset in published.document["assets"] if asset["kind"] in ("email", "page")]
    least = {"email": 6, "page": 3}  # a seventh for emails with styles for dark mode
    for asset in rendered:
        drawn = [screenshot for screenshot in published.document["screenshots"] if screenshot["asset"] == asset["name"]]
        assert len(drawn) in (least[asset["kind"]], least[asset["kind"]] + 1)
    assert all((published.folder / screenshot["file"]).is_file() for screenshot in published.document["screenshots"])
    assert len(report) < 6_000_000
    assert 'src="http' not in report


def test_two_runs_differ_in_run_alone(tmp_path: Path, browser: None) -> None:
    folder = FIXTURES / "spring-webinar-demo"
    documents, screenshots = [], []
    for name in ("one", "two"):
        published = _published(folder, tmp_path / name, Profile(jobs=2, cache=False))
        assert published.document is not None
        documents.append({key: value for key, value in published.document.items() if key != "run"})
        screenshots.append(
            [(tmp_path / name / screenshot["file"]).read_bytes() for screenshot in published.document["screenshots"]]
        )
    differing = [part for part, value in documents[0].items() if value != documents[1][part]]
    assert not differing  # by name: what is in them is too long to be compared line by line
    # Chromium scales a photograph a shade otherwise now and then: what a reader sees is the same.
    assert not [compare(one, two).regions for one, two in zip(*screenshots, strict=True) if compare(one, two).regions]
