"""Do the checks of the offer find what contradicts it, and nothing else?"""

from __future__ import annotations

from typing import Any

import pytest

from qa.finding import Outcome
from qa.testing import run_check
from tests.told import campaign_told

OFFER = {"event_date": "2026-03-24", "price": "€49", "discount": "20 %", "promo_code": "SPRING26"}


def _facts(build: str, offer: dict[str, str] | None = None, **more: Any) -> list[str]:
    campaign = {"offer": offer or OFFER, "language": "en-GB", **more.pop("campaign", {})}
    return run_check("offer-facts", build=build, campaign=campaign, **more).codes


@pytest.mark.parametrize(
    "build",
    [
        "<p>24 March, €49, 20% off with the code SPRING26</p>",
        "<p>Tuesday, 24/03/2026: 49.00 EUR instead of €99, 20 % off. Code: spring26</p>",
        "<p>On 24 March 2026 for 49 €: 20 percent off. Use code SPRING26. Early birds until 10 March save €10.</p>",
    ],
)
def test_facts_as_they_were_asked_for(build: str) -> None:
    assert _facts(build) == []


@pytest.mark.parametrize(
    ("offer", "build", "code"),
    [
        ({"event_date": "2026-03-24"}, "<p>Join us on 26 March.</p>", "wrong-date"),
        ({"event_date": "2026-03-24"}, "<p>On 24 March.</p><p>Again: 24 March 2025</p>", "wrong-date"),
        ({"event_date": "2026-03-24"}, "<p>Join us on 24 March.</p><p>Date: 26 March</p>", "wrong-date"),
        ({"event_date": "2026-03-24"}, "<p>Join us on 24 March.</p><p>Thu 26 March</p>", "wrong-date"),
        ({"price": "€49"}, "<p>Now only €59.</p>", "wrong-price"),
        ({"price": "49"}, "<p>Now only 59 €.</p>", "wrong-price"),
        ({"discount": "20 %"}, "<p>Take 25% off.</p>", "wrong-percentage"),
        ({"promo_code": "SPRING26"}, "<p>Your code is SPRING26. Use code SPRING25.</p>", "wrong-promo-code"),
        ({"promo_code": "SPRING26"}, "<p>Use code WELCOME.</p>", "wrong-promo-code"),
        ({"codice": "NEVE10"}, "<p>Extra 10% con il codice NEVE15</p><p>Usa il codice NEVE10</p>", "wrong-promo-code"),
        ({"price": "€49"}, "<p>Hello.</p>", "missing-offer-fact"),
        ({"venue": "Town hall"}, "<p>Join us at the museum.</p>", "missing-offer-fact"),
    ],
)
def test_facts_that_are_wrong_or_missing(offer: dict[str, str], build: str, code: str) -> None:
    assert _facts(build, offer) == [code]


@pytest.mark.parametrize(
    ("offer", "build"),
    [
        ({"venue": "Granary Hall, Minneapolis"}, "<p>24 March<br>Granary Hall, Minneapolis</p><p>Save my seat</p>"),
        ({"venue": "Museum für Technik"}, "<p>Wo</p><p>Museum für Technik</p><p>Wann</p>"),
        ({"price": "$148", "price_with_code": "$125.80"}, "<p>The coat: from $148 to $125.80 with FIRSTFROST.</p>"),
        ({"discount_with_code": "15 %", "promo_code": "FROST"}, "<p>15 % off with the code FROST.</p>"),
    ],
)
def test_facts_that_are_there(offer: dict[str, str], build: str) -> None:
    assert _facts(build, offer) == []


def test_a_wrong_fact_beside_the_right_one_in_another_part() -> None:
    build = '<p>Take 20% off all parasols.</p><img src="a.png" alt="25% off">'
    assert _facts(build, {"discount": "20 %"}) == ["wrong-percentage"]
    assert _facts(
        "<p>On 24 March, Ada speaks.</p>", {"event_date": "2026-03-24"}, plain="On 26 March, Ada speaks."
    ) == ["wrong-date"]


