"""The command as a user meets it: what is printed, which files are there, the exit code."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from qa.cli.command_line import main
from qa.testing import write_campaign
from tests.processes import DEADLINE, make_endless, soon


def _campaign(folder: Path, **more: Any) -> Path:
    write_campaign(folder, build="<html lang='en'><title>Hi</title><p>Hello</p></html>", **more)
    return folder


def _run(*arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "qa", "run", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


def test_version_and_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert re.fullmatch(r"campaign-qa \d+\.\d+\.\d+\n", capsys.readouterr().out)
    assert main([]) == 2
    assert "exit codes" in capsys.readouterr().out


def test_list_explain_and_schema(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list"]) == 0
    assert re.search(r"^link-destination +\w", capsys.readouterr().out, re.MULTILINE)
    assert main(["explain", "wrong-destination"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("link-destination") and "Fails on" in out and "Passes" in out
    assert main(["explain", "link-destinaton"]) == 2
    assert "did you mean link-destination?" in capsys.readouterr().err
    assert main(["schema"]) == 0
    assert "emails" in json.loads(capsys.readouterr().out)["properties"]


def test_go(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = _campaign(tmp_path / "spring", email={"must_include": ["Hello"]})
    report = tmp_path / "out"
    assert main(["run", str(folder), "--no-render", "--only", "required-wording", "--report", str(report)]) == 0
    assert " GO " in capsys.readouterr().out
    assert {file.name for file in report.iterdir()} >= {"report.html", "report.json"}


def test_what_is_missing_has_a_place_and_views_not_drawn_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = {"must_include": ["Terms apply"], "robots": "noindex"}
    folder = _campaign(tmp_path / "spring", page=asked, campaign={"offer": {"event_date": "2026-03-24"}})
    main(["run", str(folder), "--no-render", "--report", str(tmp_path / "out")])
    out = capsys.readouterr().out
    for code in ("missing-wording", "wrong-robots"):
        assert re.search(rf"{code}  request\.yaml:\d+$", out, re.MULTILINE), out
    assert not re.search(r"^  (?:error|warning|info|review) +\S+ *$", out, re.MULTILINE), out
    assert out.count("Views not looked at (asset): rendering was switched off (--no-render)") == 1
    other = _campaign(tmp_path / "autumn", email={"must_include": ["Hello"]})
    main(["run", str(folder), str(other), "--no-render", "--report", str(tmp_path / "many")])
    assert "Views were not looked at" in capsys.readouterr().out


def test_held_and_the_files_for_scripts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = _campaign(tmp_path / "spring", email={"must_include": ["Terms apply"]})
    files = {name: tmp_path / f"result.{name}" for name in ("json", "junit", "sarif", "markdown")}
    arguments = [part for name, file in files.items() for part in (f"--{name}", str(file))]
    arguments += ["--report", str(tmp_path / "out"), "--no-render"]
    assert main(["run", str(folder), *arguments]) == 1
    out = capsys.readouterr().out
    assert " HELD " in out and "missing-wording" in out
    document = json.loads(files["json"].read_text("utf-8"))
    assert document["verdict"]["outcome"] == "held"
    assert document["campaign"]["request_digest"].startswith("sha256:")
    assert all(file.stat().st_size for file in files.values())
    assert main(["run", str(folder), *arguments, "--fail-on", "never"]) == 0


def test_incomplete(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_campaign(tmp_path / "spring", campaign={"emails": [{"name": "invite", "build": "build/invite.html"}]})
    assert main(["run", str(tmp_path / "spring"), "--no-render", "--report", str(tmp_path / "out")]) == 3
    out = capsys.readouterr().out
    assert " INCOMPLETE " in out and "build/invite.html" in out


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"request.yaml": "id: 1\nname: x\nemial: []\n"}, ["request.yaml", "emial", "emails"]),
        ({"request.yaml": "id: 1\n\tname: x\n"}, ["request.yaml", "tab"]),
        ({"qa.toml": 'gaet = "error"\n'}, ["qa.toml", "gaet", "gate"]),
        ({"waivers.yaml": "- {code: wrong-destinaton, reason: r, who: w, until: 2030-01-01}\n"}, ["wrong-destination"]),
    ],
    ids=["unknown key", "tab", "qa.toml", "waiver"],
)
def test_what_cannot_be_used(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], files: dict[str, str], words: list[str]
) -> None:
    folder = _campaign(tmp_path / "spring")
    for name, text in files.items():
        (folder / name).write_text(text)
    (tmp_path / "qa.toml").write_text('[campaigns]\nmay = ["waivers"]\n')
    assert main(["run", str(folder), "--report", str(tmp_path / "out")]) == 2
    captured = capsys.readouterr()
    assert all(word in captured.err for word in words), captured.err
    assert "Traceback" not in captured.err


@pytest.mark.parametrize(
    ("named", "hint"),
    [
        ("zzz", "`qa list` names them all"),
        ("link-destinaton", "did you mean `link-destination`?"),
        ("wrong-alt", "it is a code of the check `image-alt`"),
        ("wrong-altt", "`wrong-alt` is a code of the check `image-alt`"),
    ],
)
@pytest.mark.parametrize("option", ["--only", "--skip"])
def test_a_name_that_no_check_has_gets_a_hint(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str, named: str, hint: str
) -> None:
    assert main(["run", str(_campaign(tmp_path)), option, named, "--no-render"]) == 2
    assert hint in capsys.readouterr().err


def test_unknown_check_and_missing_target(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = _campaign(tmp_path / "spring")
    assert main(["run", str(folder), "--only", "link-destinaton", "--report", str(tmp_path / "o")]) == 2
    assert "link-destination" in capsys.readouterr().err
    assert main(["run", str(tmp_path / "nowhere")]) == 2
    assert "nowhere" in capsys.readouterr().err


def test_unwritable_report_folder_is_said_before_any_work(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = _campaign(tmp_path / "spring")
    (tmp_path / "file").write_text("in the way")
    assert main(["run", str(folder), "--report", str(tmp_path / "file" / "report")]) == 2
    assert "--report" in capsys.readouterr().err


def test_a_build_without_a_request(tmp_path: Path) -> None:
    (tmp_path / "invite.html").write_text("<html lang='en'><title>Hi</title><p>Hello <a href=''>x</a></p></html>")
    done = _run("invite.html", "--no-render", "--json", "out.json", cwd=tmp_path)
    assert done.returncode == 1, done.stderr
    document = json.loads((tmp_path / "out.json").read_text())
    reasons = {r["reason"] for r in document["results"] if r["check"] == "link-destination"}
    assert reasons == {"there is no request"}
    assert "empty-link" in done.stdout


def test_many_targets_one_of_them_unreadable(tmp_path: Path) -> None:
    for name in ("a", "b"):
        _campaign(tmp_path / "campaigns" / name, email={"must_include": ["Hello"]})
    (tmp_path / "empty.html").write_bytes(b"")
    done = _run("campaigns", "empty.html", "--no-render", "--only", "required-wording", cwd=tmp_path)
    assert done.returncode == 3, done.stderr
    assert "3 targets" in done.stdout
    assert (tmp_path / "qa-report/index.html").is_file()
    assert (tmp_path / "qa-report/a/report.html").is_file()


def test_one_unusable_request_does_not_stop_the_others(tmp_path: Path) -> None:
    _campaign(tmp_path / "campaigns/good", email={"must_include": ["Hello"]})
    _campaign(tmp_path / "campaigns/bad")
    (tmp_path / "campaigns/bad/request.yaml").write_text("id: 1\n")
    done = _run("campaigns", "--no-render", "--only", "required-wording", cwd=tmp_path)
    assert done.returncode == 2
    assert "1 go · 1 unusable" in done.stdout


@pytest.mark.skipif(os.name == "nt", reason="sends a Unix signal")
def test_ctrl_c_stops_cleanly(tmp_path: Path) -> None:
    at_work = make_endless(tmp_path)
    command = [sys.executable, "-m", "qa", "run", str(_campaign(tmp_path / "c")), "--report", str(tmp_path / "out")]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert soon(lambda: at_work.exists() or running.poll() is not None)
    running.send_signal(signal.SIGINT)
    _, err = running.communicate(timeout=DEADLINE)
    assert running.returncode == 130
    assert "stopped" in err and "Traceback" not in err


def test_escape_sequences_of_a_build_are_not_obeyed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_campaign(tmp_path / "c", build="<p>\x1b[31mLorem ipsum \x1b]0;owned\x07</p>", campaign={"name": "a\x1b[2Jb"})
    main(["run", str(tmp_path / "c"), "--no-render", "--report", str(tmp_path / "out")])
    assert "\x1b[31m" not in capsys.readouterr().out


def test_a_file_that_is_no_build(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "README.md").write_text("# Hello\n\nSome words.")
    assert main(["run", str(tmp_path / "README.md"), "--report", str(tmp_path / "out")]) == 2
    assert "neither HTML nor a message" in capsys.readouterr().err


def test_a_file_that_is_no_build_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# Hello\n")
    (tmp_path / "invite.html").write_text("<html lang='en'><title>Hi</title><p>Hello</p></html>")
    done = _run("README.md", "invite.html", "--no-render", "--only", "language", cwd=tmp_path)
    assert done.returncode == 2
    assert "1 go · 1 unusable" in done.stdout and "neither HTML nor a message" in done.stdout


def test_a_stop_that_python_wraps_is_a_stop(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def wrapped() -> None:
        raise RuntimeError("Error calling __set_name__") from KeyboardInterrupt()

    monkeypatch.setattr("qa.cli.catalogue.print_list", wrapped)
    assert main(["list"]) == 130
    assert capsys.readouterr().err == "qa: stopped; no report was written.\n"
