"""Does the campaign go? Findings weighed by the team's severities and waivers, against its gate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from qa.config import Settings
from qa.finding import Code, Finding, Outcome, Severity
from qa.waivers import Waiver, things

EXPIRED = Code("expired-waiver", Severity.WARNING, "A waiver has run out.", "Correct what it covered, or renew it.")
UNUSED = Code("unused-waiver", Severity.WARNING, "A waiver covers nothing.", "Delete it from waivers.yaml.")
_RANK = {Severity.INFO: 0, Severity.WARNING: 1, Severity.ERROR: 2}


class Decision(StrEnum):
    GO = "go"
    HELD = "held"
    INCOMPLETE = "incomplete"


EXIT_CODES = {Decision.GO: 0, Decision.HELD: 1, Decision.INCOMPLETE: 3}
UNUSABLE = 2
WORST_FIRST = (1, UNUSABLE, 3, 0)


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding with the weight the team gives it. ``severity`` is None for what a person must decide."""

    finding: Finding
    severity: Severity | None
    fix: str
    waiver: Waiver | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """How one check went on one asset; ``asset`` is None for the campaign as a whole."""

    check: str
    title: str
    asset: str | None
    outcome: Outcome
    reason: str = ""
    findings: tuple[Finding, ...] = ()
    codes: tuple[Code, ...] = ()
    judged: tuple[Judged, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """The decision, and what it was made of. ``counts`` are of findings nobody waived, but for "waived" itself."""

    decision: Decision
    gate: Severity | None
    counts: dict[str, int]
    results: tuple[Result, ...]


def judge(results: Iterable[Result], settings: Settings, waivers: tuple[Waiver, ...], today: date) -> Verdict:
    """Weigh every finding; say which waivers ran out or covered nothing; decide."""
    used: set[Waiver] = set()
    weighed = [_weigh(result, settings, waivers, today, used) for result in results]
    if waivers:
        told = used | {waiver for waiver in waivers if _may_cover(waiver, weighed)}
        weighed.append(_weigh(_judge_waivers(waivers, told, today), settings, (), today, used))
    counts = _count(weighed)
    return Verdict(_decide(weighed, settings.gate), settings.gate, counts, tuple(weighed))


def _weigh(result: Result, settings: Settings, waivers: tuple[Waiver, ...], today: date, used: set[Waiver]) -> Result:
    codes = {code.name: code for code in result.codes}
    judged = []
    for finding in result.findings:
        code = codes[finding.code]
        severity = None if finding.review else settings.severities.get(code.name, code.severity)
        if severity is None and not finding.review:
            continue  # the team switched this code off
        current = _accepted(finding, [w for w in waivers if w.concerns(code.name, result.asset)], today, used)
        judged.append(Judged(finding, severity, finding.fix or code.fix, current))
    if result.findings and not judged:
        off = ", ".join(sorted({finding.code for finding in result.findings}))
        return replace(result, outcome=Outcome.SKIPPED, reason=f"switched off in qa.toml: {off}", judged=())
    return replace(result, judged=tuple(judged))


def _accepted(finding: Finding, concerned: list[Waiver], today: date, used: set[Waiver]) -> Waiver | None:
    """The waiver in force that covers a finding; where it speaks of several things, each must be covered by one."""
    found: list[Waiver | None] = []
    for thing in things(finding):
        covering = [waiver for waiver in concerned if waiver.covers(thing)]
        found.append(next((waiver for waiver in covering if not waiver.expired(today)), None))
        used.update(covering if found[-1] is None else [found[-1]])
    return found[0] if all(found) else None


def _may_cover(waiver: Waiver, results: Iterable[Result]) -> bool:
    """Whether something it is for could not be looked at: who knows what would have been found there."""
    return any(
        result.outcome is Outcome.BROKEN
        and (not waiver.asset or result.asset in (waiver.asset, None))
        and (result.check == "build" or waiver.code in (code.name for code in result.codes))
        for result in results
    )


def _judge_waivers(waivers: tuple[Waiver, ...], used: set[Waiver], today: date) -> Result:
    findings = tuple(_waiver_findings(waivers, used, today))
    outcome = Outcome.FAILED if findings else Outcome.PASSED
    title = "Every waiver is in force and covers something"
    return Result("waivers", title, None, outcome, "", findings, (EXPIRED, UNUSED))


def _waiver_findings(waivers: tuple[Waiver, ...], used: set[Waiver], today: date) -> Iterator[Finding]:
    for waiver in waivers:
        if waiver not in used:
            yield Finding("unused-waiver", f"The waiver of {waiver.code} covers nothing in this build.", waiver.where)
        elif waiver.expired(today):
            yield Finding(
                "expired-waiver",
                f"The waiver of {waiver.code} by {waiver.who} ran out on {waiver.until}; what it covered counts again.",
                waiver.where,
            )


def _count(results: Iterable[Result]) -> dict[str, int]:
    counts = {"error": 0, "warning": 0, "info": 0, "review": 0, "waived": 0}
    for result in results:
        for judged in result.judged:
            counts["waived" if judged.waiver else judged.severity or "review"] += 1
    return counts


def _decide(results: Iterable[Result], gate: Severity | None) -> Decision:
    decision = Decision.GO
    for result in results:
        if result.outcome is Outcome.BROKEN:
            decision = Decision.INCOMPLETE
        for judged in result.judged:
            if judged.waiver is None and judged.severity and gate and _RANK[judged.severity] >= _RANK[gate]:
                return Decision.HELD
    return decision
