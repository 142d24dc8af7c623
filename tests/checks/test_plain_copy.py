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
    assert answer.codes == ["changed-text-fact"]
    assert "“49” became “29”" in answer.findings[0].message
    assert answer.findings[0].where is not None and answer.findings[0].where.line == 2


def test_text_may_leave_something_out() -> None:
    assert _text("Move faster in spring\nTickets cost 49 euros until May.").codes == []


def test_text_of_another_email() -> None:
    assert _text("Happy Easter to you all!\nThe bunny is on its way.").codes == ["another-text"]


def test_no_text_part() -> None:
    assert _text(None).outcome is Outcome.SKIPPED


def test_text_in_other_words() -> None:
    answer = _text("Move faster in spring\nTickets cost just 49 euros until May.\nDoors open at nine.\nSee you there.")
    assert answer.codes == ["changed-text-copy"]


def test_a_sentence_that_goes_on_behind_a_figure_has_no_other_figure() -> None:
    answer = _text("Move faster in spring\nDoors open at nine.\nSee you there.\nTickets cost 49 euros until May")
    assert "changed-text-fact" not in answer.codes
    answer = run_check(
        "plain-text-copy",
        email={"copy": ["Tickets are sold until 19 May 2031."]},
        build=HTML,
        plain="Tickets are sold until 19 May 2031 or while there are any.",
    )
    assert "changed-text-fact" not in answer.codes


def test_the_place_is_that_of_the_whole_passage() -> None:
    answer = run_check(
        "plain-text-copy",
        email={"copy": ["Draußen regnet es, drinnen kostet es 20 Euro."]},
        build=HTML,
        plain="Draußen regnet es immer.\n\nDraußen regnet es, drinnen kostet es 29 Euro.",
    )
    assert answer.codes == ["changed-text-fact"]
    assert answer.findings[0].where is not None and answer.findings[0].where.line == 3


def test_copy_is_quoted_in_its_own_case() -> None:
    answer = run_check(
        "plain-text-copy",
        email={"copy": ["# Meet Dora Finch in Leeds on 24 March"]},
        build=HTML,
        plain="MEET DORA FINCH IN LEEDS ON 26 MARCH\n\nSee you there, or in York.",
    )
    (finding,) = answer.findings
    assert "“Meet Dora Finch in Leeds on 24 March” otherwise: “24” became “26”" in finding.message
    assert finding.actual == "MEET DORA FINCH IN LEEDS ON 26 MARCH"
    answer = run_check(
        "plain-text-copy",
        email={"copy": ["Meet Dora Finch in Leeds on Tuesday"]},
        build=HTML,
        plain="Meet Dora Finch in York on Tuesday\n\nSee you there, all of you.",
    )
    assert "“Leeds” became “York”" in answer.findings[0].message


RIDGEBACK, TENT = "Ridgeback 38 $80 members $64", "Zelt: 120 € (Mitglieder 96 €)"
TERMS = "Read the terms and the notice before Friday."


@pytest.mark.parametrize(
    ("copy", "plain"),
    [
        (RIDGEBACK, "Ridgeback 38: $80, members $64"),
        (RIDGEBACK, "- RIDGEBACK 38 - $80 (members $64)"),
        (RIDGEBACK, "| Ridgeback 38 | $80 | Members $64 |"),
        (TENT, "Zelt, 120 €; Mitglieder: 96 €"),
        (TERMS, "Read the terms (https://acme.example/t) and the notice [https://acme.example/n] before Friday."),
        (TERMS, "Read the terms: https://acme.example/t and the notice <https://acme.example/n> before Friday."),
        (
            TERMS,
            "Read the terms [1] and the notice [2] before Friday.\n[1] https://a.example/t\n[2]: https://a.example/n",
        ),
    ],
)
def test_a_row_of_a_table_and_a_link_are_written_otherwise_in_text(copy: str, plain: str) -> None:
    answer = run_check("plain-text-copy", email={"copy": [copy]}, build=HTML, plain=f"{plain}\nDoors open at nine.")
    assert answer.codes == []


@pytest.mark.parametrize(
    ("copy", "plain"),
    [
        (RIDGEBACK, "Ridgeback 38: $80, members $46"),
        (TENT, "Zelt, 120 €; Mitglieder: -96 €"),
        (TERMS, "Read the terms (https://acme.example/t) and the notice 2 [https://acme.example/n] before Friday."),
    ],
)
def test_another_figure_is_found_there_too(copy: str, plain: str) -> None:
    answer = run_check("plain-text-copy", email={"copy": [copy]}, build=HTML, plain=f"{plain}\nDoors open at nine.")
    assert answer.codes == ["changed-text-fact"]
