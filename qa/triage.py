"""Can this be built from? The request judged alone: what is missing, contradictory, late or too poor. docs/triage.md"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from qa.config import Settings
from qa.facts import facts
from qa.finding import Code, Finding, Severity
from qa.request import FILES, AskedEmail, AskedPage, Request
from qa.source import Place
from qa.triage_dates import date_questions, schedule_questions, weekday_questions, wording_dates
from qa.triage_files import file_questions, list_questions
from qa.triage_gaps import asset_gaps, campaign_gaps
from qa.triage_urls import link_clashes, tracking_spelling, url_questions
from qa.triage_wording import sample_values, shared_roles, token_questions, unknown_segments, wording_clashes

SCHEMA = 1
_MOST = 10  # findings of one code for one asset: who sees ten knows the rest
_ORDER = (Severity.ERROR, Severity.WARNING, Severity.INFO)


class Readiness(StrEnum):
    """Whether building can begin."""

    READY = "ready"
    QUESTIONS = "ready with questions"
    NOT_READY = "not ready"


@dataclass(frozen=True, slots=True)
class Question:
    """A finding of triage with the weight the team gives it. ``asset`` is None for the campaign as a whole."""

    asset: str | None
    severity: Severity
    finding: Finding
    fix: str


@dataclass(frozen=True)
class Triage:
    """What was found about a request. ``assets`` are the names of its emails and pages, with their kind."""

    request: Request
    today: date
    lead_days: int
    assets: tuple[tuple[str, str], ...]
    questions: tuple[Question, ...]

    @property
    def readiness(self) -> Readiness:
        """Of the campaign: no better than the worst of its assets."""
        return _readiness(self.questions)

    def readiness_of(self, asset: str) -> Readiness:
        """Of one email or page, by what was found about it alone."""
        return _readiness(self.of(asset))

    def of(self, asset: str | None) -> tuple[Question, ...]:
        """What was found about one email or page; with None, about the campaign."""
        return tuple(question for question in self.questions if question.asset == asset)


def triage(request: Request, folder: Path, settings: Settings, today: date) -> Triage:
    """Judge a request. ``folder`` is where the files that were handed over are looked for."""
    assets: list[AskedEmail | AskedPage] = [*request.emails, *request.pages]
    questions = list(_weighed(None, _of_campaign(request, folder, settings, today), settings))
    for asset in assets:
        questions += _weighed(asset.name, _of_asset(asset, request, folder), settings)
    names = tuple((asset.name, "email" if isinstance(asset, AskedEmail) else "page") for asset in assets)
    return Triage(request, today, settings.lead_days, names, tuple(questions))


def triage_codes() -> Mapping[str, Code]:
    """Every code of triage by its name."""
    table = facts("triage")["codes"]
    return {name: Code(name, Severity(code["severity"]), code["meaning"], code["fix"]) for name, code in table.items()}


def build_document(result: Triage, folder: Path) -> dict[str, Any]:
    """What came out, for machines: the same request on the same day gives the same document."""
    request = result.request
    return {
        "schema": SCHEMA,
        "run": {"today": result.today.isoformat(), "lead_days": result.lead_days},
        "campaign": {
            "id": request.id,
            "name": request.name,
            "folder": folder.resolve().name,
            "send_at": request.send.at.isoformat() if request.send else None,
            "timezone": request.send.timezone if request.send else None,
            "request_digest": _digest(folder),
        },
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
        "findings": [_finding(question) for question in result.questions],
    }


def _of_campaign(request: Request, folder: Path, settings: Settings, today: date) -> Iterator[Finding]:
    yield from campaign_gaps(request)
    yield from schedule_questions(request, today, settings.lead_days)
    yield from date_questions(request)
    yield from shared_roles(request)
    yield from tracking_spelling(request)
    yield from sample_values(request, ("emails", "pages"))
    yield from list_questions(request, folder)
    for number, segment in enumerate(request.audience.segments if request.audience else ()):
        if segment.count == 0:
            message = f"The segment “{segment.name}” is expected to hold nobody."
            yield Finding("zero-count", message, request=request.place("audience", "segments", number, "count"))


def _of_asset(asset: AskedEmail | AskedPage, request: Request, folder: Path) -> Iterator[Finding]:
    yield from asset_gaps(asset, request)
    yield from sample_values(asset)
    yield from wording_dates(asset, request)
    yield from weekday_questions(asset, request)
    yield from url_questions(asset, request)
    yield from link_clashes(asset, request)
    yield from token_questions(asset, request)
    yield from wording_clashes(asset, request)
    yield from file_questions(asset, folder)
    if isinstance(asset, AskedEmail):
        yield from unknown_segments(asset, request)


def _weighed(asset: str | None, found: Iterable[Finding], settings: Settings) -> list[Question]:
    """The worst first, then by line; never more than ten of one kind."""
    codes = triage_codes()
    tally: Counter[str] = Counter()
    kept: list[Question] = []
    for finding in found:
        code = codes[finding.code]
        severity = settings.severities.get(code.name, code.severity)
        tally[code.name] += 1
        if severity is None or tally[code.name] > _MOST:
            continue
        weight = Severity.WARNING if finding.review and severity is Severity.ERROR else severity
        kept.append(Question(asset, weight, finding, finding.fix or code.fix))
    seen: Counter[str] = Counter()
    for number, question in enumerate(kept):
        name = question.finding.code
        seen[name] += 1
        if seen[name] == _MOST < tally[name]:
            message = f"{question.finding.message} And {tally[name] - _MOST} more of this kind."
            kept[number] = replace(question, finding=replace(question.finding, message=message))
    return sorted(kept, key=_rank)


def _rank(question: Question) -> tuple[int, str, int]:
    place = question.finding.request or Place("")
    return _ORDER.index(question.severity), place.file, place.line or 0


def _readiness(questions: Iterable[Question]) -> Readiness:
    weights = {question.severity for question in questions}
    if Severity.ERROR in weights:
        return Readiness.NOT_READY
    return Readiness.QUESTIONS if Severity.WARNING in weights else Readiness.READY


def _counts(questions: Iterable[Question]) -> dict[str, int]:
    tally = Counter(question.severity.value for question in questions)
    return {severity.value: tally[severity.value] for severity in _ORDER}


def _finding(question: Question) -> dict[str, Any]:
    finding, place = question.finding, question.finding.request
    return {
        "code": finding.code,
        "severity": question.severity.value,
        "asset": question.asset,
        "message": finding.message,
        "expected": finding.expected,
        "actual": finding.actual,
        "request": place and {"file": place.file, "line": place.line, "column": place.column},
        "fix": question.fix,
    }


def _digest(folder: Path) -> str:
    file = next(folder / name for name in FILES if (folder / name).is_file())
    return "sha256:" + hashlib.sha256(file.read_bytes()).hexdigest()
