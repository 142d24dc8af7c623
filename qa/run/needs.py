"""What a check needs, followed down to what a campaign gives: its kinds of subject and its artefacts."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from qa.artefacts import CampaignAssets, FormTrial, PageVisit, Rendering
from qa.build.assets import Asset
from qa.build.campaign import Campaign
from qa.check import Check, MisdeclaredCheck, Options, Registry
from qa.files.readings import Readings
from qa.profile.clock import Clock
from qa.profile.model import Profile
from qa.request import AskedAsset, AskedEmail, AskedPage, AskedSegment, Request, brief

ASSETS = frozenset({"email", "page"})
_KINDS = {
    AskedEmail: {"email"},
    AskedPage: {"page"},
    AskedSegment: {"segment"},
    Campaign: {"campaign"},
    CampaignAssets: {"campaign"},
} | {given: set(kinds) for given, kinds in brief.SUBJECTS.items()}
_DRAWN = frozenset({Rendering, PageVisit, FormTrial})
_GIVEN = {*_KINDS, AskedAsset, Asset, Request, Profile, Clock, Readings}


@cache
def kinds(check: Check, known: Registry) -> frozenset[str]:
    """The kinds of subject a check looks at, from what it needs: "email", "page", "segment", "campaign", "request" …"""
    leaves = _leaves(check.needs, known)
    asked = [kinds for kind, kinds in _KINDS.items() if kind in leaves]
    if asked:
        return frozenset(set.intersection(*asked))
    return ASSETS if leaves & {Asset, AskedAsset} else frozenset({"campaign"})


def is_of_request(check: Check, known: Registry) -> bool:
    """Whether a check judges the request alone, not what was built from it."""
    return kinds(check, known) <= brief.KINDS


@cache
def gathered_for(check: Check, known: Registry) -> frozenset[type]:
    """Every artefact a check comes to need, those its artefacts are made from among them."""
    return _gathered_below(check.needs, known)


def is_drawn(check: Check, known: Registry) -> bool:
    """Whether a browser has to be started for a check."""
    return not _DRAWN.isdisjoint(gathered_for(check, known))


@cache
def slow_needs(check: Check, known: Registry) -> tuple[type, ...]:
    """Those of them that take long, and are begun early."""
    return tuple(kind for kind in gathered_for(check, known) if known.gatherers[kind].slow)


def _leaves(needs: Iterable[type], known: Registry) -> set[type]:
    """The given types a set of needs comes down to; a type nobody gathers is an error at start."""
    leaves: set[type] = set()
    for need in needs:
        if need in _GIVEN:
            leaves.add(need)
        elif need in known.gatherers:
            leaves |= _leaves(known.gatherers[need].needs, known)
        elif need not in known.resources and not issubclass(need, Options):
            raise MisdeclaredCheck(f"nobody gathers {need.__name__}")
    return leaves


def _gathered_below(needs: Iterable[type], known: Registry) -> frozenset[type]:
    gatherers = [gatherer for need in needs if (gatherer := known.gatherers.get(need)) is not None]
    return frozenset(g.delivers for g in gatherers).union(*(_gathered_below(g.needs, known) for g in gatherers))
