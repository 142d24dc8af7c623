"""Pictures that a document names by their address on the web: fetched, or found beside the build."""

from __future__ import annotations

import re
from collections.abc import Mapping

from qa.artefacts import FurtherPictures, ImageTag, Markup, PictureFile, Probe, WebPictures
from qa.build.assets import Asset
from qa.check import gatherer
from qa.gather.pictures_nearby import PicturesNearby
from qa.links.hosts import host_of
from qa.links.url import is_web
from qa.markup.merge_tag_mask import BLOT, masked
from qa.match.image_names import DOT
from qa.probing.answers.outcomes import death_of, trouble_of, wall_of
from qa.probing.exchange import Terms
from qa.probing.pictures import PictureProber
from qa.profile.model import Profile

_UNREACHED = frozenset(("dns", "unreachable", "slow"))
_FEW = 2  # hosts: one that is gone says nothing about this machine


@gatherer()
def web_pictures(
    markup: Markup, others: FurtherPictures, asset: Asset, profile: Profile, prober: PictureProber
) -> WebPictures:
    """Asked for when online, but for those that count who opens the email; else looked up beside the build."""
    counting = {tag.src for tag in markup.images if _counts_opens(tag)}
    sources = dict.fromkeys((*(tag.src for tag in markup.images), *(one.value for one in others.addresses)))
    web = {src: url for src in sources if (url := _web_address(src)) and src not in counting}
    if profile.online:
        return WebPictures(_fetched(web, prober, Terms(profile.allow_private)))
    nearby = PicturesNearby(asset)
    return WebPictures({src: file for src, url in web.items() if (file := nearby.of(url)) is not None})


def _web_address(src: str) -> str:
    """The address of a picture on the web as it is asked for; "" where it is elsewhere, or a merge tag is in it."""
    url = re.sub(r"[\t\r\n]", "", src).strip().partition("#")[0]
    url = f"https:{url}" if url.startswith("//") else url
    return url if is_web(url) and host_of(url) and BLOT not in masked(src) else ""


def _counts_opens(tag: ImageTag) -> bool:
    """Whether it is there to be asked for: then asking says that somebody has read the email."""
    return any(size is not None and size <= DOT for size in (tag.width, tag.height))


def _fetched(addresses: Mapping[str, str], prober: PictureProber, terms: Terms) -> dict[str, PictureFile | str]:
    """The picture of each source by its address; why it was not looked up where nobody can tell."""
    probes = prober.ask(dict.fromkeys(addresses.values()), {}, terms)
    hosts = {host_of(url) for url in probes}
    if len(hosts) >= _FEW and all(probe.failure in _UNREACHED and not probe.hops for probe in probes.values()):
        return dict.fromkeys(addresses, "no picture on the web could be reached from this machine")
    return {src: _answered(probes[url]) for src, url in addresses.items()}


def _answered(probe: Probe) -> PictureFile | str:
    if why := wall_of(probe):
        return f"not fetched: {why}"
    if probe.failure == "never":
        return f"not fetched: {probe.said}"
    if why := death_of(probe) or trouble_of(probe) or probe.failure:
        return PictureFile(probe.url, fault=f"{why[0].upper()}{why[1:]}.")
    return PictureFile(probe.url, probe.body)
