"""Which days, times and names with a year does a text hold, in whatever way a language writes them?"""

from __future__ import annotations

from datetime import date

import pytest

from qa.text.moments.dates import Day, days, flat, named_years, names_relative_day
from qa.text.moments.times import TimeOfDay, names_zone, times


def _days(text: str, language: str = "en-GB") -> list[Day]:
    return [day for _, _, day in days(flat(text), language)]


def _times(text: str) -> list[TimeOfDay]:
    return [clock for _, _, clock in times(flat(text))]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("24 March 2026", "en"),
        ("March 24th, 2026", "en-US"),
        ("the 24th of March 2026", "en-GB"),
        ("24-Mar-2026", "en"),
        ("2026-03-24", ""),
        ("24/03/2026", "en-GB"),
        ("3/24/26", "en-US"),
        ("03/24/2026", "en"),
        ("24.\u00a0März 2026", "de"),
        ("24.03.2026", "de"),
        ("24 mars 2026", "fr"),
        ("24 de marzo de 2026", "es"),
        ("24 marzo 2026", "it"),
        ("24 de março de 2026", "pt"),
        ("24 maart 2026", "nl"),
        ("24 marca 2026", "pl"),
        ("24. března 2026", "cs"),
        ("24 марта 2026", "ru"),
        ("24 Mart 2026", "tr"),
        ("24. maaliskuuta 2026", "fi"),
        ("2026. március 24.", "hu"),
        ("2026年3月24日", "ja"),
    ],
)
def test_one_day_in_many_ways(text: str, language: str) -> None:
    assert _days(text, language) == [Day(3, 24, 2026)]


@pytest.mark.parametrize(
    "text",
    ["you may 5 times", "10 may apply", "In May 2026", "1.2.3", "10.0.0.1", "3/4 of them", "24/7", "call 2026-0"],
)
def test_no_day_is_made_up(text: str) -> None:
    assert _days(text) == []


@pytest.mark.parametrize(
    ("text", "weekday"),
    [
        ("Tuesday 24 March", 1),
        ("Tue, Mar 24", 1),
        ("24 March (Tuesday)", 1),
        ("24 March, Tuesday", 1),
        ("Monday to Friday, 24 March", None),
        ("24 March, Wednesday 25 March", None),
        ("24 March", None),
    ],
)
def test_the_weekday_beside_a_day(text: str, weekday: int | None) -> None:
    assert _days(text)[0].weekday == weekday


def test_weekdays_of_other_languages() -> None:
    assert _days("Dienstag, den 24. März", "de")[0].weekday == 1
    assert _days("Di 24. März", "de")[0].weekday == 1
    assert _days("mardi 24 mars", "fr")[0].weekday == 1


def test_a_span_gives_its_first_and_its_last_day() -> None:
    assert [day.day for day in _days("24–26 March")] == [24, 26]
    assert [day.day for day in _days("March 24 to 26, 2026")] == [24, 26]


def test_figures_that_can_be_read_two_ways() -> None:
    (day,) = _days("3/4/2026", "en")
    assert day.either
    assert day.same(Day(3, 4, 2026))
    assert day.same(Day(4, 3))
    assert not _days("3/4/2026", "en-GB")[0].same(Day(3, 4, 2026))
    assert _days("3/4/2026", "en-US")[0].same(Day(3, 4, 2026))


def test_days_that_do_not_exist() -> None:
    assert not Day(6, 31).possible
    assert not Day(2, 29, 2027).possible
    assert Day(2, 29).possible
    assert _days("31 June") == [Day(6, 31)]
    assert _days("31/06/2026") == []


def test_the_year_is_the_nearest() -> None:
    assert Day(1, 12).on(date(2026, 12, 1)) == date(2027, 1, 12)
    assert Day(1, 12).on(None) is None
    assert Day(3, 24, 2026, weekday=2).misnamed(None) == date(2026, 3, 24)
    assert Day(3, 24, weekday=1).misnamed(date(2026, 3, 10)) is None
    assert Day(3, 24, weekday=2).misnamed(None) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("at 14:00 GMT", [TimeOfDay(14, 0, "GMT")]),
        ("2 pm", [TimeOfDay(14)]),
        ("12 a.m.", [TimeOfDay(0)]),
        ("14 Uhr (MEZ)", [TimeOfDay(14, 0, "MEZ")]),
        ("9.30 Uhr", [TimeOfDay(9, 30)]),
        ("à 14h30", [TimeOfDay(14, 30)]),
        ("5pm UK time", [TimeOfDay(17, 0, "uk time")]),
        ("10:00 to 10:40 GMT", [TimeOfDay(10, 0, "GMT"), TimeOfDay(10, 40, "GMT", ends=True)]),
        ("10–11 am ET", [TimeOfDay(10, 0, "ET"), TimeOfDay(11, 0, "ET", ends=True)]),
        ("11-1pm", [TimeOfDay(11), TimeOfDay(13, ends=True)]),
        ("14:00 BST / 15:00 CEST", [TimeOfDay(14, 0, "BST"), TimeOfDay(15, 0, "CEST")]),
        ("open 24h, ratio 16:9, 25:00, 20:15%", []),
    ],
)
def test_times_and_their_zones(text: str, expected: list[TimeOfDay]) -> None:
    assert _times(text) == expected


def test_zones_and_relative_days_are_seen_anywhere() -> None:
    assert names_zone("all times BST")
    assert not names_zone("at any time, best")
    assert names_relative_day("See you tomorrow")
    assert not names_relative_day("See you soon")


def test_names_with_a_year() -> None:
    found = [(fact.name, fact.year) for _, _, fact in named_years("Summit 2026, in March 2026, since 2019", "en")]
    assert found == [("Summit", 2026)]


@pytest.mark.parametrize("text", ["1 ", "24-", "24 march ", "10:00-", "2026-03-"])
def test_hostile_text_is_read_in_the_end(text: str) -> None:
    many = text * 20_000
    assert sum(1 for _ in days(many, "en")) + sum(1 for _ in times(many)) >= 0
