"""The probes of an asset: what came back when its addresses were asked, and which were not asked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from qa.artefacts import Block, Body, Link, Parts, PlainLink, Probe, ProbedLink, Probes
from qa.check import gatherer
from qa.finding import Fault, Skip
from qa.gather.plain_links import addresses
from qa.links.hosts import host_of
from qa.links.list_header import addresses_in
from qa.links.naming import known_labels
from qa.links.roles import mentions
from qa.links.url import is_address, is_web
from qa.markup.merge_tag_mask import BLOT, masked
from qa.probing.exchange import Terms
from qa.probing.never import OF_HEADER, OF_SENTENCE, why_never, why_never_by_words
from qa.probing.prober import Prober
from qa.profile.model import Profile
from qa.request import AskedAsset, Request
from qa.text.wording import loose

OFFLINE = "no address was asked: nothing leaves this machine without --online"
_DROPPED = re.compile(r"[\t\r\n]")
_UNREACHED = frozenset(("dns", "unreachable", "slow", "refused", "reset", "tls", "untrusted"))
_FEW = 2  # hosts: one that is gone says nothing about this machine


@gatherer()
def terms(asked: AskedAsset, request: Request, profile: Profile) -> Terms:
    """On what terms the web is asked for an asset: in which language, by whom, and how old an answer may be."""
    return Terms(profile.allow_private, asked.language or request.language or "", profile.keep)


@gatherer(slow=True)
def probes(body: Body, parts: Parts, terms: Terms, profile: Profile, prober: Prober) -> Probes:
    """Every address of the web in an asset, asked; but for those that sign off, confirm or accept something."""
    if not profile.online:
        raise Skip(OFFLINE)
    found = _Addresses(body.blocks)
    for link in body.links:
        found.add(link)
    if parts.plain is not None and not body.is_plain:
        for text_link in addresses(parts.plain):
            found.add_text(text_link)
    withheld = found.withheld | dict.fromkeys(_of_header(parts), OF_HEADER)
    told = prober.ask([url for url in found.asked if url not in withheld], withheld, terms)
    _refuse_nothing_reached(told)
    return Probes(tuple(_probed(each, told, withheld) for each in found.asked.values()), terms.language)


@dataclass
class _Addresses:
    """The addresses of an asset with the links that lead there, and why some are not to be asked."""

    blocks: tuple[Block, ...]
    asked: dict[str, ProbedLink] = field(default_factory=dict)
    withheld: dict[str, str] = field(default_factory=dict)

    def add(self, link: Link) -> None:
        if url := _asked(link.href):
            before = self.asked.get(url, ProbedLink(url))
            self.asked[url] = replace(before, links=(*before.links, link))
            self._withhold(url, why_never_by_words(link.text) or self._by_sentence(link))

    def add_text(self, link: PlainLink) -> None:
        if url := _asked(link.href):
            before = self.asked.get(url, ProbedLink(url))
            self.asked[url] = replace(before, text_links=(*before.text_links, link))
            self._withhold(url, why_never_by_words((link.label.splitlines() or [""])[-1]))

    def _withhold(self, url: str, why: str) -> None:
        if why := why or why_never(url):
            self.withheld.setdefault(url, why)

    def _by_sentence(self, link: Link) -> str:
        """Why a link that says «click here» is not asked: by the sentence it stands in."""
        if link.text.strip() and loose(link.text) not in known_labels("vague"):
            return ""
        around = [block.text for block in self.blocks if link.text and link.text in block.text]
        roles = ("unsubscribe", "preferences")
        return OF_SENTENCE if any(mentions(r, text) for text in around for r in roles) else ""


def _asked(href: str) -> str:
    """An address as it is asked; "" where nobody can ask it: no web address, or one that a merge tag completes."""
    url = _DROPPED.sub("", href).strip().partition("#")[0]
    return url if is_web(url) and host_of(url) and BLOT not in masked(href) and is_address(url) else ""


def _of_header(parts: Parts) -> Iterator[str]:
    for header in parts.headers or ():
        if header.name.lower() == "list-unsubscribe":
            yield from filter(None, map(_asked, addresses_in(header.value)))


def _probed(each: ProbedLink, told: Mapping[str, Probe], withheld: Mapping[str, str]) -> ProbedLink:
    return replace(each, probe=told.get(each.url), withheld=withheld.get(each.url, ""))


def _refuse_nothing_reached(told: Mapping[str, Probe]) -> None:
    """Fault where nothing at all was reached: that says more about this machine than about the links."""
    if len({host_of(url) for url in told}) >= _FEW and all(
        probe.failure in _UNREACHED and not probe.hops for probe in told.values()
    ):
        how = "is it on the web? Proxies of the environment are not used"
        raise Fault(f"none of {len(told)} addresses could be reached from this machine: {how}.")
