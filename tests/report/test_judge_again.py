"""A stored result weighed again."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import validate

from qa.cli.command_line import main
from qa.report.record import read_record, record_schema
from qa.testing import write_campaign

BUILD = """<html lang='en'><title>Hi</title>
<p>Hello <a href='http://acme.example/a'>there</a>, Lorem ipsum dolor sit amet</p>
<p><a href='https://acme.example/b'>Else</a></p></html>"""


@pytest.fixture
def judged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, dict[str, Any], str]]:
    """Runs `qa judge` on the report in ``out``: its exit code, the new document, and what it said."""
    write_campaign(tmp_path / "c", build=BUILD, email={"links": [{"text": "there", "url": "http://acme.example/a"}]})
    assert main(["run", str(tmp_path / "c"), "--no-render", "--report", str(tmp_path / "out")]) == 1

    def judge(*arguments: object) -> tuple[int, dict[str, Any], str]:
        file = tmp_path / "again.json"
        file.unlink(missing_ok=True)
        capsys.readouterr()
        code = main(["judge", str(tmp_path / "out"), "--json", str(file), *map(str, arguments)])
        return code, json.loads(file.read_text("utf-8")) if file.exists() else {}, capsys.readouterr().err

    return judge


def test_by_the_same_profile_it_says_the_same(tmp_path: Path, judged: Any) -> None:
    before = json.loads((tmp_path / "out" / "report.json").read_text("utf-8"))
    code, after, _ = judged()
    assert (code, after) == (1, before)


def test_another_gate_and_other_severities(tmp_path: Path, judged: Any) -> None:
    assert judged("--fail-on", "never")[0] == 0
    (tmp_path / "qa.toml").write_text('[severity]\nplaceholder-text = "off"\ninsecure-link = "info"\n')
    _, after, _ = judged()
    found = {f["code"]: f["severity"] for result in after["results"] for f in result["findings"]}
    assert "placeholder-text" not in found
    assert found["insecure-link"] == "info"


def test_what_was_switched_off_comes_back(tmp_path: Path, judged: Any) -> None:
    (tmp_path / "off.toml").write_text('[severity]\nplaceholder-text = "off"\n')
    judged("--profile", tmp_path / "off.toml", "--report", tmp_path / "out")
    code, after, _ = judged()
    assert code == 1
    assert "placeholder-text" in {f["code"] for result in after["results"] for f in result["findings"]}


def test_new_waivers(tmp_path: Path, judged: Any) -> None:
    waivers = "".join(
        f"- {{code: {code}, reason: Agreed., who: Kim Osei, until: 2099-01-01}}\n"
        for code in ("placeholder-text", "missing-alt")
    )
    (tmp_path / "c" / "waivers.yaml").write_text(waivers)
    (tmp_path / "qa.toml").write_text('[campaigns]\nmay = ["waivers"]\n')
    _, after, _ = judged()
    waived = [f["code"] for result in after["results"] for f in result["findings"] if f["waived"]]
    assert waived == ["placeholder-text"]


@pytest.mark.parametrize(
    ("file", "what"), [("request.yaml", "the request changed"), ("build/asset.html", "the build changed")]
)
def test_what_was_not_looked_at_is_refused(tmp_path: Path, judged: Any, file: str, what: str) -> None:
    path = tmp_path / "c" / file
    path.write_text(path.read_text("utf-8") + "\n", "utf-8")
    code, after, said = judged()
    assert (code, after) == (2, {})
    assert what in said


def test_a_profile_that_asks_for_more_is_refused(tmp_path: Path, judged: Any) -> None:
    main(["run", str(tmp_path / "c"), "--no-render", "--only", "link-syntax", "--report", str(tmp_path / "out")])
    code, _, said = judged()
    assert code == 2
    assert "the other checks" in said
    (tmp_path / "qa.toml").write_text("[checks.image-weight]\nmost = 3\n")
    main(["run", str(tmp_path / "c"), "--no-render", "--report", str(tmp_path / "out")])
    (tmp_path / "qa.toml").write_text("[checks.image-weight]\nmost = 4\n")
    code, _, said = judged()
    assert code == 2
    assert "other options" in said


def test_where_the_campaign_is_gone_nothing_is_judged(tmp_path: Path, judged: Any) -> None:
    (tmp_path / "c").rename(tmp_path / "moved")
    code, _, said = judged()
    assert code == 2
    assert "--campaign" in said
    assert judged("--campaign", tmp_path / "moved")[0] == 1


@pytest.mark.browser
def test_a_screenshot_that_was_exchanged_is_refused(tmp_path: Path, judged: Any, browser: None) -> None:
    assert main(["run", str(tmp_path / "c"), "--views", "gmail-web", "--report", str(tmp_path / "out")]) == 1
    assert judged("--report", tmp_path / "again")[0] == 1
    (screenshot,) = (tmp_path / "out" / "screenshots").glob("*.png")
    screenshot.write_bytes(screenshot.read_bytes() + b"x")
    code, _, said = judged("--report", tmp_path / "again")
    assert code == 2
    assert "not the screenshot of this result" in said


def test_a_file_that_is_no_result(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.json").write_text("[]")
    assert main(["judge", str(tmp_path / "a.json")]) == 2
    assert "no result of qa" in capsys.readouterr().err


def test_the_schema_fits_the_document(tmp_path: Path, judged: Any) -> None:
    written = (tmp_path / "out" / "report.json").read_bytes()
    validate(json.loads(written), record_schema())
    assert read_record(written).verdict.outcome == "held"


def test_ids_stay_when_lines_move(tmp_path: Path, judged: Any) -> None:
    def ids() -> dict[str, str]:
        document = json.loads((tmp_path / "out" / "report.json").read_text("utf-8"))
        return {f["id"]: f["code"] for result in document["results"] for f in result["findings"]}

    before = ids()
    build = tmp_path / "c" / "build" / "asset.html"
    build.write_text("\n\n" + build.read_text("utf-8"), "utf-8")
    main(["run", str(tmp_path / "c"), "--no-render", "--report", str(tmp_path / "out")])
    assert len(before) > 3
    assert ids() == before
