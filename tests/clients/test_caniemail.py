"""The team's client mix, and what each client supports."""

from __future__ import annotations

import json
import re
from importlib.resources import files

import pytest

from qa.clients.caniemail import Client, dated, features, known_clients
from qa.clients.mix import mix, shares, usual_mix
from tests.update_caniemail import trimmed

WINDOWS = Client("outlook-windows", "Outlook on Windows", 14, "outlook.windows")
GMAIL = Client("gmail-web", "Gmail on the web", 17, "gmail.desktop-webmail")
WEB = Client("outlook-web", "Outlook on the web", 12, "outlook.outlook-com")


def test_the_usual_mix_is_everybody_and_known_to_the_table() -> None:
    usual = mix(usual_mix())
    assert sum(client.share for client in usual) == pytest.approx(100)
    tested = json.loads(files("qa.data").joinpath("caniemail.json").read_text("utf-8"))["clients"].split()
    assert {client.tested for client in usual} <= set(tested)
    assert usual[0].share == max(client.share for client in usual)
    assert {*usual_mix(), *tested} == set(known_clients())


def test_a_mix_is_the_most_used_first_without_those_nobody_uses() -> None:
    clients = mix({"gmx.desktop-webmail": 5.5, "outlook-windows": 14, "gmail-web": 17, "gmail-ios": 0})
    assert clients == (GMAIL, WINDOWS, Client("gmx.desktop-webmail", "gmx.desktop-webmail", 5.5, "gmx.desktop-webmail"))


def test_levels_and_notes() -> None:
    position = features()["css-position"]
    assert [position.level(client) for client in (WINDOWS, GMAIL, WEB)] == ["n", "n", "a"]
    assert position.says(WINDOWS) == ()
    assert "but not `relative`, `absolute`" in position.says(WEB)[0]
    assert features()["css-border"].level(GMAIL) == "y"


def test_part_support_fails_where_a_note_says_so() -> None:
    position = features()["css-position"]
    assert position.fails(WINDOWS)
    assert not position.fails(WEB)
    assert position.fails(WEB, r"not\b[^.]*absolute")
    assert not position.fails(WEB, r"not\b[^.]*sticky")


def test_clients_for_people_to_read() -> None:
    assert shares([]) == []
    assert shares([GMAIL, WINDOWS]) == ["Gmail on the web (17 % of readers)", "Outlook on Windows (14 %)"]


def test_the_data_says_when_it_was_published_and_under_which_licence() -> None:
    assert re.fullmatch(r"20\d\d-[01]\d", dated())
    assert "Permission is hereby granted" in files("qa.data").joinpath("caniemail.LICENSE").read_text("utf-8")


def test_trimming_keeps_the_latest_version_of_a_client() -> None:
    stats = {"gmail": {"ios": {"2019-02": "n", "2021-01": "a #1 #3"}, "android": {"2020": "y"}}, "hey": {"ios": {}}}
    feature = {
        "slug": "css-x", "title": " x ", "category": "css", "url": "u", "last_test_date": "2021-01-02", "stats": stats,
        "notes_by_num": {"1": "Partial. See [docs](https://x.example) for more.", "2": "Old.", "3": "Not `y` [z](u)."},
    }  # fmt: skip
    table = trimmed({"last_update_date": "2026-05-13 14:45:41 +0000", "data": [feature]})
    assert (table["date"], table["clients"]) == ("2026-05-13", "gmail.android gmail.ios")
    assert table["features"]["css-x"] == {
        "title": "x", "category": "css", "url": "u", "tested": "2021-01-02",
        "support": {"a 1 3": "gmail.ios"}, "notes": {"1": "Partial.", "3": "Not `y` z."},
    }  # fmt: skip
