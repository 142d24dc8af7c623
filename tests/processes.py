"""Processes that a test has started: which of them run, whether they end, and a run of `qa` that never ends by itself.

Nothing here measures speed: the deadline is there for what hangs, and far beyond what a slow machine needs.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

DEADLINE = 180  # seconds

ENDLESS_CHECK = '''
from collections.abc import Iterator
from pathlib import Path
from time import sleep

from qa.artefacts import Parts
from qa.check import check
from qa.finding import Code, Finding, Severity


@check("endless", Code("never", Severity.ERROR, "Nobody will see this.", "Wait."))
def endless(parts: Parts) -> Iterator[Finding]:
    """It never answers.

    A run can be stopped in the middle of it then, on the fastest machine and on the slowest.

    Fails:
      build: x
    Passes:
      build: y
    """
    Path(__file__).with_name("at-work").touch()
    while True:
        sleep(1)
    yield
'''


def make_endless(folder: Path) -> Path:
    """Give all runs below a folder a check that never answers; the file that is there once it is asked."""
    own = folder / "endless"
    own.mkdir()
    (own / "endless.py").write_text(ENDLESS_CHECK)
    (folder / "qa.toml").write_text('[checks]\nfolder = "endless"\nonly = ["endless"]\n')
    return own / "at-work"


def soon(comes: Callable[[], object]) -> bool:
    """Whether this comes true, however slow the machine is."""
    last = time.monotonic() + DEADLINE
    while not comes():
        if time.monotonic() > last:
            return False
        time.sleep(0.02)
    return True


def gone(pids: Iterable[int]) -> bool:
    """Whether none of these processes runs any more, or soon will."""
    listed = list(pids)
    return soon(lambda: not any(map(_runs, listed)))


def descendants(pid: int) -> list[int]:
    """A process and all it started, and they in turn."""
    found = [pid]
    for each in found:
        tasks: list[Path] = []
        with suppress(OSError):
            tasks = list(Path(f"/proc/{each}/task").iterdir())
        for task in tasks:
            with suppress(OSError):  # a thread may end while the others are asked
                found += map(int, (task / "children").read_text().split())
    return found


def of_session(session: int) -> list[int]:
    """The processes that run in a session: all that its leader started, and they in turn."""
    pids = (int(file.name) for file in Path("/proc").glob("[0-9]*"))
    return [pid for pid in pids if _stat(pid)[3:4] == [str(session)] and _runs(pid)]


def _runs(pid: int) -> bool:
    """One that has ended and waits for its parent to take note, in a container without an init, does not."""
    return _stat(pid)[:1] not in ([], ["Z"], ["X"])


def _stat(pid: int) -> list[str]:
    """State, parent, group, session … of a process; nothing where it is gone.

    https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
    """
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()
    except OSError:
        return []
