"""The same text to a reader: what is folded, and what makes no difference."""

from __future__ import annotations

import pytest

from qa.text.wording import alike, folded


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        (" a\n\tb ", "a b"),
        ("a\0b\0ä", "abä"),
        ("a\u00a0\u2007b\u200b\ufeff\u00adc \u200c\u200c d\u2800e", "a bc d e"),
        ("Jose\u0301", "José"),
        ("“Hi” – … ", "“Hi” – …"),
        ("👩\u200d💻 \u200d", "👩\u200d💻"),
        ("می\u200cخواهم", "می\u200cخواهم"),
    ],
)
def test_text_as_a_reader_sees_it(text: str, seen: str) -> None:
    assert folded(text) == seen
    assert folded(seen) == seen


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“Hi” – don’t wait…", '"Hi" - don\'t wait...'),
        ("می\u200cخواهم", "میخواهم"),
        ("👩\u200d💻", "👩💻"),
        ("10\u202f€", "10 €"),
    ],
)
def test_what_makes_no_difference(one: str, other: str) -> None:
    assert alike(one) == alike(other)


def test_case_makes_a_difference() -> None:
    assert alike("March") != alike("march")
