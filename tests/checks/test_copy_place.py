"""Approved copy stands alone, once, and in order."""

from __future__ import annotations

from typing import Any

import pytest

from qa.finding import Outcome
from qa.testing import Answer, run_check
from tests.told import codes

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


@pytest.mark.parametrize(
    "built",
    [
        "<td>Refunds are possible<br>Free parking</td>",
        "<td>SPRING&nbsp;2027<br />\n<b>Refunds are possible</b></td>",
        "<td>Refunds are possible <a href='https://a.example'>Read how</a></td>",
        "<td>Ärzte &amp; Helfer<br>Refunds are possible<br/><span>Mo&ndash;Fr 9 Uhr</span></td>",
        "<td>Refunds are possible. Doors open at nine.</td>",
    ],
)
def test_a_line_or_a_link_beside_it_is_a_note(built: str) -> None:
    answer = _place(built, "Refunds are possible." if "possible." in built else "Refunds are possible")
    assert answer.codes == ["added-copy"]
    assert " beside the approved copy" in answer.findings[0].message


@pytest.mark.parametrize(
    "built",
    [
        "<td>Refunds are possible <b>on Mondays</b><br>Free parking</td>",
        "<td>Usually<!-- x --> refunds are possible</td>".replace("refunds", "Refunds"),
        "<td>Free parking<br>Most Refunds are possible</td>",
    ],
)
def test_a_line_that_grew_was_added_to(built: str) -> None:
    assert _place(built, "Refunds are possible").codes == ["extended-copy"]


def test_changed_copy_in_another_order_is_told_once() -> None:
    blocks = ["Doors open at nine in the morning.", "Doors close at five in the evening."]
    build = "<p>Doors close at six in the evening.</p><p>Doors open at nine in the morning.</p>"
    written: dict[str, Any] = {"email": {"copy": blocks}, "build": build}
    assert _place(build, *blocks).codes == ["moved-copy"]
    assert codes("copy", "copy-place", **written) == ["changed-copy"]
    assert codes("copy", "copy-place", off=("changed-copy",), **written) == ["moved-copy"]


def test_copy_that_was_moved_beside_another_that_was_changed() -> None:
    blocks = ["Doors open at nine in the morning.", "Doors close at five in the evening.", "Parking is free of charge."]
    build = f"<p>{blocks[1]}</p><p>{blocks[0]}</p><p>Parking is free of taxes.</p>"
    assert codes("copy", "copy-place", email={"copy": blocks}, build=build) == ["changed-copy", "moved-copy"]


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
