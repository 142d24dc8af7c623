"""Do calendar links, .ics files and invitations say when the event is?"""

from __future__ import annotations

from typing import Any

import pytest

from qa.finding import Outcome
from qa.testing import Answer, run_check

OFFER = {"event_date": "2027-03-16", "event_time": "10:00 GMT"}
GOOGLE = "https://calendar.google.com/calendar/render?action=TEMPLATE&amp;text=Spring&amp;dates="
OUTLOOK = "https://outlook.live.com/calendar/0/deeplink/compose?rru=addevent&amp;startdt="
YAHOO = "https://calendar.yahoo.com/?v=60&amp;title=Spring&amp;st="
ICS = "BEGIN:VCALENDAR\r\nBEGIN:VTIMEZONE\r\nDTSTART:19700101T000000\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\n{}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"


def _link(href: str, offer: dict[str, str] | None = None, **more: Any) -> list[str]:
    campaign = {"offer": OFFER if offer is None else offer, "language": "en-GB", **more.pop("campaign", {})}
    build = f'<p>{more.pop("text", "Join us")}</p><a href="{href}">Add to calendar</a>'
    return run_check("calendar-entries", campaign=campaign, build=build, **more).codes


@pytest.mark.parametrize(
    "href",
    [
        f"{GOOGLE}20270316T100000Z/20270316T104000Z",
        f"{GOOGLE}20270316T110000/20270316T114000&amp;ctz=Europe/Berlin",
        f"{GOOGLE}20270316/20270317",
        f"{GOOGLE}20270316T100000/20270316T104000",
        "https://www.google.com/calendar/event?action=TEMPLATE&amp;dates=20270316T100000Z%2F20270316T104000Z",
        f"{OUTLOOK}2027-03-16T10:00:00Z&amp;enddt=2027-03-16T10:40:00Z",
        f"{OUTLOOK}2027-03-16T11:00:00%2B01:00&amp;enddt=2027-03-16T11:40:00%2B01:00",
        f"{YAHOO}20270316T100000Z&amp;dur=0040",
        "https://calendar.google.com/calendar/u/0/embed?src=team",
        f"{GOOGLE}{{{{my.Start}}}}/{{{{my.End}}}}",
    ],
)
def test_an_entry_for_the_event(href: str) -> None:
    assert _link(href) == []


@pytest.mark.parametrize(
    ("href", "code"),
    [
        (f"{GOOGLE}20270317T100000Z/20270317T104000Z", "wrong-calendar-date"),
        (f"{GOOGLE}20260316T100000Z/20260316T104000Z", "wrong-calendar-date"),
        (f"{GOOGLE}20270316T110000Z/20270316T114000Z", "wrong-calendar-time"),
        (f"{GOOGLE}20270316T100000/20270316T104000&amp;ctz=Europe/Berlin", "wrong-calendar-time"),
        (f"{GOOGLE}20270315/20270316", "wrong-calendar-date"),
        (f"{OUTLOOK}2027-03-16T11:00:00Z&amp;enddt=2027-03-16T11:40:00Z", "wrong-calendar-time"),
        (f"{OUTLOOK}2027-04-16T10:00:00Z&amp;enddt=2027-04-16T10:40:00Z", "wrong-calendar-date"),
        (f"{YAHOO}20270316T150000Z&amp;et=20270316T154000Z", "wrong-calendar-time"),
        (f"{GOOGLE}20270316T100000Z/20270316T094000Z", "crossed-calendar-times"),
        (f"{GOOGLE}2027031T100000Z/20270316T104000Z", "unreadable-calendar-entry"),
        (f"{GOOGLE}20270231T100000Z/20270316T104000Z", "unreadable-calendar-entry"),
    ],
)
def test_an_entry_that_is_wrong(href: str, code: str) -> None:
    assert _link(href) == [code]


