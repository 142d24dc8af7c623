"""Which prices, percentages and promo codes does a text hold?"""

from __future__ import annotations

from decimal import Decimal

import pytest

from qa.text.moments.dates import flat
from qa.text.money import Percentage, Price, PromoCode, amount, percentages, prices, promo_codes


def _prices(text: str, language: str = "") -> list[Price]:
    return [price for _, _, price in prices(flat(text), language)]


def _codes(text: str) -> list[PromoCode]:
    return [code for _, _, code in promo_codes(text)]


@pytest.mark.parametrize("written", ["1,299", "1.299", "1 299", "1'299", "1,299.00", "1.299,00"])
def test_one_amount_in_many_ways(written: str) -> None:
    assert amount(written) == Decimal(1299)


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("€49", Price(Decimal(49), "EUR")),
        ("49\u00a0€", Price(Decimal(49), "EUR")),
        ("49,00 Euro", Price(Decimal(49), "EUR")),
        ("EUR 49.00", Price(Decimal(49), "EUR")),
        ("£1,299", Price(Decimal(1299), "GBP")),
        ("$12.50", Price(Decimal("12.5"), "$")),
        ("US$ 12.50", Price(Decimal("12.5"), "USD")),
        ("CHF 49.-", Price(Decimal(49), "CHF")),
        ("49,- €", Price(Decimal(49), "EUR")),
        ("499 kr", Price(Decimal(499), "KR")),
        ("99 zł", Price(Decimal(99), "PLN")),
    ],
)
def test_one_price(text: str, price: Price) -> None:
    assert _prices(text) == [price]


def test_two_prices_side_by_side_share_no_sign() -> None:
    assert [price.amount for price in _prices("49€ 59€")] == [49, 59]
    assert [price.amount for price in _prices("€49 €59")] == [49, 59]


@pytest.mark.parametrize("text", ["$5 million", "try 2 of them", "6 ft tall", "€", "chapter 12", "€5bn"])
def test_what_is_no_price(text: str) -> None:
    assert _prices(text) == []


def test_a_unit_that_is_a_currency_at_home() -> None:
    assert _prices("4990 Ft", "hu") == [Price(Decimal(4990), "HUF")]


@pytest.mark.parametrize("text", ["20%", "20 %", "20\u00a0%", "20 percent", "20 Prozent", "%20", "20 pour cent"])
def test_one_percentage(text: str) -> None:
    assert [found for _, _, found in percentages(flat(text))] == [Percentage(Decimal(20))]


def test_percentages_with_decimals_and_none() -> None:
    assert [found.amount for _, _, found in percentages("12,5 % and 2.5%")] == [Decimal("12.5"), Decimal("2.5")]
    assert list(percentages("XX% and a%20b")) == []


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Use code SPRING26 now", [PromoCode("SPRING26", labelled=True)]),
        ("Gutscheincode: „HERBST“", [PromoCode("HERBST", labelled=True)]),
        ("avec le code ÉTÉ et code promo PRIX10", [PromoCode("PRIX10", labelled=True)]),
        ("SPRING26 at the till", [PromoCode("SPRING26")]),
        ("USE CODE BELOW", []),
        ("Your code is 1234 and VAT no. DE-123", []),
    ],
)
def test_promo_codes(text: str, codes: list[PromoCode]) -> None:
    assert _codes(text) == codes


def test_codes_are_alike_in_any_case() -> None:
    assert PromoCode("Spring26").same(PromoCode("SPRING26", labelled=True))


@pytest.mark.parametrize("text", ["€1", "111 ", "A1", "code A1B2 ", "%"])
def test_hostile_text_is_read_in_the_end(text: str) -> None:
    many = text * 20_000
    assert sum(1 for _ in prices(many)) + sum(1 for _ in percentages(many)) + sum(1 for _ in promo_codes(many)) >= 0
