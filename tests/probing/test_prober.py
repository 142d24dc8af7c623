"""Addresses are asked over real connections: once each, few at a time, within limits, and never into our own network."""

from __future__ import annotations

import gzip
import shutil
import socket
import time
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from qa.artefacts.probes import Probe
from qa.network import Guard
from qa.probing.exchange import MOST_BODY, Limits, Terms, visitors
from qa.probing.manners import Manners, host_queue
from qa.probing.prober import Prober
from tests.probing.site import Page, Site, certificate, moved

QUICK = Manners(delay=0.0, again=0.05, longest_wait=1.0)
LIMITS = Limits(connect=2, read=2, total=2)


def prober(manners: Manners = QUICK, limits: Limits = LIMITS, *, hosts: tuple[str, ...] = ("127.0.0.1",)) -> Prober:
    return Prober(lambda terms: visitors(Guard(hosts), limits, terms.language), manners)


def ask(url: str, **given: Any) -> Probe:
    asking = prober(**given)
    try:
        return asking.ask([url], {})[url]
    finally:
        asking.close()


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as site:
        yield site


def test_an_answer_with_its_status_its_headers_and_its_beginning(site: Site) -> None:
    site.pages["/page"] = Page(200, {"Server": "acme", "Set-Cookie": "who=kim; Path=/"}, b"<p>Hello")
    probe = ask(f"{site.url}/page?a=1#there", limits=LIMITS)
    assert (probe.status, probe.failure, probe.final) == (200, "", f"{site.url}/page?a=1")
    site.pages["/page?a=1"] = Page(200, {"Server": "acme", "Set-Cookie": "who=kim; Path=/"}, b"<p>Hello")
    probe = ask(f"{site.url}/page?a=1#there")
    assert (probe.body, probe.headers["set-cookie"]) == (b"<p>Hello", "who")
    assert site.headers[0]["Sec-Fetch-Mode"] == "navigate"


def test_redirects_are_followed_hop_by_hop_with_their_cookies(site: Site) -> None:
    site.pages |= {"/a": moved("/b", 301), "/b": moved(f"{site.url}/c", **{"Set-Cookie": "seen=1; Path=/"})}
    probe = ask(f"{site.url}/a")
    assert [(hop.status, hop.url.removeprefix(site.url)) for hop in probe.hops] == [
        (301, "/a"),
        (302, "/b"),
        (200, "/c"),
    ]
    assert site.headers[2]["Cookie"] == "seen=1"
    assert probe.final == f"{site.url}/c"


def test_a_circle_and_an_endless_way_are_told(site: Site) -> None:
    site.pages |= {"/a": moved("/b"), "/b": moved("/a")}
    site.pages |= {f"/{n}": moved(f"/{n + 1}") for n in range(50)}
    assert ask(f"{site.url}/a").failure == "loop"
    assert ask(f"{site.url}/0").failure == "redirects"
    assert len(site.asked) < 30


@pytest.mark.parametrize(
    "target", ["http://127.0.0.2:9/", "http://169.254.169.254/latest/", "http://[::1]/", "http://localhost/"]
)
def test_no_redirect_leads_into_a_private_network(site: Site, target: str) -> None:
    site.pages["/a"] = moved(target)
    probe = ask(f"{site.url}/a")
    assert (probe.failure, len(probe.hops)) == ("private", 1)


def test_nothing_is_asked_of_this_machine_unless_the_profile_names_it(site: Site) -> None:
    assert ask(f"{site.url}/a", hosts=()).failure == "private"
    assert site.asked == []


def test_each_address_is_asked_once_whoever_asks(site: Site) -> None:
    asking = prober()
    urls = [f"{site.url}/{n}" for n in range(20)]
    with ThreadPoolExecutor(10) as campaigns:
        all_of_them = list(campaigns.map(lambda _: asking.ask(urls, {}), range(50)))
    assert len(all_of_them) == 50
    assert all(probe.status == 200 for probes in all_of_them for probe in probes.values())
    assert set(site.counted.values()) == {1}
    assert len(site.counted) == 20


def test_no_host_gets_more_requests_at_once_than_allowed_redirects_included() -> None:
    with Site(seconds=0.05) as one, Site(seconds=0.05) as other:
        for n in range(12):
            one.pages[f"/{n}"] = moved(f"{other.url}/from-{n}")
        asking = prober(Manners(at_once=3, delay=0.0))
        asking.ask([f"{site.url}/{n}" for n in range(12) for site in (one, other)], {})
        assert (len(one.asked), len(other.asked)) == (12, 24)
        assert 1 < one.most <= 3
        assert 1 < other.most <= 3


def test_between_two_requests_to_a_host_there_is_a_delay(site: Site) -> None:
    asking, began = prober(Manners(at_once=4, delay=0.1)), monotonic()
    asking.ask([f"{site.url}/{n}" for n in range(4)], {})
    assert all(moment - began >= number * 0.1 for number, moment in enumerate(sorted(site.times)))


