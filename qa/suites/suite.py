"""One campaign under pytest: planned when it is collected, answered and weighed as a whole when its first test runs."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from time import monotonic
from typing import Any

from qa.build.campaign import Campaign
from qa.finding import Judged, Outcome, Result, Severity
from qa.report.document import as_document, as_stored, build_record, pictures
from qa.report.examine import run_record, waivers_of
from qa.report.record import FindingRecord, Record, ResultRecord
from qa.run import Job, Plan, Session, answers, plan
from qa.run.plan import BUILD
from qa.verdict.judge import Weight, conclude, holds

Key = tuple[str, str, str | None]  # check, kind and name of the subject
WAIVERS: Key = ("waivers", "campaign", None)


@dataclass(frozen=True, slots=True)
class Judgement:
    """The result of one check of one asset, sorted into what fails its test and what does not."""

    outcome: Outcome
    number: int  # of the result in its record
    result: ResultRecord
    holding: tuple[FindingRecord, ...] = ()
    lesser: tuple[FindingRecord, ...] = ()
    review: tuple[FindingRecord, ...] = ()
    waived: tuple[FindingRecord, ...] = ()
    told: bool = False  # all of it is told by another check

    @property
    def is_quiet(self) -> bool:
        """Whether there is nothing to tell but the outcome."""
        return self.outcome is not Outcome.BROKEN and not (self.holding or self.lesser or self.review or self.waived)


@dataclass(frozen=True)
class JudgedCampaign:
    """A campaign, judged as far as its tests were selected: its record, its pictures by name, and each result."""

    record: Record
    pictures: Mapping[str, bytes]
    results: Mapping[Key, Judgement]

    @cached_property
    def document(self) -> Mapping[str, Any]:
        """The record as writers are given it."""
        return as_document(as_stored(self.record))


class Suite:
    """A campaign and its session. Raises Unusable where the request or the waivers cannot be used.

    ``selected`` are the jobs whose tests will run: all of them are answered together, because only then it is known
    which finding is told by which, and what is slow is gathered once, beside the rest.
    """

    def __init__(self, session: Session, campaign: Campaign) -> None:
        self.plan = plan(session, campaign)
        self.waivers = waivers_of(self.plan)
        self.selected: list[Job] = []
        self._left = 0
        self._judged: JudgedCampaign | Exception | None = None

    @property
    def is_judged(self) -> bool:
        """Whether one of its tests has done the work."""
        return self._judged is not None

    def judged(self, pictured: bool) -> JudgedCampaign:
        """What came of the selected jobs. ``pictured``: with the pictures of every asset."""
        if self._judged is None:
            try:
                self._judged = self._judge(pictured)
            except Exception as error:  # every test of the campaign is told, and none tries again
                self._judged = error
        if isinstance(self._judged, Exception):
            raise self._judged
        return self._judged

    def quiet(self, key: Key) -> Judgement | None:
        """The result of a test that is judged, where there is nothing to tell but its outcome."""
        found = self._judged.results[key] if isinstance(self._judged, JudgedCampaign) else None
        return found if found and found.is_quiet else None

    def expect(self, job: Job | None) -> None:
        """One more test will run; that of the waivers has no job."""
        self._left += 1
        self.selected += [job] if job else []

    def tell(self) -> None:
        """A test has told its result; with the last one the results are let go of, and their pictures."""
        self._left -= 1
        if not self._left:
            self._judged = None

    def _judge(self, pictured: bool) -> JudgedCampaign:
        session, campaign = self.plan.session, self.plan.campaign
        started, clock = session.clock.now(), monotonic()
        part = self._part(pictured and session.profile.render)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of libraries: -W error of a user's own tests must break no check
            results = answers(part)
        asked = set(part.jobs)
        unasked = [_unasked(job) for job in self.plan.jobs if job not in asked]
        verdict = conclude(results, session.profile, self.waivers, session.clock.today_of(part.request), unasked)
        record = build_record(part, verdict, run_record(campaign, started, monotonic() - clock))
        drawn = dict(pictures(part)) if pictured else {}
        for subject in part.subjects:
            subject.forget()
        gate, results_of = verdict.gate, record.results
        found = {_key(w.result): _judgement(w, n, results_of[n], gate) for n, w in enumerate(verdict.results)}
        return JudgedCampaign(record, drawn, self._with_builds(found))

    def _part(self, drawn: bool) -> Plan:
        """What is selected, and before it whether those builds can be read, selected or not."""
        concerned, chosen = {job.subject for job in self.selected}, set(self.selected)
        builds = [job for job in self.plan.jobs if job.check.id == BUILD.id and job.subject in concerned]
        jobs = [job for job in self.plan.jobs if job in chosen or job in builds]
        return self.plan.of(jobs, drawn=drawn)

    def _with_builds(self, found: Mapping[Key, Judgement]) -> Mapping[Key, Judgement]:
        """Where a build cannot be read and the test that says so is not selected, the asset's first one says it.

        That a file changed meanwhile has no test, so the first one says that.
        """
        instead = {}
        if changed := found.get((BUILD.id, "campaign", None)):
            instead = {key_of(job): changed for job in self.selected[:1]}
        for subject in dict.fromkeys(job.subject for job in self.selected):
            jobs = [job for job in self.selected if job.subject is subject]
            build = found.get((BUILD.id, subject.kind, subject.name))
            if build and build.outcome is Outcome.BROKEN and all(job.check.id != BUILD.id for job in jobs):
                instead[key_of(jobs[0])] = build
        return {**found, **instead}


def key_of(job: Job) -> Key:
    """By which its result is found."""
    return job.check.id, job.subject.kind, job.subject.name


def _key(result: Result) -> Key:
    return result.check, result.kind, result.asset


def _unasked(job: Job) -> Result:
    """What stands for a job that is not selected."""
    subject, check = job.subject, job.check
    return Result(check.id, check.title, subject.name, Outcome.SKIPPED, "not selected", (), check.codes, subject.kind)


def _judgement(weight: Weight, number: int, result: ResultRecord, gate: Severity | None) -> Judgement:
    sorts: dict[str, list[FindingRecord]] = {"holding": [], "lesser": [], "review": [], "waived": []}
    for judged, found in zip(weight.judged, result.findings, strict=True):
        sorts[_sort(judged, gate)].append(found)
    told = not weight.judged and any(aside.because == "told" for aside in weight.set_aside)
    return Judgement(weight.outcome, number, result, **{name: tuple(found) for name, found in sorts.items()}, told=told)


def _sort(judged: Judged, gate: Severity | None) -> str:
    if judged.waiver:
        return "waived"
    if holds(judged, gate):
        return "holding"
    return "lesser" if judged.severity else "review"
