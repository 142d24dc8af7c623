"""Work spread over processes: one that is killed costs no other job, and none outlives the program."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, as_completed, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from types import FrameType
from typing import Any, Generic, TypeVar

from qa.signals import STOP_SIGNALS

T = TypeVar("T")

GRACE = 3  # seconds a process has to end before it is killed
_PR_SET_PDEATHSIG = 1  # https://man7.org/linux/man-pages/man2/PR_SET_PDEATHSIG.2const.html


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What came of one job. ``value`` is None where the process that did it was killed, and killed again."""

    number: int
    value: T | None


def spread(
    function: Callable[..., T], jobs: Sequence[tuple[Any, ...]], count: int, over: Executor | None = None
) -> Generator[Outcome[T], None, None]:
    """Every job's outcome as it finishes, ``count`` at a time; or as an executor that is given does them.

    What was lost with a killed process is done once more when all else is finished, alone: the commonest killer is
    the system, short of memory.
    """
    if over is not None:
        numbers = {over.submit(function, *job): number for number, job in enumerate(jobs)}
        yield from (Outcome(numbers[future], future.result()) for future in as_completed(numbers))
        return
    lost = {}
    for outcome in _lanes(function, dict(enumerate(jobs)), count):
        if outcome.value is None:
            lost[outcome.number] = jobs[outcome.number]
        else:
            yield outcome
    yield from _lanes(function, lost, 1)


def _lanes(
    function: Callable[..., T], jobs: Mapping[int, tuple[Any, ...]], count: int
) -> Generator[Outcome[T], None, None]:
    """A pool of one process a lane: who dies takes the one job along that it was doing."""
    waiting = iter(jobs.items())
    running: dict[Future[T], tuple[ProcessPoolExecutor, int]] = {}

    def start(pool: ProcessPoolExecutor) -> None:
        if (job := next(waiting, None)) is None:
            pool.shutdown(wait=False)
            return
        with _unbothered():
            running[pool.submit(function, *job[1])] = (pool, job[0])

    before, finished = set(multiprocessing.active_children()), False
    try:
        for _ in range(min(count, len(jobs))):
            start(_pool())
        while running:
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                pool, number = running.pop(future)
                killed = isinstance(future.exception(), BrokenProcessPool)
                start(_pool() if killed else pool)
                yield Outcome(number, None if killed else future.result())
        finished = True
    finally:
        if not finished:
            _end(set(multiprocessing.active_children()) - before)


def _pool() -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn")  # forking with browser threads about is not safe
    with _unbothered():  # multiprocessing starts a process of its own here, which knows what to do with SIGINT alone
        return ProcessPoolExecutor(1, mp_context=context, initializer=_begin, initargs=(os.getpid(),))


def _begin(parent: int) -> None:
    """In a new process: Ctrl-C is the parent's to answer, and its end is the end of this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it ended before it could be asked about
            os._exit(1)


@contextmanager
def _unbothered() -> Iterator[None]:
    """A process started in here is whole, and born deaf to Ctrl-C and to a closed terminal: the parent answers those.

    Until `_begin` runs it would answer Ctrl-C with a traceback. And a stop in the middle of starting it would leave one
    that nobody knows of, and all would wait for it at the end: the stop comes when it is started.
    """
    came: list[int] = []
    before = _answers(lambda number, _frame: came.append(number))
    masked = hasattr(signal, "pthread_sigmask")
    deaf = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGHUP}) if masked else set()
    try:
        yield
    finally:
        if masked:
            signal.pthread_sigmask(signal.SIG_SETMASK, deaf)
        for each, answer in before.items():
            signal.signal(each, answer)
        for number in came[:1]:
            signal.raise_signal(number)


def _answers(answer: Callable[[int, FrameType | None], object]) -> dict[int, Any]:
    """Let this answer what would stop us, where something of Python's does; what did before. Only one thread can."""
    if threading.current_thread() is not threading.main_thread():
        return {}
    return {each: signal.signal(each, answer) for each in STOP_SIGNALS if callable(signal.getsignal(each))}


def _end(children: set[multiprocessing.process.BaseProcess]) -> None:
    for child in children:
        child.terminate()
    for child in children:
        child.join(GRACE)
        if child.exitcode is None:
            child.kill()
