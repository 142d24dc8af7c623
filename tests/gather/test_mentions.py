"""Which facts does a reader meet, where do they stand, and were their words asked for?"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from qa.artefacts import Mentions, Today
from qa.build.campaign import Campaign
from qa.finding import Unusable
from qa.profile.model import Profile
from qa.request import load_request
from qa.request.offer import facts_of
from qa.run import Subject
from qa.testing import write_campaign
from tests.running import run


def _subject(folder: Path, **campaign: Any) -> Subject:
    write_campaign(folder, **campaign)
    profile = Profile(only=("weekday-dates",), render=False)
    return next(iter(run(Campaign(folder, "test"), load_request(folder), profile).subjects))


def _mentions(folder: Path, **campaign: Any) -> Mentions:
    found = _subject(folder, **campaign).get(Mentions)
    assert isinstance(found, Mentions)
    return found


def test_every_part_is_read(tmp_path: Path) -> None:
    found = _mentions(
        tmp_path,
        sidecar={"subject": "20% off"},
        plain="Only €49\n\nuntil 24 March",
        build='<div style="display:none">Until 25 March</div><p>At 14:00 GMT</p><img src="a.png" alt="Use code SPRING26">',
    )
    assert [(mention.kind, mention.inside, mention.written) for mention in found.found] == [
        ("percentage", "subject", "20%"),
        ("date", "preheader", "25 March"),
        ("time", "body", "14:00"),
        ("code", "alt", "SPRING26"),
        ("price", "text", "€49"),
        ("date", "text", "24 March"),
    ]
    assert found.found[-1].where.line == 3


def test_addresses_and_merge_tags_are_left_out(tmp_path: Path) -> None:
    build = "<p>https://acme.example/2026-03-24 and sale20@acme.example and {{my.Price:default=€49}} and 5 May</p>"
    assert [mention.written for mention in _mentions(tmp_path, build=build).found] == ["5 May"]


@pytest.mark.parametrize(
    ("email", "build", "status"),
    [
        ({}, "<p>Join us on 24 March for it.</p>", "free"),
        ({"copy": ["Join us on 24 March for it."]}, "<p>Join us on 24 March for it.</p>", "asked"),
        ({"copy": ["Join us on 24 March for it."]}, "<p>Join us on 26 March for it.</p>", "changed"),
        ({"copy": ["Nothing of the kind."]}, "<p>Join us on 26 March for it.</p>", "free"),
        ({"images": [{"alt": "Live on 24 March"}]}, '<img src="a.png" alt="Live on 24 March">', "asked"),
        ({"images": [{"alt": "Live on 24 March"}]}, '<img src="a.png" alt="Live on 26 March">', "changed"),
        ({"preheader": "On 24 March"}, '<div style="display:none">On 26 March</div><p>Hello</p>', "changed"),
    ],
)
def test_whether_the_words_were_asked_for(tmp_path: Path, email: dict[str, Any], build: str, status: str) -> None:
    assert [mention.status for mention in _mentions(tmp_path, email=email, build=build).found] == [status]


def test_when_it_is_sent(tmp_path: Path) -> None:
    posted = "Subject: Hello\nDate: Tue, 10 Mar 2026 09:00:00 +0000\nContent-Type: text/html\n\n<p>Hello</p>"
    assert _mentions(tmp_path, build=posted).sent == date(2026, 3, 10)


def test_the_facts_of_an_offer(tmp_path: Path) -> None:
    offer = {"date": "2026-03-24T14:00", "price": "49", "discount": "20 %", "code": "SPRING26", "venue": "Town hall"}
    write_campaign(tmp_path, build="<p>Hello</p>", campaign={"offer": offer})
    read = [(fact.key, fact.kind) for fact in facts_of(load_request(tmp_path))]
    kinds = [("date", "date"), ("date", "time"), ("price", "price"), ("discount", "percentage"), ("code", "code")]
    assert read == [*kinds, ("venue", "words")]


def test_today_can_be_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QA_TODAY", "2026-03-10")
    assert _subject(tmp_path / "a", build="<p>5 May</p>").get(Today) == Today(date(2026, 3, 10))
    monkeypatch.setenv("QA_TODAY", "soon")
    with pytest.raises(Unusable, match="soon"):
        _subject(tmp_path / "b", build="<p>5 May</p>").get(Today)
    monkeypatch.delenv("QA_TODAY")
    send = {"at": "2026-03-10T09:00", "timezone": "Europe/London"}
    assert _subject(tmp_path / "c", build="<p>5 May</p>", campaign={"send": send}).get(Today).date.year >= 2026
