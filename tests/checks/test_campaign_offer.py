"""One price for one thing over all emails and pages, and every fact of the offer somewhere."""

from __future__ import annotations

from typing import Any

import pytest

from qa.finding import Outcome
from qa.testing import run_check

TILE = "<h3>{}</h3><p>Carries three days.</p><p><s>$128</s> {}</p>"


def _campaign(email: str, page: str, **offer: str) -> Any:
    emails = [{"name": "sale", "build": "build/sale.html", "copy": ["Hello"]}]
    pages = [{"name": "page", "build": "build/page.html"}]
    files = {"build/sale.html": f"<p>Hello</p>{email}", "build/page.html": page}
    return run_check("campaign-offer", campaign={"offer": offer, "emails": emails, "pages": pages}, files=files)


TWO = TILE.format("Pack", "$96") + TILE.format("Tent", "$255")


@pytest.mark.parametrize(
    "page",
    [
        TWO,
        TILE.format("Pack", "$96.00"),
        TILE.format("Boots", "$99"),
        "<p>Packs from $99</p>",
        "<table><tr><th>Pack</th><td>$96</td></tr></table>",
        "<h3>Pack</h3><p>$12 a month</p>",
    ],
)
def test_assets_that_agree(page: str) -> None:
    assert _campaign(TWO, page).codes == []


@pytest.mark.parametrize(
    "page",
    [
        TILE.format("Pack", "$99"),
        TWO.replace("$255", "$265"),
        "<table><tr><th>Pack</th><td>$99</td></tr><tr><th>Tent</th><td>$255</td></tr></table>",
    ],
)
def test_a_thing_with_two_prices(page: str) -> None:
    answer = _campaign(TWO, page)
    assert answer.codes == ["diverging-price"]
    assert "build/page.html" in answer.findings[0].message


def test_a_fact_that_nobody_is_told() -> None:
    assert _campaign("", "<p>Hi</p>", promo_code="SPRING26").codes == ["unused-offer-fact"]
    assert _campaign("", "<p>Your code is SPRING26</p>", promo_code="SPRING26").codes == []
    assert _campaign("", "<p>At 14:00</p>", event_time="14:00").codes == []


def test_one_email_without_an_offer_has_nothing_to_agree_with() -> None:
    assert run_check("campaign-offer", build="<p>$49</p>").outcome is Outcome.SKIPPED
