"""Preheaders of the HTML beside the platform's field, and beside those of other emails."""

from __future__ import annotations

from typing import Any

import pytest

from qa.finding import Outcome
from qa.testing import Answer, run_check
from tests.told import codes

HIDDEN = '<div style="display:none">{}</div><p>Hello and welcome to what is new.</p>'
FIELD = "Forty minutes, free"


def beside(build: str, field: str = FIELD, **email: Any) -> Answer:
    return run_check(
        "preheader-in-html", email=email, sidecar={"subject": "Your seat", "preheader": field}, build=build
    )


@pytest.mark.parametrize(
    "build",
    [
        HIDDEN.format(FIELD),
        HIDDEN.format("FORTY MINUTES, FREE."),
        HIDDEN.format("Forty minutes, free, and a gift for all who come"),
        HIDDEN.format(FIELD + "&zwnj;&nbsp;" * 60),
        HIDDEN.format("{{my.preheader}}"),
        HIDDEN.format("*|MC_PREVIEW_TEXT|*"),
        HIDDEN.format("View this email in your browser"),
        HIDDEN.format("New"),
        "<p>Hello and welcome to what is new in our shop this week.</p>" + HIDDEN.format("See the winter sale now"),
        "<p>Hello</p>",
    ],
)
def test_a_preheader_that_agrees_with_the_field(build: str) -> None:
    assert beside(build).outcome is Outcome.PASSED


def test_a_preheader_that_stands_in_one_place_alone() -> None:
    assert run_check("preheader-in-html", email={}, build=HIDDEN.format(FIELD)).outcome is Outcome.SKIPPED
    assert beside(HIDDEN.format(FIELD), "").outcome is Outcome.SKIPPED


@pytest.mark.parametrize(
    ("field", "build"),
    [
        (FIELD, HIDDEN.format("The winter sale ends today")),
        ("Bis Sonntag: 20 % auf alles", HIDDEN.format("Bis Sonntag: 25 % auf alles")),
        ("Votre place pour jeudi", '<span class="p" style="max-height:0;overflow:hidden;display:none">Les soldes d’hiver</span><p>Bonjour</p>'),
        ("あなたの席を確保しました", HIDDEN.format("冬のセールは本日までです")),
        ("Tu plaza del jueves", "<style>.pre{display:none}</style><table><tr><td class='pre'>Rebajas hasta hoy</td></tr></table><p>Hola</p>"),
    ],
)  # fmt: skip
def test_a_preheader_that_the_field_has_otherwise(field: str, build: str) -> None:
    assert beside(build, field).codes == ["diverging-preheader"]


def test_a_preheader_against_field_and_request_is_told_once() -> None:
    def told(wanted: str, field: str) -> list[str]:
        given: dict[str, Any] = {"email": {"preheader": wanted}, "sidecar": {"subject": "Seat", "preheader": field}}
        return codes("preheader", "preheader-in-html", build=HIDDEN.format("The winter sale ends today"), **given)

    assert told(FIELD, FIELD) == ["diverging-preheader"]
    assert told(FIELD, "Sixty minutes, free") == ["wrong-preheader"]
    assert told("The winter sale ends today", FIELD) == ["wrong-preheader"]


SEATS, THANKS = "<p>Your seat is held until Tuesday in Leeds.</p>", "<p>Thank you for coming. See the recording.</p>"
LINE = '<div style="display:none">{}</div>'


def together(first: str, second: str, **asked: Any) -> Answer:
    emails = [{"name": "invite", "build": "build/a.html", **asked}, {"name": "thanks", "build": "build/b.html"}]
    return run_check(
        "campaign-preheaders", campaign={"emails": emails}, files={"build/a.html": first, "build/b.html": second}
    )


@pytest.mark.parametrize(
    "second",
    [
        LINE.format("See it again") + THANKS,
        THANKS,
        LINE.format("Your seat in Leeds") + "<p>One day left: your seat in Leeds is still held.</p>",  # a reminder
        LINE.format("Your seat in Leeds") + "<p>We met in Leeds.</p>",  # nobody can tell
    ],
)
def test_a_preheader_of_its_own(second: str) -> None:
    answer = together(LINE.format("Your seat in Leeds") + SEATS, second, preheader="Your seat in Leeds")
    assert answer.outcome is Outcome.PASSED


LEFT_OVER = [
    (SEATS, THANKS, "Your seat is held"),
    ("<p>Bis 28. Februar 25 % auf Gartenstühle.</p>", "<p>Neu: Lampen für drinnen.</p>", "25 % auf Gartenstühle"),
    ("<p>Un dîner de quatre plats face au lac.</p>", "<p>Le brunch du dimanche.</p>", "Quatre plats face au lac"),
    ("<p>Cinco tardes de cocina en septiembre.</p>", "<p>Gracias por tu pedido.</p>", "Cinco tardes de cocina"),
    (
        "<p>Twee dagen workshop in Utrecht.</p>",
        "<p>Nieuwe fietsen in de winkel.</p>",
        "Workshop in Utrecht, twee dagen",
    ),
]


@pytest.mark.parametrize(("first", "second", "line"), LEFT_OVER)
def test_a_preheader_of_another_email(first: str, second: str, line: str) -> None:
    answer = together(LINE.format(line) + first, LINE.format(line) + second, preheader=line)
    assert (answer.codes, answer.outcome) == (["leftover-preheader"], Outcome.FAILED)
    assert "“invite”" in answer.findings[0].message
    unasked = together(LINE.format(line) + first, LINE.format(line) + second)
    assert (unasked.codes, unasked.outcome) == (["leftover-preheader"], Outcome.REVIEW)
