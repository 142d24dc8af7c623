"""One prober for all processes of a run: each hands in its addresses at a counter, and gets what came back."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from contextlib import suppress
from multiprocessing import AuthenticationError, current_process
from multiprocessing.connection import Client, Connection, Listener
from typing import Any

from qa.artefacts.probes import Probe
from qa.finding import Fault
from qa.probing.exchange import Terms
from qa.probing.prober import Prober

_WAITING = 64  # processes that may knock at once
_PATIENCE = 5  # seconds for the last to be let in


class Counter:
    """Where the processes of a run hand in addresses; ``address`` is what a process must know to find it.

    Only they know its key, which multiprocessing gives to children.
    """

    def __init__(self, prober: Prober) -> None:
        self._prober = prober
        self._listener = Listener(backlog=_WAITING, authkey=current_process().authkey)
        self.address: Any = self._listener.address
        self._closed = threading.Event()
        self._served = threading.Thread(target=self._serve, name="probe-counter", daemon=True)
        self._served.start()

    def close(self) -> None:
        """Nobody is served any more."""
        self._closed.set()
        with suppress(OSError, EOFError, AuthenticationError), _client(self.address):
            pass  # whoever waits for the next one sees that it is closed
        self._served.join(_PATIENCE)

    def _serve(self) -> None:
        with self._listener:  # once it is closed, who still knocks is turned away and waits for nobody
            while not self._closed.is_set():
                try:
                    came = self._listener.accept()
                except (OSError, EOFError, AuthenticationError):
                    continue  # somebody who is none of ours, or was killed on the way
                threading.Thread(target=self._answer, args=(came,), daemon=True).start()

    def _answer(self, came: Connection[Any, Any]) -> None:
        with came, suppress(OSError, EOFError):
            urls, withheld, terms = came.recv()
            try:
                told: Any = self._prober.ask(urls, withheld, terms)
            except BaseException as error:  # whoever waits must hear of it
                told = f"{type(error).__name__}: {error}"
            came.send(told)


class SharedProber(Prober):
    """The prober of another process."""

    def __init__(self, address: Any) -> None:
        self._address = address

    def ask(self, urls: Iterable[str], withheld: Mapping[str, str], terms: Terms | None = None) -> dict[str, Probe]:
        """As the other would."""
        try:
            with _client(self._address) as counter:
                counter.send((list(urls), dict(withheld), terms or Terms()))
                told = counter.recv()
        except (OSError, EOFError, AuthenticationError) as error:
            raise Fault(f"the links could not be asked: {type(error).__name__}") from error
        if isinstance(told, str):
            raise Fault(f"the links could not be asked: {told}")
        return dict(told)

    def close(self) -> None:
        """The other is closed where it was opened."""


def _client(address: Any) -> Connection[Any, Any]:
    return Client(address, authkey=current_process().authkey)
