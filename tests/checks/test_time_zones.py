"""Zones beside times: in force on their day, and equal where two of them are one moment."""

from __future__ import annotations

import pytest

from qa.finding import Outcome
from qa.testing import run_check


def _codes(build: str, language: str = "en") -> list[str]:
    return run_check("time-zones", campaign={"language": language}, build=f"<p>{build}</p>").codes


@pytest.mark.parametrize(
    ("build", "language"),
    [
        ("8 December 2026, 9am PST", "en"),
        ("8 December 2026, 9am PT", "en"),
        ("8 July 2026, 9am PDT / 12pm EDT / 5pm BST", "en"),
        ("8 July 2026, 9am MST", "en"),
        ("8. Juli 2026, 10:00 Uhr MESZ", "de"),
        ("16 mars 2027, 10h00 CET", "fr"),
        ("16 March 2027, 10:00 GMT / 11:00 CET", "en"),
        ("9am PT / 12pm ET (5pm GMT)", "en"),
        ("16 March 2027, 10:00 GMT, then 15:00 CET", "en"),
        ("10:00 UTC+1 / 9:00 UTC", "en"),
        ("10:00 IST / 9:00 GMT", "en"),
    ],
)
def test_zones_that_are_right(build: str, language: str) -> None:
    assert _codes(build, language) == []


@pytest.mark.parametrize(
    ("build", "language", "code"),
    [
        ("8 December 2026, 9am PDT", "en", "wrong-zone"),
        ("8 July 2026 at 9am EST", "en", "wrong-zone"),
        ("8. Dezember 2026, 10:00 MESZ", "de", "wrong-zone"),
        ("8 juillet 2026, 10h00 CET", "fr", "wrong-zone"),
        ("8 de enero de 2027, 10:00 CEST", "es", "wrong-zone"),
        ("16 March 2027, 10:00 GMT / 10:00 CET", "en", "unequal-times"),
        ("9am PT / 11am ET", "en", "unequal-times"),
        ("10:00 GMT (12:00 CET)", "en", "unequal-times"),
    ],
)
def test_zones_that_are_wrong(build: str, language: str, code: str) -> None:
    assert _codes(build, language) == [code]


def test_without_a_zone_there_is_nothing_to_look_at() -> None:
    assert run_check("time-zones", build="<p>10:00</p>").outcome is Outcome.SKIPPED


@pytest.mark.parametrize(
    ("asked", "built", "codes"),
    [
        ("9am PT", "9am PT", []),
        ("9am PT", "12pm ET", []),
        ("10:00 GMT", "10:00 CET", ["wrong-time"]),
        ("9am PT", "9am ET", ["wrong-time"]),
        ("10:00", "11:00", ["wrong-time"]),
    ],
)
def test_the_zone_belongs_to_the_time_that_was_asked_for(asked: str, built: str, codes: list[str]) -> None:
    build = f"<p>Live on 16 March 2027, {built}</p>"
    assert run_check("event-time", campaign={"offer": {"event_time": asked}}, build=build).codes == codes


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ("10–11 a.m. PT, 1–2 p.m. ET", Outcome.PASSED),
        ("10 to 11 a.m. PT (1 to 2 p.m. ET)", Outcome.PASSED),
        ("10:00–11:00 CET / 9:00–10:00 GMT", Outcome.PASSED),
        ("10 a.m. – 11 a.m. PT / 1 p.m. – 2 p.m. ET", Outcome.PASSED),
        ("Session one 10–11 a.m. ET, session two 2–3 p.m. GMT", Outcome.PASSED),
        ("10–11 a.m. ET, 2–3 p.m. ET", Outcome.PASSED),  # two sessions
        ("10–11 a.m. PT / 2–3 p.m. ET", Outcome.FAILED),
        ("10am-11am PT / 1pm-2:30pm ET", Outcome.FAILED),
        ("10:00–11:00 CET / 10:00–11:00 GMT", Outcome.FAILED),
        ("10 to 11 a.m. PT (2 to 3 p.m. ET)", Outcome.FAILED),
        ("10–11 a.m. PT, 2–3 p.m. ET", Outcome.REVIEW),  # or a session for each of the two
        ("10 a.m. PT, 2 p.m. ET", Outcome.REVIEW),
    ],
)
def test_one_span_in_two_zones(said: str, outcome: Outcome) -> None:
    assert run_check("time-zones", build=f"<p>Join us on 8 December 2026, {said}.</p>").outcome is outcome
