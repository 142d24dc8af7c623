"""Is what was approved kept, listed, dropped, and never mixed up with anything else?"""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from qa.approval import baseline
from qa.approval.accept import Acceptance, keep
from qa.approval.baseline import digest, from_json, load, picture, save, to_json
from qa.artefacts import BaselineScreenshot
from qa.cli.command_line import main
from qa.finding import Fault
from qa.report.approvable import APPROVABLE
from qa.testing import write_campaign
from qa.visual import NamedBox

PNG = b"a picture"
LAYOUT = (NamedBox((60, 400, 180, 44), "the button “Save my seat”"), NamedBox((0, 0, 600, 300), "the picture hero.png"))
SCREENSHOT = BaselineScreenshot(
    "invite", "gmail-web", digest(PNG), "Chromium 1", "f", "v", 1.0, "b", LAYOUT, "2026-11-20", "Kim Osei"
)
BUILD = "<html><body><h1>Save your seat</h1><p>Only €49</p></body></html>"


def test_nothing_is_approved_where_there_is_no_folder(tmp_path: Path) -> None:
    assert load(tmp_path) == {}


def test_what_is_saved_is_read_back(tmp_path: Path) -> None:
    save(tmp_path, {SCREENSHOT.key: SCREENSHOT}, [PNG])
    assert load(tmp_path) == {SCREENSHOT.key: SCREENSHOT}
    assert picture(tmp_path, SCREENSHOT) == PNG


def test_the_file_is_the_same_for_the_same_screenshots_and_a_line_an_element(tmp_path: Path) -> None:
    other = replace(SCREENSHOT, view="yahoo-web")
    save(tmp_path, {other.key: other, SCREENSHOT.key: SCREENSHOT}, [PNG])
    first = (tmp_path / "baseline" / "baseline.json").read_text("utf-8")
    save(tmp_path, {SCREENSHOT.key: SCREENSHOT, other.key: other}, [PNG])
    assert (tmp_path / "baseline" / "baseline.json").read_text("utf-8") == first
    assert '"60 400 180 44 the button “Save my seat”"' in map(str.strip, first.replace('",\n', '"\n').splitlines())
    assert from_json(to_json([SCREENSHOT]).encode()) == [SCREENSHOT]


def test_pictures_nothing_names_any_more_go_and_other_files_stay(tmp_path: Path) -> None:
    save(tmp_path, {SCREENSHOT.key: SCREENSHOT}, [PNG])
    (tmp_path / "baseline" / "note.png").write_bytes(b"mine")
    newer = replace(SCREENSHOT, picture=digest(b"newer"))
    save(tmp_path, {newer.key: newer}, [b"newer"])
    names = {file.name for file in (tmp_path / "baseline").iterdir()}
    assert names == {"baseline.json", "note.png", f"{digest(b'newer')}.png"}


@pytest.mark.parametrize(
    "content",
    [
        "nothing",
        "[]",
        '{"schema": 2, "looks": []}',
        '{"schema": 1, "looks": [{}]}',
        to_json([SCREENSHOT]).replace(digest(PNG), "../../secret"),
        to_json([SCREENSHOT]).replace("2026-11-20", "yesterday"),
        to_json([SCREENSHOT]).replace("60 400 180 44", "60 400"),
        to_json([SCREENSHOT]).replace('"ratio": 1.0', '"ratio": 1e9'),
    ],
)
def test_a_damaged_file_is_said(content: str, tmp_path: Path) -> None:
    (tmp_path / "baseline").mkdir()
    (tmp_path / "baseline" / "baseline.json").write_text(content, "utf-8")
    with pytest.raises(Fault, match=r"baseline/baseline\.json is damaged.*version control") as fault:
        load(tmp_path)
    assert "Error" not in str(fault.value)


def test_the_line_of_the_damage_is_said(tmp_path: Path) -> None:
    save(tmp_path, {SCREENSHOT.key: SCREENSHOT}, [PNG])
    file = tmp_path / "baseline" / "baseline.json"
    file.write_text(file.read_text("utf-8").replace(' "looks"', '<<<<<<< HEAD\n "looks"'), "utf-8")
    with pytest.raises(Fault, match=r"\(line 2 is no JSON\)"):
        load(tmp_path)