def test_a_retry_after_is_obeyed_as_long_as_it_is_short(site: Site) -> None:
    site.pages["/busy"] = [Page(429, {"Retry-After": "1"}), Page()]
    site.pages["/full"] = [Page(429, {"Retry-After": "3600"}), Page()]
    assert ask(f"{site.url}/busy").status == 200
    assert site.times[1] - site.times[0] >= 0.9
    assert ask(f"{site.url}/full").status == 429
    assert site.counted["/full"] == 1


def test_a_server_error_is_asked_about_once_more(site: Site) -> None:
    site.pages |= {"/once": [Page(500), Page()], "/ever": Page(503)}
    assert ask(f"{site.url}/once").status == 200
    assert ask(f"{site.url}/ever").status == 503
    assert site.counted["/ever"] == 2


@pytest.mark.parametrize(("fault", "failure"), [("drip", "slow"), ("reset", "reset")])
def test_a_server_that_drips_or_breaks_off(site: Site, fault: str, failure: str) -> None:
    site.pages["/a"] = Page(fault=fault)
    began = monotonic()
    assert ask(f"{site.url}/a", limits=Limits(1, 1, 1)).failure == failure
    assert monotonic() - began < 5


def test_a_tls_handshake_that_drips_is_cut_off() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, ThreadPoolExecutor(1) as pool:
        pool.submit(_greet_slowly, server)
        began = monotonic()
        assert ask(f"https://127.0.0.1:{server.getsockname()[1]}/", limits=Limits(1, 1, 1)).failure == "slow"
        assert monotonic() - began < 6


def _greet_slowly(server: socket.socket) -> None:
    """The beginning of a TLS record of 16 KB, a byte now and then: no single reading takes too long."""
    for _ in range(2):
        opened, _ = server.accept()
        with opened, suppress(OSError):
            opened.recv(5000)
            opened.sendall(b"\x16\x03\x03\x40\x00")
            while True:
                opened.sendall(b"\x02")
                time.sleep(0.2)


def test_a_server_that_answers_nothing_is_left_alone_after_a_while(site: Site) -> None:
    site.pages |= {f"/{n}": Page(fault="drip") for n in range(9)}
    asking = prober(Manners(at_once=1, delay=0, again=0, most_failures=2), Limits(0.3, 0.3, 0.3))
    told = asking.ask([f"{site.url}/{n}" for n in range(9)], {})
    assert {probe.failure for probe in told.values()} == {"slow"}
    assert len(site.asked) == 2
    assert "left alone" in told[f"{site.url}/8"].said


def test_a_server_that_is_busy_all_the_time_is_not_waited_for_each_time(site: Site) -> None:
    site.pages |= {f"/{n}": Page(429, {"Retry-After": "1"}) for n in range(6)}
    began = monotonic()
    told = prober(Manners(at_once=1, delay=0, again=0, most_failures=2)).ask([f"{site.url}/{n}" for n in range(6)], {})
    assert [probe.status for probe in told.values()] == [429] * 6
    assert len(site.asked) == 7
    assert monotonic() - began < 5


def test_a_way_of_slow_redirects_comes_to_an_end(site: Site) -> None:
    site.pages |= {f"/{n}": moved(f"/{n + 1}") for n in range(20)}
    site.seconds = 0.2
    assert ask(f"{site.url}/0", manners=Manners(delay=0, longest=0.5)).failure == "slow"
    assert len(site.asked) < 6


@pytest.mark.parametrize(
    "url",
    ["https://acme.example/a", "http://acme.example", "https://ACME.example:443/", "https://kim@acme.example./b"],
)
def test_a_host_has_one_queue_however_it_is_written(url: str) -> None:
    assert host_queue(url) == "acme.example"


@pytest.mark.parametrize("fault", ["long-header", "many-headers", "endless-100"])
def test_a_flood_of_headers_is_no_answer(site: Site, fault: str) -> None:
    site.pages["/a"] = Page(fault=fault)
    began = monotonic()
    assert ask(f"{site.url}/a", limits=Limits(1, 1, 1)).failure in ("reset", "slow")
    assert monotonic() - began < 6


@pytest.mark.parametrize(
    ("encoding", "body", "read"),
    [
        ("gzip", gzip.compress(b"<p>Hello"), b"<p>Hello"),
        ("deflate", zlib.compress(b"<p>Hello"), b"<p>Hello"),
        ("deflate", zlib.compress(b"<p>Hello")[2:-4], b"<p>Hello"),
        ("identity", b"<p>Hello", b"<p>Hello"),
        ("gzip, gzip", gzip.compress(gzip.compress(bytes(1000))), b""),
        ("br", b"\x0b\x02\x80Hello\x03", b""),
        ("gzip", b"no gzip", b""),
    ],
    ids=["gzip", "deflate", "deflate-raw", "identity", "twice", "brotli", "no-gzip"],  # packed bytes hold the time
)
def test_a_packed_body_is_unpacked_as_it_was_asked_for(site: Site, encoding: str, body: bytes, read: bytes) -> None:
    site.pages["/a"] = Page(200, {"Content-Encoding": encoding}, body)
    assert ask(f"{site.url}/a").body == read