def test_a_fact_is_wrong_in_changed_copy_and_on_another_weekday_too() -> None:
    offer = {"event_date": "2026-03-24"}
    changed = {"copy": ["Join us on 24 March for forty minutes."]}
    assert _facts("<p>Join us on 26 March for forty minutes.</p>", offer, email=changed) == ["wrong-date"]
    as_asked = {"copy": ["Join us on 26 March for forty minutes."]}
    assert _facts("<p>Join us on 26 March for forty minutes.</p>", offer, email=as_asked) == ["wrong-date"]
    assert _facts("<p>Join us on Tuesday 26 March 2026.</p>", offer) == ["wrong-date"]
    assert _facts("<p>Something else.</p>", offer, email=changed) == ["missing-offer-fact"]
    assert _facts("<p>Something else.</p>", offer, email={"copy": ["Something else."]}) == []


@pytest.mark.parametrize(
    "build",
    [
        "<p>Tomorrow is the day.</p>",
        "<p>Join us on {{my.Event Date}}.</p>",
    ],
)
def test_a_date_that_is_said_otherwise_is_not_missing(build: str) -> None:
    assert _facts(build, {"event_date": "2026-03-24"}, campaign={"platform": "marketo"}) == []


def test_many_prices_are_a_newsletter() -> None:
    build = "<p>Chairs from €59, tables from €99, parasols from €49.</p>"
    assert _facts(build, {"price": "€49"}) == []


def test_without_an_offer_there_is_nothing_to_compare() -> None:
    answer = run_check("offer-facts", build="<p>€49</p>")
    assert (answer.outcome, answer.reason) == (Outcome.SKIPPED, "the request names no offer")


@pytest.mark.parametrize(
    ("subject", "build", "plain"),
    [
        ("20% off parasols", "<p>Take 20 % off parasols, 5% off deliveries.</p>", None),
        ("$10 off", "<p>Orders above $75.</p>", None),
        ("Join us on 24 March", "<p>Book by 10 March.</p>", None),
        ("Your order", '<div style="display:none">Arriving 18 March.</div><p>Order placed 14 March 2026</p>', None),
        ("14:00 GMT", "<p>15:00 CET</p>", None),
        ("Chairs", "<p>Only €49 now.</p>", "Only 49,00 EUR now."),
        ("Hello", "<p>100% wool, 20% off</p>", "100 % wool, 20 % off"),
        ("Hello", "<p>10% off from €50</p><p>20% off from €100</p>", None),
        (
            "Hello",
            '<p>Save 20% now</p><div style="display:none">x</div><div style="display:none">Save 20% now</div>',
            None,
        ),
        ("Hello", "<p>Chairs €59, tables €99</p>", "Chairs €59, tables €99, parasols €20"),
    ],
)
def test_parts_that_agree(subject: str, build: str, plain: str | None) -> None:
    assert run_check("offer-consistency", build=build, plain=plain, sidecar={"subject": subject}).codes == []


@pytest.mark.parametrize(
    ("subject", "build", "plain"),
    [
        ("20% off parasols", "<p>Take 25% off parasols.</p>", None),
        ("Hello", "<p>Only €49 now.</p>", "Only €59 now."),
        ("Hello", "<p>On 24 March and on 30 April, Ada speaks.</p>", "On 26 March and on 30 April, Ada speaks."),
        ("Today at 14:00 GMT", "<p>It starts at 15:00 GMT.</p>", None),
        ("Hello", '<p>Use code SPRING26.</p><img src="a.png" alt="Use code SPRING25">', None),
        (
            "Hi",
            '<p>Take 25% off all</p><div style="display:none">x</div><div style="display:none">Take 20% off all</div>',
            None,
        ),
        ("Hi", "<p>Every member pays €12 for the whole day.</p><p>Every member pays €14 for the whole day.</p>", None),
        (
            "Hi",
            "<p>£9 a month, now £11 a month or £95 a year</p><p>£11</p>",
            "£9 a month, now £12 a month or £95 a year. £11",
        ),
        ("Hello", "<p>From 10:00 to 10:40 GMT. 09:50: doors</p>", "From 11:00 to 11:40 GMT. 09:50: doors"),
    ],
)
def test_parts_that_do_not_agree(subject: str, build: str, plain: str | None) -> None:
    answer = run_check("offer-consistency", build=build, plain=plain, sidecar={"subject": subject})
    assert answer.codes == ["inconsistent-offer"]


