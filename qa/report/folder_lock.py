"""The lock of a report folder: one run at a time writes into it, and who comes second learns who is at work there."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from qa.files.atomic import write_at_once
from qa.finding import Unusable

_LOCK, _HOLDER = ".qa-lock", ".qa-holder"  # two: what is locked cannot be read on Windows
_MOMENT = 0.3  # seconds in which a run that is at its end lets go


@contextmanager
def held(folder: Path, targets: str) -> Iterator[None]:
    """Hold a folder that is there; Unusable where another process does. ``targets``: what is checked, for the other.

    The system lets go when a process ends, however it ends; what it wrote about itself then counts no more.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(folder / _LOCK)
    try:
        lock.acquire(timeout=_MOMENT, poll_interval=0.02)
    except Timeout:
        problem = f"{folder}: another run is writing its report there{_who(folder)}"
        raise Unusable(f"{problem}; wait until it ends, or name another folder with --report") from None
    except OSError as error:
        raise Unusable(f"{folder}: cannot be locked ({error.strerror or error}); name another with --report") from None
    try:
        _say_who(folder, targets)
        yield
    finally:
        for name in (_HOLDER, _LOCK):  # those who wait for a lock that is gone begin anew; Windows deletes it later
            with suppress(OSError):
                (folder / name).unlink(missing_ok=True)
        lock.release()


def _say_who(folder: Path, targets: str) -> None:
    told = {"targets": targets, "process": os.getpid(), "machine": platform.node()}
    told["since"] = datetime.now().astimezone().isoformat(timespec="seconds")
    with suppress(OSError):  # a full disk is met where the report is written
        write_at_once(folder / _HOLDER, json.dumps(told).encode())


def _who(folder: Path) -> str:
    """« (`qa run spring`, process 4711 on build-3, since 2026-…)»; "" where it has not said so yet."""
    try:
        told = json.loads((folder / _HOLDER).read_bytes())
        return f" (of {told['targets']}: process {told['process']} on {told['machine']}, since {told['since']})"
    except (OSError, ValueError, LookupError, TypeError):
        return ""
