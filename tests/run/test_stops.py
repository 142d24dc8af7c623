"""A run that is told to end: it ends whenever that comes, with nothing left, and at once when told twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from qa.testing import write_campaign
from tests.processes import DEADLINE, make_endless, soon

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="Windows has other signals")


@pytest.mark.parametrize("number", ["SIGINT", "SIGTERM", "SIGHUP"])
@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("wait", [0.0, 0.3])
def test_a_run_ends_and_leaves_nothing(tmp_path: Path, number: str, times: int, wait: float) -> None:
    at_work, temporary = make_endless(tmp_path), tmp_path / "temporary"
    temporary.mkdir()
    write_campaign(tmp_path / "c", build="<p>Hello</p>")
    command = [sys.executable, "-m", "qa", "run", str(tmp_path / "c"), "--report", str(tmp_path / "out")]
    env = {**os.environ, "TMPDIR": str(temporary)}
    running = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    assert soon(lambda: at_work.exists() or running.poll() is not None)
    time.sleep(wait)
    for _ in range(times):
        running.send_signal(getattr(signal, number))
    _, err = running.communicate(timeout=DEADLINE)
    assert running.returncode == 130
    assert "stopped" in err and "Traceback" not in err
    assert not [*temporary.iterdir()]
