"""Does the inbox show what was asked for: subject line, preheader, sender?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.artefacts import Email, Tokens
from qa.check import check
from qa.finding import Code, Finding, Severity, Skip
from qa.merge_tags import same_but_for_bad_tags
from qa.request import AskedEmail
from qa.source import Text
from qa.wording import alike, changed_words, quoted

_TEST = re.compile(
    r"^\W*(test|draft|proof|probe|entwurf|brouillon|prueba|bozza|do not send)\b\s*[\]):|–-]", re.IGNORECASE
)
NO_ENVELOPE = "an .html build does not show it; hand over the .eml, or a sidecar (…envelope.yaml) beside the build"


@check(
    "subject-line",
    Code("wrong-subject", Severity.ERROR, "The subject line is not the one asked for.", "Correct it in the platform."),
    Code("missing-subject", Severity.ERROR, "The email has no subject line.", "Set it in the platform."),
    Code(
        "title-not-subject",
        Severity.WARNING,
        "Only the HTML title could be read, and it is not the subject line asked for.",
        "Check the subject line in the platform, or hand over an .eml or an envelope sidecar.",
    ),
    Code("test-prefix", Severity.ERROR, "The subject line still says that this is a test.", "Remove the prefix."),
)
def subject_line(asked: AskedEmail, email: Email, tokens: Tokens) -> Iterator[Finding]:
    """The subject line is the one that was asked for.

    It is the one line everybody reads, open or not. A wrong word, last month's date or a "[TEST]" left in front
    reaches the whole list and cannot be called back.

    Fails:
        email: {subject: "Save your seat"}
        sidecar: {subject: "[TEST] Save your seat"}
        build: <p>Hello</p>

    Passes:
        email: {subject: "Save your seat"}
        sidecar: {subject: "Save your seat"}
        build: <p>Hello</p>
    """
    envelope, where = email.envelope, asked.place("subject")
    built = envelope.subject
    if envelope.origin not in ("headers", "sidecar"):
        yield from _title(asked, built, tokens)
        return
    if built is None or not built.value.strip():
        above = email.parts.headers[0].where if email.parts.headers else None
        yield Finding("missing-subject", "The email has no subject line.", above, where, asked.subject)
        return
    if _TEST.match(built.value):
        message = f"The subject line {quoted(built.value)} still says that this is a test."
        yield Finding("test-prefix", message, built.where, where, asked.subject, built.value)
        return
    if _differs(asked.require("subject"), built, tokens):
        message = f"The subject line is {quoted(built.value)}; the request says {quoted(asked.require('subject'))}."
        yield Finding("wrong-subject", message, built.where, where, asked.subject, built.value)


def _title(asked: AskedEmail, title: Text | None, tokens: Tokens) -> Iterator[Finding]:
    """An .html without an envelope: its <title> stands for the subject line, and a difference says so."""
    wanted = asked.require("subject")
    if title is None or not title.value.strip():
        raise Skip(NO_ENVELOPE)
    if _differs(wanted, title, tokens):
        message = (
            f"The HTML title is {quoted(title.value)}; the request asks for the subject line {quoted(wanted)}. "
            "The subject line itself is not in an .html build."
        )
        yield Finding("title-not-subject", message, title.where, asked.place("subject"), wanted, title.value)


@check(
    "preheader",
    Code("wrong-preheader", Severity.ERROR, "The preheader is not the one asked for.", "Correct it in the build."),
    Code(
        "missing-preheader",
        Severity.ERROR,
        "A preheader was asked for and the build has none.",
        "Add it: in the platform's field, or as the first hidden text of the body.",
    ),
)
def preheader(asked: AskedEmail, email: Email, tokens: Tokens) -> Iterator[Finding]:
    """The preheader is the one that was asked for.

    It stands beside the subject line in the inbox. A forgotten one shows the last campaign's words, or "View in
    browser", to everybody.

    Fails:
        email: {preheader: "Forty minutes, free"}
        build: <div style="display:none">The winter sale ends today</div><p>Hello</p>

    Passes:
        email: {preheader: "Forty minutes, free"}
        build: <div style="display:none">Forty minutes, free</div><p>Hello</p>
    """
    wanted, built, where = asked.require("preheader"), email.envelope.preheader, asked.place("preheader")
    if built is None or not built.value.strip():
        message = f"The build has no preheader; the request says {quoted(wanted)}."
        yield Finding("missing-preheader", message, request=where, expected=wanted)
    elif _differs(wanted, built, tokens):
        message = f"The preheader is {quoted(built.value)}; the request says {quoted(wanted)}."
        yield Finding("wrong-preheader", message, built.where, where, wanted, built.value)


@check(
    "sender",
    Code("wrong-from-name", Severity.ERROR, "The from name is not the one asked for.", "Correct it in the platform."),
    Code("wrong-from-address", Severity.ERROR, "The from address is another.", "Correct it in the platform."),
    Code("wrong-reply-to", Severity.ERROR, "Replies go to another address.", "Correct the reply-to in the platform."),
)
def sender(asked: AskedEmail, email: Email) -> Iterator[Finding]:
    """The email comes from, and is answered to, whom the request says.

    People open what they know. A clone keeps the old sender, and replies then pile up where nobody reads them.

    Fails:
        email: {from: {name: Acme Events, address: events@acme.example}}
        sidecar: {from: {name: Acme, address: events@acme.example}}
        build: <p>Hello</p>

    Passes:
        email: {from: {name: Acme Events, address: events@acme.example}}
        sidecar: {from: {name: Acme Events, address: events@acme.example}}
        build: <p>Hello</p>
    """
    if asked.sender is None and asked.reply_to is None:
        asked.require("sender")
    envelope = email.envelope
    if envelope.origin not in ("headers", "sidecar"):
        raise Skip(NO_ENVELOPE)
    wanted = asked.sender
    name, address = (wanted.name, wanted.address) if wanted else (None, None)
    yield from _compare("wrong-from-name", "from name", name, envelope.from_name, asked, "sender", "name")
    yield from _compare(
        "wrong-from-address", "from address", address, envelope.from_address, asked, "sender", "address"
    )
    yield from _compare("wrong-reply-to", "reply-to", asked.reply_to, envelope.reply_to, asked, "reply_to")


def _compare(
    code: str, what: str, wanted: str | None, built: Text | None, asked: AskedEmail, *path: str
) -> Iterator[Finding]:
    if wanted is None:
        return
    actual = built.value if built else ""
    same = alike(wanted).casefold() == alike(actual).casefold() if "@" in wanted else alike(wanted) == alike(actual)
    if not same:
        said = f"is {quoted(actual)}" if actual else "is not set"
        message = f"The {what} {said}; the request says {quoted(wanted)}."
        yield Finding(code, message, built.where if built else None, asked.place(*path), wanted, actual or None)


def _differs(wanted: str, built: Text, tokens: Tokens) -> bool:
    return bool(changed_words(wanted, built.value)) and not same_but_for_bad_tags(wanted, built.value, tokens)
