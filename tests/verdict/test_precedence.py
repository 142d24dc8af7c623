from __future__ import annotations

from itertools import permutations

import pytest

from qa.check import all_checks
from qa.finding import Cause, Finding, Severity
from qa.verdict import precedence
from qa.verdict.precedence import Weighed, told_by

LINK, OTHER = Cause("link", "a"), Cause("link", "b")


@pytest.fixture(autouse=True)
def _table(monkeypatch: pytest.MonkeyPatch) -> None:
    table = {"staging": frozenset({"wrong", "insecure"}), "wrong": frozenset({"insecure"})}
    monkeypatch.setattr(precedence, "precedence", lambda: table)


def _made(code: str, *causes: Cause, severity: Severity | None = Severity.ERROR, waived: bool = False) -> Weighed:
    return Weighed(Finding(code, f"{code}.", review=severity is None, causes=causes), severity, waived)


def _shown(*made: Weighed) -> set[str]:
    told = told_by(made)
    return {weighed.finding.code for number, weighed in enumerate(made) if number not in told}


def test_alone_every_finding_is_shown() -> None:
    for code in ("staging", "wrong", "insecure", "other"):
        assert _shown(_made(code, LINK)) == {code}


def test_findings_without_a_cause_are_all_shown() -> None:
    assert _shown(_made("staging"), _made("wrong")) == {"staging", "wrong"}


def test_things_that_are_not_the_same_are_all_shown() -> None:
    assert _shown(_made("staging", LINK), _made("wrong", OTHER)) == {"staging", "wrong"}


def test_codes_that_say_different_things_of_one_cause_are_both_shown() -> None:
    assert _shown(_made("staging", LINK), _made("other", LINK)) == {"staging", "other"}


def test_the_best_of_one_cause_is_shown_in_whatever_order_they_come() -> None:
    for order in permutations(("staging", "wrong", "insecure")):
        assert _shown(*(_made(code, LINK) for code in order)) == {"staging"}


def test_the_next_best_is_shown_where_the_best_was_not_made() -> None:
    assert _shown(_made("insecure", LINK), _made("wrong", LINK)) == {"wrong"}


def test_a_finding_with_a_cause_nobody_else_tells_is_shown() -> None:
    assert _shown(_made("staging", LINK), _made("wrong", LINK, OTHER)) == {"staging", "wrong"}


def test_several_findings_together_tell_one_of_several_causes() -> None:
    assert _shown(_made("staging", LINK), _made("staging", OTHER), _made("insecure", LINK, OTHER)) == {"staging"}


def test_what_a_person_decides_stands_for_nothing_that_holds() -> None:
    assert "wrong" in _shown(_made("staging", LINK, severity=None), _made("wrong", LINK))
    assert _shown(_made("staging", LINK, severity=None), _made("wrong", LINK, severity=None)) == {"staging"}


def test_what_is_certain_stands_for_what_a_person_was_to_decide() -> None:
    asked = _made("staging", LINK, severity=None)
    assert _shown(asked, _made("wrong", LINK)) == {"wrong"}
    assert _shown(asked, _made("wrong", LINK, waived=True)) == {"staging", "wrong"}
    assert _shown(asked, _made("other", LINK)) == {"staging", "other"}


def test_a_waiver_of_a_lighter_finding_covers_no_heavier_one() -> None:
    waived = _made("staging", LINK, severity=Severity.WARNING, waived=True)
    assert _shown(waived, _made("wrong", LINK)) == {"staging", "wrong"}
    assert _shown(waived, _made("wrong", LINK, severity=Severity.WARNING)) == {"staging"}
    # … not through one in the middle either, which is itself no more than a warning
    assert "insecure" not in _shown(
        waived, _made("wrong", LINK, severity=Severity.WARNING), _made("insecure", LINK, severity=Severity.INFO)
    )
    assert "insecure" in _shown(waived, _made("wrong", LINK, severity=Severity.WARNING), _made("insecure", LINK))


def test_the_table_names_codes_that_are_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    known = {code.name for check in all_checks().values() for code in check.codes}
    table = precedence.precedence()
    assert set(table) | {code for codes in table.values() for code in codes} <= known
