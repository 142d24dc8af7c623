"""Small offers in several languages: what contradicts them is found wherever it stands, and nothing else is."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from qa.finding import Outcome
from qa.testing import run_check


class Offer(NamedTuple):
    """An offer, a build that keeps to it, and a slip: words of that build, what became of them, the code."""

    language: str
    offer: dict[str, str]
    build: str
    slips: tuple[tuple[str, str, str], ...]
    email: dict[str, Any] | None = None


OFFERS = {
    "price struck out (en)": Offer(
        "en-GB",
        {"price": "£45"},
        "<p>Now £45 <s>£60</s></p><p>Save £15. Free delivery on orders over £50.</p>",
        (("Now £45", "Now £54", "wrong-price"),),
    ),
    "monthly price (en)": Offer(
        "en-US",
        {"price": "$12"},
        "<p>Join for $12 a month. Cancel before 1 June, it was $15.</p><p>Only $12 a month.</p>",
        (("Only $12", "Only $14", "wrong-price"),),
    ),
    "round price (de)": Offer(
        "de",
        {"price": "45 €", "discount": "20 %"},
        "<p>Statt 59,– jetzt nur 45,–</p><p>20 % Rabatt auf alles. 100 % Baumwolle, 0 % Zinsen.</p>",
        (("nur 45,–", "nur 49,–", "wrong-price"), ("20 % Rabatt", "25 % Rabatt", "wrong-percentage")),
    ),
    "least order (de)": Offer(
        "de",
        {"price": "19,90 €", "promo_code": "HERBST20"},
        "<p>Für 19,90 € mit dem Code HERBST20. Versandkostenfrei ab 50 € Bestellwert, sonst Versand 4,90 €.</p>",
        (("19,90 €", "19,99 €", "wrong-price"), ("HERBST20", "HERBST25", "wrong-promo-code")),
    ),
    "span of prices (fr)": Offer(
        "fr",
        {"price": "249 €", "valid_until": "2027-05-09"},
        "<p>À partir de 249 € au lieu de 310 €, jusqu'au 9 mai 2027. Livraison offerte dès 60 € d'achat.</p>",
        (("de 249 €", "de 229 €", "wrong-price"), ("9 mai", "19 mai", "wrong-date")),
    ),
    "discount with its object (es)": Offer(
        "es",
        {"discount": "25 %"},
        "<p>25 % de descuento en toldos.</p><p>5 % de descuento en envíos.</p><h1>25 %</h1>",
        (("<h1>25 %", "<h1>-30 %", "wrong-percentage"),),
    ),
    "thousands (pt)": Offer(
        "pt-BR",
        {"price": "R$ 1.299"},
        "<p>De R$ 1.599 por R$ 1.299,00 à vista.</p><p>Economize R$ 300.</p>",
        (("por R$ 1.299,00", "por R$ 1.399,00", "wrong-price"),),
    ),
    "tiles of an event (it)": Offer(
        "it",
        {"event_date": "2027-03-16", "event_time": "10:00"},
        "<p>Ci vediamo martedì 16 marzo 2027, ore 10:00.</p><p>Iscriviti entro il 10 marzo.</p>",
        (("martedì 16 marzo", "mercoledì 17 marzo", "wrong-date"),),
    ),
    "crowns (sv)": Offer(
        "sv",
        {"price": "1 299 kr"},
        "<p>Nu 1 299 kr (ord. pris 1 599 kr). Frakt 49 kr.</p>",
        (("Nu 1 299", "Nu 1 199", "wrong-price"),),
    ),
    "dirhams off (ar)": Offer(
        "ar",
        {"price": "100 درهم", "promo_code": "SHUKRAN27"},
        "<p>تحصل على خصم 100 درهم برمز SHUKRAN27. التوصيل 15 درهم.</p>",
        (("SHUKRAN27", "SHUKRAN26", "wrong-promo-code"),),
        {"copy": ["تحصل على خصم 100 درهم"]},
    ),
    "yen (ja)": Offer("ja", {"price": "¥3,000"}, "<p>今だけ ¥3,000</p>", (("¥3,000", "¥3,500", "wrong-price"),)),
    "zloty (pl)": Offer(
        "pl",
        {"price": "99 zł", "discount": "20 %"},
        "<p>Teraz 99 zł zamiast 129 zł. Zniżka 20 % z kodem.</p>",
        (("Teraz 99 zł", "Teraz 89 zł", "wrong-price"), ("Zniżka 20 %", "Zniżka 15 %", "wrong-percentage")),
    ),
    "until (nl)": Offer(
        "nl",
        {"price": "€ 79", "valid_until": "2027-02-28"},
        "<p>Nu voor € 79,- i.p.v. € 99,-. Geldig tot 28 februari 2027. Bezorging € 4,95.</p>",
        (("voor € 79,-", "voor € 89,-", "wrong-price"), ("tot 28 februari", "tot 21 februari", "wrong-date")),
    ),
    "rupees (en-IN)": Offer(
        "en-IN", {"price": "₹1,49,999"}, "<p>Now ₹1,49,999</p>", (("9,999", "8,999", "wrong-price"),)
    ),
}


def _codes(offer: Offer, build: str, **more: Any) -> list[str]:
    campaign = {"offer": offer.offer, "language": offer.language}
    return run_check("offer-facts", campaign=campaign, email=offer.email, build=build, **more).codes


@pytest.mark.parametrize("name", OFFERS)
def test_a_build_that_keeps_to_its_offer(name: str) -> None:
    assert _codes(OFFERS[name], OFFERS[name].build) == []


@pytest.mark.parametrize(
    ("name", "slip"), [(name, slip) for name, offer in OFFERS.items() for slip in offer.slips], ids=str
)
def test_a_slip_is_found_alone_and_beside_the_right_one(name: str, slip: tuple[str, str, str]) -> None:
    offer, (right, wrong, code) = OFFERS[name], slip
    assert right in offer.build
    assert code in _codes(offer, offer.build.replace(right, wrong, 1))


PLAIN = Offer(
    "en-GB", {"price": "€49", "discount": "25 %", "promo_code": "SPRING26", "event_date": "2027-03-16"}, "", ()
)
RIGHT = "<p>Join us on 16 March 2027: only €49, 25% off with the code SPRING26.</p>"


@pytest.mark.parametrize(
    ("addition", "code"),
    [
        ("<p>Price: €59</p>", "wrong-price"),
        ("<p>Now only €59.</p>", "wrong-price"),
        ('<img src="a.png" alt="Only €59">', "wrong-price"),
        ('<div style="display:none">Only €59</div>', "wrong-price"),
        ("<h1>30% OFF</h1>", "wrong-percentage"),
        ('<img src="a.png" alt="30% off">', "wrong-percentage"),
        ("<p>Your code: SPRING25</p>", "wrong-promo-code"),
        ('<a href="https://acme.example/?coupon=SPRING25">Shop</a>', "wrong-promo-code"),
        ('<a href="https://acme.example/?code=SPRING25">Shop</a>', "wrong-promo-code"),
        ("<p>See you on 17 March!</p>", "wrong-date"),
        ("<p>See you on Wednesday 16 March 2026</p>", "wrong-date"),
        (
            '<script type="application/ld+json">{"@type": "Offer", "price": "59.00", "priceCurrency": "EUR"}</script>',
            "wrong-price",
        ),
        (
            '<script type="application/ld+json">{"@type": "DiscountOffer", "discountCode": "WELCOME"}</script>',
            "wrong-promo-code",
        ),
        (
            '<script type="application/ld+json">{"@type": "DiscountOffer", "description": "30% off"}</script>',
            "wrong-percentage",
        ),
        (
            '<script type="application/ld+json">{"@type": "Event", "startDate": "2027-03-17T10:00"}</script>',
            "wrong-date",
        ),
        (
            '<div itemscope itemtype="http://schema.org/DiscountOffer"><meta itemprop="discountCode" content="SPRING25"></div>',
            "wrong-promo-code",
        ),
    ],
)
def test_a_second_fact_contradicts_the_right_one(addition: str, code: str) -> None:
    assert _codes(PLAIN, RIGHT + addition) == [code]


@pytest.mark.parametrize(
    "addition",
    [
        "<p>Chairs €59</p><p>Tables €99</p><p>Parasols €129</p>",
        "<h3>Chair</h3><p>€59</p><h3>Table</h3><p>€99</p>",
        "<table><tr><th>Adults</th><td>€59</td></tr><tr><th>Children</th><td>€29</td></tr></table>",
        "<p>Was €59. Worth €99. Instead of €79.</p>",
        '<p><span style="text-decoration:line-through">€59</span></p>',
        "<p>Save €10 with a voucher of €20.</p>",
        "<p>Free shipping over €60, else delivery €4.90.</p>",
        "<p>Pay in three parts with 0% interest. 100% cotton. 98% of our guests come back.</p>",
        "<p>Up to 50% off in our outlet.</p>",
        "<p>5% off deliveries</p>",
        "<p>10% off from €50, 20% off from €100</p>",
        "<p>Call +44 20 7946 0958. Order no. 2026-4711. © 2026</p>",
        "<p>Register by 10 March. Doors open 9:30.</p>",
        "<p>Order no. AB1234567 and size EU45</p>",
        '<a href="https://acme.example/?code=de">Deutsch</a>',
        '<script type="application/ld+json">{"@type": "Product", "name": "Chair", "offers": {"price": 59}}</script>'
        '<script type="application/ld+json">{"@type": "Product", "name": "Table", "offers": {"price": 99}}</script>',
        '<script type="application/ld+json">{"@type": "Offer", "price": 49, "priceCurrency": "EUR"}</script>',
    ],
)
def test_what_is_no_contradiction(addition: str) -> None:
    assert _codes(PLAIN, RIGHT + addition) == []


@pytest.mark.parametrize(
    ("offer", "copy", "code"),
    [
        ({"discount": "25 %"}, "Take 20% off everything.", "wrong-percentage"),
        ({"promo_code": "SPRING25"}, "Use code SPRING30 today.", "wrong-promo-code"),
        ({"valid_until": "2027-02-28"}, "Valid until 31 January 2027.", "wrong-date"),
        ({"price": "45 €"}, "Nur 54 € für alle.", "wrong-price"),
    ],
)
def test_approved_words_that_contradict_the_offer_never_pass(offer: dict[str, str], copy: str, code: str) -> None:
    answer = run_check("offer-facts", campaign={"offer": offer}, email={"copy": [copy]}, build=f"<p>{copy}</p>")
    assert answer.codes == [code]
    assert "contradicts itself" in answer.findings[0].message


def test_a_wrong_weekday_does_not_hide_a_wrong_year() -> None:
    (finding,) = run_check(
        "offer-facts", campaign={"offer": {"event_date": "2027-03-16"}}, build="<p>Tuesday 16 March 2026</p>"
    ).findings
    assert finding.code == "wrong-date"
    assert "16 March 2026 is a Monday" in finding.message


def test_what_was_not_compared_is_not_passed() -> None:
    offer = {"offer": {"discount": "25 %"}}
    answer = run_check("offer-facts", campaign=offer, page={"name": "page"}, build="<p>Welcome</p>")
    assert answer.outcome is Outcome.SKIPPED
    answer = run_check("event-time", campaign=offer, build="<p>Open 9:00 to 17:00</p>")
    assert answer.outcome is Outcome.SKIPPED


CLASHES = {
    "discount": "25 %",
    "promo_code": "SPRING25",
    "valid_until": "2027-02-28",
    "price": "€49",
    "event_time": "14:00",
}


@pytest.mark.parametrize(
    ("field", "contains"),
    [
        ({"subject": "20% off everything"}, "`subject`"),
        ({"preheader": "With the code SPRING30"}, "`preheader`"),
        ({"copy": ["Valid until 31 January 2027"]}, "`copy`"),
        ({"must_include": ["Only €59 until Sunday"]}, "`must_include`"),
        ({"images": [{"alt": "20% off"}]}, "`images: alt`"),
        ({"links": [{"text": "Get 20% off", "url": "https://acme.example"}]}, "`links`"),
        ({"links": [{"text": "Shop", "url": "https://acme.example/?coupon=SPRING30"}]}, "`links: url`"),
        ({"variants": [{"segment": "members", "when": "x", "subject": "Only €59 for you"}]}, "`subject`"),
        ({"subject": "Today at 15:00"}, "`subject`"),
    ],
)
def test_a_request_that_contradicts_its_offer(field: dict[str, Any], contains: str) -> None:
    emails = [{"name": "sale", **field}]
    (finding,) = run_check("request-offer-wording", campaign={"offer": CLASHES, "emails": emails}).findings
    assert finding.code == "offer-clash"
    assert contains in finding.message


def test_a_request_that_keeps_to_its_offer() -> None:
    copy = [
        "25% off with SPRING25 until 28 February: only €49 instead of €65, at 14:00.",
        "Save €16. Free delivery over €60. Up to 50% off in the outlet. 100% linen.",
        "Chairs €79, tables €129, parasols €59.",
    ]
    email = {"name": "sale", "subject": "25% off until 28 February", "copy": copy}
    answer = run_check("request-offer-wording", campaign={"offer": CLASHES, "emails": [email]})
    assert (answer.outcome, answer.codes) == (Outcome.PASSED, [])
