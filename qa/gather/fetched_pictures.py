"""Pictures that a document names by their address on the web: fetched, or found beside the build."""

from __future__ import annotations

from collections.abc import Mapping

from qa.artefacts import FurtherPictures, ImageTag, Markup, PictureFile, Probe, WebPictures
from qa.build.assets import Asset
from qa.check import gatherer
from qa.gather.pictures_nearby import PicturesNearby
from qa.links.url import schemed
from qa.match.image_names import DOT
from qa.probing.addresses import web_address
from qa.probing.answers.outcomes import death_of, none_reached, trouble_of, wall_of
from qa.probing.exchange import Terms
from qa.probing.pictures import PictureProber
from qa.profile.model import Profile

_UNREACHED = frozenset(("dns", "unreachable", "slow"))


@gatherer()
def web_pictures(
    markup: Markup, others: FurtherPictures, asset: Asset, profile: Profile, prober: PictureProber
) -> WebPictures:
    """Asked for when online, but for those that count who opens the email; else looked up beside the build."""
    counting = {tag.src for tag in markup.images if _counts_opens(tag)}
    sources = dict.fromkeys((*(tag.src for tag in markup.images), *(one.value for one in others.addresses)))
    web = {src: url for src in sources if (url := web_address(schemed(src))) and src not in counting}
    if profile.online:
        return WebPictures(_fetched(web, prober, Terms(profile.allow_private)))
    nearby = PicturesNearby(asset)
    return WebPictures({src: file for src, url in web.items() if (file := nearby.of(url)) is not None})


def _counts_opens(tag: ImageTag) -> bool:
    """Whether it is there to be asked for: then asking says that somebody has read the email."""
    return any(size is not None and size <= DOT for size in (tag.width, tag.height))


def _fetched(addresses: Mapping[str, str], prober: PictureProber, terms: Terms) -> dict[str, PictureFile | str]:
    """The picture of each source by its address; why it was not looked up where nobody can tell."""
    probes = prober.ask(dict.fromkeys(addresses.values()), {}, terms)
    if none_reached(probes, _UNREACHED):
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
