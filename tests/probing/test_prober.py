"""Addresses are asked over real connections: once each, few at a time, within limits, and never into our own network."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from qa.artefacts.probes import Probe
from qa.network import Guard
from qa.probing.exchange import MOST_BODY, Limits, visitors
from qa.probing.prober import Manners, Prober
from tests.probing.site import Page, Site, certificate, moved

QUICK = Manners(delay=0.0, again=0.05, longest_wait=1.0)
LIMITS = Limits(connect=2, read=2, total=2)


def prober(manners: Manners = QUICK, limits: Limits = LIMITS, *, hosts: tuple[str, ...] = ("127.0.0.1",)) -> Prober:
    return Prober(lambda: visitors(Guard(hosts), limits), manners)


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
    asking = prober(Manners(at_once=4, delay=0.1))
    asking.ask([f"{site.url}/{n}" for n in range(4)], {})
    times = sorted(site.times)
    assert all(later - earlier > 0.07 for earlier, later in pairwise(times))


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
@pytest.mark.parametrize(("days", "bundle", "said"), [(1, "", "signed by nobody"), (-1, "cert.pem", "has expired")])
def test_a_certificate_that_nobody_trusts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, days: int, bundle: str, said: str
) -> None:
    with Site(certificate=certificate(tmp_path, days)) as site:
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / bundle) if bundle else "")
        probe = ask(f"{site.url}/a")
        assert (probe.failure, said in probe.said) == ("tls", True), probe.said
        assert site.asked == []


@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is not here")
def test_a_certificate_that_is_trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = certificate(tmp_path)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "cert.pem"))
    with Site(certificate=file) as site:
        assert ask(f"{site.url}/a").status == 200


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
