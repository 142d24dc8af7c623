"""Report folders: nothing of anybody else's is lost in them, no two campaigns share one, and no process outlives a run."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from qa.build.campaign import Campaign
from qa.cli.command_line import main
from qa.report.document import as_json
from qa.report.folder import folders, write_whole
from qa.run.processes import spread
from qa.testing import write_campaign
from qa.text.leaving import plain
from tests.processes import DEADLINE, make_endless, of_session, soon

BUILD = "<html lang='en'><title>Hi</title><p>Hello</p></html>"
QA = [sys.executable, "-m", "qa"]


def _campaign(folder: Path) -> Path:
    write_campaign(folder, build=BUILD, email={"must_include": ["Hello"]})
    return folder


def _run(folder: Path, *arguments: object) -> int:
    return main(["run", str(folder), "--no-render", "--only", "required-wording", *map(str, arguments)])


def test_only_pictures_of_the_run_before_are_deleted(tmp_path: Path) -> None:
    out = tmp_path / "out"
    pictures = out / "screenshots"
    pictures.mkdir(parents=True)
    for name in ("invite-0123ab-phone.png", "holiday.png", "notes.txt"):
        (pictures / name).write_bytes(b"x")
    assert _run(_campaign(tmp_path / "c"), "--report", out) == 0
    assert {file.name for file in pictures.iterdir()} == {"holiday.png", "notes.txt"}


@pytest.mark.browser
def test_the_document_says_what_was_not_fetched(tmp_path: Path, browser: None) -> None:
    sources = ("https://cdn.example/a.png?at=1#x", "http://other.example/b.png", "gone.png")
    pictures = "".join(f'<img src="{source}">' for source in sources)
    write_campaign(tmp_path / "c", build=BUILD.replace("<p>", f"{pictures}<p>"))
    command = ["run", str(tmp_path / "c"), "--views", "gmail-web", "--fail-on", "never"]
    assert main([*command, "--report", str(tmp_path / "out")]) == 0
    (asset,) = json.loads((tmp_path / "out" / "report.json").read_text("utf-8"))["assets"]
    assert asset["not_fetched"] == ["cdn.example", "other.example"]
    assert "takes from 2 servers is in no picture" in (tmp_path / "out" / "report.html").read_text("utf-8")


def test_pictures_the_document_does_not_name_stay(tmp_path: Path) -> None:
    pictures = tmp_path / "screenshots"
    pictures.mkdir()
    for name in ("old-0123ab-phone.png", "mine-0123ab-phone.png"):
        (pictures / name).write_bytes(b"x")
    screenshots = [{"file": "screenshots/old-0123ab-phone.png"}, {"file": "../c/request.yaml"}]
    (tmp_path / "report.json").write_text(json.dumps({"screenshots": screenshots}))
    assert _run(_campaign(tmp_path / "c"), "--report", tmp_path) == 0
    assert [file.name for file in pictures.iterdir()] == ["mine-0123ab-phone.png"]
    assert (tmp_path / "c/request.yaml").is_file()


@pytest.mark.parametrize(
    ("option", "path"),
    [
        ("--json", "c/request.yaml"),
        ("--junit", "c/build/new.xml"),
        ("--report", "c/build"),
        ("--markdown", "c"),
        ("--sarif", "shortcut"),
        ("--json", "c/list.csv"),
        ("--json", "out/report.json"),
    ],
)
def test_what_the_run_reads_is_never_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str, path: str
) -> None:
    segments = {"segments": [{"name": "all", "list": "list.csv"}]}
    write_campaign(tmp_path / "c", build=BUILD, campaign={"audience": segments}, files={"list.csv": "email\n"})
    (tmp_path / "mine.txt").write_text("mine")
    (tmp_path / "shortcut").symlink_to(tmp_path / "mine.txt")
    before = {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
    assert _run(tmp_path / "c", "--report", tmp_path / "out", option, tmp_path / path) == 2
    assert path in capsys.readouterr().err
    assert before == {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}


def test_a_build_given_as_a_target_is_not_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build = tmp_path / "report.html"
    build.write_text(BUILD)
    assert _run(build, "--report", tmp_path) == 2
    assert build.read_text() == BUILD
    assert "--report" in capsys.readouterr().err


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("before")
    code = f"from pathlib import Path; from qa.report.folder import write_whole; write_whole(Path({str(file)!r}), 'x' * 9000)"

    def small_disk() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))

    done = subprocess.run([sys.executable, "-c", code], preexec_fn=small_disk, capture_output=True, check=False)
    assert b"Unusable" in done.stderr
    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [("a.txt", "before")]
    write_whole(file, "after")
    assert file.read_text() == "after"


def test_a_report_that_cannot_be_written_comes_after_the_verdict(tmp_path: Path) -> None:
    command = [*QA, "run", str(_campaign(tmp_path / "c")), "--no-render", "--report", str(tmp_path / "out")]

    def small_disk() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))

    done = subprocess.run(command, preexec_fn=small_disk, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "HELD" in done.stdout and "Report:" not in done.stdout
    assert "the report cannot be written" in done.stderr
    assert "Nothing was checked" not in done.stderr and "Traceback" not in done.stderr


def test_report_folders_are_all_different() -> None:
    names = ["A/spring", "B/spring", "C/spring-2", "Spring", "screenshots", "index.html", "…", "𝐀" * 90]
    found = folders([Campaign(Path(), Path(name).name) for name in names], Path("out"))
    assert [folder.name for folder in found[:5]] == ["spring", "spring-2", "spring-2-2", "Spring-3", "screenshots-2"]
    assert len({folder.name.casefold() for folder in found}) == len(names)
    assert all(len(folder.name.encode()) <= 255 for folder in found)


def _once_killed(marker: Path, number: int, always: bool) -> int:
    if number == 1 and (always or not marker.exists()):
        marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number


@pytest.mark.parametrize(("always", "lost"), [(False, None), (True, 1)])
def test_a_killed_process_costs_no_other_job(tmp_path: Path, always: bool, lost: int | None) -> None:
    jobs = [(tmp_path / "marker", number, always) for number in range(4)]
    outcomes = {outcome.number: outcome.value for outcome in spread(_once_killed, jobs, 2)}
    assert outcomes == {number: None if number == lost else number for number in range(4)}


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=["Ctrl-C", "TERM", "HUP"])
@pytest.mark.parametrize("busy", [False, True], ids=["starting", "busy"])
def test_stopping_many_leaves_nothing_behind(tmp_path: Path, how: signal.Signals, busy: bool) -> None:
    for number in range(4):
        _campaign(tmp_path / f"campaigns/c{number}")
    at_work = make_endless(tmp_path)
    begun = at_work if busy else tmp_path / "qa-report"
    command = [*QA, "run", "campaigns", "--no-render", "-j", "2"]
    run = subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    assert soon(lambda: begun.exists() or run.poll() is not None)
    os.killpg(run.pid, how)
    time.sleep(0.2)
    if run.poll() is None:  # whoever is impatient asks again
        os.killpg(run.pid, how)
    _, err = run.communicate(timeout=DEADLINE)
    assert (run.returncode, err) == (130, "qa: stopped; no report was written.\n")
    assert soon(lambda: not of_session(run.pid))


def test_output_that_ends_early_does_not_change_the_verdict(tmp_path: Path) -> None:
    _campaign(tmp_path / "c")
    read, written = os.pipe()
    os.close(read)
    command = [*QA, "run", "c", "--no-render", "--junit", "out.xml"]
    done = subprocess.run(command, cwd=tmp_path, stdout=written, stderr=subprocess.PIPE, text=True, check=False)
    listed = subprocess.run([*QA, "list"], stdout=written, stderr=subprocess.PIPE, text=True, check=False)
    os.close(written)
    assert (done.returncode, done.stderr) == (1, "")
    assert (tmp_path / "out.xml").is_file()
    assert (listed.returncode, listed.stderr) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("command", [["list"], ["run", "c", "--no-render"]], ids=["list", "run"])
def test_output_to_a_full_disk_is_one_line(tmp_path: Path, command: list[str]) -> None:
    _campaign(tmp_path / "c")
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*QA, *command], cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == 2
    assert "No space left" in done.stderr and done.stderr.count("\n") == 1


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such file names")
def test_names_of_any_bytes_are_shown_harmlessly(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / os.fsdecode(b"inv\xff\x1b[31m.html")
    file.write_text(BUILD)
    others = [part for name in ("json", "junit", "sarif", "markdown") for part in (f"--{name}", str(tmp_path / name))]
    assert main(["run", str(file), "--no-render", "--report", str(tmp_path / "out"), *others]) in (0, 1)
    assert main(["run", str(tmp_path / "\x1b[31m"), "--report", str(tmp_path / "out")]) == 2
    assert main(["run", str(tmp_path / ("x" * 300)), "--report", str(tmp_path / "out")]) == 2
    captured = capsys.readouterr()
    assert "\x1b" not in captured.out + captured.err
    assert "too long" in captured.err
    json.loads((tmp_path / "json").read_text("utf-8"))


def test_half_a_surrogate_pair_is_stored_as_a_question_mark() -> None:
    assert json.loads(as_json({"a": "x\udcff"})) == {"a": "x?"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("می‌خواهم", "می‌خواهم"),
        ("👩‍💻", "👩‍💻"),
        ("a\x1b[31mb\n", "a·[31mb·"),
        ("a\u202eb", "a·b"),
        ("\u200d\u200d", "··"),
    ],
)
def test_plain(text: str, shown: str) -> None:
    assert plain(text) == shown


def test_a_mistake_of_ours_is_one_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("qa.cli.catalogue.print_list", lambda: {}["no\x1bsuch"])
    assert main(["list"]) == 70
    assert "QA_DEBUG=1" in (err := capsys.readouterr().err) and err.count("\n") == 1 and "\x1b" not in err
    monkeypatch.setenv("QA_DEBUG", "1")
    with pytest.raises(KeyError):
        main(["list"])
