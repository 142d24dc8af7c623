"""Values behind the same label: in the parts of an email, and on the page it leads to."""

from typing import Any

import pytest

from qa.testing import run_check
from tests.told import codes

ROW = "<table><tr><th>{}</th><td>{}</td></tr></table>"


@pytest.mark.parametrize(
    ("build", "plain", "language"),
    [
        (ROW.format("Answer by", "11 December 2026, 5:00 p.m."), "Answer by: December 11, 2026, 17:00", "en-GB"),
        (ROW.format("Preis", "1.299 €"), "Preis: 1299 € inkl. MwSt.", "de"),
        (ROW.format("Answer by", "11 December 2026"), "Answer soon: 12 December 2026", "en-GB"),
        (ROW.format("Price", "€45") + ROW.format("Price", "€49"), "Price: €45", "en-GB"),
        (ROW.format("Preis", "49 € im Monat"), "Preis: 49 € pro Person", "de"),
        ("<p>Our shop has 300 chairs.</p>", "Our shop has 200 tables.", "en-GB"),
        ("<p>Hello 1</p>", "Hello 2", "en-GB"),
        ("<p>Price: only $40</p>", "Price: $40", "en-US"),
        (ROW.format("Plätze", "etwa 300"), "Plätze: 300", "de"),
        ("<p>Doors: from 18:30</p>", "Doors: 6.30pm", "en-GB"),
        ("<p>Start: 10:00 PT / 13:00 ET</p>", "Start: 13:00 ET / 10:00 PT", "en-US"),
        ("<p>Price: from $40</p>", "Price: up to $60", "en-US"),
        ("<p>Venue: Hall 3</p>", "Venue: Room 4", "en-GB"),
        ("<p>Note: call us before 9 May</p>", "Note: see page 4", "en-GB"),
        (ROW.format("Answer by", "² 5 ① figures"), "Answer by: ² 5 ① figures", "en-GB"),  # digits that count nothing
    ],
)
def test_values_that_agree_or_cannot_be_compared(build: str, plain: str, language: str) -> None:
    assert run_check("same-labels", email={"language": language}, build=build, plain=plain).codes == []


@pytest.mark.parametrize(
    ("build", "plain", "language"),
    [
        (ROW.format("Answer by", "18 December 2026"), "Answer by: 11 December 2026", "en-GB"),
        (ROW.format("申込締切", "2026年12月9日（水）17:00"), "申込締切：2026年12月8日（火）17:00", "ja"),
        (ROW.format("定員", "200名（先着順）"), "定員：300名（先着順）", "ja"),
        (ROW.format("Quota fissa", "9,50 €/anno"), "Quota fissa: 9,50 €/mese", "it"),
        ("<p>Price: only $45</p>", "Price: only $40", "en-US"),
        ("<p>Price: only $45</p>", "Price: $40", "en-US"),
        (ROW.format("Price", "only $45"), "Price: just $40", "en-US"),
        ("<p>Ort: ca. 300 Plätze</p>", "Ort: ca. 200 Plätze", "de"),
        ("<p>Doors: from 18:30</p>", "Doors: from 19:30", "en-GB"),
        (ROW.format("Einlass", "ab 18 Uhr"), "Einlass: 19 Uhr", "de"),
        ("<p>Prix : à partir de 45 €</p>", "Prix : dès 49 €", "fr"),
        ("<p>Plazas: hasta 300 personas</p>", "Plazas: 200 personas", "es"),
        ("<p>定員：約300名</p>", "定員：200名", "ja"),
        ("<p>Tickets are only $45 now.</p>", "Tickets are $40 now.", "en-US"),
        ("<p>Meedoen kan tot en met zondag 20 december 2026.</p>", "Meedoen kan tot en met 13 december 2026.", "nl"),
        (ROW.format("Prix du kWh", "0,1498 €"), "Prix du kWh : 0,1489 €", "fr"),
    ],
)
def test_values_that_differ(build: str, plain: str, language: str) -> None:
    answer = run_check("same-labels", email={"language": language}, build=build, plain=plain)
    assert answer.codes == ["diverging-value"]


def test_the_offer_says_which_is_right() -> None:
    about: dict[str, Any] = {"email": {}, "build": ROW.format("Seats", "200 seats"), "plain": "Seats: 300 seats"}
    (finding,) = run_check("same-labels", campaign={"offer": {"capacity": "300 seats"}}, **about).findings
    assert (finding.code, finding.actual, finding.expected) == ("wrong-value", "200 seats", "300 seats")
    (finding,) = run_check("same-labels", campaign={"offer": {"capacity": "200 seats"}}, **about).findings
    assert (finding.code, finding.actual, finding.expected) == ("wrong-value", "300 seats", "200 seats")


def test_a_value_in_the_inbox_line() -> None:
    sidecar = {"preheader": "Acknowledge by December 11, 2026."}
    build = ROW.format("Acknowledge by", "December 18, 2026")
    assert run_check("same-labels", email={"language": "en-US"}, build=build, sidecar=sidecar).codes == [
        "diverging-value"
    ]


def test_what_approved_wording_has_is_told_by_its_own_check() -> None:
    email = {"must_include": ["Register: HRB 31820"]}
    about: dict[str, Any] = {"email": email, "build": "<p>Register: HRB 31280</p>", "plain": "Register: HRB 31820"}
    assert codes("same-labels", "required-wording", **about) == ["changed-wording"]


def _campaign(page: str, **more: Any) -> dict[str, Any]:
    link = '<p><a href="https://acme.example/seminar">Go</a></p>'
    return {
        "campaign": {
            "language": "ja",
            "emails": [{"name": "invite", "build": "build/invite.html"}],
            "pages": [{"name": "page", "build": "build/page.html", "url": "https://acme.example/seminar"}],
            **more,
        },
        "files": {"build/invite.html": ROW.format("定員", "300名（先着順）") + link, "build/page.html": page},
    }


def test_a_page_with_the_label_of_the_email() -> None:
    assert run_check("continuity", **_campaign(ROW.format("定員", "300名"))).codes == []
    assert run_check("continuity", **_campaign(ROW.format("会場", "200名"))).codes == []
    wrong = ROW.format("定員", "200名（先着順）")
    assert run_check("continuity", **_campaign(wrong)).codes == ["diverging-figure"]
    assert run_check("continuity", **_campaign(wrong, offer={"定員": "300名"})).codes == ["wrong-figure"]
