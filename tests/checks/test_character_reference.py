"""Character references that readers see as text."""

from __future__ import annotations

from typing import Any

import pytest

from qa.testing import run_check
from tests.told import codes as told

MESSAGE = "From: {} <a@acme.example>\nSubject: {}\nContent-Type: text/html; charset=utf-8\n\n<p>Join us today.</p>"


def codes(build: str, **more: Any) -> list[str]:
    return run_check("character-references", build=build, **({"email": {}} | more)).codes


@pytest.mark.parametrize(
    "text",
    [
        "R&amp;D, &lt;3 and AT&amp;T",
        "Save&nbsp;your seat &copy; 2027",
        "Rock &Roll; and black&white;",
        "M&Ms; and Barnes&Noble;",
        "{{ name | append: '&amp;nbsp;' }}",
    ],
)
def test_references_that_are_read(text: str) -> None:
    assert codes(f"<p>{text}</p>") == []


@pytest.mark.parametrize(
    "text",
    [
        "Save&amp;nbsp;your seat",
        "R&amp;amp;D",
        "It&amp;#39;s free",
        "Save&nsbp;now",
        "9&ndahs;5",
        "Fran&cceidl;ais",
    ],
)
def test_references_that_readers_see(text: str) -> None:
    assert codes(f"<p>{text}</p>") == ["stray-entity"]


def test_in_what_readers_do_not_see_references_are_nothing() -> None:
    hidden = '<div style="display:none">Preheader</div><div style="display:none">Two &amp;nbsp;</div><p>Hello</p>'
    assert codes(f"{hidden}<pre>&amp;nbsp;</pre>") == []


def test_alternative_texts_and_the_plain_text_part() -> None:
    assert codes('<p>Hi<img src="a.png" alt="R&amp;amp;D"></p>') == ["stray-entity"]
    assert codes("<p>Hello</p>", plain="Hello &nbsp; you, welcome to it") == ["stray-entity"]
    assert codes("<p>Hello</p>", plain="https://a.example/?a=1&amp;b=2 is where it is") == ["stray-entity"]
    assert codes("<p>Hello</p>", plain="https://a.example/?a=1&b=2 is where it is") == []


@pytest.mark.parametrize(
    ("build", "says"),
    [
        (MESSAGE.format("Acme", "Acme &amp; you: today"), "subject line"),
        (MESSAGE.format("Acme", "Today&nbsp;only"), "subject line"),
        (MESSAGE.format("Acme &mdash; events", "Today"), "from name"),
        ('<div style="display:none">Forty &amp;mdash; minutes</div><p>Join us.</p>', "preheader"),
        ("<html><head><title>Plan &amp;mdash; better</title></head><body><p>Join us.</p></body></html>", "title"),
    ],
)
def test_the_lines_around_the_body(build: str, says: str) -> None:
    (finding,) = run_check("character-references", email={}, build=build).findings
    assert says in finding.message


def test_a_reference_in_a_line_that_was_asked_for_is_told_once() -> None:
    asked = {"subject": "Acme & you: today", "from": {"name": "Acme — events", "address": "a@acme.example"}}
    build = MESSAGE.format("Acme &mdash; events", "Acme &amp; you: today")
    checks = ("character-references", "subject-line", "sender")
    assert told(*checks, email=asked, build=build) == ["stray-entity", "stray-entity"]
    other = MESSAGE.format("Acme &mdash; events", "Acme &amp; you: tonight")
    assert sorted(told(*checks, email=asked, build=other)) == ["stray-entity", "stray-entity", "wrong-subject"]


@pytest.mark.parametrize("piece", ["&nbsp;", "&amp;nbsp", "&amp;nbsp;", "&nsbp;", "&"])
def test_hostile_text(piece: str) -> None:
    assert len(run_check("character-references", email={}, build={"repeat": [piece, 50_000]}).findings) <= 1