def test_a_file_is_read_as_far_as_it_tells_what_it_is(site: Site) -> None:
    site.pages["/a.pdf"] = Page(200, {"Content-Type": "application/pdf"}, b"%PDF-1.7" + bytes(5000))
    assert len(ask(f"{site.url}/a.pdf").body) == 1024


def test_pages_are_asked_for_in_the_language_of_the_request(site: Site) -> None:
    prober().ask([f"{site.url}/a"], {}, Terms(language="pt-BR"))
    assert site.headers[0]["Accept-Language"] == "pt-BR,pt;q=0.9,en;q=0.8"


@pytest.mark.parametrize("fault", ["endless", "drip-body"])
def test_the_body_of_a_redirect_is_not_read(site: Site, fault: str) -> None:
    site.pages["/a"] = Page(302, {"Location": "/b"}, fault=fault)
    assert [hop.status for hop in ask(f"{site.url}/a").hops] == [302, 200]


@pytest.mark.parametrize("fault", ["endless", "bomb", "short", "drip-body"])
def test_a_body_without_end_or_of_another_length_is_read_as_far_as_wanted(site: Site, fault: str) -> None:
    site.pages["/a"] = Page(fault=fault)
    began = monotonic()
    probe = ask(f"{site.url}/a", limits=Limits(1, 1, 1))
    assert probe.status == 200
    assert len(probe.body) <= MOST_BODY
    assert monotonic() - began < 5


def test_a_name_that_is_none_and_a_server_that_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    def getaddrinfo(*_: Any, **__: Any) -> list[Any]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    assert ask(f"http://127.0.0.1:{port}/").failure == "refused"
    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    assert ask("https://no-such-name.example/").failure == "dns"


@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is not here")
@pytest.mark.parametrize(
    ("days", "bundle", "said"),
    [(1, "", "signed by nobody"), (-1, "cert.pem", "has expired"), (1, "cert.pem", "for another host")],
)
def test_a_certificate_that_nobody_trusts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, days: int, bundle: str, said: str
) -> None:
    name = "DNS:other.example" if "other" in said else "IP:127.0.0.1"
    with Site(certificate=certificate(tmp_path, days, name)) as site:
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / bundle) if bundle else "")
        probe = ask(f"{site.url}/a")
        assert (probe.failure, said in probe.said) == ("tls", True), probe.said
        assert site.asked == []


@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is not here")
def test_a_certificate_that_is_trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = certificate(tmp_path)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "cert.pem"))
    with Site(certificate=file) as site:
        probe = ask(f"{site.url}/a")
        assert probe.status == 200
        begins, ends = probe.hops[0].certificate
        assert ends - begins == 86_400


NEVER = [
    "/unsubscribe?u=1", "/email/opt-out", "/x?action=unsubscribe", "/u/%75nsubscribe", "/preferences", "/abmelden/7",
    "/confirm?token=1", "/double-opt-in/abc", "/one-click", "/event/accept", "/rsvp/yes", "/newsletter/bestaetigen",
]  # fmt: skip


@pytest.mark.parametrize("path", NEVER)
def test_what_signs_off_confirms_or_accepts_gets_not_one_byte(site: Site, path: str) -> None:
    site.pages["/a"] = moved(path)
    assert ask(f"{site.url}{path}").failure == "never"
    assert site.asked == []
    assert ask(f"{site.url}/a").failure == "never"
    assert site.asked == ["/a"]


def test_what_an_asset_withholds_is_not_followed_to_either(site: Site) -> None:
    site.pages["/a"] = moved("/leave/17")
    asking = prober()
    assert asking.ask([f"{site.url}/a"], {f"{site.url}/leave/17": "it is"})[f"{site.url}/a"].failure == "never"
    assert site.asked == ["/a"]


@pytest.mark.parametrize("target", ["mailto:kim@acme.example", "itms-apps://apple.example/app", "javascript:alert(1)"])
def test_a_redirect_to_what_is_no_web_page_ends_there(site: Site, target: str) -> None:
    site.pages["/a"] = moved(target)
    assert ask(f"{site.url}/a").failure == "scheme"


def test_what_is_closed_asks_nothing_more(site: Site) -> None:
    asking = prober()
    asking.ask([f"{site.url}/a"], {})
    asking.close()
    assert asking._closed.is_set()
    assert site.asked == ["/a"]