SLIPS = [
    ("FIRSTBLOOM", "FIRSTBLOMO"),
    ("WILLKOMMEN", "WILKOMMEN"),
    ("BIENVENUE", "BIENVENNUE"),
    ("WELCOME-10", "WELCOM-10"),
]


@pytest.mark.parametrize(("code", "slip"), SLIPS)
@pytest.mark.parametrize(
    "build",
    [
        "<p>Take {code} with you.</p><h2>{slip}</h2>",
        "<p>Take {code} with you.</p><a href='https://acme.example/sale'>Save with {slip} now</a>",
        "<p>Take {code} with you.</p><img src=a.png alt='Only today: {slip}'>",
        "<p>Take {code} with you.</p><small>{slip} ends on Sunday.</small>",
    ],
)
def test_a_code_with_one_slip_beside_the_right_one(code: str, slip: str, build: str) -> None:
    assert _facts(build.format(code=code, slip=slip), {"promo_code": code}) == ["wrong-promo-code"]


def test_a_code_with_one_slip_in_the_text_part() -> None:
    assert _facts("<p>Take FIRSTBLOOM.</p>", {"promo_code": "FIRSTBLOOM"}, plain="Take FIRSTBOLOM.") == [
        "wrong-promo-code"
    ]


@pytest.mark.parametrize(
    ("code", "build"),
    [
        ("SUMMERS", "<p>Take SUMMERS.</p><h2>OUR SUMMER SALE</h2>"),
        ("FREUNDE", "<p>Mit FREUNDE.</p><h2>MIT FREUNDEN TEILEN</h2>"),
        ("SPRING", "<p>With SPRING.</p><h2>STRING QUARTET</h2>"),
        ("FIRSTBLOOM", "<p>With FIRSTBLOOM, or firstbloom.</p><a href='https://acme.example/FIRST-BLOOM'>Shop</a>"),
    ],
)
def test_another_word_in_capitals_is_no_slip_of_a_code(code: str, build: str) -> None:
    assert _facts(build, {"promo_code": code}) == []


def test_a_code_that_the_request_has_elsewhere_is_no_slip() -> None:
    email = {"links": [{"text": "Use FIRSTBLOOMX", "url": "https://acme.example"}]}
    build = "<p>FIRSTBLOOM-1, or FIRSTBLOOM-2</p>"
    assert _facts(build, {"promo_code": "FIRSTBLOOM-1", "second_code": "FIRSTBLOOM-2"}, email=email) == []


@pytest.mark.parametrize(
    ("offered", "terms"),
    [
        ("Take 20% off everything.", "Terms: 15% off until 3 May, online only."),
        ("20% off everything.", "The 15% discount cannot be combined with other offers."),
        ("Jetzt 20 % Rabatt auf alles.", "Der Rabatt von 15 % gilt bis Sonntag. Preise inkl. 19 % MwSt."),
        ("Profitez de 20 % de remise.", "Offre de 15 % de remise valable jusqu’à dimanche. TVA 20 % incluse."),
        ("20 % de descuento en todo.", "El descuento del 15 % es válido hasta el domingo."),
        ("Ottieni il 20% di sconto.", "Lo sconto del 15% è valido fino a domenica. IVA 22% inclusa."),
        ("20% korting op alles.", "15% korting geldig tot en met zondag. Niet in combinatie met andere acties."),
    ],
)
def test_another_discount_in_the_small_print(offered: str, terms: str) -> None:
    assert _facts(f"<p>{offered}</p><small>{terms}</small>", {"discount": "20 %"}) == ["wrong-percentage"]


@pytest.mark.parametrize(
    "terms",
    [
        "Up to 15% of sales go to charity. VAT 19%. Finance at 4.9% APR. At least 70% cotton.",
        "10% off applies to sale items.",
        "Your member discount (10% off) cannot be combined with this offer.",
        "The newsletter welcome discount of 10% is not valid on sale items.",
        "Der Neukundenrabatt von 10 % gilt nicht.",
        "Carte fidélité : remise de 5 % valable toute l’année.",
    ],
)
def test_another_percentage_in_the_small_print_that_is_none_of_the_offer(terms: str) -> None:
    assert _facts(f"<p>20% off everything.</p><small>{terms}</small>", {"discount": "20 %"}) == []


