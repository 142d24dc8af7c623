"""Do the checks of dates, times and the schedule find what cannot be, and nothing else?"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from qa.artefacts import Today
from qa.check import all_checks
from qa.finding import Outcome
from qa.request import load_request
from qa.testing import run_check, write_campaign

SEND = {"send": {"at": "2026-03-10T09:00", "timezone": "Europe/London"}}


@pytest.mark.parametrize(
    "text",
    [
        "Tuesday 24 March 2026",
        "Tue, 24 March",
        "Dienstag, 24. März",
        "mardi 24 mars",
        "Monday to Friday, 24 March",
        "Dienstag, den 24. März",
        "mardi soir, 24 mars",
        "Tue · 24 March",
        "3月24日（火）",
        "3月24日（火・祝）",
        "Open Mon - Wed | 24 March",
        "Call us on Wednesday: from 24 March we are back",
        "29 February 2028",
    ],
)
def test_dates_that_are(text: str) -> None:
    assert run_check("weekday-dates", build=f"<p>{text}</p>", campaign=SEND).codes == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Wednesday 24 March 2026", "wrong-weekday"),
        ("Wed, 24 March", "wrong-weekday"),
        ("Mittwoch, 24. März", "wrong-weekday"),
        ("Mittwoch, den 24. März", "wrong-weekday"),
        ("mercredi le 24 mars", "wrong-weekday"),
        ("Wed · 24 March", "wrong-weekday"),
        ("Wed | 24 March", "wrong-weekday"),
        ("on Wednesday evening, 24 March", "wrong-weekday"),
        ("Mittwochabend, 24. März", "wrong-weekday"),
        ("mercredi soir, 24 mars", "wrong-weekday"),
        ("miércoles por la tarde, 24 de marzo", "wrong-weekday"),
        ("onsdag kväll den 24 mars", "wrong-weekday"),
        ("onsdag den 24:e mars", "wrong-weekday"),
        ("(Wed) 24 March", "wrong-weekday"),
        ("3月24日（水）", "wrong-weekday"),
        ("3월 24일(수)", "wrong-weekday"),
        ("<b>Wednesday</b><br>24 March", "wrong-weekday"),
        ("31 June", "impossible-date"),
        ("30. Februar", "impossible-date"),
        ("29 February 2027", "impossible-date"),
    ],
)
def test_dates_that_are_not(text: str, code: str) -> None:
    answer = run_check("weekday-dates", build=f"<p>{text}</p><p>{text}</p>", campaign=SEND)
    assert answer.codes == [code]


ROW = "<table><tr>{}</tr></table>"


@pytest.mark.parametrize(
    "cells",
    [
        "<td>Tue</td><td>24 March</td>",
        "<td>Tue</td><td>24 March</td><td>Wed</td><td>25 March</td>",
        "<td>24 March</td><td>Tue</td><td>25 March</td><td>Wed</td>",
        "<td>Fri</td><td>Sat</td><td>Sun</td></tr><tr><td>24 March</td>",
        "<td>Open on Wed</td><td>24 March</td>",
    ],
)
def test_a_weekday_in_a_cell_of_its_own(cells: str) -> None:
    assert run_check("weekday-dates", build=ROW.format(cells), campaign=SEND).codes == []


@pytest.mark.parametrize(
    "cells",
    [
        "<td>Wed</td><td>24 March</td>",
        "<td>Tue</td><td>24 March</td><td>Thu</td><td>25 March</td>",
        "<td>Mittwoch,</td><td>24. März</td><td>Konzert</td>",
        "<td><p>mercredi</p><p>24 mars</p></td>",
        "<td>Mon</td><td>Concert</td><td>Wed</td><td>24 March, 19:00</td>",
    ],
)
def test_a_wrong_weekday_in_a_cell_of_its_own(cells: str) -> None:
    assert run_check("weekday-dates", build=ROW.format(cells), campaign=SEND).codes == ["wrong-weekday"]


def test_a_date_in_changed_copy_is_looked_at_too() -> None:
    email = {"copy": ["Join us on Tuesday 24 March 2026 at noon."]}
    build = "<p>Join us on Tuesday 25 March 2026 at noon.</p>"
    assert run_check("weekday-dates", build=build, email=email).codes == ["wrong-weekday"]


@pytest.mark.parametrize(
    "text",
    [
        "Register until 24 March 2026",
        "Register until 1 March 2026",
        "Published on 3 May 2019",
        "Registered since 3 May 2019",
        "On 3 May 2019 it rained",
        "© 2019–2026 Acme",
        "© 2019 Photo: Ada. © 2026 Acme",
        "© 2019 - present Acme",
    ],
)
def test_dates_that_may_have_passed(text: str) -> None:
    assert run_check("past-dates", build=f"<p>{text}</p>", campaign=SEND).codes == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Register until 24 March 2025", "stale-date"),
        ("Join us from 24 to 26 March 2025", "stale-date"),
        ("Gültig bis 31.10.2025", "stale-date"),
        ("© 2024 Acme", "stale-copyright"),
        ("Copyright (c) 2010-2025 Acme", "stale-copyright"),
    ],
)
def test_dates_that_have_passed(text: str, code: str) -> None:
    assert run_check("past-dates", build=f"<p>{text}</p>", campaign=SEND).codes == [code]


@pytest.mark.parametrize(
    ("regions", "text", "codes"),
    [
        (["uk", "de"], "On 24 March at 14:00", ["missing-zone"]),
        (["us"], "Tomorrow, 2 pm", ["missing-zone"]),
        (["uk", "de"], "On 24 March at 14:00 GMT", []),
        (["uk", "de"], "On 24 March, 14:00 to 15:00. All times London time.", []),
        (["uk"], "On 24 March at 14:00", []),
        (["fr", "de"], "On 24 March at 14:00", []),
        (["uk", "de"], "Open from 9:00 to 17:00", []),
    ],
)
def test_times_and_their_zones(regions: list[str], text: str, codes: list[str]) -> None:
    campaign = {**SEND, "legal": {"regions": regions}}
    assert run_check("event-time", build=f"<p>{text}</p>", campaign=campaign).codes == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("at 14:00 GMT", []),
        ("at 2 pm", []),
        ("at 15:00 CET", []),
        ("14:00 to 15:00 GMT, doors at 13:45", []),
        ("at 15:00 GMT", ["wrong-time"]),
        ("from 15:00 to 16:00", ["wrong-time"]),
    ],
)
def test_the_time_that_was_asked_for(text: str, codes: list[str]) -> None:
    campaign = {**SEND, "offer": {"event_time": "14:00 GMT"}}
    assert run_check("event-time", build=f"<p>{text}</p>", campaign=campaign).codes == codes


def _schedule(folder: Path, request: dict[str, Any], today: date = date(2026, 1, 15)) -> list[str]:
    write_campaign(folder, build="<p>Hello</p>", campaign=request)
    check = all_checks()["schedule"]
    return [finding.code for finding in check.function(load_request(folder), Today(today))]


def test_a_schedule_that_can_be_kept(tmp_path: Path) -> None:
    assert _schedule(tmp_path, {**SEND, "offer": {"event_date": "2026-03-24", "valid_from": "2026-01-01"}}) == []
    assert _schedule(tmp_path, SEND, today=date(2026, 3, 10)) == []


@pytest.mark.parametrize(
    ("send", "offer", "code"),
    [
        ({"at": "2025-03-10T09:00", "timezone": "Europe/London"}, {}, "send-in-past"),
        ({"at": "2026-03-14T09:00", "timezone": "Europe/London"}, {}, "send-on-weekend"),
        ({"at": "2026-03-10T09:00"}, {}, "missing-send-zone"),
        ({"at": "2026-03-10T09:00", "timezone": "Europe/London"}, {"event_date": "2026-03-09"}, "event-before-send"),
    ],
)
def test_a_schedule_that_cannot(tmp_path: Path, send: dict[str, str], offer: dict[str, str], code: str) -> None:
    assert _schedule(tmp_path, {"send": send, "offer": offer}) == [code]


def test_the_nights_on_which_clocks_change(tmp_path: Path) -> None:
    forward = {"at": "2026-03-29T01:30", "timezone": "Europe/London"}
    back = {"at": "2026-10-25T01:30", "timezone": "Europe/London"}
    assert _schedule(tmp_path, {"send": forward}) == ["send-on-weekend", "nonexistent-time"]
    assert _schedule(tmp_path, {"send": back}) == ["send-on-weekend", "ambiguous-time"]


def test_a_campaign_that_looks_back_follows_its_event(tmp_path: Path) -> None:
    request = {**SEND, "name": "Spring webinar, recording", "offer": {"event_date": "2026-03-09"}}
    assert _schedule(tmp_path, request) == []


def test_no_schedule_is_asked_for() -> None:
    assert run_check("schedule", build="<p>Hello</p>").outcome is Outcome.SKIPPED


@pytest.mark.parametrize(
    ("send_at", "outcome"),
    [
        ("2026-03-10T09:00", Outcome.PASSED),
        ("2026-03-10T10:00+01:00", Outcome.PASSED),
        ("2026-03-10T19:00", Outcome.FAILED),
        ("2026-03-11T09:00", Outcome.FAILED),
        ("Tuesday morning", Outcome.REVIEW),
    ],
)
def test_the_schedule_of_the_platform(send_at: str, outcome: Outcome) -> None:
    answer = run_check("send-time", build="<p>Hello</p>", campaign=SEND, sidecar={"send_at": send_at})
    assert answer.outcome is outcome
    assert set(answer.codes) <= {"wrong-send-time"}


@pytest.mark.parametrize(
    "line",
    [
        "© 2021 - Template developed by Acme",
        "Copyright © Acme Ltd 2023",
        "Copyright 2021- All rights reserved",
        "© Acme 2017-2020",
        "(c) 2019 Acme",
    ],
)
def test_copyright_lines_of_years_gone_by(line: str) -> None:
    assert run_check("past-dates", build=f"<p>{line}</p>", email={}).codes == ["stale-copyright"]


@pytest.mark.parametrize(
    "line",
    [
        "© 2005-present Acme",
        "© 2005 - {{ year }} Acme",
        "© 2019–today Acme",
        "Copyright, Designs and Patents Act 1988",
        "© Acme, since 1999",
        "(c) all purchases made in 2019",
        "© Acme. Founded 1999",
    ],
)
def test_copyright_lines_that_are_still_good(line: str) -> None:
    assert run_check("past-dates", build=f"<p>{line}</p>", email={}).codes == []


def test_a_page_is_published() -> None:
    (finding,) = run_check("past-dates", build="<p>© 2019 Acme</p>", page={}).findings
    assert "the page is published in" in finding.message


@pytest.mark.parametrize("text", ["Part 17/29/11 fits", "Valid until 11/29/2026", "Ratio 20/30/50", "1/2/2026"])
def test_figures_that_are_a_date_or_none(text: str) -> None:
    assert "impossible-date" not in run_check("weekday-dates", build=f"<p>{text}</p>", campaign=SEND).codes


@pytest.mark.parametrize("text", ["17/29/11", "Date: 31/13/2026", "Register until 17/29/2026", "Gültig bis 30/14/26"])
def test_figures_that_are_no_date(text: str) -> None:
    assert run_check("weekday-dates", build=f"<p>{text}</p>", campaign=SEND).codes == ["impossible-date"]


EVENT = "<table><tr><td>{}</td></tr><tr><td>{}</td></tr><tr><td>{}</td></tr></table>"


@pytest.mark.parametrize(
    "build",
    [
        EVENT.format("05/08/2026", "Wednesday", "08:00 PM"),
        f"<p>Order</p>{EVENT.format('05/08/2020', 'Wednesday', '08:00 PM')}",
        EVENT.format("05/08/2020", "Version 3", "A. Smith"),
        "<p>Newsletter March 2026</p>",
        "<p>Newsletter November 2017</p><p>Newsletter October 2017</p>",
        "<p>News on 3 November 2017 and what became of it</p>",
        "<p>Since November 2017 we are at home here</p>",
    ],
)
def test_events_and_issues_that_may_have_passed(build: str) -> None:
    assert run_check("past-dates", build=f"<p>Hello</p>{build}", campaign=SEND).codes == []


@pytest.mark.parametrize(
    "build",
    [
        EVENT.format("05-08-2025", "Tuesday", "08:00 PM"),
        EVENT.format("5 August 2025", "Tuesday", "20:00"),
        EVENT.format("5. August 2025", "Dienstag", "20:00 Uhr"),
        "<h1>Newsletter November 2017</h1>",
        "<p>Rundbrief März 2021</p>",
        "<title>Monthly update, June 2024</title>",
    ],
)
def test_an_event_or_an_issue_gone_by_without_a_word_beside_it(build: str) -> None:
    answer = run_check("past-dates", build=f"<p>Hello</p>{build}", campaign=SEND, email={"language": "en"})
    assert answer.codes == ["stale-date"]
