"""The guard of connections: no request goes to a private network, whatever name or redirect leads there.

A name is resolved once, its addresses are judged, and the connection is made to one that was judged: a name that
resolves to something else a moment later (rebinding) changes nothing.
"""

from __future__ import annotations

import re
import socket
from dataclasses import dataclass
from functools import cache
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from qa.facts import facts


class Refused(Exception):
    """A connection that may not be made; the text says which, and why. No OSError: urllib3 would wrap that."""


@dataclass(frozen=True, slots=True)
class Guard:
    """What a run may connect to: the web, and the hosts of private networks that the team's profile names."""

    allow_private: tuple[str, ...] = ()

    def addresses(self, host: str, port: int) -> list[str]:
        """The addresses of a host that may be connected to; Refused where none may, OSError where it has none."""
        name = host.strip("[]")
        found = list(dict.fromkeys(str(each[4][0]) for each in socket.getaddrinfo(name, port, 0, socket.SOCK_STREAM)))
        if name.lower().rstrip(".") in self.allow_private:
            return found
        allowed = [address for address in found if not refused(address)]
        if not allowed:
            address = next(iter(found), "")
            named = host if name == address else f"{host} is {address}"
            raise Refused(f"{named}{', ' if named != host else ' is '}{refused(address) if address else 'no address'}")
        return allowed


def is_host(written: str) -> bool:
    """Whether this is the bare name or the address of a host: no scheme, no port, no path, nothing for «any»."""
    literal = written.count(":") > 1  # of IPv6
    return bool(written) and not re.search(r"[/@\s*]" if literal else r"[/@:\s*]", written)


def refused(address: str) -> str:
    """What is told of an address that no connection may go to; "" where one may."""
    parsed = ip_address(address)
    for network, said in _refused():
        if parsed.version == network.version and parsed in network:
            return said
    return "" if parsed.is_global and not parsed.is_multicast else "a reserved network"


@cache
def _refused() -> tuple[tuple[IPv4Network | IPv6Network, str], ...]:
    return tuple((ip_network(network), said) for network, said in facts("networks")["refused"].items())
