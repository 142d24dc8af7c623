"""The moment by which an exchange is over, whatever the server does: a byte now and then is no answer."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_here = threading.local()


class Deadline:
    """A limit of time for all connections of one thread. ``passed``: they were cut off."""

    def __init__(self) -> None:
        self.passed = False
        self._sockets: list[socket.socket] = []

    def watch(self, opened: socket.socket) -> None:
        """Cut this connection off, too, when the time has passed."""
        self._sockets.append(opened)
        if self.passed:
            self.cut()

    def cut(self) -> None:
        """Whoever reads from these connections gets nothing more."""
        self.passed = True
        for each in self._sockets:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)


def watched(opened: socket.socket | None) -> None:
    """Put a connection under the deadline of the thread, where one is set."""
    deadline: Deadline | None = getattr(_here, "deadline", None)
    if deadline is not None and opened is not None:
        deadline.watch(opened)


@contextmanager
def within(seconds: float) -> Iterator[Deadline]:
    """A deadline for the connections that this thread opens."""
    deadline = _here.deadline = Deadline()
    timer = threading.Timer(seconds, deadline.cut)
    timer.daemon = True
    timer.start()
    try:
        yield deadline
    finally:
        timer.cancel()
        _here.deadline = None
