"""Manners towards a host: how much is asked of it at once, how often, and when it is left alone."""

from __future__ import annotations

import threading
from collections import deque
from concurrent.futures import Future
from dataclasses import dataclass, field
from time import monotonic
from urllib.parse import urlsplit

from qa.artefacts.probes import Probe
from qa.probing.exchange import Answer, Terms

_TRIED_AGAIN = frozenset(("slow", "reset", "unreachable"))
_USUAL = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Manners:
    """How a host is treated."""

    at_once: int = 2  # requests to one host
    delay: float = 0.1  # seconds between two of them
    again: float = 1.0  # seconds before a request that failed is made once more
    longest_wait: float = 10.0  # seconds that a Retry-After may ask for and be obeyed
    longest: float = 60.0  # seconds after which no further redirect of an address is followed
    most_failures: int = 4  # in a row: then nothing is tried twice, and who does not answer is asked nothing more
    redirects: int = 20
    visits: int = 2  # of one address in one probe: some set a cookie and send back to themselves
    threads: int = 16


@dataclass
class Host:
    """The queue of a host: what waits, how much of it is under way, and what it answered lately."""

    slots: threading.BoundedSemaphore
    waiting: deque[tuple[str, Terms, Future[Probe]]] = field(default_factory=deque)
    running: int = 0
    free_at: float = 0.0
    silent: int = 0  # requests in a row that it did not answer
    busy: int = 0  # … and that it did not answer, or answered that it has too much to do

    def turn(self, delay: float) -> float:
        """The moment at which the next request may go."""
        turn = max(self.free_at, monotonic())
        self.free_at = turn + delay
        return turn

    def learn(self, answer: Answer) -> None:
        """Keep in mind how it answered."""
        silent = answer.failure in ("slow", "unreachable")
        self.silent = self.silent + 1 if silent else 0
        self.busy = self.busy + 1 if silent or answer.status == 429 else 0


def wanted_wait(answer: Answer, again: float) -> float | None:
    """Seconds to wait before asking once more; None where that is no use."""
    if answer.failure in _TRIED_AGAIN:
        return again
    if answer.status == 429 or answer.status >= 500:
        asked = answer.headers.get("retry-after", "").strip()
        if asked.isascii() and asked.isdecimal():
            return max(float(asked[:9]), again)
        return again if answer.status >= 500 else None
    return None


def host_queue(url: str) -> str:
    """Which queue an address waits in: its host, however that is written, and a port that is not the usual one."""
    try:
        parts = urlsplit(url)
        name, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return ""
    return name if port in (None, *_USUAL.values()) else f"{name}:{port}"
