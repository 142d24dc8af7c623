"""The prober of a session: each address asked once, few at a time of one host, redirects followed hop by hop."""

from __future__ import annotations

import re
import threading
import zlib
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from time import monotonic

from qa.artefacts.probes import Hop, Probe
from qa.check import resource
from qa.network import Guard
from qa.network.redirects import redirect_target
from qa.probing.exchange import Answer, Limits, Terms, Visit, visitors
from qa.probing.kept_probes import kept, store
from qa.probing.manners import Host, Manners, host_queue, wanted_wait
from qa.probing.never import why_never
from qa.profile.model import Profile

_WEB = re.compile(r"https?://", re.IGNORECASE)
_SAID = 300  # characters of an address that a sentence names


class Prober:
    """Asks addresses, and remembers what came of each for the session. Safe from many threads."""

    def __init__(self, visitor: Callable[[Terms], Callable[[], Visit]], manners: Manners | None = None) -> None:
        self.manners = manners or Manners()
        self._visitor = visitor
        self._visitors: dict[Terms, Callable[[], Visit]] = {}
        self._lock = threading.Lock()
        self._closed = threading.Event()
        self._pool: ThreadPoolExecutor | None = None
        self._probes: dict[tuple[str, Terms], Future[Probe]] = {}
        self._hosts: dict[str, Host] = {}
        self._withheld: dict[str, str] = {}

    def ask(self, urls: Iterable[str], withheld: Mapping[str, str], terms: Terms | None = None) -> dict[str, Probe]:
        """The probe of each address. ``withheld`` are not asked, nor followed to: why, by address."""
        with self._lock:
            self._withheld |= {_bare(url): why for url, why in withheld.items()}
            futures = {url: self._future(url, terms or Terms()) for url in urls}
        return {url: replace(future.result(), url=url) for url, future in futures.items()}

    def close(self) -> None:
        """What waits is not asked any more; whoever waits for it is told."""
        self._closed.set()
        with self._lock:
            for host in self._hosts.values():
                for *_, future in host.waiting:
                    future.cancel()
                host.waiting.clear()
        if self._pool:
            self._pool.shutdown(wait=False, cancel_futures=True)

    def _future(self, url: str, terms: Terms) -> Future[Probe]:
        key = (url.partition("#")[0], terms)
        if key not in self._probes:
            future: Future[Probe] = Future()
            self._probes[key] = future
            name = host_queue(key[0])
            self._host(name).waiting.append((*key, future))
            self._start(name)
        return self._probes[key]

    def _host(self, name: str) -> Host:
        if name not in self._hosts:
            self._hosts[name] = Host(threading.BoundedSemaphore(self.manners.at_once))
        return self._hosts[name]

    def _start(self, name: str) -> None:
        """Begin what a host has room for: no thread waits for a host that is busy while another is not."""
        if self._pool is None:
            self._pool = ThreadPoolExecutor(self.manners.threads, thread_name_prefix="probe")
        host = self._hosts[name]
        while host.waiting and host.running < self.manners.at_once and not self._closed.is_set():
            host.running += 1
            self._pool.submit(self._work, name, *host.waiting.popleft())

    def _work(self, name: str, url: str, terms: Terms, future: Future[Probe]) -> None:
        try:
            future.set_result(self._remembered(url, terms))
        except BaseException as error:
            future.set_exception(error)
        finally:
            with self._lock:
                self._hosts[name].running -= 1
                self._start(name)

    def _remembered(self, url: str, terms: Terms) -> Probe:
        """What an earlier run was told, where that is young enough; else what is told now."""
        known = kept(url, terms)
        if known is not None and not any(self._why_never(hop.url) for hop in known.hops):
            return known
        with self._lock:
            if terms not in self._visitors:
                self._visitors[terms] = self._visitor(terms)
            visitor = self._visitors[terms]
        told = self._probe(url, visitor())
        store(told, terms)
        return told

    def _probe(self, url: str, visit: Visit) -> Probe:
        """Follow an address to its end."""
        seen, hops, here = {url: 1}, list[Hop](), url
        end = monotonic() + self.manners.longest
        while True:
            if why := self._why_never(here):
                return Probe(url, tuple(hops), "never", why)
            if hops and monotonic() > end:
                return Probe(url, tuple(hops), "slow", f"after {len(hops)} redirects there is no page yet")
            began = monotonic()
            answer = self._patiently(visit, here)
            if answer.failure:
                return Probe(url, tuple(hops), answer.failure, answer.said)
            hops.append(Hop(here, answer.status, answer.headers, round(monotonic() - began, 3), answer.certificate))
            there = redirect_target(here, answer.status, answer.headers.get("location", ""))
            if not there:
                return Probe(url, tuple(hops), packed=zlib.compress(answer.body, 1) if answer.body else b"")
            seen[there] = seen.get(there, 0) + 1
            if failure := self._astray(there, seen[there], len(hops)):
                return Probe(url, tuple(hops), *failure)
            here = there

    def _why_never(self, url: str) -> str:
        return why_never(url) or self._withheld.get(_bare(url), "")

    def _astray(self, there: str, visits: int, hops: int) -> tuple[str, str] | None:
        """Why a redirect is not followed: failure and what is said of it."""
        if not _WEB.match(there):
            return "scheme", there[:_SAID]
        if visits > self.manners.visits:
            return "loop", f"it redirects in a circle, by way of {there[:_SAID]}"
        if hops > self.manners.redirects:
            return "redirects", f"it redirects more than {self.manners.redirects} times"
        return None

    def _patiently(self, visit: Visit, url: str) -> Answer:
        """An answer, asked for once more where the server had trouble or wants us to wait."""
        answer = self._politely(visit, url)
        wait = wanted_wait(answer, self.manners.again)
        if wait is None or wait > self.manners.longest_wait:
            return answer
        with self._lock:
            host = self._host(host_queue(url))
            if host.busy >= self.manners.most_failures:
                return answer
            host.free_at = max(host.free_at, monotonic() + wait)
        return self._politely(visit, url)

    def _politely(self, visit: Visit, url: str) -> Answer:
        """An answer, when it is this request's turn at the host."""
        with self._lock:
            host = self._host(host_queue(url))
        with host.slots:
            if host.silent >= self.manners.most_failures:
                return Answer(failure="slow", said=f"its server did not answer {host.silent} times, and is left alone")
            with self._lock:
                turn = host.turn(self.manners.delay)
            self._closed.wait(max(0.0, turn - monotonic()))
            if self._closed.is_set():
                return Answer(failure="unreachable", said="the run was stopped")
            answer = visit(url)
            with self._lock:
                host.learn(answer)
            return answer


def _bare(url: str) -> str:
    return url.partition("#")[0].strip()


@resource(key=lambda _profile: None)
def prober(_profile: Profile) -> Prober:
    """One for all profiles: a host does not care whose campaign asks. Nothing is opened until an address is asked."""
    return Prober(lambda terms: visitors(Guard(terms.allow_private), Limits(), terms.language))
