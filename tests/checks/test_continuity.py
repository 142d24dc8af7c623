"""Numbers of emails beside those of the pages they lead to."""

from __future__ import annotations

from typing import Any

import pytest

from qa.finding import Outcome
from qa.testing import Answer, run_check

PAGE = "https://www.acme.example/guide"


def _run(email: str, page: str, url: str = PAGE, **more: Any) -> Answer:
    emails = [{"name": "mail", "build": "build/mail.html"}]
    pages = [{"name": "page", "build": "build/page.html", "url": PAGE, **more.pop("asked", {})}]
    files = {"build/mail.html": f'<p>{email}</p><a href="{url}">Read</a>', "build/page.html": f"<p>{page}</p>"}
    return run_check("continuity", campaign={"emails": emails, "pages": pages, **more}, files=files)


DIVERGING = [
    ("Our guide shows on 36 pages how to plan a season.", "The new guide shows on 48 pages how to plan."),
    ("Das Seminar zeigt Ihnen in 40 Minuten, wie Sie planen.", "Unser Seminar zeigt Ihnen in 60 Minuten, wie Sie planen."),
    ("Chaque don est doublé, dans la limite de 50 000 € au total.", "Dons doublés, dans la limite de 30&nbsp;000&nbsp;€ au total."),
    ("Prueba el plan durante 30 días sin ningún compromiso.", "Puedes probar el plan durante 14 días sin ningún compromiso."),
    ("Restituisci gli articoli entro 100 giorni dalla consegna, gratis.", "I tuoi articoli entro 60 giorni dalla consegna tornano gratis."),
    ("Join 1,200 gardeners from all regions in May.", "Join 1,500 gardeners from all regions."),
]  # fmt: skip


@pytest.mark.parametrize(("email", "page"), DIVERGING)
def test_another_number_among_the_same_words(email: str, page: str) -> None:
    answer = _run(email, page)
    assert answer.codes == ["diverging-figure"]


def test_a_number_of_the_offer_is_an_error() -> None:
    answer = _run(*DIVERGING[0], offer={"length": "36 pages"})
    assert (answer.outcome, answer.codes) == (Outcome.FAILED, ["wrong-figure"])
    assert _run(*DIVERGING[0], offer={"length": "24 chapters"}).codes == ["diverging-figure"]


@pytest.mark.parametrize(
    ("email", "page"),
    [
        (DIVERGING[0][0], "The new guide shows on 36 pages how to plan."),
        (DIVERGING[0][0], "The new guide has 48 pages."),
        (DIVERGING[0][0], "Our guide shows on 48 pages how to plan.<br>Short version: 36 pages."),
        (
            "Up to 10 people per team a month.",
            "S: up to 10 people per team a month. M: up to 50 people per team a month.",
        ),
        ("Call us from 9 to 5 in our shop.", "Write to us on 3 May."),
        ("Chaque don est doublé, dans la limite de 50 000 € au total.", "dans la limite de 50&#8239;000 € au total"),
        ("It takes 5 minutes.", "It takes 10 minutes."),
    ],
)
def test_numbers_that_agree_or_are_of_other_things(email: str, page: str) -> None:
    assert _run(email, page).codes == []


def test_a_page_that_no_email_leads_to_may_say_anything() -> None:
    assert _run(*DIVERGING[0], url="https://www.acme.example/other").codes == []


def test_what_the_page_was_approved_to_say_is_compared_with_that() -> None:
    assert _run(*DIVERGING[0], asked={"copy": [DIVERGING[0][1]]}).codes == []


@pytest.mark.parametrize(
    ("email", "page"),
    [
        ("Price: only $40", "Price: just $45"),
        ("Plätze: ca. 300", "Plätze: etwa 200"),
        ("Einlass: ab 18 Uhr", "Einlass: 19 Uhr"),
        ("Prix : à partir de 45 €", "Prix : 49 €"),
        ("Plazas: hasta 300 personas", "Plazas: 200 personas"),
    ],
)
def test_another_value_behind_the_same_label(email: str, page: str) -> None:
    answer = _run(email, page)
    assert answer.codes == ["diverging-figure"]
    assert "behind the same label" in answer.findings[0].message
    assert _run(email, email).codes == []


def test_a_label_of_the_offer_names_its_key() -> None:
    (finding,) = _run("Seats: about 300", "Seats: 200", offer={"capacity": "300"}).findings
    assert finding.code == "wrong-figure"
    assert "(capacity)" in finding.message


def test_two_emails_that_lead_to_a_page_tell_it_once() -> None:
    emails = [{"name": name, "build": f"build/{name}.html"} for name in ("one", "two")]
    mail = f'<p>{DIVERGING[0][0]}</p><a href="{PAGE}">Read</a>'
    files = {"build/one.html": mail, "build/two.html": mail, "build/page.html": f"<p>{DIVERGING[0][1]}</p>"}
    pages = [{"name": "page", "build": "build/page.html", "url": PAGE}]
    answer = run_check("continuity", campaign={"emails": emails, "pages": pages}, files=files)
    assert answer.codes == ["diverging-figure"]
