"""Temporary files of a run: in a folder of their own, which goes with the run, or with the next one."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from qa.cli.command_line import main
from qa.files.scratch import Scratch

HOLDS = "import os, signal, tempfile\nfrom qa.files.scratch import Scratch\nwith Scratch():\n    tempfile.mkstemp()\n    {}\n"


def started(folder: Path, then: str) -> subprocess.Popen[str]:
    """A process that has such a folder, and then does something."""
    return subprocess.Popen(
        [sys.executable, "-c", HOLDS.format(then)],
        env={**os.environ, "TMPDIR": str(folder)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    return tmp_path


def test_what_is_made_within_goes_with_it(temporary: Path) -> None:
    with Scratch():
        Path(tempfile.mkdtemp(), "font").write_text("")
        (folder,) = temporary.iterdir()
        assert Path(tempfile.gettempdir()) == folder == Path(os.environ["TMPDIR"])
    assert not [*temporary.iterdir()]
    assert Path(tempfile.gettempdir()) == temporary


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no kill -9")
def test_what_a_killed_run_left_goes_with_the_next(temporary: Path) -> None:
    started(temporary, "os.kill(os.getpid(), signal.SIGKILL)").communicate()
    (left,) = temporary.iterdir()
    with Scratch():
        assert not left.exists()


def test_a_run_that_lives_keeps_its_own(temporary: Path) -> None:
    other = started(temporary, "print(tempfile.gettempdir(), flush=True)\n    input()")
    assert other.stdout is not None
    folder = Path(other.stdout.readline().strip())
    with Scratch():
        pass
    assert folder.is_dir() and folder.parent == temporary
    other.communicate("\n")
    assert not folder.exists()


def test_no_place_for_temporary_files_is_one_clear_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    build = tmp_path / "a.html"
    build.write_text("<p>Hello</p>")
    in_the_way = tmp_path / "file"
    in_the_way.touch()
    monkeypatch.setattr(tempfile, "tempdir", str(in_the_way / "below"))
    assert main(["run", str(build), "--no-render", "--report", str(tmp_path / "out")]) == 2
    said = capsys.readouterr().err
    assert "no temporary files can be written" in said and "TMPDIR" in said and "Traceback" not in said


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="only root of Linux can mount a small disk")
def test_a_disk_that_is_full_is_one_clear_line(tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    build = tmp_path / "a.html"
    build.write_text("<p>Hello</p>")
    script = (
        f'mount -t tmpfs -o size=64k x {small} || exit 99; head -c 70000 /dev/zero > {small}/all 2>/dev/null; exec "$@"'
    )
    command = [sys.executable, "-m", "qa", "run", str(build), "--no-render", "--report", str(small / "out")]
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", script, "-", *command], capture_output=True, text=True, check=False
    )
    if done.returncode == 99 or "unshare" in done.stderr:
        pytest.skip("this machine lets nobody mount")
    assert done.returncode == 2
    assert "No space left" in done.stderr and "name another place" in done.stderr and "Traceback" not in done.stderr


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="only root can be another user")
def test_the_folder_of_another_user_is_let_alone(tmp_path: Path) -> None:
    for folder in [tmp_path, *tmp_path.parents][:3]:
        folder.chmod(0o777)
    theirs = tmp_path / "qa-run-theirs"
    theirs.mkdir(mode=0o700)
    (theirs / "lock").touch()
    mine = "import os, shutil, signal, tempfile, filelock, qa.files.scratch\nos.setuid(65534)\n" + HOLDS.format(
        "print('held', flush=True)"
    )
    command = [sys.executable, "-c", mine]
    done = subprocess.run(
        command, env={**os.environ, "TMPDIR": str(tmp_path)}, capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("held\n", "")
    assert theirs.is_dir()
