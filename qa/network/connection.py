"""Connections of `requests` that go through the guard: name resolved, addresses judged, and no other connected to.

The proxies of the environment are not used: a proxy resolves names itself, so nobody here could know where it goes.
"""

from __future__ import annotations

import os
import socket
import ssl
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError

from qa.network.deadline import of_thread
from qa.network.guard import Guard, Refused

_TRIED = 4  # addresses of a host: who has fifty that do not answer would hold the run for as many time-outs


def guarded_session(guard: Guard) -> requests.Session:
    """A session of its own cookies whose every connection is guarded."""
    return session_over(GuardedAdapter(guard))


def session_over(adapter: GuardedAdapter) -> requests.Session:
    """A session of its own cookies over an adapter that others use too."""
    session = _Session()
    session.trust_env = False  # no proxy, and no password out of .netrc
    session.verify = os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("CURL_CA_BUNDLE") or True
    session.adapters.clear()
    session.mount("http://", adapter)
    session.mount("https://", adapter)
    return session


class _Session(requests.Session):
    """A session that follows nothing by itself."""

    def get_redirect_target(self, resp: requests.Response) -> str | None:
        """None: even where no redirect is to be followed, its body would be read to the end, which may never come."""
        return None


class GuardedAdapter(HTTPAdapter):
    """What makes the connections of a session."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        super().__init__(max_retries=0)

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **kept: Any) -> None:
        self.poolmanager = PoolManager(num_pools=connections, maxsize=maxsize, block=block, **kept)
        self.poolmanager.pool_classes_by_scheme = _pools(self._guard)

    def proxy_manager_for(self, proxy: str, **_: Any) -> Any:
        raise Refused(f"{proxy} is a proxy, behind which nobody knows where a request goes")


def _pools(guard: Guard) -> dict[str, Any]:
    """The classes of connections that know a guard; urllib3 wants classes."""

    class Http(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return _connected(self, guard)

    class Https(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return _connected(self, guard)

        def connect(self) -> None:
            super().connect()
            if (deadline := of_thread()) and isinstance(self.sock, ssl.SSLSocket):
                deadline.certificate = self.sock.getpeercert()

    class HttpPool(HTTPConnectionPool):
        ConnectionCls = Http

    class HttpsPool(HTTPSConnectionPool):
        ConnectionCls = Https

    return {"http": HttpPool, "https": HttpsPool}


def _connected(connection: HTTPConnection, guard: Guard) -> socket.socket:
    """A socket to an address that was judged, and to no other."""
    port = connection.port or connection.default_port
    try:
        addresses = guard.addresses(connection.host, port)
    except socket.gaierror as error:
        raise NameResolutionError(connection.host, connection, error) from error
    except UnicodeError as error:
        raise NewConnectionError(connection, f"{connection.host} is no name of a server") from error
    timeout: Any = connection.timeout
    deadline, last = of_thread(), None
    for address in addresses[:_TRIED]:
        if deadline and deadline.passed:
            break
        try:
            opened = socket.create_connection((address, port), timeout)
        except OSError as error:
            last = error
        else:
            if deadline:
                deadline.watch(opened)
            return opened
    if last is None or isinstance(last, TimeoutError):
        raise ConnectTimeoutError(connection, f"{connection.host} did not answer in time") from last
    raise NewConnectionError(connection, f"{connection.host}: {last}") from last
