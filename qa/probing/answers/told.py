"""How a probed address is told: one finding for all the links that lead there."""

from __future__ import annotations

from collections.abc import Iterator

from qa.artefacts import Probe, ProbedLink, Probes
from qa.artefacts.causes import of_link, of_text_link
from qa.finding import Cause, Finding, Skip
from qa.links.naming import lines, name_of
from qa.text.phrases import begun

_LONGEST = 120  # characters of an address in a sentence


def probed(probes: Probes) -> Iterator[tuple[ProbedLink, Probe]]:
    """Every address that was asked, with what came back. Skip where there is none."""
    asked = [(each, each.probe) for each in probes.asked if each.probe is not None]
    if not asked:
        raise Skip("the build has no address that can be asked" if not probes.asked else "none of its links is asked")
    yield from asked


def finding(code: str, each: ProbedLink, says: str, actual: str, *, review: bool = False) -> Finding:
    """A finding for an address. ``says`` goes on after «“Book” leads to https://…»."""
    where = (each.links or each.text_links)[0].where
    name = begun(name_of(each.links[0])) if each.links else "The plain-text part"
    message = f"{name} leads to {short(each.url)}{lines(each.links)}{says}."
    return Finding(code, message, where, actual=actual, review=review, causes=tuple(causes(each)))


def causes(each: ProbedLink) -> Iterator[Cause]:
    """Every link to an address, in the HTML and in the plain text."""
    yield from map(of_link, each.links)
    yield from map(of_text_link, each.text_links)


def short(url: str) -> str:
    """An address as it stands in a sentence."""
    return url if len(url) <= _LONGEST else url[: _LONGEST - 1] + "…"
