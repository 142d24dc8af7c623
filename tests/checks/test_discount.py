"""Old price, new price and what is saved."""

import pytest

from qa.testing import run_check
from tests.told import codes


@pytest.mark.parametrize(
    "build",
    [
        "Now €60 instead of €80. You save 25%.",
        "Jetzt 59,99 € statt 79,99 €, Sie sparen 25 %.",  # rounded
        "<s>$128</s> $96, 25% off",
        "Was £45, now £30: save £15",
        "49 € au lieu de 70 €, soit 30 % de remise",
        "Antes 120 €, ahora 90 €: ahorra 30 €",
        "Save up to 50%: now $60, was $80",
        "Save 20% on orders over $50. Now $60, was $80.",
        "Now $60, was $80. Now $30, was $50. Save 40%.",  # of which?
        "The price goes from €9 to €11: save 20% until then",
        "Save 20% today. Only $60.",
        "25% off with SPRING25",
    ],
)
def test_figures_that_fit(build: str) -> None:
    assert run_check("discounts", email={}, build=f"<p>{build}</p>").codes == []


@pytest.mark.parametrize(
    ("build", "wanted", "found"),
    [
        ("Now €60 instead of €80. You save 35%.", "25%", "35%"),
        ("Jetzt 59,99 € statt 79,99 €, Sie sparen 30 %.", "25%", "30 %"),
        ("<s>$128</s> $96, 35% off", "25%", "35%"),
        ("Was £45, now £30: save £25", "15", "£25"),
        ("49 € au lieu de 70 €, soit 20 % de remise", "30%", "20 %"),
        ("Antes 120 €, ahora 90 €: ahorra 40 €", "30", "40 €"),
        ("Nu 30 € in plaats van 50 €. Bespaar 50%.", "40%", "50%"),
    ],
)
def test_figures_that_contradict_each_other(build: str, wanted: str, found: str) -> None:
    (finding,) = run_check("discounts", email={}, build=f"<p>{build}</p>").findings
    assert (finding.code, finding.expected, finding.actual) == ("wrong-saving", wanted, found)


def test_what_the_text_part_repeats_is_told_once() -> None:
    answer = run_check(
        "discounts",
        email={},
        build="<p>Now €60 instead of €80. You save 35%.</p>",
        plain="Now €60 instead of €80. You save 35%.",
    )
    assert answer.codes == ["wrong-saving"]


def test_a_figure_that_the_offer_contradicts_is_told_once() -> None:
    built = {"email": {}, "build": "<p>Now €60 instead of €80. You save 35%.</p>"}
    asked = {"offer": {"discount": "25%", "price": "€60"}}
    assert codes("discounts", "offer-facts", campaign=asked, **built) == ["wrong-percentage"]
