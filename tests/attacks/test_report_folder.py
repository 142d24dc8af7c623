"""A report folder under attack: several runs at once, a disk that is full, a stop in the middle, pipes for files."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from qa.cli.command_line import main
from qa.finding import Unusable
from qa.report.folder import publish
from qa.report.folder_lock import held
from tests.attacks.concurrent_runs import NAMES, a_round, inconsistencies, write_campaigns

OLD = {"screenshots/a-000000-x.png": b"old", "report.html": b"old", "looks.json": b"old", "report.json": b"{}"}
NEW = {"screenshots/b-000000-x.png": b"new", "report.html": b"new", "looks.json": b"new", "report.json": b'{"b": 1}'}


def content(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_a_report_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_bytes(b"mine")
    publish(tmp_path, OLD)
    assert content(tmp_path) == OLD | {"mine.txt": b"mine"}
    (tmp_path / ".qa-0123456789abcdef").mkdir()  # of a run that was killed
    publish(tmp_path, NEW)
    assert content(tmp_path) == NEW | {"mine.txt": b"mine"}
    assert not list(tmp_path.glob(".qa-*"))


def test_three_runs_at_once_leave_the_report_of_one(tmp_path: Path) -> None:
    write_campaigns(tmp_path)
    for _ in range(2):
        assert not a_round(tmp_path, "--no-render")


def test_who_comes_second_learns_who_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    write_campaigns(tmp_path)
    (tmp_path / "qa-report").mkdir()
    with held(tmp_path / "qa-report", "summer"):
        for command in (["run", "spring", "--no-render"], ["run", "spring", "autumn", "--no-render"]):
            assert main(command) == 2
            said = capsys.readouterr().err
            assert "another run is writing its report there (of summer: process " in said and "--report" in said
        assert main(["run", "spring", "--no-render", "--report", "elsewhere"]) in (0, 1)
    assert main(["run", *NAMES, "--no-render"]) in (0, 1)
    assert not list((tmp_path / "qa-report").rglob(".qa-*"))


@pytest.mark.parametrize("moves", range(8))
def test_what_fails_in_the_middle_leaves_the_report_before(
    moves: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(tmp_path, OLD)
    left, replace = [moves], Path.replace

    def full(self: Path, target: Path) -> Path:
        left[0] -= 1
        if left[0] == -1:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(Unusable, match=r"cannot be written \(No space left"):
        publish(tmp_path, NEW)
    assert content(tmp_path) == OLD and not list(tmp_path.glob(".qa-*"))


def test_a_full_disk_leaves_the_report_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(tmp_path, OLD)
    written = Path.write_bytes

    def full(self: Path, text: bytes) -> int:
        if self.name == "report.json":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return written(self, text)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(Unusable, match=r"cannot be written \(No space left"):
        publish(tmp_path, NEW)
    assert content(tmp_path) == OLD and not list(tmp_path.glob(".qa-*"))


def test_nobody_finds_a_record_beside_another_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(tmp_path, OLD)
    seen, replace = [], Path.replace

    def watched(self: Path, target: Path) -> Path:
        moved = replace(self, target)
        there = content(tmp_path)
        seen.append((there.get("report.json"), there.get("report.html")))
        return moved

    monkeypatch.setattr(Path, "replace", watched)
    publish(tmp_path, NEW)
    assert seen and {pair for pair in seen if pair[0]} == {(NEW["report.json"], b"new")}


@pytest.mark.parametrize("name", ["report.html", "looks.json", "contents.json"])
def test_a_mixed_report_is_not_accepted(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    write_campaigns(tmp_path)
    assert main(["run", "spring", "--no-render"]) in (0, 1)
    before = (tmp_path / "qa-report" / name).read_bytes()
    assert main(["run", "spring", "--no-render"]) in (0, 1)
    assert not inconsistencies(tmp_path / "qa-report")
    (tmp_path / "qa-report" / name).write_bytes(before)
    assert main(["baseline", "accept", "spring", "--reason", "Friday"]) == 2
    assert f"{name}: of another run than the record beside it" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="only root can be another user")
@pytest.mark.parametrize("place", ["", "a report"])
def test_a_folder_of_somebody_else_is_found_before_the_work(place: str, tmp_path: Path) -> None:
    write_campaigns(tmp_path)
    theirs = tmp_path / "theirs"
    theirs.mkdir(mode=0o755)
    own = ("test_", "popen-", "pytest-")  # folders of this run, and none above them
    for folder in (each for each in (tmp_path, *tmp_path.parents) if each.name.startswith(own)):
        folder.chmod(0o755)
    if place:
        publish(theirs / place, OLD)
    before = content(theirs)
    command = ["run", "spring", "--no-render", "--report"]
    script = f"""import os, sys
from qa.cli.command_line import main
main([*{command}, "theirs-not"])  # so that all is imported: the interpreter may be root's own
os.setgroups([]), os.setgid(65534), os.setuid(65534)
sys.stdout.flush(), print("then", flush=True)
sys.exit(main([*{command}, {str(theirs / place) if place else "theirs/new"!r}]))"""
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)
    told = "the report folder cannot be written to (Permission denied); name another with --report"
    assert done.returncode == 2 and done.stderr.count(told) == 1
    assert done.stdout.partition("then\n")[2] == "" and "Traceback" not in done.stderr
    assert content(theirs) == before


@pytest.mark.skipif(sys.platform == "win32", reason="has no such pipes")
@pytest.mark.parametrize(
    "place", ["qa-report/report.json", "spring/qa.toml", "spring/waivers.yaml", "spring/build/asset.envelope.yaml"]
)
def test_nobody_waits_for_a_pipe(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    write_campaigns(tmp_path)
    (tmp_path / place).parent.mkdir(exist_ok=True)
    os.mkfifo(tmp_path / place)
    assert main(["run", "spring", "--no-render", "--json", "out.json"]) in (0, 1, 2, 3)
    if place.startswith("qa-report"):
        assert "its report.json is no file" in capsys.readouterr().err
        assert main(["judge", "qa-report"]) == 2
        assert main(["baseline", "accept", "spring"]) == 2
    assert not (tmp_path / "out.json").exists() or json.loads((tmp_path / "out.json").read_bytes())
