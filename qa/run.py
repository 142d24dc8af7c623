"""What do the selected checks need, and what do they say? Gathers that and no more; turns faults into outcomes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from qa import brief
from qa.artefacts import Markup, Parts, Rendering
from qa.build import Asset, find_assets
from qa.campaign import Campaign
from qa.check import Check, MisdeclaredCheck, Options, all_checks, all_gatherers
from qa.config import Settings
from qa.finding import Code, Fault, Finding, Outcome, Severity, Skip
from qa.paths import inside
from qa.request import AskedAsset, AskedEmail, AskedPage, AskedSegment, Request, with_variant
from qa.verdict import Result

MISSING_BUILD = Code("missing-build", Severity.ERROR, "A build cannot be read.", "Put the file where the request says.")
_KINDS = {AskedEmail: {"email"}, AskedPage: {"page"}, AskedSegment: {"segment"}, Campaign: {"campaign"}}
_KINDS |= {given: set(kinds) for given, kinds in brief.SUBJECTS.items()}
_ASSETS = {"email", "page"}
Step = Callable[[str, int, int], None]  # what is being done, steps behind, steps in all


@dataclass(eq=False)
class Subject:
    """One thing checks look at: an email, a page, a segment's list, or the campaign; with what was gathered from it."""

    kind: str
    name: str | None
    given: Mapping[type, object]
    fault: str = ""
    _gathered: dict[type, Any] = field(default_factory=dict)

    def get(self, wanted: type) -> Any:
        """The artefact of a type, gathered once; raises Skip or Fault as its gatherer did."""
        if wanted in self.given:
            return self.given[wanted]
        if wanted not in self._gathered:
            self._gathered[wanted] = self._gather(wanted)
        outcome = self._gathered[wanted]
        if isinstance(outcome, Future):
            outcome = _settled(wanted, outcome.result)
        if isinstance(outcome, (Skip, Fault)):
            raise outcome
        return outcome

    def start(self, wanted: type, pool: Executor) -> None:
        """Begin a slow artefact beside the checks that do not wait for it."""
        try:
            needs = [self.get(need) for need in all_gatherers()[wanted].needs]
        except (Skip, Fault) as reason:
            self._gathered[wanted] = reason
        else:
            self._gathered[wanted] = pool.submit(all_gatherers()[wanted].function, *needs)

    def peek(self, wanted: type) -> Any:
        """The artefact if it was gathered and came out; None otherwise."""
        try:
            return self.get(wanted) if wanted in self._gathered else None
        except (Skip, Fault):
            return None

    def _gather(self, wanted: type) -> Any:
        gatherer = all_gatherers()[wanted]
        return _settled(wanted, lambda: gatherer.function(*(self.get(need) for need in gatherer.needs)))


def _settled(wanted: type, gather: Callable[[], Any]) -> Any:
    """What a gatherer delivers, or its Skip or Fault; anything unforeseen becomes a Fault that names the artefact."""
    try:
        return gather()
    except (Skip, Fault) as reason:
        return reason
    except Exception as error:
        return Fault(f"{wanted.__name__.lower()} could not be gathered: {_one_line(error)}")


@dataclass(frozen=True)
class Run:
    """What came of one campaign, before anything is weighed."""

    campaign: Campaign
    request: Request
    subjects: tuple[Subject, ...]
    results: tuple[Result, ...]


