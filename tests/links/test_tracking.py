"""Tracking parameters that analytics cannot read."""

from __future__ import annotations

import pytest

from qa.links.tracking import lost, unreadable

A = "https://a.example/x"


@pytest.mark.parametrize(
    ("href", "fault"),
    [
        (f"{A}?utm_source=news&utm_medium=email", ""),
        (f"{A}?id=4?utm_source=news", "second “?”"),
        (f"{A}?utm_source=news?utm_medium=email", "second “?”"),
        (f"{A}?q=what?", ""),
        (f"{A}?utm_source=news&amp;utm_medium=email", "“&amp;”"),
        (f"{A}%3Futm_source=news", "encoded"),
        (f"{A}?q=a%3Fb&utm_source=news", ""),
        (f"{A}?utm_source=news%26utm_medium=email", "encoded"),
        (f"{A}#top?utm_source=news", "behind the “#”"),
        (f"{A}&utm_source=news", "instead of a “?”"),
        (f"{A}?utm_source=&utm_medium=email", "empty"),
        (f"{A}?utm_source=a&utm_source=b", "there twice"),
        (f"{A}?u=https://b.example/?utm_source=news", ""),
    ],
)
def test_what_analytics_cannot_read(href: str, fault: str) -> None:
    assert (fault in lost(href)) if fault else not lost(href)


@pytest.mark.parametrize("part", ["?", "#utm_", "utm_", "&amp;utm_a=", "%3F", "?utm_source=x"])
def test_an_address_without_end_is_read_once(part: str) -> None:
    href = f"{A}?{part * 40_000}#{part * 40_000}"
    assert isinstance(lost(href), str) and isinstance(unreadable(href), str)
