"""The prober of a session: each address asked once, few at a time of one host, redirects followed hop by hop."""

from __future__ import annotations

import re
import threading
import zlib
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from time import monotonic
from urllib.parse import urljoin, urlsplit

from qa.artefacts.probes import Hop, Probe
from qa.check import resource
from qa.network import Guard
from qa.probing.exchange import Answer, Limits, Visit, visitors
from qa.probing.never import why_never
from qa.profile.model import Profile

_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_TRIED_AGAIN = frozenset(("slow", "reset", "unreachable"))
_WEB = re.compile(r"https?://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Manners:
    """How a host is treated."""

    at_once: int = 2  # requests to one host
    delay: float = 0.1  # seconds between two of them
    again: float = 1.0  # seconds before a request that failed is made once more
    longest_wait: float = 10.0  # seconds that a Retry-After may ask for and be obeyed
    redirects: int = 20
    visits: int = 2  # of one address in one probe: some set a cookie and send back to themselves
    threads: int = 16


@dataclass
class _Host:
    """The queue of a host: what waits, and how much of it is under way."""

    slots: threading.BoundedSemaphore
    waiting: deque[tuple[str, Future[Probe]]] = field(default_factory=deque)
    running: int = 0
    free_at: float = 0.0


class Prober:
    """Asks addresses, and remembers what came of each for the session. Safe from many threads."""

    def __init__(self, visitor: Callable[[], Callable[[], Visit]], manners: Manners | None = None) -> None:
        self.manners = manners or Manners()
        self._open = visitor
        self._visitor: Callable[[], Visit] | None = None
        self._lock = threading.Lock()
        self._closed = threading.Event()
        self._pool: ThreadPoolExecutor | None = None
        self._probes: dict[str, Future[Probe]] = {}
        self._hosts: dict[str, _Host] = {}
        self._withheld: dict[str, str] = {}

    def ask(self, urls: Iterable[str], withheld: Mapping[str, str]) -> dict[str, Probe]:
        """The probe of each address. ``withheld`` are not asked, nor followed to: why, by address."""
        with self._lock:
            self._withheld |= {_bare(url): why for url, why in withheld.items()}
            futures = {url: self._future(url) for url in urls}
        return {url: replace(future.result(), url=url) for url, future in futures.items()}

    def close(self) -> None:
        """What waits is not asked any more; whoever waits for it is told."""
        self._closed.set()
        with self._lock:
            for host in self._hosts.values():
                for _, future in host.waiting:
                    future.cancel()
                host.waiting.clear()
        if self._pool:
            self._pool.shutdown(wait=False, cancel_futures=True)

    def _future(self, url: str) -> Future[Probe]:
        key = url.partition("#")[0]
        if key not in self._probes:
            future: Future[Probe] = Future()
            self._probes[key] = future
            name = _host(key)
            self._host(name).waiting.append((key, future))
            self._start(name)
        return self._probes[key]

    def _host(self, name: str) -> _Host:
        if name not in self._hosts:
            self._hosts[name] = _Host(threading.BoundedSemaphore(self.manners.at_once))
        return self._hosts[name]

    def _start(self, name: str) -> None:
        """Begin what a host has room for: no thread waits for a host that is busy while another is not."""
        if self._pool is None:
            self._pool = ThreadPoolExecutor(self.manners.threads, thread_name_prefix="probe")
            self._visitor = self._open()
        host = self._hosts[name]
        while host.waiting and host.running < self.manners.at_once and not self._closed.is_set():
            host.running += 1
            self._pool.submit(self._work, name, *host.waiting.popleft())

    def _work(self, name: str, url: str, future: Future[Probe]) -> None:
        try:
            future.set_result(self._probe(url))
        except BaseException as error:
            future.set_exception(error)
        finally:
            with self._lock:
                self._hosts[name].running -= 1
                self._start(name)

    def _probe(self, url: str) -> Probe:
        """Follow an address to its end."""
        assert self._visitor is not None
        visit, seen = self._visitor(), {url: 1}
        hops: list[Hop] = []
        here = url
        while True:
            if why := why_never(here) or self._withheld.get(_bare(here), ""):
                return Probe(url, tuple(hops), "never", why)
            began = monotonic()
            answer = self._patiently(visit, here)
            if answer.failure:
                return Probe(url, tuple(hops), answer.failure, answer.said)
            hops.append(Hop(here, answer.status, answer.headers, round(monotonic() - began, 3)))
            there = _next(here, answer)
            if not there:
                return Probe(url, tuple(hops), packed=zlib.compress(answer.body, 1) if answer.body else b"")
            if not _WEB.match(there):
                return Probe(url, tuple(hops), "scheme", there)
            seen[there] = seen.get(there, 0) + 1
            if seen[there] > self.manners.visits:
                return Probe(url, tuple(hops), "loop", f"it redirects in a circle, by way of {there}")
            if len(hops) > self.manners.redirects:
                return Probe(url, tuple(hops), "redirects", f"it redirects more than {self.manners.redirects} times")
            here = there

    def _patiently(self, visit: Visit, url: str) -> Answer:
        """An answer, asked for once more where the server had trouble or wants us to wait."""
        answer = self._politely(visit, url)
        wait = _wanted_wait(answer, self.manners.again)
        if wait is None or wait > self.manners.longest_wait:
            return answer
        with self._lock:
            host = self._host(_host(url))
            host.free_at = max(host.free_at, monotonic() + wait)
        return self._politely(visit, url)

    def _politely(self, visit: Visit, url: str) -> Answer:
        """An answer, when it is this request's turn at the host."""
        with self._lock:
            host = self._host(_host(url))
        with host.slots:
            with self._lock:
                turn = max(host.free_at, monotonic())
                host.free_at = turn + self.manners.delay
            self._closed.wait(max(0.0, turn - monotonic()))
            if self._closed.is_set():
                return Answer(failure="unreachable", said="the run was stopped")
            return visit(url)


def _next(here: str, answer: Answer) -> str:
    """Where a redirect leads; "" where this is no redirect."""
    location = answer.headers.get("location", "").strip() if answer.status in _REDIRECTS else ""
    if not location:
        return ""
    with suppress(UnicodeError):
        location = location.encode("latin-1").decode("utf-8")
    try:
        return urljoin(here, location)
    except ValueError:
        return ""


def _wanted_wait(answer: Answer, again: float) -> float | None:
    """Seconds to wait before asking once more; None where that is no use."""
    if answer.failure in _TRIED_AGAIN:
        return again
    if answer.status == 429 or answer.status >= 500:
        asked = answer.headers.get("retry-after", "").strip()
        if asked.isdecimal():
            return max(float(asked), again)
        return again if answer.status >= 500 else None
    return None


def _host(url: str) -> str:
    """Host and port: what has a queue of its own."""
    try:
        return urlsplit(url).netloc.rpartition("@")[2].lower()
    except ValueError:
        return ""


def _bare(url: str) -> str:
    return url.partition("#")[0].strip()


@resource(key=lambda profile: profile.allow_private)
def prober(profile: Profile) -> Prober:
    """Nothing is opened until an address is asked."""
    return Prober(lambda: visitors(Guard(profile.allow_private), Limits()))