@pytest.mark.parametrize(
    ("lines", "codes"),
    [
        ("DTSTART:20270316T100000Z\r\nDTEND:20270316T104000Z", []),
        ("DTSTART;TZID=Europe/Paris:20270316T110000\r\nDURATION:PT40M", []),
        (
            "DTSTART;TZID=W. Europe Standard Time:20270316T110000\r\nDTEND;TZID=W. Europe Standard Time:20270316T114000",
            [],
        ),
        ("DTSTART;VALUE=DATE:20270316", []),
        ("DTSTART:20270317T100000Z\r\nDTEND:20270317T104000Z", ["wrong-calendar-date"]),
        ("DTSTART;TZID=Europe/Paris:20270316T100000\r\nDURATION:PT40M", ["wrong-calendar-time"]),
        ("DTSTART:20270316T100000Z\r\nDTEND:20270316T090000Z", ["crossed-calendar-times"]),
    ],
)
def test_a_file_and_a_part_of_a_message(lines: str, codes: list[str]) -> None:
    assert _link("invite.ics", files={"build/invite.ics": ICS.format(lines)}) == codes
    head = "Subject: Hello\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/html\n\n"
    message = f"{head}<p>Join us</p>\n--b\nContent-Type: text/calendar; method=REQUEST\n\n{ICS.format(lines)}\n--b--\n"
    assert run_check("calendar-entries", campaign={"offer": OFFER}, build=message).codes == codes


@pytest.mark.parametrize(
    ("language", "text", "day", "codes"),
    [
        ("fr", "Mardi 16 mars 2027 à 10h00 CET", "20270316T090000Z", []),
        ("fr", "Mardi 16 mars 2027 à 10h00 CET", "20270316T100000Z", ["wrong-calendar-time"]),
        ("de", "Dienstag, 16. März 2027, 10:00 Uhr", "20270317T090000Z", ["wrong-calendar-date"]),
        ("es", "Martes 16 de marzo de 2027, 10:00", "20270316T090000Z", []),
        ("en", "16 March 2027, 10:00 GMT; 18 March 2027, 10:00 GMT", "20270401T100000Z", []),
    ],
)
def test_without_an_offer_the_build_says_when_it_is(language: str, text: str, day: str, codes: list[str]) -> None:
    assert _link(f"{GOOGLE}{day}", {}, text=text, campaign={"language": language}) == codes


def test_the_zone_of_the_send_stands_for_one_that_nobody_gives() -> None:
    send = {"at": "2027-03-02T09:00", "timezone": "Europe/Berlin"}
    offer = {"event_date": "2027-03-16", "event_time": "10:00"}
    right, wrong = (f"{GOOGLE}20270316T{hour}0000Z/20270316T{hour}4000Z" for hour in ("09", "10"))
    assert _link(right, offer, campaign={"send": send}) == []
    assert _link(wrong, offer, campaign={"send": send}) == ["wrong-calendar-time"]


def test_without_entries_there_is_nothing_to_look_at() -> None:
    answer = run_check("calendar-entries", campaign={"offer": OFFER}, build="<p>Join us</p>")
    assert answer.outcome is Outcome.SKIPPED


def _beside(content: str, *, link: str = "https://cdn.acme.example/4711", **offer: str) -> Answer:
    mail = f'<p>Join us on 16 March 2027.</p><a href="{link}">Add to calendar</a>'
    emails = [{"name": name, "build": f"build/{name}.html"} for name in ("one", "two")]
    files = {"build/one.html": mail, "build/two.html": mail, "build/event.ics": ICS.format(content)}
    return run_check("calendar-files", campaign={"offer": offer or OFFER, "emails": emails}, files=files)


@pytest.mark.parametrize(
    "content", ["DTSTART:20270316T100000Z", "DTSTART;VALUE=DATE:20270316", "DTSTART;TZID=Europe/Berlin:20270316T110000"]
)
def test_a_file_beside_the_build_for_the_event(content: str) -> None:
    assert _beside(content).codes == []


@pytest.mark.parametrize(
    "content",
    [
        "DTSTART:20260316T100000Z",
        "DTSTART:20270316T110000Z",
        "DTSTART;VALUE=DATE:20270317",
        "DTSTART;TZID=Europe/Berlin:20270316T100000",
        "DTSTART:20270231T100000Z",
        "DTSTART:20270316T100000Z\r\nDTEND:20270316T090000Z",
    ],
)
def test_a_file_beside_the_build_that_is_wrong_is_told_once(content: str) -> None:
    answer = _beside(content)
    assert (answer.outcome, answer.codes) == (Outcome.REVIEW, ["wrong-calendar-file"])


def test_a_file_that_is_named_is_not_told_again() -> None:
    assert _beside("DTSTART:20260316T100000Z", link="event.ics").outcome is Outcome.SKIPPED


def test_a_file_beside_the_build_without_a_date_in_the_request() -> None:
    assert _beside("DTSTART:20260316T100000Z", price="€ 20").codes == []
