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
