"""Do the checks find what was left of the campaign this one was cloned from, and nothing else?"""

from __future__ import annotations

from typing import Any

import pytest

from qa.finding import Outcome
from qa.testing import run_check


@pytest.mark.parametrize(
    "build",
    [
        "<p>Quote MOPS-1423</p><!-- mops_1423 -->",
        "<p>MOPS-12 is a screw, MOPS-14230-99 a part, XMOPS-1399 another.</p>",
        '<p style="width:MOPS">COVID-1919</p>',
    ],
)
def test_no_other_id(build: str) -> None:
    assert run_check("leftover-ids", build=build, campaign={"id": "MOPS-1423"}).codes == []


@pytest.mark.parametrize(
    "build",
    [
        "<p>Quote MOPS-1399</p>",
        "<!-- MOPS-1399 --><p>Hello mops_1399</p>",
        '<img src="mops-1399.png" alt="">',
        '<a href="https://acme.example/?c=MOPS-1399">Go</a>',
    ],
)
def test_another_id(build: str) -> None:
    answer = run_check("leftover-ids", build=build, campaign={"id": "MOPS-1423"})
    assert set(answer.codes) == {"leftover-id"}


def test_ids_that_are_asked_for() -> None:
    campaign = {"id": "MOPS-1423"}
    asked = {"copy": ["See MOPS-1399 as well."]}
    assert run_check("leftover-ids", build="<p>See MOPS-1399 as well.</p>", campaign=campaign, email=asked).codes == []
    links = {"links": [{"text": "Go", "url": "https://acme.example/"}]}
    build = '<a href="https://acme.example/?c=MOPS-1399">Go</a>'
    assert run_check("leftover-ids", build=build, campaign=campaign, email=links).codes == ["leftover-id"]


def test_an_id_without_a_pattern() -> None:
    assert run_check("leftover-ids", build="<p>Hello</p>", campaign={"id": "spring"}).outcome is Outcome.SKIPPED


def _links(*campaigns: str) -> str:
    return "".join(f'<a href="https://acme.example/{n}?utm_campaign={c}">L{n}</a>' for n, c in enumerate(campaigns))


TRACKED: dict[str, Any] = {"tracking": {"utm": {"campaign": "2026-q1"}}}


@pytest.mark.parametrize(
    ("campaign", "build", "codes"),
    [
        (TRACKED, _links("2026-q1", "2026-q1"), []),
        (TRACKED, _links("2026-q1", "2025-q4", "2025-q4"), ["leftover-campaign"]),
        ({"tracking": {"utm": {"campaign": "{{my.Campaign}}"}}}, _links("2026-q1", "2025-q4"), []),
        (TRACKED, _links("2026-q1", "{{my.Campaign}}"), []),
        ({}, _links("a", "a", "a", "a", "b"), ["leftover-campaign"]),
        ({}, _links("a", "b", "c"), []),
    ],
)
def test_tracking_of_another_campaign(campaign: dict[str, Any], build: str, codes: list[str]) -> None:
    assert run_check("leftover-campaigns", build=build, campaign=campaign).codes == codes


def test_a_campaign_that_is_asked_for_a_single_link() -> None:
    link: dict[str, Any] = {"text": "L0", "url": "https://acme.example/0"}
    build = _links("old")
    assert run_check("leftover-campaigns", build=build, campaign=TRACKED, email={"links": [link]}).codes != []
    asked = {"links": [link | {"utm": {"campaign": "old"}}]}
    assert run_check("leftover-campaigns", build=build, campaign=TRACKED, email=asked).codes == []


@pytest.mark.parametrize(
    ("name", "build", "codes"),
    [
        ("Spring Summit 2026", '<p>Hello</p><img src="a.png" alt="Spring Summit 2025">', ["leftover-year"]),
        ("Spring", "<h1>Summit 2026</h1><p>Programme</p><p>Summit 2025</p>", ["leftover-year"]),
        ("Spring", "<h1>Summit 2026</h1><p>After Summit 2025, we are back for Summit 2026.</p>", []),
        ("Spring", "<p>March 2026</p><p>March 2025</p>", []),
        ("Spring", "<p>Report 2025</p>", []),
    ],
)
def test_names_with_another_year(name: str, build: str, codes: list[str]) -> None:
    campaign = {"name": name, "send": {"at": "2026-03-10T09:00"}}
    assert run_check("leftover-years", build=build, campaign=campaign).codes == codes
