"""The sender as mailboxes see it, and the headers of a message that was sent."""

from __future__ import annotations

import pytest

from qa.finding import Outcome
from qa.testing import Answer, run_check
from tests.told import codes


def message(*headers: str, check: str = "sender-identity") -> Answer:
    return run_check(check, email={}, build="\r\n".join([*headers, "Subject: Join us", "", "Hello, come and see."]))


@pytest.mark.parametrize(
    "line",
    [
        "From: Acme Events <events@acme.example>",
        'From: "Acme, Events" <events@acme.example>',
        "From: Acme, Events <events@acme.example>",
        "From: =?utf-8?q?Taller_Azafr=C3=A1n?= <hola@acme.example>",
        "From: {{my.From Name}} <{{my.From Address}}>",
        'From: "Acme @ Home, Inc." <events@acme.example>',
        "From: Acme @ Home <events@acme.example>",
        "From: Gmail tips <tips@gmail-tips.example>",
    ],
)
def test_one_sender_with_a_name(line: str) -> None:
    assert message(line, "To: a@b.example").codes == []


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("To: a@acme.example", "missing-sender"),
        ("From:", "missing-sender"),
        ("From: Acme <a@acme.example>, Ben <b@acme.example>", "several-senders"),
        ("From: Acme <a@acme.example>\r\nFrom: Ben <b@acme.example>", "several-senders"),
        ("From: Acme <acme.events@gmail.com>", "free-mailbox"),
        ("From: Acme <acme@yahoo.co.uk>", "free-mailbox"),
        ("From: Acme <acme@GMX.de>", "free-mailbox"),
        ("From: events@acme.example", "nameless-sender"),
        ("From: <events@acme.example>", "nameless-sender"),
        ("From: events@acme.example <events@acme.example>", "nameless-sender"),
        ('From: "" <events@acme.example>', "nameless-sender"),
        ('From: "Events@acme.example" <events@acme.example>', "nameless-sender"),
    ],
)
def test_a_sender_that_mailboxes_mistrust(line: str, code: str) -> None:
    assert message(line, "To: a@b.example").codes == [code]


def test_a_mail_that_somebody_wrote_in_that_mailbox() -> None:
    written = "From: Dana <dana@gmail.com>"
    assert message(written, "Message-ID: <CAK9@mail.gmail.com>").codes == []
    assert message("From: Mail Delivery <mailer@googlemail.com>", "Message-ID: <1@mx.google.com>").codes == []
    assert message("From: Dana <dana@hotmail.com>", "Message-ID: <1@AM0PR01.eurprd01.prod.outlook.com>").codes == []
    assert message(written, "DKIM-Signature: v=1; d=gmail.com; s=2026; b=x").codes == []
    assert message(written, "DKIM-Signature: v=1; d=mailer.example; s=1; b=x").codes == ["free-mailbox"]


def test_the_envelope_beside_a_build() -> None:
    def beside(**sender: str) -> list[str]:
        return run_check("sender-identity", email={}, sidecar={"from": sender}, build="<p>Hello</p>").codes

    assert beside(address="events@acme.example") == []  # the name is not said
    assert beside(name="events@acme.example", address="events@acme.example") == ["nameless-sender"]
    assert beside(name="Acme", address="acme@outlook.com") == ["free-mailbox"]
    assert run_check("sender-identity", email={}, build="<p>Hello</p>").outcome is Outcome.SKIPPED


def test_each_is_told_once() -> None:
    asked = {"from": {"name": "Acme", "address": "events@acme.example"}}
    checks = ("sender", "sender-identity")
    other = {"from": {"name": "Acme", "address": "acme@gmail.com"}}
    assert codes(*checks, email=asked, sidecar=other, build="<p>Hello</p>") == ["wrong-from-address"]
    build = "To: a@b.example\r\nSubject: Join us\r\n\r\nHello"
    assert codes(*checks, email=asked, build=build) == ["missing-sender"]
    nameless = "From: events@acme.example\r\nSubject: Join us\r\n\r\nHello"
    assert codes(*checks, email=asked, build=nameless) == ["wrong-from-name"]


SENT = ("Received: from mx.acme.example", "From: Acme <a@acme.example>", "Date: Tue, 24 Nov 2026 10:00:00 +0000")


def test_the_headers_of_a_message_that_was_sent() -> None:
    complete = (*SENT, "Message-ID: <1@acme.example>", "Received: from second.example")
    assert message(*complete, check="message-headers").codes == []
    assert message(*SENT, check="message-headers").codes == ["missing-header"]
    assert message("From: a@acme.example", check="message-headers").outcome is Outcome.SKIPPED
    (twice,) = message(*complete, "Subject: Another", check="message-headers").findings
    assert (twice.code, twice.message) == ("repeated-header", "Subject stands in the message 2 times.")
    assert message(*complete, "To: a@b.example", "to: c@d.example", check="message-headers").codes == [
        "repeated-header"
    ]
