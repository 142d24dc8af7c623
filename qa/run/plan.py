"""A plan: every question to be asked of one campaign, before anything is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from qa.artefacts import Markup, Parts, Rendering
from qa.build.assets import loose_asset
from qa.build.campaign import Campaign, shown
from qa.check import Check, Registry
from qa.files.readings import Readings
from qa.finding import Code, Finding, Severity
from qa.profile.model import Profile
from qa.request import Request, load_request, unwritten
from qa.run.needs import ASSETS, gathered_for, is_of_request, kinds, slow_needs
from qa.run.session import Session
from qa.run.subject import Subject, request_subjects, subjects

MISSING_BUILD = Code("missing-build", Severity.ERROR, "A build cannot be read.", "Put the file where the request says.")
READ_FIRST: tuple[type, ...] = (Parts, Markup)  # who cannot have these of an asset has nothing to look at


def _nothing(*_: object) -> Iterable[Finding]:
    return ()


# Asked before all else of every subject that anything else is asked of: what nobody can read is said once, by this one.
BUILD = Check(
    id="build",
    title="The build can be read",
    rationale="What cannot be read was not looked at, by any check.",
    fails="",
    passes="",
    codes=(MISSING_BUILD,),
    needs=(),
    options=None,
    function=_nothing,
    module=__name__,
)
_LIST = replace(BUILD, title="The list can be read")
_READ = {needs: replace(BUILD, needs=needs) for needs in ((), (Parts,), (Markup,), READ_FIRST)}


@dataclass(frozen=True, eq=False)
class Job:
    """One check of one subject of a campaign: the smallest thing that can be asked, and is answered by a Result."""

    campaign: Campaign
    subject: Subject
    check: Check

    @property
    def name(self) -> str:
        """«spring-webinar/invite::link-destination»"""
        where = "/".join(filter(None, (self.campaign.name, self.subject.name)))
        return f"{where}::{self.check.id}"


@dataclass(frozen=True, eq=False)
class Plan:
    """What will be asked of a campaign under a session. ``slow`` are the artefacts to begin with.

    ``drawn``: the pictures of every asset are wanted, whether a job needs them or not. ``readings`` are of its files.
    """

    session: Session
    campaign: Campaign
    request: Request
    subjects: tuple[Subject, ...]
    jobs: tuple[Job, ...]
    drawn: bool
    readings: Readings

    def of(self, jobs: Iterable[Job], *, drawn: bool) -> Plan:
        """The plan of some of its jobs alone, and of what they look at."""
        chosen = tuple(jobs)
        concerned = {job.subject for job in chosen}
        return replace(self, jobs=chosen, subjects=tuple(s for s in self.subjects if s in concerned), drawn=drawn)

    @property
    def slow(self) -> tuple[tuple[Subject, type], ...]:
        """The artefacts that take long: those jobs need, and the pictures that are wanted for a report."""
        return tuple(dict.fromkeys(self._slow()))

    def _slow(self) -> Iterator[tuple[Subject, type]]:
        if self.drawn:
            yield from ((subject, Rendering) for subject in self.subjects if subject.kind in ASSETS)
        for job in self.jobs:
            yield from ((job.subject, kind) for kind in slow_needs(job.check, self.session.registry))


def plan(session: Session, campaign: Campaign, request: Request | None = None) -> Plan:
    """Every job of a campaign, in the order of the request, which is read unless it is given.

    Unusable where the request cannot be used.
    """
    readings = Readings()
    if request is None:
        request, campaign = _request_of(campaign, readings)
    known = session.registry
    checks = selected(session.profile, known)
    of_request = [is_of_request(check, known) for check in checks]
    asked = tuple(request_subjects(session, campaign, request)) if any(of_request) else ()
    if not (asked and all(of_request)):
        asked += tuple(subjects(session, campaign, request, readings))
    jobs = [Job(campaign, subject, check) for subject in asked for check in _of(subject, checks, known)]
    drawn = session.profile.render and not session.profile.only  # a full run has pictures in its report
    return Plan(session, campaign, request, asked, tuple(jobs), drawn, readings)


def selected(profile: Profile, known: Registry) -> list[Check]:
    """The checks a profile asks for; those of a request only where it names them: triage runs them."""
    checks = [check for check in known.checks.values() if check.id not in profile.skip]
    return [c for c in checks if (c.id in profile.only if profile.only else not is_of_request(c, known))]


def _of(subject: Subject, checks: Iterable[Check], known: Registry) -> Iterator[Check]:
    """What is asked of a subject: first whether it can be read, where anything wants to read it."""
    fitting = [check for check in checks if subject.kind in kinds(check, known)]
    wanted = {kind for check in fitting for kind in gathered_for(check, known)}
    if subject.kind == "segment":
        yield _LIST
    elif subject.kind in ASSETS:
        yield _READ[tuple(kind for kind in READ_FIRST if kind in wanted)]
    yield from fitting


def _request_of(campaign: Campaign, readings: Readings) -> tuple[Request, Campaign]:
    """The request of a campaign, or of a build without one the request that asks for nothing."""
    if campaign.loose is None:
        return load_request(campaign.folder, readings), campaign
    asset = loose_asset(campaign.loose, campaign.kind, readings)
    name = shown(asset.name)  # as the request must be able to say it
    request = unwritten(asset.kind, name, shown(campaign.loose.name))
    return request, replace(campaign, assets=(replace(asset, name=name),))
