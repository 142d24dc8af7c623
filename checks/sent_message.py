"""A message that was sent: what the platform and the mail servers made of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from qa.artefacts import Body, Email, Header, TokenPlaces
from qa.artefacts.causes import of_passage
from qa.check import check
from qa.finding import Cause, Code, Finding, Severity, Skip
from qa.match.merge_tags import each_spelling
from qa.merge_tags.pattern import TOKEN
from qa.source import Place
from qa.text.phrases import listed
from qa.text.wording import quoted

_NOT_SENT = "the build is no message that was sent"
_VERDICT = re.compile(r"\b(dmarc|spf|dkim)\s*=\s*(\w+)", re.IGNORECASE)
_FAILED = ("fail", "softfail", "permerror")


@check(
    "sent-tokens",
    Code(
        "unfilled-token",
        Severity.ERROR,
        "A merge tag still stands in a message that was sent.",
        "Insert it with the platform's own menu; see that the test send fills in a real person's values.",
    ),
)
def sent_tokens(email: Email, places: TokenPlaces, body: Body | None) -> Iterator[Finding]:
    """No merge tag is left in a message that was sent.

    In a build a merge tag is right. In the message that came out of the platform, every reader sees it: it is spelt as
    another platform writes it, or stands where this one fills nothing in, a subject line or a text part.

    Fails:
        email: {}
        build: |
          Received: from mx.acme.example
          From: a@acme.example
          Subject: Hello {{lead.First Name}}

          Hello

    Passes:
        email: {}
        build: |
          Received: from mx.acme.example
          From: a@acme.example
          Subject: Hello Dana

          Hello
    """
    if not email.parts.was_sent:
        raise Skip(_NOT_SENT)
    read = [token for token in places.tokens.built if token.role != "logic"]
    for token, times in each_spelling(read):
        yield _unfilled(token.raw, _room(token.inside), times, token.where, places.causes[token.raw])
    known = {token.raw for token in places.tokens.built}
    for raw, (room, where) in _unread(email, body).items():  # of a platform nobody named
        if not any(raw in other or other in raw for other in known):
            yield _unfilled(raw, room, "", where, (Cause("merge-tag", raw, raw),))


def _unfilled(raw: str, room: str, times: str, where: Place, causes: tuple[Cause, ...]) -> Finding:
    message = f"The message was sent, and the merge tag {quoted(raw)} still stands in {room}{times}."
    return Finding("unfilled-token", message, where, actual=raw, causes=causes)


def _unread(email: Email, body: Body | None) -> dict[str, tuple[str, Place]]:
    """What looks like a merge tag where a reader sees it: raw → where it stands, in words and as a place."""
    envelope = email.envelope
    texts = [("the subject line", envelope.subject), ("the sender", envelope.from_name)]
    seen = [(room, text.value, text.where) for room, text in texts if text is not None]
    blocks = body.blocks if body else ()
    seen += [("its text", block.text, block.where) for block in blocks if not block.outlook_only]
    found = [(hit[0], (room, where)) for room, text, where in seen for hit in TOKEN.finditer(text)]
    return dict(reversed(found))  # at its first place


def _room(inside: str) -> str:
    rooms = {"html": "its HTML", "text": "its text", "subject": "the subject line", "from": "the sender"}
    return rooms.get(inside, f"the {inside}")


@check(
    "authentication",
    Code(
        "failed-authentication",
        Severity.WARNING,
        "The mailbox that received the message did not believe its sender.",
        "Have SPF, DKIM and DMARC set up for the domain of the from address; send a test again.",
    ),
)
def authentication(email: Email) -> Iterator[Finding]:
    """The mailbox that received a test send believed who sent it.

    SPF, DKIM and DMARC tell a mailbox that the platform may send for the brand. Where they fail in the test, the
    campaign goes to spam, or is refused.

    Fails:
        email: {}
        build: |
          Authentication-Results: mx.example; spf=softfail; dmarc=fail
          From: a@acme.example
          Subject: Hi

          Hello

    Passes:
        email: {}
        build: |
          Authentication-Results: mx.example; spf=pass; dkim=pass; dmarc=pass
          From: a@acme.example
          Subject: Hi

          Hello
    """
    if (judged := _judged(email)) is None:
        raise Skip("the build is no message that a mailbox has judged (Authentication-Results)")
    verdicts = [(name.lower(), said.lower()) for name, said in _VERDICT.findall(judged.value)]
    failed = [(name, said) for name, said in verdicts if said in _FAILED]
    believed = ("dmarc", "pass") in verdicts
    failed = [] if believed else [one for one in failed if one[0] != "dkim" or ("dkim", "pass") not in verdicts]
    if ("dkim", "pass") in verdicts:  # a forwarder breaks SPF, and what is signed is believed all the same
        failed = [one for one in failed if one[0] == "dmarc"]
    if failed:
        message = f"The mailbox that received the message did not believe its sender: {listed(map('='.join, failed))}."
        about = (of_passage(judged.where, judged.name),)
        yield Finding("failed-authentication", message, judged.where, actual=judged.value, causes=about)


def _judged(email: Email) -> Header | None:
    """What the last mailbox says: of several such headers the topmost."""
    found = (header for header in email.parts.headers or () if header.name.lower() == "authentication-results")
    first = next(found, None)
    return replace(first, value=" ".join(first.value.split())) if first else None
