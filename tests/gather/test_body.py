"""What of a plain text is a paragraph, and what is a link? And do the checks of words and links read it?"""

from __future__ import annotations

import pytest

from qa.finding import Outcome
from qa.gather.body import plain_body
from qa.source import Source
from qa.testing import run_check

WRAPPED = """\
Hi {{lead.First Name}},

On Thursday 24 April we open our own canteen to everybody who runs one,
and cook for you.
* Bring a friend
* Bring two

WHAT WE COOK
------------
Save my seat:
https://www.acme.example/evening?utm_source=news
Larkfield: www.acme.example, or <https://acme.example/menu>.
"""
TEXT_ONLY = """\
Subject: An evening on canteens
Content-Type: text/plain; charset=utf-8

"""


def test_a_line_wrapped_at_the_margin_goes_on_in_the_next() -> None:
    blocks = plain_body(Source("note.txt", WRAPPED)).blocks
    assert [block.text for block in blocks][:5] == [
        "Hi {{lead.First Name}},",
        "On Thursday 24 April we open our own canteen to everybody who runs one, and cook for you.",
        "Bring a friend",
        "Bring two",
        "WHAT WE COOK",
    ]
    assert [block.where.line for block in blocks][:5] == [1, 3, 5, 6, 8]


def test_a_text_that_is_not_wrapped_has_a_paragraph_a_line() -> None:
    text = f"{'On Thursday we open our own canteen to everybody. ' * 4}\nBring a friend.\n"
    assert len(plain_body(Source("note.txt", text)).blocks) == 2


def test_an_address_is_named_by_what_stands_before_it() -> None:
    links = plain_body(Source("note.txt", WRAPPED)).links
    assert [(link.text, link.href) for link in links] == [
        ("Save my seat", "https://www.acme.example/evening?utm_source=news"),
        ("Larkfield", "https://www.acme.example"),
        ("or", "https://acme.example/menu"),
    ]


def test_of_merge_tags_those_are_links_that_print_one() -> None:
    text = "Hi {{lead.First Name}}, see {{my.Event Link}}\nUnsubscribe: {{system.unsubscribeLink}}"
    links = plain_body(Source("note.txt", text)).links
    assert [link.href for link in links] == ["{{my.Event Link}}", "{{system.unsubscribeLink}}"]


@pytest.mark.parametrize(
    ("check", "text", "code"),
    [
        ("placeholder-text", "Lorem ipsum dolor sit amet", "placeholder-text"),
        ("placeholder-text", "Dear [First Name],", "placeholder-text"),
        ("link-syntax", "See https://example.com/webinar", "placeholder-link"),
        ("link-hosts", "See http://localhost/webinar", "staging-link"),
        ("link-hosts", "See https://staging.acme.example/webinar", "staging-link"),
        ("unsubscribe", "Join us.", "missing-unsubscribe"),
        ("postal-address", "Join us. Acme Ltd.", "missing-postal-address"),
        ("past-dates", "Copyright 2019 Acme", "stale-copyright"),
    ],
)
def test_an_email_of_plain_text_alone_is_read(check: str, text: str, code: str) -> None:
    assert run_check(check, build=TEXT_ONLY + text, email={}).codes == [code]


def test_beside_html_the_plain_text_is_said_once() -> None:
    answer = run_check("placeholder-text", build="<p>Hello</p>", plain="Lorem ipsum dolor", email={})
    assert len(answer.findings) == 1
    assert answer.findings[0].where is not None
    assert answer.findings[0].where.file == "build/asset.txt"


@pytest.mark.parametrize("check", ["link-names", "image-alt", "language", "layout-tables", "text-parity", "typography"])
def test_checks_of_tags_say_that_there_is_no_html(check: str) -> None:
    answer = run_check(check, build=TEXT_ONLY + "Join us at https://acme.example/evening", email={})
    assert answer.outcome is Outcome.SKIPPED
    assert answer.reason == "the build has no HTML part"


def test_copy_is_compared_without_addresses_marks_and_capitals() -> None:
    asked = {"copy": ["# What we cook", "Read our stories first.", "Bring a friend"], "links": [STORIES]}
    text = "WHAT WE COOK\n\nRead our stories (https://acme.example/stories) first.\n\n* Bring a friend\n"
    for check in ("copy", "copy-place", "link-presence", "link-destination"):
        assert run_check(check, build=TEXT_ONLY + text, email=asked).outcome is Outcome.PASSED
    assert run_check("plain-text-copy", build=TEXT_ONLY + text, email=asked).outcome is Outcome.SKIPPED


STORIES = {"text": "our stories", "url": "https://acme.example/stories"}


def test_copy_that_was_changed_in_a_text_is_found() -> None:
    asked = {"copy": ["Supper is twelve pounds, and every guest takes the plan home."]}
    text = "Supper is fifteen pounds, and every guest takes the plan home."
    assert run_check("copy", build=TEXT_ONLY + text, email=asked).codes == ["changed-copy"]
