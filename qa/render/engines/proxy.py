"""The proxy that every request of a browser goes to: it holds one build and fetches nothing from anywhere.

A browser is told to send all its traffic here. What it asks of http://build.localhost is answered from the build that
is being drawn; everything else, tunnels and upgrades too, is refused and listed. Whoever else on the machine finds the
port can read the build while it is drawn, and reach nothing through it.
"""

from __future__ import annotations

import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import urlsplit

from qa.finding import Fault
from qa.render.engines.first_frame import first_frame, first_frames
from qa.render.origin import GONE, REFUSED, STAY, Answer, BuildOrigin

_IDLE = 120  # seconds after which a connection nobody speaks on is closed
_POLL = 0.05  # seconds until a closed proxy notices
_REACHED = 10  # seconds
_LOOPBACK = "127.0.0.1"
_CUT_OFF = (
    f"a browser is spoken to at {_LOOPBACK}, which cannot be reached here: bring the loopback interface up"
    " (ip link set lo up), or let the container have one"
)


class CutOff(Fault):
    """This machine does not reach itself; no other browser would help."""


class Proxy:
    """A loopback proxy on ``port`` for one browser process, which draws one document at a time.

    ``still``: for a browser that cannot hold animated pictures at their first frame, they come without the others.
    ``own``: endings of its maker's hosts. What it asks of them is refused, and listed in ``called``, not as the build's
    doing, unless the document names the host.
    """

    def __init__(self, *, still: bool = False, own: tuple[str, ...] = ()) -> None:
        self._server = _listening()
        self._server.still = still
        self._server.own = own
        self.called = self._server.called = set()
        self.port: int = self._server.server_address[1]
        thread = threading.Thread(target=self._server.serve_forever, args=(_POLL,), name="proxy", daemon=True)
        thread.start()

    @contextmanager
    def serving(self, served: BuildOrigin) -> Iterator[None]:
        """What is asked for meanwhile is answered from this; the document itself once, so that no page leads away."""
        self._server.current = opened = Opened(served)
        try:
            yield
        finally:
            if self._server.current is opened:
                self._server.current = None

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def _listening() -> _Server:
    """A server that this machine reaches; CutOff where it does not: a browser would only say that it found nobody."""
    try:
        server = _Server((_LOOPBACK, 0), _Exchange)
    except OSError as error:
        raise CutOff(f"{_CUT_OFF} ({error.strerror or error})") from None
    try:
        socket.create_connection((_LOOPBACK, server.server_address[1]), _REACHED).close()
    except OSError as error:
        server.server_close()
        raise CutOff(f"{_CUT_OFF} ({error.strerror or error})") from None
    return server


class Opened:
    """One opening of a document: it comes once, and whatever would take its place in the window is refused."""

    def __init__(self, served: BuildOrigin) -> None:
        self.served = served
        self._delivered = False

    def answer(self, url: str, method: str, whole: bool) -> Answer:
        """``whole``: asked for to fill a window, not a frame or a place in the page."""
        if not whole:
            return self.served.answer(url, method)
        if self._delivered or url.partition("#")[0] != self.served.url or method != "GET":
            self.served.refuse(url)
            return STAY
        self._delivered = True
        return self.served.document


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64
    still = False
    own: tuple[str, ...] = ()
    called: set[str]
    current: Opened | None = None

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that is gone before its answer was written is nobody's concern."""


class _Exchange(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = _IDLE

    def do_GET(self) -> None:
        opened = self.server.current
        if self._is_own(urlsplit(self.path).hostname or ""):
            self._write(REFUSED, None)
        elif opened is None or not self.path.startswith("http"):
            self._write(GONE, None)
        elif "Upgrade" in self.headers:
            self._write(opened.served.refuse(self.path), None)
        else:
            answer = opened.answer(self.path, self.command, self._fills_a_window(opened.served))
            self._write(self._first_frame_only(answer), opened.served)

    do_HEAD = do_POST = do_PUT = do_DELETE = do_PATCH = do_OPTIONS = do_GET

    def do_CONNECT(self) -> None:
        host, _, port = self.path.rpartition(":")
        if not self._is_own(host) and (opened := self.server.current) is not None:
            opened.served.refuse(f"https://{host}" if port == "443" else self.path)
        self._write(REFUSED, None)

    def _is_own(self, host: str) -> bool:
        """Whether the browser asks for itself; then it is noted."""
        opened = self.server.current
        named = opened is not None and host.encode() in opened.served.document.content
        own = host.endswith(self.server.own) and not named
        if own:
            self.server.called.add(host)
        return own

    def _fills_a_window(self, served: BuildOrigin) -> bool:
        """As the browser says; one that does not say fills it with the document and nothing else."""
        wanted = self.headers.get("Sec-Fetch-Dest")
        return wanted == "document" if wanted else self.path == served.url

    def _first_frame_only(self, answer: Answer) -> Answer:
        if not self.server.still or answer.status != 200:
            return answer
        if answer.kind.startswith("text/html"):
            return answer._replace(content=first_frames(answer.content))
        return Answer(200, *first_frame(answer.kind, answer.content))

    def _write(self, answer: Answer, served: BuildOrigin | None) -> None:
        self.close_connection |= self.command not in ("GET", "HEAD") or served is None
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.kind)
        self.send_header("Content-Length", str(len(answer.content)))
        self.send_header("Cache-Control", "no-store")
        if served is not None:
            self.send_header("Content-Security-Policy", served.policy)
        if self.close_connection:
            self.send_header("Connection", "close")
        with suppress(OSError):
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(answer.content)

    def log_message(self, format: str, *arguments: object) -> None:
        """Nobody reads along."""

    def version_string(self) -> str:
        return "qa"
