"""A page is fetched over a real connection, within limits, and every refusal is one clear line."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from time import monotonic

import pytest

from qa.build import web as fetching
from qa.build.assets import Asset
from qa.build.source import WebBag
from qa.build.web import Fetched, fetch
from qa.finding import Fault
from qa.gather.parts import parts
from qa.network import Guard
from qa.profile.model import Profile
from tests.probing.site import Page, Site, moved

ANSWERS: dict[str, tuple[int, dict[str, str], bytes]] = {
    "/page": (200, {"Content-Type": "text/html; charset=ISO-8859-1"}, "<p>café".encode("latin-1")),
    "/moved": (302, {"Location": "/page"}, b""),
    "/loop": (302, {"Location": "/loop"}, b""),
    "/away": (302, {"Location": "file:///etc/passwd"}, b""),
    "/inside": (302, {"Location": "http://127.0.0.2:9/"}, b""),
    "/gone": (404, {"Content-Type": "text/html"}, b"<p>no"),
    "/picture": (200, {"Content-Type": "image/png"}, b"\x89PNG"),
    "/nothing": (200, {"Content-Type": "text/html"}, b""),
    "/untyped": (200, {}, b"<p>x"),
    "/long": (200, {"Content-Type": "text/html"}, b"<p>" + b"x" * 400_000),
}


LOOPBACK = Guard(("127.0.0.1",))


def fetched(url: str) -> Fetched:
    return fetch(url, LOOPBACK)


class Answer(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        status, headers, body = ANSWERS[self.path]
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        try:
            self.wfile.write(body)
        except ConnectionError:
            self.close_connection = True  # the reader had enough

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


def test_a_page_with_its_charset_and_where_it_was_found(site: str) -> None:
    assert (fetched(f"{site}/page").charset, fetched(f"{site}/page").content) == ("ISO-8859-1", b"<p>caf\xe9")
    assert fetched(f"{site}/moved").url == f"{site}/page"
    assert fetched(f"{site}/untyped").charset is None


def test_the_parts_of_a_page_on_the_web(site: str) -> None:
    found = parts(
        Asset("page", "registration", Path(), WebBag(f"{site}/moved", LOOPBACK).file(f"{site}/moved")),
        Profile(online=True),
    )
    assert found.html is not None
    assert (found.html.text, found.html.file, found.file) == ("<p>café", f"{site}/page", f"{site}/page")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/gone", r"/gone answered 404 \(Not Found\)\."),
        ("/loop", "redirects more than 5 times"),
        ("/away", "is not valid"),
        ("/picture", "is not HTML: it is served as image/png"),
        ("/nothing", "answered with nothing"),
    ],
)
def test_what_is_no_page_gets_one_clear_line(site: str, path: str, said: str) -> None:
    with pytest.raises(Fault, match=said):
        fetched(f"{site}{path}")


def test_a_page_that_is_too_long(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "LARGEST_HTML", 100_000)
    with pytest.raises(Fault, match="and more; the limit is 0 MB"):
        fetched(f"{site}/long")


def test_a_server_that_never_answers_and_one_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    from socket import create_server

    monkeypatch.setattr(fetching, "TIMEOUT", 0.2)
    with create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        with pytest.raises(Fault, match="did not answer within"):
            fetched(f"http://127.0.0.1:{port}/")
    with pytest.raises(Fault, match="refused the connection"):
        fetched(f"http://127.0.0.1:{port}/")


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://acme.example/", "http://", "http://[", "https://a b/", "x"]
)
def test_what_is_no_web_address(url: str) -> None:
    with pytest.raises(Fault, match=r"not valid|no web address"):
        fetched(url)


def test_a_redirect_into_a_private_network_is_not_followed(site: str) -> None:
    with pytest.raises(Fault, match=r"is not fetched: 127\.0\.0\.2 is this machine"):
        fetched(f"{site}/inside")


@pytest.mark.parametrize("fault", ["drip", "drip-body", "endless-100"])
def test_a_page_that_drips_is_given_up(monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    monkeypatch.setattr(fetching, "LONGEST", 1)
    with Site({"/a": Page(fault=fault)}) as slow, pytest.raises(Fault, match="not there whole after 1 seconds"):
        fetch(f"{slow.url}/a", LOOPBACK)


def test_the_body_of_a_redirect_is_not_read() -> None:
    with Site({"/a": Page(302, {"Location": "/b"}, fault="endless")}) as other:
        began = monotonic()
        assert fetch(f"{other.url}/a", LOOPBACK).url == f"{other.url}/b"
        assert monotonic() - began < 5


def test_redirects_come_to_an_end() -> None:
    with Site({f"/{n}": moved(f"/{n + 1}") for n in range(9)}) as other:
        assert fetch(f"{other.url}/4", LOOPBACK).url == f"{other.url}/9"
        with pytest.raises(Fault, match="redirects more than 5 times"):
            fetch(f"{other.url}/0", LOOPBACK)
