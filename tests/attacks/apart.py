"""Attacks in a process of their own: one that hangs in it, in C too, is ended and named, and the next are tried in another.

A watch within a process waits for Python's next step; a pattern that takes the square of its text makes none.
"""

from __future__ import annotations

import faulthandler
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

ENDED = "(ended its process)"
_SPAWN = get_context("spawn")


class Tried(NamedTuple):
    """One attack by its number in the row, and what went wrong, "" where nothing did."""

    number: int
    wrong: str = ""
    name: str = ""


Loop = Callable[[int], Iterator[Tried]]  # those from a number on, one after the other


def tried_apart(loop: Loop, first: int, seconds: float, traces: Path) -> Iterator[Tried]:
    """Everything a loop tries in so many seconds; where its process ended in an attack, that, and then the next.

    ``traces``: a file for where it was.
    """
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        ended = False
        for tried in _of_one_process(loop, first, end, traces):
            first, ended = tried.number + 1, tried.name == ENDED
            yield tried
        if not ended:
            return


def _of_one_process(loop: Loop, first: int, end: float, traces: Path) -> Iterator[Tried]:
    reading, writing = _SPAWN.Pipe(duplex=False)
    child = _SPAWN.Process(target=_try_all, args=(loop, first, writing, traces))
    child.start()
    writing.close()
    try:
        with closing(reading):
            while reading.poll(max(0.0, end - time.monotonic())):
                tried = reading.recv()
                first = tried.number + 1
                yield tried
    except EOFError:
        child.join()
        if child.exitcode:
            yield Tried(first, f"{_how(child.exitcode)} in {_where(traces)}", ENDED)
    finally:
        child.kill()
        child.join()


def _try_all(loop: Loop, first: int, writing: Connection, traces: Path) -> None:
    with traces.open("wb") as file, closing(writing):
        faulthandler.enable(file)
        faulthandler.register(signal.SIGVTALRM, file, all_threads=False, chain=True)  # of the watch in `command`
        for tried in loop(first):
            writing.send(tried)


def _how(code: int) -> str:
    if code == -signal.SIGVTALRM:
        return "Hung"
    return signal.Signals(-code).name if code < 0 else f"exit code {code}"


def _where(traces: Path) -> str:
    """The innermost lines of ours: « wording.py:41 < links.py:90 »."""
    lines = [line.strip() for line in traces.read_text("utf-8", "replace").splitlines() if "File " in line]
    frames = [line.split('"') for line in lines if "site-packages" not in line and "/lib/python" not in line]
    return " < ".join(f"{path.rpartition('/')[2]}{rest}" for _, path, rest in frames[:4]) or "no line of ours"
