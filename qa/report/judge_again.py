"""A stored record weighed again: by another profile and new waivers, without build, network or browser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from qa.finding import Cause, Code, Finding, Judged, Outcome, Result, Severity, Unusable, Waiver
from qa.profile.model import Profile
from qa.report.document import profile_record, verdict_record, waiver_record
from qa.report.record import AsideRecord, FindingRecord, PlaceRecord, Record, ResultRecord
from qa.source import Place
from qa.verdict.judge import Weight, conclude

OWN = "waivers"  # the verdict's own result: it is made anew


def judged_again(record: Record, profile: Profile, waivers: tuple[Waiver, ...], today: date) -> Record:
    """The record as this profile and these waivers weigh it.

    Unusable where the profile asks otherwise than the one it was made by: other findings would have been made.
    """
    asked = profile_record(profile)
    if asked.asked != record.profile.asked:
        raise Unusable(
            "qa.toml sets other options, clients or views than this result was made with; run `qa run` again"
        )
    if missing := _unasked(record, profile):
        raise Unusable(f"this result was made without {', '.join(missing)}, which qa.toml asks for; run it again")
    stored = {each.id: each for result in record.results for each in _made(result)}
    results = [_result(each) for each in record.results if each.check != OWN and _wanted(each.check, profile)]
    verdict = conclude(results, profile, waivers, today)
    kept = {(each.check, each.kind, each.asset): each for each in record.results}
    weighed = [_weighed(kept.get((w.result.check, *w.result.subject)), w, stored) for w in verdict.results]
    return replace(record, profile=asked, verdict=verdict_record(verdict), results=tuple(weighed))


def _wanted(check: str, profile: Profile) -> bool:
    return check == "build" or ((not profile.only or check in profile.only) and check not in profile.skip)


def _unasked(record: Record, profile: Profile) -> list[str]:
    """The checks a profile asks for that the record's left out."""
    before = record.profile
    left_out = [check for check in before.skip if _wanted(check, profile)]
    if before.only:
        left_out += [check for check in profile.only if check not in before.only]
        left_out += [] if profile.only else ["the other checks"]
    return left_out


def _made(result: ResultRecord) -> Iterator[FindingRecord]:
    """Every finding as it was made, in no order: the lines that only count others are none."""
    yield from (each for each in result.findings if each.stands_for == 1)
    yield from (each.finding for each in result.set_aside)


def _result(record: ResultRecord) -> Result:
    """The result as its check gave it, before anything was weighed."""
    made = tuple(_finding(each) for each in _made(record))
    usual = {each.code: each.usual for each in _made(record)}
    codes = tuple(Code(name, Severity(usual.get(name, "info")), "", "") for name in record.codes)
    outcome, reason = Outcome(record.outcome), record.reason
    if made:
        outcome = Outcome.REVIEW if all(finding.review for finding in made) else Outcome.FAILED
        reason = ""
    return Result(record.check, record.title, record.asset, outcome, reason, made, codes, record.kind, record.trace)


def _finding(record: FindingRecord) -> Finding:
    return Finding(
        record.code,
        record.message,
        _place(record.where),
        _place(record.request),
        record.expected,
        record.actual,
        record.fix,
        record.review,
        record.each,
        record.view,
        tuple(Cause(cause.kind, cause.key, cause.name) for cause in record.causes),
        record.id,
    )


def _place(record: PlaceRecord | None) -> Place | None:
    return Place(record.file, record.line, record.column, record.part) if record else None


def _weighed(record: ResultRecord | None, weight: Weight, stored: dict[str, FindingRecord]) -> ResultRecord:
    """A result as it is weighed now; its findings keep the places and boxes they were stored with."""
    result = weight.result
    usual = {code.name: code.severity.value for code in result.codes}

    def finding(judged: Judged) -> FindingRecord:
        made = judged.finding
        first = stored.get(made.id.removesuffix("-rest"))
        if first is None:  # of the waivers themselves
            spot = made.where
            place = PlaceRecord(spot.file, spot.line, spot.column) if spot else None
            first = FindingRecord(made.id, made.code, "", usual[made.code], None, made.message, judged.fix, where=place)
        return replace(
            first,
            id=made.id,
            message=made.message,
            severity=judged.severity.value if judged.severity else "review",
            waived=waiver_record(judged),
            stands_for=judged.stands_for,
        )

    base = record or ResultRecord(result.check, result.title, result.asset, result.kind, "", "", codes=tuple(usual))
    return replace(
        base,
        outcome=weight.outcome.value,
        reason=weight.reason,
        findings=tuple(map(finding, weight.judged)),
        set_aside=tuple(AsideRecord(each.because, each.by, finding(each.judged)) for each in weight.set_aside),
    )
