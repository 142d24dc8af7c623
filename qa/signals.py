"""Signals that end a command: Ctrl-C, a polite kill, a terminal that closes; as far as a system has them."""

from __future__ import annotations

import os
import signal
import threading
import time
from _thread import start_new_thread
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType

STOP_SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


STOPPED = 130  # what shells expect of a command that was interrupted


@contextmanager
def stoppable(patience: float | None = None, leave: Callable[[], object] = lambda: None) -> Iterator[None]:
    """Being told to end is Ctrl-C by another name: what is under way is put away in peace. Told twice, it ends at once.

    ``patience``: seconds that may take, where this process does nothing else; what it started ends with it.
    ``leave`` is done before it ends at once.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {each: signal.getsignal(each) for each in STOP_SIGNALS}
    mine = [each for each, answer in before.items() if answer in (signal.SIG_DFL, signal.default_int_handler)]

    def at_once(*_: object) -> None:
        with suppress(OSError):
            os.write(2, b"qa: stopped at once; no report was written.\n")
        leave()
        os._exit(STOPPED)

    def late(seconds: float) -> None:
        time.sleep(seconds)
        at_once()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        for each in mine:
            signal.signal(each, at_once if patience else signal.SIG_IGN)
        if patience:
            # No Thread: the signal may have come while one is started, and that lock is taken.
            start_new_thread(late, (patience,))
        raise KeyboardInterrupt

    for each in mine:
        signal.signal(each, stop)
    yield
    for each in mine:  # not after a stop: the way out is not to be interrupted either
        signal.signal(each, before[each])
