"""Links of the frame that no list was compared with stand in the record, and quietly in the report for reviewers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from qa.cli.command_line import main
from qa.testing import write_campaign

LOGO = '<p><a href="https://www.acme.example/"><img src="logo.png" alt="Acme"></a></p>'
BODY = '<p>Join us in spring.</p><p><a href="https://www.acme.example/webinar">Save my seat</a></p>'
NETWORKS = '<p><a href="https://www.linkedin.com/company/acme">LinkedIn</a> <a href="https://x.com/acme">X</a></p>'
FOOT = (
    '<p><a href="https://www.acme.example/privacy">Privacy</a> <a href="{{system.unsubscribeLink}}">Unsubscribe</a></p>'
)
BUILD = f"<html lang='en'><title>Hi</title>{LOGO}{BODY}{NETWORKS}{FOOT}</html>"
ASKED = {"links": [{"text": "Save my seat", "url": "https://www.acme.example/webinar"}]}
ALL = [
    ("logo", "https://www.acme.example/"),
    ("social", "https://www.linkedin.com/company/acme"),
    ("social", "https://x.com/acme"),
    ("privacy", "https://www.acme.example/privacy"),
]


def _record(folder: Path, build: str = BUILD, asked: dict[str, Any] | None = None, known: tuple[str, ...] = ()) -> Any:
    write_campaign(folder / "campaign", build=build, email=ASKED if asked is None else asked)
    if known:  # the team's, above the campaign
        folder.joinpath("qa.toml").write_text(f"[links]\nknown = {json.dumps(known)}\n", "utf-8")
    main(["run", str(folder / "campaign"), "--no-render", "--fail-on", "never", "--report", str(folder / "out")])
    return json.loads(folder.joinpath("out", "report.json").read_text("utf-8"))


def _links(record: Any) -> list[tuple[str, str]]:
    (asset,) = record["assets"]
    return [(link["part"], link["href"]) for link in asset["frame_links"]]


def test_the_record_lists_what_the_request_does_not_name(tmp_path: Path) -> None:
    record = _record(tmp_path)
    assert _links(record) == ALL
    assert record["assets"][0]["frame_links"][1]["line"] == 1
    page = tmp_path.joinpath("out", "report.html").read_text("utf-8")
    assert "Links of the frame that nothing was compared with" in page
    assert "https://www.linkedin.com/company/acme" in page
    assert 'href="https://www.linkedin.com' not in page


def test_a_link_that_stands_twice_is_listed_once(tmp_path: Path) -> None:
    assert _links(_record(tmp_path, BUILD.replace(FOOT, NETWORKS + FOOT))) == ALL


@pytest.mark.parametrize(
    ("known", "left"),
    [
        (("https://www.linkedin.com/company/acme", "x.com/acme"), [ALL[0], ALL[3]]),
        (("https://www.acme.example/",), ALL[1:]),
        # The list knows one network, and X is found to be none of it: that is a finding.
        (("https://www.linkedin.com/company/acme",), [ALL[0], ALL[3]]),
    ],
)
def test_what_the_teams_list_is_compared_with_is_not_listed(tmp_path: Path, known: Any, left: list[Any]) -> None:
    assert _links(_record(tmp_path, known=known)) == left


def test_what_the_request_names_is_not_listed(tmp_path: Path) -> None:
    asked = {"links": [*ASKED["links"], {"text": "LinkedIn", "url": "https://www.linkedin.com/company/acme"}]}
    assert _links(_record(tmp_path, asked=asked)) == [ALL[0], ALL[2], ALL[3]]


def test_a_link_that_is_warned_of_is_not_listed(tmp_path: Path) -> None:
    record = _record(
        tmp_path, BUILD.replace("acme.example/privacy", "other.example/winter").replace("Privacy", "Winter")
    )
    assert _links(record) == ALL[:3]
    assert [f["code"] for r in record["results"] for f in r["findings"] if f["code"] == "unasked-link"] == [
        "unasked-link"
    ]


def test_a_report_without_such_links_says_nothing_of_them(tmp_path: Path) -> None:
    assert _links(_record(tmp_path, f"<html lang='en'><title>Hi</title>{BODY}</html>")) == []
    assert "Links of the frame" not in tmp_path.joinpath("out", "report.html").read_text("utf-8")
