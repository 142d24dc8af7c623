"""What a build says to machines: can it be read, and does it hold when it is sent?"""

from __future__ import annotations

import json
from typing import Any

import pytest

from qa.finding import Outcome
from qa.testing import run_check

SEND = {"send": {"at": "2027-03-02T09:00", "timezone": "Europe/London"}}


def _said(data: Any, **more: Any) -> list[str]:
    content = data if isinstance(data, str) else json.dumps(data)
    build = f'<script type="application/ld+json">{content}</script><p>Hello</p>'
    return run_check("structured-data", campaign=SEND, build=build, **more).codes


@pytest.mark.parametrize(
    "data",
    [
        {"@type": "DiscountOffer", "availabilityStarts": "2027-03-01", "availabilityEnds": "2027-03-31T23:59:59+01:00"},
        {"@type": "PromotionCard", "image": "https://acme.example/a.png"},
        [
            {"@type": "Organization", "logo": "https://acme.example/a.png"},
            {"@type": "EmailMessage", "subjectLine": "Hi"},
        ],
        '{"@type": "Offer", "price": {{my.Price}}}',
    ],
)
def test_data_that_holds(data: Any) -> None:
    assert _said(data) == []


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({"@type": "DiscountOffer", "availabilityEnds": "2026-03-31"}, "expired-annotation"),
        ({"@graph": [{"@type": "Event", "startDate": "2027-03-16", "endDate": "2027-03-15"}]}, "crossed-annotation"),
        ({"@type": "PromotionCard", "image": "images/a.png"}, "unusable-annotation-picture"),
        ({"@type": "Organization", "logo": "http://acme.example/a.png"}, "unusable-annotation-picture"),
        ('{"@type": "Offer", "price": 49,}', "unreadable-structured-data"),
    ],
)
def test_data_that_does_not(data: Any, code: str) -> None:
    assert _said(data) == [code]


def test_the_line_of_a_value_is_told() -> None:
    build = '<script type="application/ld+json">\n{"@type": "Offer",\n "validThrough": "2026-01-31"}\n</script>'
    (finding,) = run_check("structured-data", campaign=SEND, build=build).findings
    assert finding.where is not None and finding.where.line == 3


def test_microdata_is_read_too() -> None:
    build = '<div itemscope itemtype="https://schema.org/DiscountOffer"><meta itemprop="availabilityEnds" content="2026-01-31"></div>'
    assert run_check("structured-data", campaign=SEND, build=build).codes == ["expired-annotation"]


def test_a_page_may_have_its_pictures_anywhere() -> None:
    assert _said({"@type": "Product", "image": "/a.png"}, page={"name": "page"}) == []


def test_without_any_there_is_nothing_to_look_at() -> None:
    assert run_check("structured-data", build="<p>Hello</p>").outcome is Outcome.SKIPPED
