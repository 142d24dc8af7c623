"""Does the campaign go? Findings weighed by the team's severities and waivers, against its gate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from qa.config import Settings
from qa.finding import Code, Finding, Outcome, Severity
from qa.precedence import RANK, Weighed, told_by
from qa.waivers import Waiver, things

EXPIRED = Code("expired-waiver", Severity.WARNING, "A waiver has run out.", "Correct what it covered, or renew it.")
UNUSED = Code("unused-waiver", Severity.WARNING, "A waiver covers nothing.", "Delete it from waivers.yaml.")
MOST_FINDINGS = 10  # a check with more on one asset says the first and counts the rest: nobody reads a hundred


class Decision(StrEnum):
    GO = "go"
    HELD = "held"
    INCOMPLETE = "incomplete"


EXIT_CODES = {Decision.GO: 0, Decision.HELD: 1, Decision.INCOMPLETE: 3}
UNUSABLE = 2
WORST_FIRST = (1, UNUSABLE, 3, 0)


@dataclass(frozen=True, slots=True, eq=False)  # two that read alike are still two
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
    """Weigh every finding; say each thing once; say which waivers ran out or covered nothing; decide."""
    used: set[Waiver] = set()
    made = [_weigh(result, settings, waivers, today, used) for result in results]
    weighed = [_capped(result) for result in _told_once(made)]
    if waivers:
        asked = {code.name for result in weighed for code in result.codes}
        told = used | {w for w in waivers if w.code not in asked or _may_cover(w, weighed)}
        weighed.append(_weigh(_judge_waivers(waivers, told, today), settings, (), today, used))
    counts = _count(weighed)
    return Verdict(_decide(weighed, settings.gate), settings.gate, counts, tuple(weighed))


def _weigh(result: Result, settings: Settings, waivers: tuple[Waiver, ...], today: date, used: set[Waiver]) -> Result:
    codes = {code.name: code for code in result.codes}
    judged = []
    for finding in result.findings:
        code = codes[finding.code]
        severity = settings.severities.get(code.name, code.severity)
        if severity is None:
            continue  # the team switched this code off
        current = _accepted(finding, [w for w in waivers if w.concerns(code.name, result.asset)], today, used)
        judged.append(Judged(finding, None if finding.review else severity, finding.fix or code.fix, current))
    if result.findings and not judged:
        off = ", ".join(sorted({finding.code for finding in result.findings}))
        return replace(result, outcome=Outcome.SKIPPED, reason=f"switched off in qa.toml: {off}", judged=())
    return replace(result, judged=tuple(judged))


def _told_once(results: Sequence[Result]) -> Iterator[Result]:
    """The results without what another finding of the same asset tells better; that one weighs as much as both."""
    told: dict[Judged, str] = {}
    weight: dict[Judged, Severity | None] = {}
    for asset in {result.asset for result in results}:
        made = [one for result in results if result.asset == asset for one in result.judged]
        weighed = [Weighed(one.finding, one.severity, one.waiver is not None) for one in made]
        for number, teller in told_by(weighed).items():
            told[made[number]] = weighed[teller].finding.code
            if not weighed[number].waived:
                weights = (weight.get(made[teller], weighed[teller].severity), weighed[number].severity)
                weight[made[teller]] = max(weights, key=RANK.__getitem__)
    for result in results:
        shown = tuple(replace(one, severity=weight.get(one, one.severity)) for one in result.judged if one not in told)
        others = ", ".join(sorted({told[one] for one in result.judged if one in told}))
        reason = f"told by {others}" if result.judged and not shown else result.reason
        yield replace(result, reason=reason, judged=shown)


def _capped(result: Result) -> Result:
    """The first findings, and a line that counts the rest of each code; what is waived is not counted with the rest."""
    if len(result.judged) <= MOST_FINDINGS:
        return result
    shown, rest = result.judged[: MOST_FINDINGS - 1], result.judged[MOST_FINDINGS - 1 :]
    alike: dict[tuple[str, Severity | None, Waiver | None], list[Judged]] = {}
    for one in rest:
        alike.setdefault((one.finding.code, one.severity, one.waiver), []).append(one)
    return replace(result, judged=(*shown, *map(_counted, alike.values())))


def _counted(rest: list[Judged]) -> Judged:
    first = rest[0]
    if len(rest) == 1:
        return first
    where = [one.finding.where or one.finding.request for one in rest[:20]]
    places = ", ".join(str(place.line) for place in where if place and place.line)
    message = f"{len(rest)} more of the kind" + (f", in lines {places}" if places else "") + "."
    finding = first.finding
    return replace(first, finding=Finding(finding.code, message, finding.where, finding.request, review=finding.review))


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
            if judged.waiver is None and judged.severity and gate and RANK[judged.severity] >= RANK[gate]:
                return Decision.HELD
    return decision