def run(
    campaign: Campaign, request: Request, settings: Settings, step: Step = lambda *_: None, *, keep_open: bool = False
) -> Run:
    """Run the selected checks over a campaign. Nothing that goes wrong in one check or gatherer stops the others.

    ``keep_open``: the browsers stay, for the next run; `qa.engines.close_all` or the end of the process closes them.
    """
    checks = selected(settings)
    of_request = [is_of_request(check) for check in checks]
    found = list(request_subjects(campaign, request, settings)) if any(of_request) else []
    if not all(of_request) or not of_request:
        found += _subjects(campaign, request, settings)
    subjects = tuple(_readable(subject, checks) for subject in found)
    jobs = [(subject, check) for subject in subjects for check in checks if subject.kind in kinds(check)]
    slow = list(dict.fromkeys((subject, kind) for subject, kind in _slow(subjects, jobs, settings)))
    total = len(jobs) + len(slow)
    at_once = max(settings.jobs, settings.browsers)  # no browser waits for an asset
    pool = ThreadPoolExecutor(max_workers=at_once, thread_name_prefix="gather")
    finished = False
    try:
        for subject, kind in slow:
            subject.start(kind, pool)
        answers: dict[int, Result] = {}
        for number in sorted(
            range(len(jobs)), key=lambda n: bool(_slow_needs(jobs[n][1]))
        ):  # those that wait come last
            subject, check = jobs[number]
            step(f"{subject.name or campaign.name}: {check.id}", len(answers), total)
            answers[number] = _ask(check, subject, settings)
        results = [*_missing(subjects), *(answers[number] for number in range(len(jobs)))]
        for done, (subject, kind) in enumerate(slow):
            step(f"{subject.name}: {kind.__name__.lower()}", len(jobs) + done, total)
            _settled(kind, lambda subject=subject, kind=kind: subject.get(kind))  # type: ignore[misc]
        finished = True
    finally:
        if slow and not (finished and keep_open):
            close_browsers()  # first: whoever waits for a page that hangs waits no longer
        pool.shutdown(wait=True, cancel_futures=True)
    return Run(campaign, request, subjects, tuple(results))


def close_browsers() -> None:
    from qa.engines import close_all

    close_all()


def selected(settings: Settings) -> list[Check]:
    """The checks the settings ask for; those of a request only where they are named: triage runs them."""
    checks = [check for check in all_checks(settings.local_checks).values() if check.id not in settings.skip]
    return [c for c in checks if (c.id in settings.only if settings.only else not is_of_request(c))]


def is_of_request(check: Check) -> bool:
    """Whether a check judges the request alone, not what was built from it."""
    return kinds(check) <= brief.KINDS


@cache
def kinds(check: Check) -> frozenset[str]:
    """The kinds of subject a check looks at, from what it needs: "email", "page", "segment", "campaign", "request" …"""
    leaves = _leaves(check.needs)
    asked = [kinds for kind, kinds in _KINDS.items() if kind in leaves]
    if asked:
        return frozenset(set.intersection(*asked))
    return frozenset(_ASSETS if leaves & {Asset, AskedAsset} else {"campaign"})


def _leaves(needs: Iterable[type]) -> set[type]:
    """The given types a set of needs comes down to; a type nobody gathers is an error at start."""
    leaves: set[type] = set()
    for need in needs:
        if need in _GIVEN:
            leaves.add(need)
        elif need in all_gatherers():
            leaves |= _leaves(all_gatherers()[need].needs)
        elif not issubclass(need, Options):
            raise MisdeclaredCheck(f"nobody gathers {need.__name__}")
    return leaves


_GIVEN = {AskedEmail, AskedPage, AskedAsset, AskedSegment, Asset, Campaign, Request, Settings, *brief.SUBJECTS}


@cache
def gathered_for(check: Check) -> frozenset[type]:
    """Every artefact a check comes to need, those its artefacts are made from among them."""
    return _gathered_below(check.needs)


def _gathered_below(needs: tuple[type, ...]) -> frozenset[type]:
    gatherers = [gatherer for need in needs if (gatherer := all_gatherers().get(need)) is not None]
    return frozenset(g.delivers for g in gatherers).union(*(_gathered_below(g.needs) for g in gatherers))


@cache
def _slow_needs(check: Check) -> tuple[type, ...]:
    return tuple(kind for kind in gathered_for(check) if all_gatherers()[kind].slow)


def _slow(
    subjects: Iterable[Subject], jobs: Iterable[tuple[Subject, Check]], settings: Settings
) -> Iterator[tuple[Subject, type]]:
    """The slow artefacts to begin with: what checks need and, in a full run, the pictures for the report."""
    if not settings.only and settings.render:
        yield from ((subject, Rendering) for subject in subjects if subject.kind in _ASSETS and not subject.fault)
    for subject, check in jobs:
        if not subject.fault:
            yield from ((subject, kind) for kind in _slow_needs(check))


