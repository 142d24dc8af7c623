"""What redirects do to the tracking parameters of an address."""

from __future__ import annotations

from collections import Counter

from qa.artefacts.probes import Probe
from qa.links.url import MalformedUrl, parse
from qa.text.phrases import listed


def lost_tracking(probe: Probe) -> str:
    """What became of the tracking parameters on the way («utm_source is lost»); "" where all are as they were."""
    try:
        before, after = parse(probe.url).tracking, parse(probe.final).tracking
    except MalformedUrl:
        return ""
    if not before:
        return ""
    times = Counter(name.lower() for name, _ in after)
    there = {name.lower(): value for name, value in after}
    asked = {name.lower(): value for name, value in before}
    lost = sorted(name for name in asked if name not in there)
    twice = sorted(name for name in asked if times[name] > max(1, _times(before, name)))
    other = sorted(name for name in asked if name in there and name not in twice and there[name] != asked[name])
    said = []
    if lost:
        said.append(f"{listed(lost)} {'is' if len(lost) == 1 else 'are'} lost")
    if twice:
        said.append(f"{listed(twice)} {'is' if len(twice) == 1 else 'are'} doubled")
    said += [f"{name} becomes “{there[name]}”" for name in other]
    return ", ".join(said)


def _times(parameters: tuple[tuple[str, str], ...], name: str) -> int:
    return sum(each.lower() == name for each, _ in parameters)
