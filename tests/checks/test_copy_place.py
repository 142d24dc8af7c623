"""Approved copy stands alone, once, and in order."""

from __future__ import annotations

from typing import Any

import pytest

from qa.finding import Outcome
from qa.testing import Answer, run_check

OPEN, CLOSE = "Doors open at nine in the morning.", "Doors close at five."


def _place(build: str, *blocks: str, **email: Any) -> Answer:
    return run_check("copy-place", email={"copy": list(blocks or (OPEN, CLOSE)), **email}, build=build)


@pytest.mark.parametrize(
    "build",
    [
        f"<p>{OPEN}</p><p>{CLOSE}</p>",
        f"<td>{OPEN}<br>{CLOSE}</td>",
        f"<p>{{{{lead.First Name:default=Hi}}}}, {OPEN}</p><p>{CLOSE} *</p>",
        f"<p>{OPEN}</p><p>{CLOSE} <a href='https://a.example'>Book</a></p>",
        f"<table><tr><td>{OPEN}</td><td>{CLOSE}</td></tr></table><p>Something else altogether</p>",
    ],
    ids=["as asked", "one block", "greeting and asterisk", "with its link", "side by side"],
)
def test_copy_in_its_place(build: str) -> None:
    links = [{"text": "Book", "url": "https://a.example"}]
    assert _place(build, links=links).outcome is Outcome.PASSED


@pytest.mark.parametrize(
    ("asked", "built"),
    [
        ("Refunds are possible", "Refunds are possible only on Mondays"),
        ("refunds are possible.", "Usually refunds are possible."),
    ],
)
def test_a_sentence_that_was_added_to(asked: str, built: str) -> None:
    answer = _place(f"<p>{built}</p>", asked)
    assert answer.codes == ["extended-copy"]


def test_a_sentence_beside_it_is_a_note() -> None:
    answer = _place(f"<p>{OPEN} Not on Sundays.</p><p>{CLOSE}</p>")
    assert answer.codes == ["added-copy"]
    assert "Not on Sundays" in answer.findings[0].message


def test_copy_pasted_twice() -> None:
    assert _place(f"<p>{OPEN}</p><p>{CLOSE}</p><p>{OPEN}</p>").codes == ["repeated-copy"]
    assert _place(f"<p>{OPEN}</p><p>{CLOSE}</p><p>{OPEN}</p>", OPEN, CLOSE, OPEN).codes == []


def test_copy_in_another_order() -> None:
    assert _place(f"<p>{CLOSE}</p><p>{OPEN}</p>").codes == ["moved-copy"]


def test_words_inside_longer_words_and_numbers_are_not_the_copy() -> None:
    build = "<p>Tickets cost €50</p><p>130 days free</p>"
    answer = run_check("copy", email={"copy": ["Tickets cost €5", "30 days free"]}, build=build)
    assert answer.codes == ["changed-copy", "changed-copy"]


def test_a_block_asked_for_twice_must_be_there_twice() -> None:
    answer = run_check(
        "copy",
        email={"copy": ["Register now", "Hello there", "Register now"]},
        build="<p>Register now</p><p>Hello there</p>",
    )
    assert answer.codes == ["missing-copy"]


def test_a_block_that_begins_a_longer_one_is_not_there_twice() -> None:
    short = "Join us for the spring webinar"
    assert _place(f"<p>{short}</p><p>{short} on Tuesday</p>", short, f"{short} on Tuesday").codes == []