def _subjects(campaign: Campaign, request: Request, settings: Settings) -> Iterator[Subject]:
    common: dict[type, object] = {Request: request, Settings: settings}
    asked_by_name: dict[str, AskedAsset] = {}
    for email in request.emails:
        asked_by_name[email.name] = email
        versions = (with_variant(email, variant) for variant in email.variants if variant.build)
        asked_by_name |= {version.name: version for version in versions}
    asked_by_name |= {page.name: page for page in request.pages}
    for asset in campaign.assets or find_assets(campaign.folder, request, online=settings.online):
        asked = asked_by_name[asset.name]
        given = common | {Asset: asset, AskedAsset: asked, type(asked): asked}
        yield Subject(asset.kind, asset.name, given, asset.fault)
    for segment in request.audience.segments if request.audience else ():
        yield _segment(campaign, segment, common)
    yield Subject("campaign", None, common | {Campaign: campaign})


def request_subjects(campaign: Campaign, request: Request, settings: Settings) -> Iterator[Subject]:
    """What triage judges: the request as a whole, then each email and page of it."""
    common: dict[type, object] = {Request: request, Settings: settings}
    for kind, name, given in brief.briefs(request, campaign.folder, settings.lead_days):
        yield Subject(kind, name, common | given)


def _segment(campaign: Campaign, segment: AskedSegment, common: dict[type, object]) -> Subject:
    try:
        file, fault = inside(campaign.folder, segment.list), ""
        if not file.is_file():
            fault = f"{segment.list} is not there"
    except Fault as error:
        file, fault = None, str(error)
    asset = Asset("segment", segment.name, campaign.folder, file, fault=fault)
    return Subject("segment", segment.name, common | {Asset: asset, AskedSegment: segment}, fault)


def _readable(subject: Subject, checks: Iterable[Check]) -> Subject:
    """A build nobody can read is said once, not by every check that would have looked at it."""
    wanted = [gathered_for(check) for check in checks if subject.kind in kinds(check)]
    for kind in (Parts, Markup):
        if not subject.fault and any(kind in types for types in wanted):
            try:
                subject.get(kind)
            except Fault as fault:
                subject.fault = str(fault)
            except Skip:
                pass
    return subject


def _missing(subjects: Iterable[Subject]) -> Iterator[Result]:
    for subject in subjects:
        if subject.fault:
            title = "The list can be read" if subject.kind == "segment" else "The build can be read"
            yield Result("build", title, subject.name, Outcome.BROKEN, subject.fault, codes=(MISSING_BUILD,))


def _ask(check: Check, subject: Subject, settings: Settings) -> Result:
    def answer(outcome: Outcome, reason: str = "", findings: Iterable[Finding] = ()) -> Result:
        return Result(check.id, check.title, subject.name, outcome, reason, tuple(findings), check.codes)

    if subject.fault:
        return answer(Outcome.SKIPPED, "there is no build to look at")
    try:
        needs = [_need(check, need, subject, settings) for need in check.needs]
        findings = list(check.function(*needs))
        for finding in findings:
            check.code(finding.code)
    except Skip as reason:
        return answer(Outcome.SKIPPED, str(reason))
    except Fault as fault:
        return answer(Outcome.BROKEN, str(fault))
    except Exception as error:
        return answer(Outcome.BROKEN, f"the check itself failed: {_one_line(error)}")
    if not findings:
        return answer(Outcome.PASSED)
    failed = any(not finding.review for finding in findings)
    return answer(Outcome.FAILED if failed else Outcome.REVIEW, "", findings)


def _need(check: Check, need: type, subject: Subject, settings: Settings) -> Any:
    """The options of a check or an artefact; None where it can do without what was not asked for or is not there."""
    if issubclass(need, Options):
        return settings.options_for(check)
    try:
        return subject.get(need)
    except Skip:
        if need in check.optional:
            return None
        raise


def _one_line(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}".replace("\n", " ")[:300]
