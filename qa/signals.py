"""Signals that end a command: Ctrl-C, a polite kill, a terminal that closes; as far as a system has them."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

STOP_SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


@contextmanager
def stoppable() -> Iterator[None]:
    """Being told to end is Ctrl-C by another name, and once is enough: what is under way is then put away in peace."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {each: signal.getsignal(each) for each in STOP_SIGNALS}
    mine = [each for each, answer in before.items() if answer in (signal.SIG_DFL, signal.default_int_handler)]

    def stop(_signal: int, _frame: FrameType | None) -> None:
        for each in mine:
            signal.signal(each, signal.SIG_IGN)
        raise KeyboardInterrupt

    for each in mine:
        signal.signal(each, stop)
    yield
    for each in mine:  # not after a stop: the way out is not to be interrupted either
        signal.signal(each, before[each])
