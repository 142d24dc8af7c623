"""Probes: what came back when the addresses of an asset were asked, hop by hop; nothing here judges."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.artefacts.document import Link
    from qa.artefacts.mentions import PlainLink


@dataclass(frozen=True, slots=True)
class Hop:
    """One answer on the way: its status, the headers that matter (by lower-case name), how long it took.

    ``certificate``: from when until when that of its server is valid, in seconds since 1970; () without https.
    """

    url: str
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    certificate: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Probe:
    """One exchange for one address, redirects included.

    ``failure`` is why there is no last answer: "dns", "tls", "untrusted", "refused", "reset", "slow", "unreachable",
    "loop", "redirects" (too many), "private" (a network that nothing is sent to), "never" (asking it would do
    something), "malformed", "scheme" (an app's address), or "". ``said`` tells more of it.
    """

    url: str
    hops: tuple[Hop, ...] = ()
    failure: str = ""
    said: str = ""
    packed: bytes = b""  # the first of the last answer's body, compressed

    @property
    def final(self) -> str:
        """The last address that answered; the one asked where none did."""
        return self.hops[-1].url if self.hops else self.url

    def onwards(self, url: str) -> Probe:
        """The exchange from one of its hops on; all of it where it never came there."""
        at = next((number for number, hop in enumerate(self.hops) if hop.url == url), 0)
        return replace(self, url=self.hops[at].url, hops=self.hops[at:]) if at else self

    @property
    def status(self) -> int:
        """The status of the last answer; 0 where there is none."""
        return self.hops[-1].status if self.hops and not self.failure else 0

    @property
    def headers(self) -> Mapping[str, str]:
        """The headers of the last answer."""
        return self.hops[-1].headers if self.hops else {}

    @property
    def body(self) -> bytes:
        """The first 256 KB of the last answer."""
        return zlib.decompress(self.packed) if self.packed else b""


@dataclass(frozen=True, slots=True)
class ProbedLink:
    """An address of an asset and the links that lead there. ``probe`` is None where it was not asked: ``withheld``."""

    url: str
    links: tuple[Link, ...] = ()
    text_links: tuple[PlainLink, ...] = ()
    probe: Probe | None = None
    withheld: str = ""


@dataclass(frozen=True, slots=True)
class Probes:
    """Every address of an asset that was to be asked, in the order of its links; in which language ("" in any)."""

    asked: tuple[ProbedLink, ...]
    language: str = ""
