"""Temporary files of a run: in a folder of their own, which goes with the run, or with the next one."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

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
