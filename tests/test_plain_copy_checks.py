"""The plain-text part against the approved copy."""

from __future__ import annotations

import pytest

from qa.finding import Outcome
from qa.testing import Answer, run_check

COPY = ["# Move faster in spring", "Tickets cost 49 euros until May.", "Doors open at nine.", "See you there."]
HTML = "<p>Move faster in spring</p>"


def _text(plain: str | None) -> Answer:
    return run_check("plain-text-copy", email={"copy": COPY}, build=HTML, plain=plain)


@pytest.mark.parametrize(
    "plain",
    [
        "Move faster in spring\n\nTickets cost 49 euros\nuntil May.\n\nDoors open at nine.\nSee you there.",
        "MOVE FASTER IN SPRING\n=====================\n\n* Tickets cost 49 euros until May.\n* Doors open at nine.\n--\nSee you there.",
    ],
    ids=["wrapped", "marked up"],
)
def test_text_that_says_it_all(plain: str) -> None:
    assert _text(plain).outcome is Outcome.PASSED


def test_text_with_an_old_price() -> None:
    answer = _text("Move faster in spring\nTickets cost 29 euros until May.\nDoors open at nine.\nSee you there.")
    assert answer.codes == ["changed-text-copy"]
    assert "“49” became “29”" in answer.findings[0].message
    assert answer.findings[0].where is not None and answer.findings[0].where.line == 2


def test_text_may_leave_something_out() -> None:
    assert _text("Move faster in spring\nTickets cost 49 euros until May.").codes == []


def test_text_of_another_email() -> None:
    assert _text("Happy Easter to you all!\nThe bunny is on its way.").codes == ["another-text"]


def test_no_text_part() -> None:
    assert _text(None).outcome is Outcome.SKIPPED
