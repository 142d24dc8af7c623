"""A check says all it sees: alone it finds each planted defect, and a code switched off hides no other check's error."""

from __future__ import annotations

import pytest

from tests.defects import Case, name, planted
from tests.planting import FOUND, HELD, NOBODY_ELSE, answered

QUICK = [case for case in planted() if not case.render]


@pytest.mark.parametrize("case", QUICK, ids=name)
def test_its_own_check_alone_finds_a_defect(case: Case) -> None:
    assert answered(render=False)[case.name].alone == FOUND


@pytest.mark.parametrize("case", QUICK, ids=name)
def test_with_its_code_off_an_error_another_check_made_still_holds(case: Case) -> None:
    assert answered(render=False)[case.name].switched_off in (HELD, NOBODY_ELSE)


def test_what_only_a_browser_sees_is_found_alone_and_hides_nothing(browser: None) -> None:
    for answer in answered(render=True).values():
        assert answer.alone == FOUND, answer.case.name
        assert answer.switched_off in (HELD, NOBODY_ELSE), answer.case.name


def test_errors_that_two_checks_see_are_among_the_planted() -> None:
    seen = [answered(render=False)[case.name].switched_off for case in QUICK]
    assert HELD in seen
