"""Subjects, the things checks look at: an email, a page, a segment's list or the campaign, with their artefacts."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from typing import Any

from qa.artefacts import CampaignAssets
from qa.build.assets import Asset, find_assets
from qa.build.bag import FolderBag, normal
from qa.build.campaign import Campaign
from qa.files.readings import Readings
from qa.finding import Fault, Skip
from qa.profile.clock import Clock
from qa.profile.model import Profile
from qa.request import AskedAsset, AskedSegment, Request
from qa.request.brief import briefs
from qa.request.variants import with_variant
from qa.run.session import Session


@dataclass(eq=False)
class Subject:
    """One thing checks look at, with what was gathered from it. ``fault``: why there is nothing to look at."""

    kind: str
    name: str | None
    given: Mapping[type, object]
    session: Session
    fault: str = ""
    _gathered: dict[type, Any] = field(default_factory=dict)

    def get(self, wanted: type) -> Any:
        """The artefact of a type, gathered once; raises Skip or Fault as its gatherer did."""
        if wanted in self.given:
            return self.given[wanted]
        if wanted in self.session.registry.resources:
            return self.session.resources.get(wanted, self.session.registry, self.session.profile)
        if wanted not in self._gathered:
            self._gathered[wanted] = self._gather(wanted)
        outcome = self._gathered[wanted]
        if isinstance(outcome, Future):
            outcome = settled(wanted, outcome.result)
        if isinstance(outcome, (Skip, Fault)):
            raise outcome
        return outcome

    def start(self, wanted: type, pool: Executor) -> None:
        """Begin a slow artefact beside the checks that do not wait for it."""
        if wanted in self._gathered:
            return
        gatherer = self.session.registry.gatherers[wanted]
        try:
            needs = [self.get(need) for need in gatherer.needs]
        except (Skip, Fault) as reason:
            self._gathered[wanted] = reason
        else:
            self._gathered[wanted] = pool.submit(gatherer.function, *needs)

    def peek(self, wanted: type) -> Any:
        """The artefact if it was gathered and came out; None otherwise."""
        try:
            return self.get(wanted) if wanted in self._gathered else None
        except (Skip, Fault):
            return None

    def forget(self) -> None:
        """Let go of all that was gathered; what is wanted again is gathered anew."""
        self._gathered.clear()

    def _gather(self, wanted: type) -> Any:
        gatherer = self.session.registry.gatherers[wanted]
        return settled(wanted, lambda: gatherer.function(*(self.get(need) for need in gatherer.needs)))


def settled(wanted: type, gather: Callable[[], Any]) -> Any:
    """What a gatherer delivers, or its Skip or Fault; anything unforeseen becomes a Fault that names the artefact."""
    try:
        return gather()
    except (Skip, Fault) as reason:
        return reason
    except Exception as error:
        unforeseen = Fault(f"{wanted.__name__.lower()} could not be gathered: {one_line(error)}")
        unforeseen.trace = traceback.format_exc()
        return unforeseen


def one_line(error: BaseException) -> str:
    """An exception in one line for a person."""
    return f"{type(error).__name__}: {error}".replace("\n", " ")[:300]


def subjects(session: Session, campaign: Campaign, request: Request, readings: Readings) -> Iterator[Subject]:
    """Every email, variant with a build of its own, page and segment of a request, and the campaign as a whole."""
    common: dict[type, object] = {Request: request, Profile: session.profile, Clock: session.clock, Readings: readings}
    asked_by_name = _asked_by_name(request)
    assets: list[Subject] = []
    for asset in campaign.assets or find_assets(
        campaign.folder, request, guard=session.profile.guard, readings=readings
    ):
        asked = asked_by_name[asset.name]
        given = common | {Asset: asset, AskedAsset: asked, type(asked): asked}
        assets.append(Subject(asset.kind, asset.name, given, session, asset.fault))
    yield from assets
    for segment in request.audience.segments if request.audience else ():
        asset = _listed(campaign, segment)
        # Whoever reads “invite” must know which of the two is meant.
        name = f"{segment.name} (list)" if segment.name in asked_by_name else segment.name
        yield Subject("segment", name, common | {Asset: asset, AskedSegment: segment}, session, asset.fault)
    every = CampaignAssets(lambda kind: tuple(_held(subject, kind) for subject in assets))
    yield Subject("campaign", None, common | {Campaign: campaign, CampaignAssets: every}, session)


def _held(subject: Subject, kind: type) -> Any:
    """An artefact of one asset for a check of all; Skip where it cannot be had."""
    if subject.fault:
        raise Skip(f"{subject.name} cannot be read")
    try:
        return subject.get(kind)
    except Fault as fault:
        raise Skip(f"{subject.name}: {fault}") from None


def request_subjects(session: Session, campaign: Campaign, request: Request) -> Iterator[Subject]:
    """The request as a whole, then each email and page as it is asked for."""
    common: dict[type, object] = {Request: request, Profile: session.profile, Clock: session.clock}
    for kind, name, given in briefs(request, campaign.folder, session.profile.lead_days):
        yield Subject(kind, name, common | given, session)


def _asked_by_name(request: Request) -> dict[str, AskedAsset]:
    asked: dict[str, AskedAsset] = {}
    for email in request.emails:
        asked[email.name] = email
        asked |= {each.name: each for v in email.variants if v.build for each in (with_variant(email, v),)}
    return asked | {page.name: page for page in request.pages}


def _listed(campaign: Campaign, segment: AskedSegment) -> Asset:
    """The list of a segment as a thing to look at."""
    file, fault = None, ""
    try:
        bag = FolderBag(campaign.folder)
        fault = "" if bag.has(segment.list) else f"{segment.list} is not there"
        file = bag.file(normal(segment.list))
    except Fault as error:
        fault = str(error)
    return Asset("segment", segment.name, campaign.folder, file, fault=fault)