def test_a_discount_that_is_none_of_two_is_told_once() -> None:
    build = "<p>20% off everything, members 25% off.</p><small>Your 15% off is valid until Sunday.</small>"
    assert _facts(build, {"discount": "20%", "member_discount": "25%"}) == ["wrong-percentage"]


def test_a_code_in_the_line_below_an_address_of_the_text_part() -> None:
    plain = "Use SPRING26: https://acme.example/sale\nSPRING62 at the till."
    assert _facts("<p>Use SPRING26.</p>", {"promo_code": "SPRING26"}, plain=plain) == ["wrong-promo-code"]


FEE = "$0 the first year, then $95"
SECOND_PRICES = [  # the price of the offer, the approved copy, the build, the subject line
    ("$95", [FEE], f"<p>{FEE}</p><a href='https://acme.example/c'>Pay $0 the first year</a>", "Now only $0"),
    ("£60", ["# 6 for £60", "£10 each"], "<h1>6 for £60</h1><p>£10 each</p><p>Only £10 a bottle.</p>", "6 for £60"),
    (
        "60 €",
        ["6 für 60 €, 10 € je Flasche"],
        "<p>6 für 60 €, 10 € je Flasche</p><p>Nur 10 €</p>",
        "Nur 10 € je Flasche",
    ),
    ("49 €", ["49 € le premier mois, puis 79 €"], "<p>49 € le premier mois, puis 79 €</p><p>Ensuite 79 €</p>", "49 €"),
    ("99 €", ["0 € hoy y 99 € en mayo"], "<p>0 € hoy y 99 € en mayo</p><p>Hoy pagas 0 €</p>", "Hoy: 0 €"),
]


@pytest.mark.parametrize(("price", "copy", "build", "subject"), SECOND_PRICES)
def test_a_second_price_that_the_approved_words_explain(price: str, copy: list[str], build: str, subject: str) -> None:
    email = {"copy": copy, "subject": subject}
    assert _facts(build, {"price": price}, email=email, sidecar={"subject": subject}) == []


@pytest.mark.parametrize(
    ("copy", "build", "subject"),
    [
        (["Now €49, was €69"], "<p>Now €49, was €69</p>", "Now only €69"),  # the old one as the new one
        (["Only €49 a seat", "Only €59 a seat"], "<p>Only €49 a seat</p><p>Only €59 a seat</p>", "Only €59 a seat"),
        (["Only €49 a seat"], "<p>Only €49 a seat</p><img src='a.png' alt='Only €59 a seat'>", "Only €49 a seat"),
    ],
)
def test_a_second_price_that_nothing_explains(copy: list[str], build: str, subject: str) -> None:
    email = {"copy": copy, "subject": subject}
    assert "wrong-price" in _facts(build, {"price": "€49"}, email=email, sidecar={"subject": subject})


@pytest.mark.parametrize(
    ("written", "build"),
    [
        ("doe@acme.example", "<p>Use a chave doe@acme.example e escreva.</p>"),
        ("https://acme.example/spring", "<p>Read more at https://acme.example/spring today.</p>"),
        ("www.acme.example", "<p>Or by hand: www.acme.example</p>"),
    ],
)
def test_an_address_of_the_offer_is_read_where_it_stands(written: str, build: str) -> None:
    assert _facts(build, {"key": written}) == []
    assert _facts("<p>Hello to everybody.</p>", {"key": written}) == ["missing-offer-fact"]


def test_of_several_emails_without_copy_nobody_knows_which_tells_what() -> None:
    other = {"name": "launch", "build": "build/launch.html"}
    told = campaign_told(
        "offer-facts",
        build="<p>Last call: £6 off.</p>",
        email={"subject": "Last call"},
        files={"build/launch.html": "<p>£6 off, and £4.99 for Plus.</p>"},
        campaign={"offer": {"discount": "£6", "plus_price": "£4.99"}, "emails": [other]},
    )
    assert [(one.finding.code, one.finding.review) for one in told] == [("missing-offer-fact", True)]
