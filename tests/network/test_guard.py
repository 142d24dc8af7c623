"""No connection goes to a private network, whatever names it: an address, a name, a redirect."""

from __future__ import annotations

import socket
from typing import Any

import pytest

from qa.build.web import fetch
from qa.finding import Fault
from qa.network import Guard, Refused
from qa.network.guard import refused

PRIVATE = [
    "127.0.0.1", "127.8.9.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1",
    "100.100.100.200", "169.254.169.254", "168.63.129.16", "192.0.0.192", "224.0.0.1", "255.255.255.255", "::1", "::",
    "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:93.184.216.34", "64:ff9b::7f00:1", "64:ff9b:1::a00:1",
    "2002:7f00:1::", "2001:0:4136:e378::1", "fe80::1", "fc00::1", "fd00:ec2::254", "fec0::1", "ff02::1",
]  # fmt: skip
PUBLIC = ["93.184.216.34", "8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00:1450:4001::200e"]


@pytest.mark.parametrize("address", PUBLIC)
def test_an_address_of_the_web_may_be_connected_to(address: str) -> None:
    assert not refused(address)
    assert Guard().addresses(address, 443) == [address]


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_of_a_private_network_may_not(address: str) -> None:
    assert refused(address)
    with pytest.raises(Refused, match="is"):
        Guard().addresses(address, 80)


# As browsers and servers read them; http://017700000001/ is one of the oldest tricks.
@pytest.mark.parametrize("host", ["localhost", "2130706433", "0x7f.1", "017700000001", "127.1", "[::1]", "0"])
def test_a_name_is_judged_by_the_address_behind_it(host: str) -> None:
    with pytest.raises(Refused):
        Guard().addresses(host, 80)


def test_a_host_that_the_profile_names_may_be_connected_to_and_no_other() -> None:
    guard = Guard(("127.0.0.1",))
    assert guard.addresses("127.0.0.1", 80) == ["127.0.0.1"]
    with pytest.raises(Refused):
        guard.addresses("127.0.0.2", 80)
    with pytest.raises(Refused):
        guard.addresses("localhost", 80)


def resolving(*answers: list[str]) -> Any:
    """A resolver that says something else each time it is asked, as that of an attacker does."""
    waiting = list(answers)

    def getaddrinfo(host: str, port: int, *_: Any, **__: Any) -> list[Any]:
        found = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]

    return getaddrinfo


def test_of_several_addresses_only_those_of_the_web_are_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", resolving(["10.0.0.1", "93.184.216.34"]))
    assert Guard().addresses("rebound.example", 80) == ["93.184.216.34"]


def test_a_name_that_leads_home_a_moment_later_is_not_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[tuple[str, int]] = []

    def connect(address: tuple[str, int], *_: Any) -> socket.socket:
        tried.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", resolving(["93.184.216.34"], ["127.0.0.1"]))
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(Fault):
        fetch("http://rebound.example/", Guard())
    assert tried == [("93.184.216.34", 80)]


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/", "https://localhost/", "http://[::ffff:127.0.0.1]/"])
def test_no_build_is_fetched_from_a_private_network(url: str) -> None:
    with pytest.raises(Fault, match="is not fetched"):
        fetch(url, Guard())


def test_no_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://93.184.216.34:3128")
    with pytest.raises(Fault, match="is not fetched: 127"):
        fetch("http://127.0.0.1:9/", Guard())
