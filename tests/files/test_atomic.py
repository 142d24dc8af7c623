"""Files that nobody meets half written, and folders that one process at a time changes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from qa.files.atomic import alone, write_at_once

COUNTS = """
import sys, time
from pathlib import Path
from qa.files.atomic import alone
for _ in range(40):
    with alone(Path(sys.argv[1])):
        count = Path(sys.argv[1], "count")
        before = int(count.read_text())
        time.sleep(0.0005)
        count.write_text(str(before + 1))
"""


def test_one_process_at_a_time(tmp_path: Path) -> None:
    (tmp_path / "count").write_text("0")
    counting = [subprocess.Popen([sys.executable, "-c", COUNTS, str(tmp_path)]) for _ in range(3)]
    assert [each.wait(60) for each in counting] == [0, 0, 0]
    assert (tmp_path / "count").read_text() == "120"
    assert [file.name for file in tmp_path.iterdir()] == ["count"]


def test_a_lock_is_given_back_after_a_failure(tmp_path: Path) -> None:
    with pytest.raises(KeyError), alone(tmp_path):
        raise KeyError
    with alone(tmp_path):
        assert [file.name for file in tmp_path.iterdir()] == [".qa-lock"]


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"before")
    write_at_once(file, b"after")
    assert file.read_bytes() == b"after"
    (tmp_path / "folder" / "inside").mkdir(parents=True)
    with pytest.raises(OSError):
        write_at_once(tmp_path / "folder", b"x")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.txt", "folder"]
