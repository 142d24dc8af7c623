"""The judgement of a request before anything is built: what its checks found, and whether building can begin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from qa import brief
from qa.artefacts import Today
from qa.campaign import Campaign
from qa.check import Check, all_checks
from qa.config import Settings
from qa.document import build_document
from qa.finding import Fault, Finding, Outcome, Severity, Unusable
from qa.request import Request
from qa.run import Run, Subject, _ask, is_of_request, kinds, request_subjects
from qa.source import Place
from qa.verdict import Result, Verdict, judge
from qa.waivers import Waiver, load_waivers

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
    """What was found about a request. ``questions``: the worst first, then by line; ``waived`` are not among them."""

    run: Run
    verdict: Verdict
    today: date
    lead_days: int
    questions: tuple[Question, ...]

    @property
    def request(self) -> Request:
        return self.run.request

    @property
    def assets(self) -> tuple[tuple[str, str], ...]:
        """The names of its emails and pages, with their kind."""
        named = ((subject.name, _KINDS.get(subject.kind)) for subject in self.run.subjects)
        return tuple((name, kind) for name, kind in named if name and kind)

    @property
    def broken(self) -> tuple[Result, ...]:
        """The checks that could not be run: nobody knows what they would have found."""
        return tuple(result for result in self.verdict.results if result.outcome is Outcome.BROKEN)

    @property
    def readiness(self) -> Readiness:
        """Of the campaign: no better than the worst of its assets."""
        return _readiness(self.questions, self.broken)

    def readiness_of(self, asset: str) -> Readiness:
        """Of one email or page, by what was found about it alone."""
        return _readiness(self.of(asset), [result for result in self.broken if result.asset == asset])

    def of(self, asset: str | None) -> tuple[Question, ...]:
        """What was found about one email or page; with None, about the campaign."""
        return tuple(question for question in self.questions if question.asset == asset)


def triage(campaign: Campaign, request: Request, settings: Settings, today: date | None = None) -> Triage:
    """Judge a request by every check of the subject request. ``today`` is another day than that of the clock.

    Unusable where the waivers cannot be read or the clock says no day.
    """
    profile = triage_profile(settings)
    subjects = tuple(request_subjects(campaign, request, profile))
    if today is not None:
        subjects = tuple(replace(each, given={**each.given, Today: Today(today)}) for each in subjects)
    try:
        on: date = subjects[0].get(Today).date
    except Fault as fault:
        raise Unusable(str(fault)) from None
    checks = [all_checks(profile.local_checks)[name] for name in profile.only]
    results = tuple(_ask(check, each, profile) for each in subjects for check in checks if each.kind in kinds(check))
    waivers = _waivers(campaign, checks)
    verdict = judge(results, profile, waivers, on)
    order = _Order(subjects)
    questions = tuple(sorted(_questions(verdict), key=order.of_question))
    return Triage(Run(campaign, request, subjects, results), verdict, on, settings.lead_days, questions)


def triage_profile(settings: Settings) -> Settings:
    """The team's policy with the checks of a request alone; an error is what keeps a request from being built."""
    every = [check.id for check in all_checks(settings.local_checks).values() if is_of_request(check)]
    chosen = [name for name in every if name not in settings.skip]
    named = [name for name in chosen if name in settings.only]
    return replace(settings, only=tuple(named or chosen), skip=(), gate=Severity.ERROR)


def triage_document(result: Triage, version: str) -> dict[str, Any]:
    """What came out, for machines: the same request on the same day gives the same document."""
    about = {"today": result.today.isoformat(), "lead_days": result.lead_days, "version": version}
    document = build_document(result.run, result.verdict, about)
    found = [finding for one in document["results"] for finding in one["findings"]]
    questions = [finding | {"severity": _as_question(finding["severity"])} for finding in found]
    return document | {
        "readiness": result.readiness.value,
        "counts": _counts(result.questions),
        "assets": [
            {
                "name": name,
                "kind": kind,
                "readiness": result.readiness_of(name).value,
                "counts": _counts(result.of(name)),
            }
            for name, kind in result.assets
        ],
        "findings": sorted(questions, key=_Order(result.run.subjects).of_entry),
    }


def _waivers(campaign: Campaign, checks: Iterable[Check]) -> tuple[Waiver, ...]:
    """Those for codes of a request: the others are for what `qa run` finds."""
    codes = {code.name for check in checks for code in check.codes}
    return tuple(waiver for waiver in load_waivers(campaign.folder) if waiver.code in codes)


def _questions(verdict: Verdict) -> Iterator[Question]:
    for result in verdict.results:
        for judged in result.judged:
            if judged.waiver is None:
                severity = Severity(_as_question(judged.severity or "review"))
                yield Question(result.asset, severity, judged.finding, judged.fix)


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


def _readiness(questions: Iterable[Question], broken: Sequence[Result]) -> Readiness:
    weights = {question.severity for question in questions}
    if broken or Severity.ERROR in weights:
        return Readiness.NOT_READY
    return Readiness.QUESTIONS if Severity.WARNING in weights else Readiness.READY


def _counts(questions: Iterable[Question]) -> dict[str, int]:
    tally = Counter(question.severity.value for question in questions)
    return {severity: tally[severity] for severity in _ORDER}
