"""The verdict: findings weighed by a profile and its waivers, each cause told once, against the gate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from hashlib import sha256

from qa.finding import Code, Finding, Judged, Outcome, Result, Severity, Waiver, things
from qa.profile.model import Profile
from qa.text.phrases import listed
from qa.verdict.precedence import RANK, Weighed, told_by

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


@dataclass(frozen=True, slots=True)
class SetAside:
    """A finding that was made and is not shown: "off", "told" by another one, or "counted" with others of its kind.

    ``by`` is the id of the finding that is shown in its place; "" where there is none.
    """

    judged: Judged
    because: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class Weight:
    """One result under a profile: what of it is shown, and what is set aside."""

    result: Result
    outcome: Outcome
    reason: str
    judged: tuple[Judged, ...] = ()
    set_aside: tuple[SetAside, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """The decision, and what it was made of. ``counts`` are of findings nobody waived, but for "waived" itself."""

    decision: Decision
    gate: Severity | None
    counts: dict[str, int]
    results: tuple[Weight, ...]


def conclude(
    results: Iterable[Result],
    profile: Profile,
    waivers: tuple[Waiver, ...],
    today: date,
    unasked: Sequence[Result] = (),
) -> Verdict:
    """Weigh every finding; tell each cause once; say which waivers ran out or covered nothing; decide.

    ``unasked`` are what a whole run would have besides: a waiver that may cover something there is not called unused.
    """
    made = [*_identified(results)]
    made += _nothing_looked_at(made)
    accepting = _Accepting(waivers, today)
    weighed = [_capped(weight) for weight in _told_once([_weigh(result, profile, accepting) for result in made])]
    if waivers:
        told = accepting.used | {waiver for waiver in waivers if not _was_looked_for(waiver, made, unasked)}
        of_waivers = _judge_waivers(waivers, told, today)
        weighed.extend(_weigh(result, profile, _Accepting((), today)) for result in _identified([of_waivers]))
    return Verdict(_decide(weighed, profile.gate), profile.gate, _count(weighed), tuple(weighed))


def _identified(results: Iterable[Result]) -> Iterator[Result]:
    """The results with an id for each finding: the same as long as the same is wrong with the same thing."""
    taken: Counter[str] = Counter()
    for result in results:
        findings = []
        for finding in result.findings:
            known = finding.id or _id(result, finding)
            taken[known] += 1
            findings.append(replace(finding, id=known if taken[known] == 1 else f"{known}-{taken[known]}"))
        yield replace(result, findings=tuple(findings))


def _id(result: Result, finding: Finding) -> str:
    """Its code, its asset, what it is about, and what was wanted instead."""
    about = sorted(f"{cause.kind} {cause.name}" for cause in finding.causes) or [finding.message]
    said = "\0".join((finding.code, result.kind, result.asset or "", *about, finding.expected or ""))
    return sha256(said.encode("utf-8", "replace")).hexdigest()[:12]


def _weigh(result: Result, profile: Profile, accepting: _Accepting) -> Weight:
    codes = {code.name: code for code in result.codes}
    judged, off = [], []
    for finding in result.findings:
        code = codes[finding.code]
        severity = profile.severities.get(code.name, code.severity)
        one = Judged(finding, None if finding.review else severity, finding.fix or code.fix)
        if severity is None:
            off.append(SetAside(one, "off"))
        else:
            judged.append(replace(one, waiver=accepting.waiver_of(finding, result.asset)))
    if off and not judged:
        names = ", ".join(sorted({each.judged.finding.code for each in off}))
        return Weight(result, Outcome.SKIPPED, f"switched off in qa.toml: {names}", (), tuple(off))
    return Weight(result, result.outcome, result.reason, tuple(judged), tuple(off))


@dataclass
class _Accepting:
    """The waivers of a campaign at work; ``used`` are those that covered something, in force or not."""

    waivers: tuple[Waiver, ...]
    today: date
    used: set[Waiver] = field(default_factory=set)

    def waiver_of(self, finding: Finding, asset: str | None) -> Waiver | None:
        """The waiver in force that covers a finding; where it speaks of several things, each must be covered by one."""
        concerned = [waiver for waiver in self.waivers if waiver.concerns(finding.code, asset)]
        found: list[Waiver | None] = []
        for thing in things(finding):
            covering = [waiver for waiver in concerned if waiver.covers(thing)]
            found.append(next((waiver for waiver in covering if not waiver.expired(self.today)), None))
            self.used.update(covering if found[-1] is None else [found[-1]])
        return found[0] if all(found) else None


def _told_once(weighed: Sequence[Weight]) -> Iterator[Weight]:
    """The weights without what another finding of the same subject tells better; that one weighs as much as both."""
    told: dict[Judged, Judged] = {}
    heaviest: dict[Judged, Severity | None] = {}
    for subject in dict.fromkeys(weight.result.subject for weight in weighed):
        made = [one for weight in weighed if weight.result.subject == subject for one in weight.judged]
        known = [Weighed(one.finding, one.severity, one.waiver is not None) for one in made]
        for number, teller in told_by(known).items():
            one, better = made[number], made[teller]
            told[one] = better
            if one.waiver is None:
                heaviest[better] = max(heaviest.get(better, better.severity), one.severity, key=RANK.__getitem__)
    for weight in weighed:
        shown = [replace(one, severity=heaviest.get(one, one.severity)) for one in weight.judged if one not in told]
        aside = [SetAside(one, "told", told[one].finding.id) for one in weight.judged if one in told]
        others = ", ".join(sorted({told[each.judged].finding.code for each in aside}))
        outcome, reason = weight.outcome, weight.reason
        if aside and not shown:  # a question that another finding answers is open there, and only there
            outcome = Outcome.SKIPPED if outcome is Outcome.REVIEW else outcome
            reason = f"told by {others}"
        set_aside = (*weight.set_aside, *aside)
        yield Weight(weight.result, outcome, reason, tuple(shown), set_aside)


def _capped(weight: Weight) -> Weight:
    """The first findings, and a line that counts the rest of each code; what is waived is counted apart."""
    if len(weight.judged) <= MOST_FINDINGS:
        return weight
    shown, rest = weight.judged[: MOST_FINDINGS - 1], weight.judged[MOST_FINDINGS - 1 :]
    alike: dict[tuple[str, Severity | None, Waiver | None], list[Judged]] = {}
    for one in rest:
        alike.setdefault((one.finding.code, one.severity, one.waiver), []).append(one)
    lines = [_counted(same) for same in alike.values()]
    aside = [
        SetAside(one, "counted", line.finding.id)
        for line, same in zip(lines, alike.values(), strict=True)
        if line.stands_for > 1
        for one in same
    ]
    return replace(weight, judged=(*shown, *lines), set_aside=(*weight.set_aside, *aside))


def _counted(same: list[Judged]) -> Judged:
    """One line for several findings: the first, with the words that there are more."""
    first = same[0]
    if len(same) == 1:
        return first
    places = (one.finding.where or one.finding.request for one in same[:20])
    lines = ", ".join(str(place.line) for place in places if place and place.line)
    message = f"{len(same)} more of the kind" + (f", in lines {lines}" if lines else "") + "."
    counting = replace(
        first.finding, message=message, fix="", expected=None, actual=None, id=f"{first.finding.id}-rest"
    )
    return replace(first, finding=counting, stands_for=len(same))


def _was_looked_for(waiver: Waiver, results: Sequence[Result], unasked: Sequence[Result]) -> bool:
    """Whether what a waiver is for was looked for wherever it may be: else nobody knows if it is needed.

    A waiver for an asset that is nowhere covers nothing, whatever ran.
    """
    concerned = [result for result in (*results, *unasked) if not waiver.asset or result.asset == waiver.asset]
    asked = [result for result in concerned if waiver.code in (code.name for code in result.codes)]
    if any(each is result for result in asked for each in unasked):
        return False
    unread = any(result.check == "build" and result.outcome is Outcome.BROKEN for result in concerned)
    looked = any(result.outcome in (Outcome.PASSED, Outcome.FAILED, Outcome.REVIEW) for result in asked)
    broken = any(result.outcome is Outcome.BROKEN for result in asked)
    return (looked and not broken and not unread) or not concerned


def _nothing_looked_at(results: Sequence[Result]) -> Iterator[Result]:
    """What stands for a run in which no check has looked at anything: that is no GO. A broken build says it itself."""
    if any(result.outcome is Outcome.BROKEN for result in results):
        return
    checks = [result for result in results if result.check != "build"]
    if all(result.outcome is Outcome.SKIPPED for result in checks):
        reasons = listed(result.reason for result in checks)
        why = f"every check was skipped ({reasons})" if checks else "no check was chosen"
        title = "Something was looked at"
        yield Result("any-check", title, None, Outcome.BROKEN, f"nothing was looked at: {why}", kind="campaign")


def _judge_waivers(waivers: tuple[Waiver, ...], used: set[Waiver], today: date) -> Result:
    findings = tuple(_waiver_findings(waivers, used, today))
    outcome = Outcome.FAILED if findings else Outcome.PASSED
    title = "Every waiver is in force and covers something"
    return Result("waivers", title, None, outcome, "", findings, (EXPIRED, UNUSED), "campaign")


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


def _count(weighed: Iterable[Weight]) -> dict[str, int]:
    counts = {"error": 0, "warning": 0, "info": 0, "review": 0, "waived": 0}
    for weight in weighed:
        for judged in weight.judged:
            counts["waived" if judged.waiver else judged.severity or "review"] += 1
    return counts


def _decide(weighed: Iterable[Weight], gate: Severity | None) -> Decision:
    decision = Decision.GO
    for weight in weighed:
        if weight.outcome is Outcome.BROKEN:
            decision = Decision.INCOMPLETE
        for judged in weight.judged:
            if holds(judged, gate):
                return Decision.HELD
    return decision


def holds(judged: Judged, gate: Severity | None) -> bool:
    """Whether a finding holds the campaign."""
    return bool(judged.waiver is None and judged.severity and gate and RANK[judged.severity] >= RANK[gate])
