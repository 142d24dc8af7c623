"""Phrases that messages are made of."""

from __future__ import annotations

import pytest

from qa.text.phrases import listed


@pytest.mark.parametrize(
    ("items", "said"),
    [
        ("", ""),
        ("a", "a"),
        ("ab", "a and b"),
        ("aba", "a and b"),
        ("abc", "a, b and c"),
        ("abcd", "a, b, c and d"),
        ("abcde", "a, b, c and 2 more"),
        ("abcdefghi", "a, b, c and 6 more"),
    ],
)
def test_a_list_in_a_sentence(items: str, said: str) -> None:
    assert listed(items, most=3) == said
