"""The moment by which an exchange is over, whatever the server does: a byte now and then is no answer."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

_here = threading.local()


class Deadline:
    """A limit of time for all connections of one thread. ``passed``: they were cut off.

    ``certificate`` is that of the last connection, as the ssl module tells it; None where there was none.
    """

    def __init__(self) -> None:
        self.passed = False
        self.certificate: Mapping[str, Any] | None = None
        self._lock = threading.Lock()
        self._sockets: list[socket.socket] = []

    def watch(self, opened: socket.socket) -> None:
        """Cut this connection off, too, when the time has passed.

        By a second handle: TLS takes the first one away, and a server may drip its handshake as well.
        """
        with self._lock:
            self._sockets.append(opened.dup())
        if self.passed:
            self.cut()

    def cut(self) -> None:
        """Whoever reads from these connections gets nothing more."""
        self.passed = True
        with self._lock:
            for each in self._sockets:
                with suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)

    def end(self) -> None:
        """Nothing is watched any more."""
        with self._lock:
            for each in self._sockets:
                each.close()
            self._sockets.clear()


def of_thread() -> Deadline | None:
    """The deadline of this thread, where one is set."""
    return getattr(_here, "deadline", None)


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
        deadline.end()
