"""The judgement of a request before anything is built: what its checks found, and whether building can begin."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import Any

from qa import version
from qa.build.campaign import Campaign
from qa.check import Registry
from qa.finding import Finding, Outcome, Severity
from qa.profile.model import Profile
from qa.report.document import as_document, as_stored, build_record
from qa.report.examine import waivers_of
from qa.report.record import AssetRecord, RunRecord
from qa.request import Request, brief
from qa.run import Plan, Session, Subject, answers, plan
from qa.run.needs import is_of_request
from qa.source import Place
from qa.verdict.judge import Verdict, Weight, conclude

_ORDER = tuple(severity.value for severity in (Severity.ERROR, Severity.WARNING, Severity.INFO))
_KINDS = {brief.EMAIL: "email", brief.PAGE: "page"}  # as every document calls them


class Readiness(StrEnum):
    """Whether building can begin."""

    READY = "ready"
    QUESTIONS = "ready with questions"
    NOT_READY = "not ready"


@dataclass(frozen=True, slots=True)
class Question:
    """A finding about a request with the weight the team gives it. ``asset`` is None for the campaign as a whole."""

    asset: str | None
    severity: Severity
    finding: Finding
    fix: str


@dataclass(frozen=True)
class Triage:
    """What was found about a request. ``questions``: the worst first, then by line; none that was waived."""

    plan: Plan
    verdict: Verdict
    today: date
    questions: tuple[Question, ...]

    @property
    def request(self) -> Request:
        return self.plan.request

    @property
    def assets(self) -> tuple[tuple[str, str], ...]:
        """The names of its emails and pages, with their kind."""
        named = ((subject.name, _KINDS.get(subject.kind)) for subject in self.plan.subjects)
        return tuple((name, kind) for name, kind in named if name and kind)

    @property
    def broken(self) -> tuple[Weight, ...]:
        """The checks that could not be run: nobody knows what they would have found."""
        return tuple(weight for weight in self.verdict.results if weight.outcome is Outcome.BROKEN)

    @property
    def readiness(self) -> Readiness:
        """Of the campaign: no better than the worst of its assets."""
        return _readiness(self.questions, self.broken)

    def readiness_of(self, asset: str) -> Readiness:
        """Of one email or page, by what was found about it alone."""
        return _readiness(self.of(asset), [weight for weight in self.broken if weight.result.asset == asset])

    def of(self, asset: str | None) -> tuple[Question, ...]:
        """What was found about one email or page; with None, about the campaign."""
        return tuple(question for question in self.questions if question.asset == asset)


def triage(session: Session, campaign: Campaign) -> Triage:
    """Judge the request of a campaign, by the profile and the clock of a session.

    Unusable where the request or the waivers cannot be used.
    """
    planned = plan(session.under(triage_profile(session.profile, session.registry)), campaign)
    codes = {code.name for job in planned.jobs for code in job.check.codes}
    waivers = tuple(each for each in waivers_of(planned) if each.code in codes)
    today = session.clock.today_of(planned.request)
    verdict = conclude(answers(planned), planned.session.profile, waivers, today)
    order = _Order(planned.subjects)
    return Triage(planned, verdict, today, tuple(sorted(_questions(verdict), key=order.of_question)))


def triage_profile(profile: Profile, known: Registry) -> Profile:
    """The team's profile with the checks of a request alone; an error is what keeps a request from being built."""
    every = [check.id for check in known.checks.values() if is_of_request(check, known)]
    chosen = [name for name in every if name not in profile.skip]
    named = [name for name in chosen if name in profile.only]
    return replace(profile, only=tuple(named or chosen), skip=(), gate=Severity.ERROR)


def triage_document(result: Triage) -> dict[str, Any]:
    """What came out, for machines: the same request on the same day gives the same document."""
    folder, day = result.plan.campaign.folder, result.today.isoformat()
    made = sha256(f"{day} ".encode() + os.fsencode(folder)).hexdigest()[:12]
    about = RunRecord(made, day, 0.0, version(), target=folder.as_posix())
    document = as_document(as_stored(build_record(result.plan, result.verdict, about)))
    found = [finding for one in document["results"] for finding in one["findings"]]
    questions = [finding | {"severity": _as_question(finding["severity"])} for finding in found]
    lead_days = result.plan.session.profile.lead_days
    return document | {
        "run": document["run"] | {"today": day, "lead_days": lead_days},
        "readiness": result.readiness.value,
        "counts": _counts(result.questions),
        "assets": [_asset(result, name, kind) for name, kind in result.assets],
        "findings": sorted(questions, key=_Order(result.plan.subjects).of_entry),
    }


def _asset(result: Triage, name: str, kind: str) -> dict[str, Any]:
    counts = _counts(result.of(name))
    return asdict(AssetRecord(name, kind, None)) | {"readiness": result.readiness_of(name).value, "counts": counts}


def _questions(verdict: Verdict) -> Iterator[Question]:
    for weight in verdict.results:
        for judged in weight.judged:
            if judged.waiver is None:
                severity = Severity(_as_question(judged.severity or "review"))
                yield Question(weight.result.asset, severity, judged.finding, judged.fix)


def _as_question(severity: str) -> str:
    """The weight of a finding in triage: what a person must decide is to be cleared up, as a warning is."""
    return Severity.WARNING.value if severity == "review" else severity


class _Order:
    """The order in which questions are told: the campaign's, then each asset's; the worst first, then by line."""

    def __init__(self, subjects: Iterable[Subject]) -> None:
        self.names = [subject.name for subject in subjects]

    def of_question(self, question: Question) -> tuple[int, int, str, int]:
        place = question.finding.request or Place("")
        return self._key(question.asset, question.severity.value, place.file, place.line)

    def of_entry(self, entry: Mapping[str, Any]) -> tuple[int, int, str, int]:
        place = entry["request"] or {"file": "", "line": 0}
        return self._key(entry["asset"], entry["severity"], place["file"], place["line"])

    def _key(self, asset: str | None, severity: str, file: str, line: int | None) -> tuple[int, int, str, int]:
        return self.names.index(asset), _ORDER.index(severity), file, line or 0


def _readiness(questions: Iterable[Question], broken: Sequence[Weight]) -> Readiness:
    weights = {question.severity for question in questions}
    if broken or Severity.ERROR in weights:
        return Readiness.NOT_READY
    return Readiness.QUESTIONS if Severity.WARNING in weights else Readiness.READY


def _counts(questions: Iterable[Question]) -> dict[str, int]:
    tally = Counter(question.severity.value for question in questions)
    return {severity: tally[severity] for severity in _ORDER}
