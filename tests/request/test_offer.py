"""The facts of an offer, by their keys and what they look like."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.request import load_request
from qa.request.offer import facts_of


@pytest.mark.parametrize(
    ("key", "value", "kinds"),
    [
        ("promo_code", "SPRING26", ["code"]),
        ("promo_code", "EUR50", ["code"]),
        ("code", "10%OFF", ["code"]),
        ("discount_code", "FROST-20€", ["code"]),
        ("gutscheincode", "$10OFF", ["code"]),
        ("coupon", "SPRING26 (20% off)", ["code"]),
        ("code_black_friday", "BLACK26", ["code"]),
        ("codice", "NEVE10", ["code"]),
        ("código_de_descuento", "NIEVE15", ["code"]),
        ("kod_rabatowy", "ZIMA20", ["code"]),
        ("cupom", "VERAO30", ["code"]),
        ("rabattkod", "VINTER10", ["code"]),
        ("ordine_minimo_codice", "90 €", ["price"]),
        ("kod_do", "2027-01-14", ["date"]),
        ("code_until", "31 January 2027", ["date"]),
        ("price_with_code", "$125.80", ["price"]),
        ("preis_mit_gutschein", "49 €", ["price"]),
        ("discount with coupon", "15 %", ["percentage"]),
        ("voucher_value", "€20", ["price"]),
        ("price", "49", ["price"]),
        ("prezzo_pieno", "249,00", ["price"]),
        ("precio", "1299", ["price"]),
        ("sconto", "20", ["percentage"]),
        ("korting", "15", ["percentage"]),
        ("venue", "Town hall", ["words"]),
    ],
)
def test_what_a_fact_is(tmp_path: Path, key: str, value: str, kinds: list[str]) -> None:
    (tmp_path / "request.yaml").write_text(
        f'id: A\nname: B\nemails: [{{name: invite, build: a.html}}]\noffer: {{"{key}": "{value}"}}\n', "utf-8"
    )
    assert [fact.kind for fact in facts_of(load_request(tmp_path), "en")] == kinds
