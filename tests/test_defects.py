"""Every planted defect is found once and by the right code; nothing else and no harmless edit changes anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.check import registry
from qa.profile.codes import WAIVER_CODES
from qa.run.needs import is_of_request
from tests.defects import Case, Edit, bases, harmless, name, not_planted, planted
from tests.docs import MEASURED, README, readme_measured
from tests.measured import in_short, page
from tests.planting import FOUND, Answer, answered, examine_bases, plant

PLANTED, HARMLESS = planted(), harmless()


def _must_be_found(answer: Answer) -> None:
    assert answer.outcome == FOUND, "\n".join([answer.outcome, *answer.got, *answer.noise])


@pytest.mark.parametrize("case", [case for case in PLANTED if not case.render], ids=name)
def test_a_planted_defect_is_found_once_and_nothing_else(case: Case) -> None:
    _must_be_found(answered(render=False)[case.name])


@pytest.mark.parametrize("case", HARMLESS, ids=name)
def test_a_harmless_edit_changes_nothing(case: Case) -> None:
    _must_be_found(answered(render=False)[case.name])


def test_what_only_a_browser_sees_is_found_once(browser: None) -> None:
    for answer in answered(render=True).values():
        _must_be_found(answer)


def test_what_was_measured_is_current(browser: None) -> None:
    known = {**answered(render=False), **answered(render=True)}
    defects, edits = ([known[case.name] for case in cases] for cases in (PLANTED, HARMLESS))
    assert MEASURED.read_text("utf-8") == page(defects, edits), "run: python -m tests.docs"
    text = README.read_text("utf-8")
    assert text == readme_measured(text, in_short(defects, edits)), "run: python -m tests.docs"


def test_nothing_is_found_in_a_base() -> None:
    found = {base: [*map(str, said.said), *said.broken] for base, said in examine_bases().items()}
    assert found == {base: [] for base in bases()}


def test_every_code_is_planted_or_it_says_why_not() -> None:
    known = registry()
    of_build = [each for each in known.checks.values() if not is_of_request(each, known)]  # only builds are planted
    codes = {code.name for check in of_build for code in check.codes} | set(WAIVER_CODES)
    there = {case.expect.code for case in PLANTED if case.expect}
    assert there <= codes
    assert codes - there == set(not_planted()), "plant it in fixtures/defects, or say why not in not-planted.yaml"


def test_the_corpus_is_large_enough_to_say_something() -> None:
    assert len(PLANTED) >= 150
    assert len({case.kind for case in PLANTED}) >= 45
    assert len(HARMLESS) >= 60
    assert len(bases()) >= 6


def test_an_edit_is_made_and_an_edit_that_changes_nothing_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "invite.html"
    file.write_text("<p>one</p>\n<p>two</p>\n<p>two</p>\n")
    assert plant(tmp_path, Edit("invite.html", find="one", replace="1")) == (1, 1)
    assert plant(tmp_path, Edit("invite.html", find="two", replace="2", nth=2)) == (3, 3)
    assert plant(tmp_path, Edit("invite.html", find=r"<p>(\d)</p>\n<p>two", regex=True, replace=r"\1\n")) == (1, 2)
    assert file.read_text() == "1\n</p>\n<p>2</p>\n"
    for nothing in (Edit("invite.html", find="three"), Edit("invite.html", find="2", replace="2")):
        with pytest.raises(AssertionError):
            plant(tmp_path, nothing)


def test_an_edit_must_say_which_of_two(tmp_path: Path) -> None:
    (tmp_path / "invite.html").write_text("two two")
    with pytest.raises(AssertionError, match="2 times"):
        plant(tmp_path, Edit("invite.html", find="two", replace="2"))
