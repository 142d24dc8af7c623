"""A site on this machine that records every request, counts those at once, and has the faults of real ones."""

from __future__ import annotations

import gzip
import ssl
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple


class Page(NamedTuple):
    """An answer; ``fault`` names what goes wrong with it."""

    status: int = 200
    headers: Mapping[str, str] = MappingProxyType({})
    body: bytes = b"<title>Page</title><p>Hello"
    fault: str = ""


class Site:
    """The site. ``pages`` by path; a list is answered one after the other, the last for ever."""

    def __init__(self, pages: dict[str, Any] | None = None, seconds: float = 0.0, certificate: Path | None = None):
        self.pages = pages or {}
        self.seconds = seconds
        self.asked: list[str] = []
        self.times: list[float] = []
        self.headers: list[dict[str, str]] = []
        self.most = self.now = 0
        self.lock = threading.Lock()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.server.daemon_threads = True
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.url = f"http{'s' if certificate else ''}://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def __enter__(self) -> Site:
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    @property
    def counted(self) -> Counter[str]:
        return Counter(self.asked)

    def begin(self, path: str, headers: dict[str, str]) -> Page:
        with self.lock:
            self.asked.append(path)
            self.times.append(time.monotonic())
            self.headers.append(headers)
            self.now += 1
            self.most = max(self.most, self.now)
            page = self.pages.get(path, Page())
            if isinstance(page, list):
                page = page.pop(0) if len(page) > 1 else page[0]
        time.sleep(self.seconds)
        return page

    def end(self) -> None:
        with self.lock:
            self.now -= 1

    def _handler(site) -> type[BaseHTTPRequestHandler]:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                page = site.begin(self.path, dict(self.headers))
                with suppress(OSError):
                    FAULTS.get(page.fault, whole)(self, page)
                self.close_connection = True
                if page.fault != "drip":  # who answers quickly is free when its answer is under way
                    site.end()

            def log_message(self, *_: object) -> None:
                pass

        return Handler


def head(to: BaseHTTPRequestHandler, page: Page, length: int | None = None) -> None:
    to.send_response(page.status)
    for name, value in ({"Content-Type": "text/html"} | dict(page.headers)).items():
        to.send_header(name, value)
    if length is not None:
        to.send_header("Content-Length", str(length))
    to.end_headers()


def whole(to: BaseHTTPRequestHandler, page: Page) -> None:
    head(to, page, len(page.body))
    to.wfile.write(page.body)


def short(to: BaseHTTPRequestHandler, page: Page) -> None:
    head(to, page, len(page.body) + 1000)
    to.wfile.write(page.body)


def endless(to: BaseHTTPRequestHandler, page: Page) -> None:
    head(to, page)
    while True:
        to.wfile.write(b"x" * 65_536)


def drip(to: BaseHTTPRequestHandler, page: Page) -> None:
    """A byte of the headers now and then, for ever."""
    to.wfile.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        to.wfile.write(b"x")
        to.wfile.flush()
        time.sleep(0.05)


def drip_body(to: BaseHTTPRequestHandler, page: Page) -> None:
    head(to, page)
    while True:
        to.wfile.write(b"x")
        to.wfile.flush()
        time.sleep(0.05)


def bomb(to: BaseHTTPRequestHandler, page: Page) -> None:
    packed = BOMB
    to.send_response(200)
    to.send_header("Content-Type", "text/html")
    to.send_header("Content-Encoding", "gzip")
    to.send_header("Content-Length", str(len(packed)))
    to.end_headers()
    to.wfile.write(packed)


def reset(to: BaseHTTPRequestHandler, page: Page) -> None:
    import socket
    import struct

    to.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    to.connection.close()


def long_header(to: BaseHTTPRequestHandler, page: Page) -> None:
    to.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 1_000_000 + b"\r\n\r\n")


def many_headers(to: BaseHTTPRequestHandler, page: Page) -> None:
    to.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"X-Many: x\r\n" * 100_000 + b"\r\n")


def endless_continue(to: BaseHTTPRequestHandler, page: Page) -> None:
    while True:
        to.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n" * 100)


BOMB = gzip.compress(bytes(50_000_000), 6)
FAULTS = {
    "short": short, "endless": endless, "drip": drip, "drip-body": drip_body, "bomb": bomb, "reset": reset,
    "long-header": long_header, "many-headers": many_headers, "endless-100": endless_continue,
}  # fmt: skip


def moved(to: str, status: int = 302, **headers: str) -> Page:
    return Page(status, {"Location": to} | headers, b"")


def certificate(folder: Path, days: int = 1, name: str = "IP:127.0.0.1") -> Path:
    """Key and certificate in one file, signed by nobody."""
    file = folder / "site.pem"
    key, cert = folder / "key.pem", folder / "cert.pem"
    asked, names = folder / "asked.pem", folder / "names.cnf"
    names.write_text(f"subjectAltName={name}\n")
    new = ["req", "-new", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", asked, "-subj", "/CN=127.0.0.1"]
    sign = ["x509", "-req", "-in", asked, "-signkey", key, "-out", cert, "-days", str(days), "-extfile", names]
    for command in (new, sign):
        subprocess.run(["openssl", *command], check=True, capture_output=True)
    file.write_bytes(key.read_bytes() + cert.read_bytes())
    return file
