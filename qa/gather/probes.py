"""The probes of an asset: what came back when its addresses were asked, and which were not asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from qa.artefacts import Body, Destinations, Parts, Probe, ProbedLink, Probes
from qa.check import gatherer
from qa.finding import Fault, Skip
from qa.gather.plain_links import addresses
from qa.match.asked_links import leaving_labels
from qa.probing.addresses import Addresses
from qa.probing.answers.outcomes import none_reached
from qa.probing.exchange import Terms
from qa.probing.prober import Prober
from qa.profile.model import Profile
from qa.request import AskedAsset, Request

OFFLINE = "no address was asked: nothing leaves this machine without --online"
_UNREACHED = frozenset(("dns", "unreachable", "slow", "refused", "reset", "tls", "untrusted"))


@gatherer()
def terms(asked: AskedAsset, request: Request, profile: Profile) -> Terms:
    """On what terms the web is asked for an asset: in which language, by whom, and how old an answer may be."""
    return Terms(profile.allow_private, asked.language or request.language or "", profile.keep)


@gatherer(slow=True)
def probes(  # noqa: PLR0913, PLR0917 - what is asked, and on what terms
    body: Body, parts: Parts, ends: Destinations, asked: AskedAsset, terms: Terms, profile: Profile, prober: Prober
) -> Probes:
    """Every address of the web in an asset, asked; but for those that sign off, confirm or accept something."""
    if not profile.online:
        raise Skip(OFFLINE)
    found = Addresses(body.blocks, leaving_labels(asked))
    found.add(body.links)
    if parts.plain is not None and not body.is_plain:
        found.add_text(ends.text_links(addresses(parts.plain)))
    found.add_headers(parts)
    told = prober.ask(found.to_ask, found.withheld, terms)
    _refuse_nothing_reached(told)
    return Probes(tuple(_probed(each, told, found.withheld) for each in found.asked.values()), terms.language)


def _probed(each: ProbedLink, told: Mapping[str, Probe], withheld: Mapping[str, str]) -> ProbedLink:
    """What came of an address; where it is a click tracker's, from the page on that it stands around."""
    probe = told.get(each.url)
    pages = [link.href for link in each.links if link.through] + [t.href for t in each.text_links if t.through]
    return replace(
        each, probe=probe.onwards(pages[0]) if probe and pages else probe, withheld=withheld.get(each.url, "")
    )


def _refuse_nothing_reached(told: Mapping[str, Probe]) -> None:
    """Fault where nothing at all was reached: that says more about this machine than about the links."""
    if none_reached(told, _UNREACHED):
        how = "is it on the web? Proxies of the environment are not used"
        raise Fault(f"none of {len(told)} addresses could be reached from this machine: {how}.")
