"""Is what an approval holds on to kept, and is a campaign that is held not accepted without a reason?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qa.approval import contents
from qa.approval.baseline import to_json
from qa.approval.contents import approvals, from_json, save
from qa.artefacts import Approval
from qa.cli.command_line import main
from qa.finding import Fault
from qa.report.approvable import APPROVABLE, CONTENTS
from qa.testing import write_campaign
from tests.approval.test_baseline import PNG, SCREENSHOT

PARTS = {"links": (("“Book”", "https://a.example/"), ("“Book”", "")), "words": (("", "Now\tonly €49"),)}
APPROVAL = Approval("asset", PARTS, "held", "2026-11-20", "Kim Osei", "Agreed with Legal")
BUILD = '<html><body><h1>Save your seat</h1><p><a href="https://a.example/x">Only €49</a></p></body></html>'


def test_nothing_is_approved_where_there_is_no_folder(tmp_path: Path) -> None:
    assert approvals(tmp_path) == {}


def test_what_is_saved_is_read_back_a_line_for_everything_that_can_change(tmp_path: Path) -> None:
    save(tmp_path, {"asset": APPROVAL})
    assert approvals(tmp_path) == {"asset": APPROVAL}
    written = (tmp_path / "baseline" / "contents.json").read_text("utf-8")
    assert '"“Book”\\thttps://a.example/"' in map(str.strip, written.replace(",\n", "\n").splitlines())


@pytest.mark.parametrize(
    "content", ["nothing", "[]", '{"schema": 2, "approvals": []}', '{"schema": 1, "approvals": [1]}']
)
def test_a_damaged_file_is_said(content: str, tmp_path: Path) -> None:
    (tmp_path / "baseline").mkdir()
    (tmp_path / "baseline" / "contents.json").write_text(content, "utf-8")
    with pytest.raises(Fault, match=r"baseline/contents\.json is damaged.*version control"):
        approvals(tmp_path)


def test_the_names_of_the_files_are_promised() -> None:
    assert (contents.FILE, CONTENTS) == ("contents.json", "contents.json")


@pytest.fixture
def campaign(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A campaign with a report of one screenshot, whatever drew it."""
    monkeypatch.chdir(tmp_path)
    write_campaign(tmp_path / "spring", build=BUILD, email={"subject": "Spring"}, sidecar={"subject": "Spring"})
    return tmp_path / "spring"


def reported(*options: str) -> int:
    """A run without a browser, into whose report a screenshot is put as if one had drawn it."""
    code = main(["run", "spring", "--no-render", *options])
    report = Path("qa-report/report.json")
    document = json.loads(report.read_text("utf-8"))
    file = "screenshots/asset.png"
    Path("qa-report", file).parent.mkdir(exist_ok=True)
    Path("qa-report", file).write_bytes(PNG)
    document["screenshots"] = [{"asset": "asset", "view": SCREENSHOT.view, "file": file}]
    report.write_text(json.dumps(document), "utf-8")
    kept = to_json([SCREENSHOT], document["run"]["id"]).replace('"invite"', '"asset"')
    Path("qa-report", APPROVABLE).write_text(kept, "utf-8")
    return code


def codes() -> dict[str, str]:
    document = json.loads(Path("qa-report/report.json").read_text("utf-8"))
    wanted = ("approved-contents", "approved-request")
    return {f["code"]: f["message"] for r in document["results"] if r["check"] in wanted for f in r["findings"]}


def test_what_changed_since_is_said_and_nothing_else(campaign: Path) -> None:
    assert reported("--fail-on", "never") == 0
    assert main(["baseline", "accept", "spring", "--by", "Kim Osei"]) == 0
    assert reported("--fail-on", "never") == 0 and codes() == {}
    (campaign / "build/asset.html").write_text(BUILD.replace("/x", "/y"), "utf-8")
    assert reported("--fail-on", "warning") == 1
    assert codes().keys() == {"changed-link"}
    assert "“Only €49” leads to https://a.example/y instead of https://a.example/x" in codes()["changed-link"]
    write_campaign(campaign, build=BUILD, email={"subject": "Summer"}, sidecar={"subject": "Summer"})
    reported()
    assert codes().keys() == {"changed-envelope", "changed-request"}
    assert "emails “asset”, subject: “Spring” became “Summer”" in codes()["changed-request"]
    write_campaign(campaign, build=BUILD, email={"subject": "Spring"}, sidecar={"subject": "Spring"})
    (campaign.parent / "qa.toml").write_text('gate = "never"\n', "utf-8")
    reported()
    assert codes().keys() == {"changed-profile"} and "gate: “never” is new" in codes()["changed-profile"]


def test_a_held_campaign_is_accepted_only_with_a_reason_which_later_reports_show(
    campaign: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_campaign(campaign, build=BUILD, email={"subject": "Summer"}, sidecar={"subject": "Spring"})
    assert reported() == 1
    assert main(["baseline", "accept", "spring"]) == 2
    err = capsys.readouterr().err
    assert "this report is HELD (" in err and '--reason "…"' in err and "Nothing was accepted." in err
    assert main(["baseline", "accept", "spring", "--reason", " "]) == 2
    assert not (campaign / "baseline").exists()
    assert main(["baseline", "accept", "spring", "--by", "Kim", "--reason", "Legal has\nagreed"]) == 0
    capsys.readouterr()
    main(["run", "spring", "--no-render", "--markdown", "summary.md"])
    said = "by Kim, although the report was held: Legal has agreed."
    assert said in " ".join(capsys.readouterr().out.split())
    assert said in Path("qa-report/report.html").read_text("utf-8")
    assert said in Path("summary.md").read_text("utf-8")
    (approval, _) = json.loads(Path("qa-report/report.json").read_text("utf-8"))["approvals"]
    assert (approval["verdict"], approval["reason"], approval["by"]) == ("held", "Legal has agreed", "Kim")
    assert main(["baseline", "list", "spring"]) == 0
    assert "Legal has agreed" in capsys.readouterr().out


def test_a_request_that_changed_after_the_report_is_not_accepted(
    campaign: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reported("--fail-on", "never")
    write_campaign(campaign, build=BUILD, email={"subject": "Other"}, sidecar={"subject": "Spring"})
    assert main(["baseline", "accept", "spring"]) == 2
    assert "the request was changed after this report" in capsys.readouterr().err


def test_with_a_part_of_the_assets_a_changed_request_stays_unapproved(campaign: Path) -> None:
    reported("--fail-on", "never")
    assert main(["baseline", "accept", "spring"]) == 0
    write_campaign(campaign, build=BUILD, email={"subject": "Spring"}, campaign={"name": "Other"})
    reported("--fail-on", "never")
    assert main(["baseline", "accept", "spring", "--asset", "asset"]) == 0
    reported("--fail-on", "never")
    assert codes().keys() == {"changed-request"}
    assert main(["baseline", "drop", "spring"]) == 0
    assert approvals(campaign) == {}
    assert from_json(contents.to_json([]).encode()) == []
