"""What hangs or dies in an attack is ended, named, and the next attack tried; nothing else is touched."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Iterator
from pathlib import Path

from tests.attacks.apart import ENDED, Tried, tried_apart


def fine(first: int) -> Iterator[Tried]:
    yield from (Tried(number, "wrong" if number == 2 else "") for number in range(first, 4))


def hangs_at_one(first: int) -> Iterator[Tried]:
    for number in range(first, 4):
        if number == 1:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0.2)
            re.match("(a|a)*b", "a" * 60)  # in C, for ages
        if number == 2:
            os.kill(os.getpid(), signal.SIGSEGV)
        yield Tried(number)


def sleeps(first: int) -> Iterator[Tried]:
    yield Tried(first)
    time.sleep(60)


def test_what_ends_by_itself(tmp_path: Path) -> None:
    assert list(tried_apart(fine, 1, 60, tmp_path / "traces")) == [Tried(1), Tried(2, "wrong"), Tried(3)]


def test_what_hangs_in_c_is_named_and_the_next_is_tried(tmp_path: Path) -> None:
    none, hung, died, last = tried_apart(hangs_at_one, 0, 60, tmp_path / "traces")
    assert (none, last) == (Tried(0), Tried(3))
    assert (hung.number, hung.name) == (1, ENDED)
    assert hung.wrong.startswith("Hung in test_apart.py") and "hangs_at_one" in hung.wrong
    assert died.number == 2 and died.wrong.startswith("SIGSEGV in test_apart.py")


def test_it_ends_when_the_time_is_over(tmp_path: Path) -> None:
    started = time.monotonic()
    assert list(tried_apart(sleeps, 0, 5, tmp_path / "traces")) == [Tried(0)]
    assert time.monotonic() - started < 30
