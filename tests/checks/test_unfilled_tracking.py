"""Values of tracking parameters that stand in templates, and values of campaigns that look like them."""

from __future__ import annotations

import pytest

from qa.testing import run_check
from tests.told import codes


def _build(query: str) -> str:
    return f'<a href="https://acme.example/book?{query}">Book</a>'


@pytest.mark.parametrize(
    "value",
    [
        "spring",
        "todo-list-app",
        "xx-large",
        "name-day",
        "source-of-life",
        "campaign-2027",
        "content",
        "your-health",
        "tbd-festival",
        "x" * 40,
    ],
)
def test_values_of_campaigns(value: str) -> None:
    assert run_check("unfilled-tracking", build=_build(f"utm_campaign={value}"), email={}).codes == []


@pytest.mark.parametrize(
    "query",
    ["utm_campaign=TBD", "utm_source=XXX", "utm_campaign=campaign_name", "utm_content=%5BTODO%5D", "utm_campaign=nombre_de_la_campana",
     "utm_medium=insert-medium", "utm_campaign=Kampagnenname", "utm_term=changeme"],
)  # fmt: skip
def test_values_of_templates(query: str) -> None:
    assert run_check("unfilled-tracking", build=_build(query), email={}).codes == ["unfilled-tracking"]


def test_what_the_request_gives_is_no_slip_of_the_build() -> None:
    tracked = {"tracking": {"utm": {"source": "news", "campaign": "TBD"}}}
    build = _build("utm_source=news&amp;utm_campaign=TBD")
    assert run_check("unfilled-tracking", build=build, email={}, campaign=tracked).codes == []


def test_a_value_that_differs_from_the_request_is_told_once() -> None:
    parts = {
        "build": _build("utm_source=news&amp;utm_campaign=TBD"),
        "email": {"links": [{"text": "Book", "url": "https://acme.example/book"}]},
        "campaign": {"tracking": {"utm": {"source": "news", "campaign": "spring"}}},
    }
    assert codes("tracking", "unfilled-tracking", "leftover-campaigns", **parts) == ["wrong-tracking"]
