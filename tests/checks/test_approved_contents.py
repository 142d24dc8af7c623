"""Is everything told that changed after an approval, with its name, once, and nothing that did not change?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from qa.finding import Outcome
from qa.testing import picture, run_check

BUILD = """<html lang="en"><head><title>Spring</title></head><body>
<div style="display:none">Seats are few</div><h1>Save your seat</h1><p>Only <b>€49</b></p>
<img src="hero.png" alt="Speakers" width="600" height="300">
<p><a href="https://a.example/book?utm_source=x">Book</a> <a href="https://a.example/more">More</a></p>
<!--[if mso]><a href="https://a.example/book">Book</a><![endif]-->
<div style="display:none" class="vip">Seats for members</div></body></html>"""
HERO = {"build/hero.png": {"picture": [600, 300, "spring"]}}


def told(build: str = BUILD, approved: Mapping[str, Any] | None = None, **now: Any) -> list[tuple[str, str]]:
    answer = run_check("approved-contents", build=build, files=HERO, **now, approved=approved or {"build": BUILD})
    assert answer.outcome is not Outcome.BROKEN, answer.reason
    return [(finding.code, finding.message.partition(": ")[2]) for finding in answer.findings]


def test_nothing_changed() -> None:
    assert told() == []


def test_where_nothing_was_approved_nothing_is_compared() -> None:
    answer = run_check("approved-contents", build=BUILD)
    assert answer.outcome is Outcome.SKIPPED and "qa baseline accept" in answer.reason


@pytest.mark.parametrize(
    ("was", "now", "code", "said"),
    [
        (
            "/book?utm_source=x",
            "/book?utm_source=y",
            "changed-link",
            "“Book” leads to https://a.example/book?utm_source=y instead of https://a.example/book?utm_source=x.",
        ),
        (
            'https://a.example/book">',
            'https://b.example/book">',
            "changed-link",
            "“Book” in Outlook on Windows (VML) leads to https://b.example/book instead of https://a.example/book.",
        ),
        ("https://a.example/more", "", "changed-link", "“More” leads to nowhere instead of https://a.example/more."),
        (
            '<a href="https://a.example/more">More</a>',
            "",
            "changed-link",
            "“More” to https://a.example/more is gone.",
        ),
        ("€49", "€59", "changed-words", "“Only €49” became “Only €59”."),
        ("Seats for members", "Seats for all", "changed-words", "“Seats for members” became “Seats for all”."),
        (">More<", ">Less<", "changed-words", "“Book More” became “Book Less”."),
        (
            '"Speakers"',
            '"Speaker"',
            "changed-words",
            "the alternative text of “hero.png”: “Speakers” became “Speaker”.",
        ),
        ("Seats are few", "Seats left: 3", "changed-envelope", "preheader: “Seats are few” became “Seats left: 3”."),
        ("hero.png", "other.png", "changed-picture", "the picture “other.png” stands where “hero.png” stood."),
        ("<h1>", "<!-- new --><h1>", "changed-file", "changed since the approval on 2026-11-20 by Kim Osei; "),
    ],
)
def test_each_change_has_its_name(was: str, now: str, code: str, said: str) -> None:
    assert BUILD.count(was) == 1, was
    ((found, message),) = told(BUILD.replace(was, now))
    assert found == code and message.startswith(said)


def test_two_links_that_changed_places_are_told() -> None:
    swapped = BUILD.replace("/more", "/-").replace("/book?utm_source=x", "/more").replace("/-", "/book?utm_source=x")
    ((code, message),) = told(swapped)
    assert code == "changed-link" and message.count(" instead of ") == 2


def test_the_sender_and_the_chosen_headers_are_told() -> None:
    then = {"from": {"name": "Acme", "address": "a@acme.example"}, "headers": {"List-Unsubscribe": "<x>"}}
    now = {"from": {"name": "Acme", "address": "b@acme.example"}, "headers": {"List-Unsubscribe": "<y>"}}
    ((code, message),) = told(sidecar=now, approved={"sidecar": then})
    assert code == "changed-envelope"
    sender, header = message.split("; ")
    assert sender == "from address: “a@acme.example” became “b@acme.example”"
    assert header == "header List-Unsubscribe: “<x>” became “<y>”."


def test_what_a_mail_server_writes_anew_is_no_change() -> None:
    message = "From: a@acme.example\nSubject: Hi\nDate: %s\nMessage-ID: <%s@x>\nContent-Type: text/html\n\n<p>Hello</p>"
    found = told(message % ("Mon, 2 Mar 2026 09:00:00 +0000", "1"), {"build": message % ("", "2")})
    assert [code for code, _ in found] == ["changed-file"]


def test_the_plain_text_part_is_told() -> None:
    ((code, message),) = told(plain="Only €59\nBook", approved={"plain": "Only €49\nBook"})
    assert code == "changed-words" and message == "in the plain-text part, “Only €49” became “Only €59”."


def test_another_picture_under_the_same_name_is_told() -> None:
    other = {"build/hero.png": picture(600, 300, "autumn")}
    ((code, message),) = told(approved={"files": other})
    assert code == "changed-picture" and message == "the picture “hero.png” is another file."


def test_a_form_is_told() -> None:
    form = '<form action="%s"><input name="email" type="email"><input type="hidden" name="campaign" value="%s"></form>'
    then, now = {"build": form % ("/a", "1")}, form % ("/b", "2")
    ((code, message),) = told(now, then, page={})
    assert code == "changed-form"
    assert message == "the form's target: “/a” became “/b”; the hidden field campaign: “1” became “2”."


def test_many_changes_are_counted() -> None:
    rows = "".join(f"<p>Row {number} costs %s</p>" for number in range(9))
    ((_, message),) = told(rows % (("1",) * 9), {"build": rows % (("2",) * 9)})
    assert message.endswith("; and 4 more changes.")


def test_an_email_that_nobody_approved_is_for_a_person() -> None:
    email = {"name": "second"}
    answer = run_check("approved-contents", build=BUILD, email=email, approved={"email": {"name": "first"}})
    assert answer.codes == ["unapproved-asset"] and answer.findings[0].review


def asked(now: Mapping[str, Any], then: Mapping[str, Any]) -> list[tuple[str, str]]:
    answer = run_check("approved-request", build=BUILD, **now, approved=dict(then))
    assert answer.outcome is not Outcome.BROKEN, answer.reason
    return [(finding.code, finding.message.partition(": ")[2]) for finding in answer.findings]


@pytest.mark.parametrize(
    ("then", "now", "said"),
    [
        ({"offer": {"price": "49"}}, {"offer": {"price": "59"}}, "offer, price: “49” became “59”."),
        (
            {"offer": {"price": "49"}},
            {"offer": {"code": "49"}},
            "offer, code: “49” is new, offer, price: “49” is gone.",
        ),
        (
            {"send": {"at": "2026-03-10T09:00"}},
            {"send": {"at": "2026-03-10T10:00"}},
            "send, at: “2026-03-10T09:00:00” became “2026-03-10T10:00:00”.",
        ),
        ({}, {"tracking": {"utm": "none"}}, "tracking, utm: “none” is new."),
        ({"legal": {"regions": ["uk", "de"]}}, {"legal": {"regions": ["uk"]}}, "legal, regions: “de” is gone."),
    ],
)
def test_the_field_of_a_changed_request_is_named(then: Any, now: Any, said: str) -> None:
    ((code, message),) = asked({"campaign": now}, {"campaign": then})
    assert code == "changed-request" and message == said


def test_a_link_and_a_block_of_copy_are_named() -> None:
    then = {"links": [{"text": "Book", "url": "https://a.example/a"}], "copy": ["Save your seat", "Only €49"]}
    now = {"links": [{"text": "Book", "url": "https://a.example/b"}], "copy": ["Save your seat", "Only €59"]}
    ((_, message),) = asked({"email": now}, {"email": then})
    assert message == (
        "emails “asset”, links “Book”, url: “https://a.example/a” became “https://a.example/b”; "
        "emails “asset”, copy: “Only €49” became “Only €59”."
    )


def test_another_way_to_write_the_same_request_is_a_note() -> None:
    assert asked({}, {}) == []
    answer = run_check("approved-request", build=BUILD, campaign={"people": {}}, approved={"campaign": {}})
    assert answer.codes == ["rewritten-request"]


def test_an_email_that_was_taken_out_is_told() -> None:
    more = {"emails": [{"name": "reminder", "build": "build/asset.html"}]}
    answer = run_check("approved-request", build=BUILD, approved={"campaign": more})
    assert "dropped-asset" in answer.codes
