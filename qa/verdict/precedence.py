"""The order among findings of one cause: which one tells it best, and which are therefore not shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from qa.facts import facts
from qa.finding import Cause, Finding, Severity

RANK = {None: -1, Severity.INFO: 0, Severity.WARNING: 1, Severity.ERROR: 2}  # None: a person decides, nothing is held


@dataclass(frozen=True, slots=True)
class Weighed:
    """A finding with the weight the profile gives it: None is for a person. ``waived``: somebody accepted it."""

    finding: Finding
    severity: Severity | None
    waived: bool = False


def told_by(findings: Sequence[Weighed]) -> dict[int, int]:
    """Which findings of one asset are told by which other ones, by their numbers; the other ones are shown.

    A finding is told where each of its causes is a cause of one that has precedence. A code that was switched off is
    not among the findings, so it tells nothing. What a person decides never stands for what holds a campaign, and a
    waiver of a lighter finding never covers a heavier one. What is certain tells what a person was to decide of the
    same cause, whichever of the two codes has precedence.
    """
    table = precedence()
    shown: dict[Cause, list[int]] = {}
    told: dict[int, int] = {}

    def order(number: int) -> tuple[bool, int]:
        one = findings[number]
        return one.severity is None, -len(table.get(one.finding.code, ()))

    # What is certain, then what has precedence over most, comes first: it is shown or not before anything it may tell.
    for number in sorted(range(len(findings)), key=order):
        causes = dict.fromkeys(findings[number].finding.causes)
        tellers = [_teller(findings, shown.get(cause, ()), findings[number]) for cause in causes]
        if tellers and None not in tellers:
            told[number] = next(teller for teller in tellers if teller is not None)
        else:
            for cause in causes:
                shown.setdefault(cause, []).append(number)
    return told


def _teller(findings: Sequence[Weighed], numbers: Sequence[int], told: Weighed) -> int | None:
    """The first finding shown of a cause that tells it better."""
    return next((number for number in numbers if _tells(findings[number], told)), None)


def _tells(one: Weighed, other: Weighed) -> bool:
    table, certain = precedence(), one.severity is not None
    better = other.finding.code in table.get(one.finding.code, frozenset())
    if certain and other.severity is None and not one.waived:
        better = better or one.finding.code in table.get(other.finding.code, frozenset())
    if not better or (not certain and other.severity is not None):
        return False
    return not one.waived or RANK[one.severity] >= RANK[other.severity]


@cache
def precedence() -> Mapping[str, frozenset[str]]:
    """Every code with all those it tells better, directly or through another."""
    table: dict[str, list[str]] = facts("precedence")["tells"]

    known: dict[str, frozenset[str]] = {}

    def below(code: str, above: tuple[str, ...] = ()) -> frozenset[str]:
        if code in above:
            raise ValueError(f"qa/data/precedence.toml: {code} would tell itself better ({' → '.join((*above, code))})")
        if code not in known:
            direct = frozenset(table.get(code, ()))
            known[code] = direct.union(*(below(each, (*above, code)) for each in direct))
        return known[code]

    return {code: below(code) for code in table}
