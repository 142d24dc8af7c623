"""Headers of a message that was sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from qa.artefacts import Email
from qa.artefacts.causes import of_passage
from qa.check import check
from qa.facts import facts
from qa.finding import Code, Finding, Severity, Skip
from qa.text.phrases import listed


@check(
    "message-headers",
    Code(
        "missing-header",
        Severity.WARNING,
        "A message that was sent lacks a header that mailboxes ask for.",
        "Let the platform or the mail server write it.",
    ),
    Code(
        "repeated-header",
        Severity.WARNING,
        "A header that may stand in a message once stands in it twice.",
        "Remove one: Gmail refuses such messages, and mail programs show whichever they like.",
    ),
)
def message_headers(email: Email) -> Iterator[Finding]:
    """A message that was sent has the headers that mailboxes ask for, each once.

    Mailboxes take a message without a date or an id, or with two subject lines, for spam or for a fraud.

    Fails:
        email: {}
        build: |
          Received: from mx.acme.example
          From: events@acme.example
          Subject: Join us

          Hello

    Passes:
        email: {}
        build: |
          Received: from mx.acme.example
          From: events@acme.example
          Subject: Join us
          Date: Tue, 24 Nov 2026 10:00:00 +0000
          Message-ID: <1@acme.example>

          Hello
    """
    headers = email.parts.headers or ()
    if not email.parts.was_sent:
        raise Skip("the build is no message that was sent")
    counts, table = Counter(header.name.lower() for header in headers), facts("inbox")["headers"]
    if missing := [name for name in table["wanted"] if not counts[name.lower()]]:
        message = f"The message was sent without {listed(missing)}."
        yield Finding("missing-header", message, headers[0].where, expected=", ".join(missing))
    for name in (name for name in table["once"] if counts[name.lower()] > 1):
        second = [header for header in headers if header.name.lower() == name.lower()][1]
        message = f"{name} stands in the message {counts[name.lower()]} times."
        about = (of_passage(second.where, name),)
        yield Finding("repeated-header", message, second.where, actual=second.value, causes=about)