@pytest.mark.parametrize("step", ["accept", "drop"])
def test_an_error_says_what_did_not_come_about(step: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_campaign(tmp_path / "spring", build=BUILD)
    assert main(["baseline", step, str(tmp_path / "spring")]) == 2
    err = capsys.readouterr().err
    assert {"accept": "Nothing was accepted.", "drop": "Nothing was dropped."}[step] in err
    assert "Nothing was checked" not in err


def test_an_asset_that_is_no_more_is_said_and_can_be_dropped(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "spring"
    write_campaign(folder, build=BUILD)  # of an asset "asset"
    old, kept = replace(SCREENSHOT, asset="old name"), replace(SCREENSHOT, asset="asset")
    save(folder, {old.key: old, kept.key: kept}, [PNG])
    assert main(["baseline", "list", str(folder)]) == 0
    out = capsys.readouterr().out
    assert "The request has no asset of the name “old name” any more" in out
    assert "no asset of the name “asset”" not in out
    assert f"`qa baseline drop {folder} --asset 'old name'` forgets it" in out
    assert main(["baseline", "drop", str(folder), "--asset", "old name"]) == 0
    assert set(load(folder)) == {kept.key}
    capsys.readouterr()
    (folder / "request.yaml").write_text("[", "utf-8")
    assert main(["baseline", "list", str(folder)]) == 0
    assert "any more" not in capsys.readouterr().out


def test_a_picture_that_was_exchanged_is_said(tmp_path: Path) -> None:
    save(tmp_path, {SCREENSHOT.key: SCREENSHOT}, [PNG])
    file = tmp_path / "baseline" / f"{SCREENSHOT.picture}.png"
    file.write_bytes(b"another")
    with pytest.raises(Fault, match="missing or was changed"):
        picture(tmp_path, SCREENSHOT)
    file.unlink()
    (tmp_path / "secret").write_bytes(PNG)
    file.symlink_to(tmp_path / "secret")
    with pytest.raises(Fault, match="missing or was changed"):
        picture(tmp_path, SCREENSHOT)


def test_a_shortcut_is_not_followed(tmp_path: Path) -> None:
    save(tmp_path / "elsewhere", {SCREENSHOT.key: SCREENSHOT}, [PNG])
    (tmp_path / "campaign").mkdir()
    (tmp_path / "campaign" / "baseline").symlink_to(tmp_path / "elsewhere" / "baseline")
    with pytest.raises(Fault, match="shortcut"):
        load(tmp_path / "campaign")
    with pytest.raises(Fault, match="shortcut"):
        save(tmp_path / "campaign", {}, [])


def test_people_who_accept_at_once_lose_nothing(tmp_path: Path) -> None:
    pictures = [b"picture %d" % number for number in range(20)]
    screenshots = [replace(SCREENSHOT, view=f"view-{n}", picture=digest(content)) for n, content in enumerate(pictures)]
    with ThreadPoolExecutor(8) as pool:
        done = [
            pool.submit(keep, tmp_path, [screenshot], [content], [], Acceptance("Kim", date(2026, 11, 22)))
            for screenshot, content in zip(screenshots, pictures, strict=True)
        ]
    assert [each.result() for each in done] == [None] * 20
    kept = load(tmp_path)
    assert sorted(picture(tmp_path, kept[screenshot.key]) for screenshot in screenshots) == sorted(pictures)


def ran(gate: str = "never") -> int:
    return main(["run", "spring", "--views", "outlook-web,gmail-web", "--fail-on", gate])


@pytest.fixture
def campaign(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, browser: None) -> Path:
    """A campaign, and a report of it in the working folder."""
    monkeypatch.chdir(tmp_path)
    write_campaign(tmp_path / "spring", build=BUILD)
    assert ran() == 0
    return tmp_path / "spring"


@pytest.mark.browser
def test_the_last_report_is_accepted_listed_and_dropped(campaign: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["baseline", "list", "spring"]) == 0
    assert "Nothing is accepted." in capsys.readouterr().out
    assert main(["baseline", "accept", "spring", "--by", "Kim Osei"]) == 0
    screenshots = load(campaign)
    assert {view for _, view in screenshots} == {"outlook-web", "gmail-web"}
    assert all(
        screenshot.by == "Kim Osei" and screenshot.renderer and screenshot.layout for screenshot in screenshots.values()
    )
    assert all(picture(campaign, screenshot).startswith(b"\x89PNG") for screenshot in screenshots.values())
    capsys.readouterr()
    assert main(["baseline", "list", "spring", "--view", "gmail-web"]) == 0
    out = capsys.readouterr().out
    assert "by Kim Osei" in out and "outlook-web" not in out
    assert main(["baseline", "drop", "spring", "--view", "gmail-web"]) == 0
    assert {view for _, view in load(campaign)} == {"outlook-web"}
    assert main(["baseline", "drop", "spring", "--asset", "nobody"]) == 2


@pytest.mark.browser
def test_later_runs_say_what_changed_since(campaign: Path) -> None:
    assert main(["baseline", "accept", "spring"]) == 0
    assert ran() == 0
    screenshots = _screenshots()
    assert {screenshot["baseline"]["outcome"] for screenshot in screenshots} == {"same"}
    assert all(screenshot["baseline"]["file"] == screenshot["file"] for screenshot in screenshots)
    (campaign / "build" / "asset.html").write_text(BUILD.replace("49", "59"), "utf-8")
    assert ran("warning") == 1
    for screenshot in _screenshots():
        beside = screenshot["baseline"]
        assert beside["outcome"] == "changed"
        assert Path("qa-report", beside["file"]).read_bytes() == picture(
            campaign, load(campaign)["asset", screenshot["view"]]
        )
        assert [region["said"] for region in beside["regions"]] == ["“Only €49” became “Only €59”."]
        x, y, width, height = beside["regions"][0]["box"]
        assert x + width <= screenshot["width"] and y + height <= screenshot["height"]
    results = json.loads(Path("qa-report", "report.json").read_text("utf-8"))["results"]
    told = {r["check"]: [found["code"] for found in r["findings"]] for r in results}
    assert told["approved-look"] == ["changed-look"] and told["approved-contents"] == []
    (aside,) = next(r["set_aside"] for r in results if r["check"] == "approved-contents")
    assert (aside["finding"]["code"], aside["because"]) == ("changed-words", "told")
    before = set(Path("qa-report/screenshots").iterdir())
    (campaign / "build" / "asset.html").write_text(BUILD, "utf-8")
    assert ran() == 0
    assert {file.name for file in before - set(Path("qa-report/screenshots").iterdir())} == {
        Path(screenshot["file"].replace(".png", "-approved.png")).name for screenshot in _screenshots()
    }


@pytest.mark.browser
def test_a_campaign_with_lists_is_accepted_too(campaign: Path) -> None:
    audience = {"segments": [{"name": "all", "list": "audience/all.csv"}]}
    lists = {"audience/all.csv": "email\na@acme.example\n"}
    write_campaign(campaign, build=BUILD, email={"name": "invite"}, campaign={"audience": audience}, files=lists)
    ran()
    assert main(["baseline", "accept", "spring"]) == 0


@pytest.mark.browser
def test_an_asset_that_was_renamed_does_not_escape(campaign: Path) -> None:
    assert main(["baseline", "accept", "spring"]) == 0
    request = campaign / "request.yaml"
    request.write_text(request.read_text("utf-8").replace('"name": "asset"', '"name": "other"'), "utf-8")
    assert ran() == 0
    results = json.loads(Path("qa-report", "report.json").read_text("utf-8"))["results"]
    told = {each["check"]: [found["code"] for found in each["findings"]] for each in results}
    assert told["approved-contents"] == ["unapproved-asset"] and told["approved-look"] == []
    assert told["approved-request"] == ["changed-request", "dropped-asset"]


@pytest.mark.browser
def test_what_nobody_looked_at_is_not_accepted(campaign: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (campaign / "build" / "asset.html").write_text(BUILD.replace("49", "59"), "utf-8")
    assert main(["baseline", "accept", "spring"]) == 2
    assert "the build was changed after this report" in capsys.readouterr().err
    (campaign / "build" / "asset.html").write_text(BUILD, "utf-8")
    screenshot = Path("qa-report") / _screenshots()[0]["file"]
    screenshot.write_bytes(screenshot.read_bytes() + b" ")
    assert main(["baseline", "accept", "spring"]) == 2
    assert "was changed" in capsys.readouterr().err
    Path("qa-report", APPROVABLE).write_text("[]", "utf-8")
    assert main(["baseline", "accept", "spring"]) == 2
    assert "run `qa run` again" in capsys.readouterr().err
    Path("qa-report", "report.json").unlink()
    assert main(["baseline", "accept", "spring"]) == 2
    assert "look at its report first" in capsys.readouterr().err
    assert not (campaign / "baseline").exists()


def test_a_report_of_another_campaign_is_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    write_campaign(tmp_path / "one", build=BUILD, campaign={"id": "T-1"})
    write_campaign(tmp_path / "two", build=BUILD, campaign={"id": "T-2"})
    assert main(["run", "one", "--no-render", "--fail-on", "never"]) == 0
    assert main(["baseline", "accept", "two"]) == 2
    assert main(["baseline", "accept", "one"]) == 2
    err = capsys.readouterr().err
    assert "no report of two is here" in err and "no screenshot to accept" in err
    assert main(["baseline", "accept", "nowhere"]) == 2


def _screenshots() -> list[dict[str, object]] | list:  # type: ignore[type-arg]
    return json.loads(Path("qa-report/report.json").read_text("utf-8"))["screenshots"]  # type: ignore[no-any-return]


def test_the_names_of_the_files_are_promised() -> None:
    assert (baseline.FOLDER, baseline.FILE, APPROVABLE) == ("baseline", "baseline.json", "looks.json")
