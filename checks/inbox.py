"""Lines of the inbox: subject line, preheader, sender."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.artefacts import Body, Email, Tokens
from qa.artefacts.causes import of_asked, of_test_prefix
from qa.check import check
from qa.finding import Cause, Code, Finding, Severity, Skip
from qa.match.filled import fills
from qa.match.word_differences import causes_of, lost_tags
from qa.merge_tags.pattern import TOKEN
from qa.merge_tags.tagless import is_filled_in
from qa.request import AskedEmail
from qa.source import Place, Text
from qa.text.inbox import answer_prefix
from qa.text.wording import alike, extent, quoted

_TEST = re.compile(
    r"^\W*(test|draft|proof|probe|entwurf|brouillon|prueba|bozza|do not send)\b\s*[\]):|–-]", re.IGNORECASE
)
_Named = tuple[str, str]  # code, name
_Line = tuple[str, str, str | None, Text | None, tuple[str, ...]]  # code, name, asked, built, where it was asked
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
        lost = (of_asked(where, asked.subject),) if asked.subject else ()
        message = "The email has no subject line."
        yield Finding("missing-subject", message, above, where, asked.subject, causes=lost)
        return
    start = 0 if answer_prefix(asked.subject or "") else answer_prefix(built.value)
    if prefix := _TEST.match(built.value[start:]):
        start += prefix.end()
        message = f"The subject line {quoted(built.value)} still says that this is a test."
        says_test = (of_test_prefix(built.where),)
        yield Finding("test-prefix", message, built.where, where, asked.subject, built.value, causes=says_test)
        if asked.subject is None:
            return
    wanted: str = asked.require("subject")
    if about := _behind_prefix(wanted, built, start, asked, tokens):
        yield _differs(("wrong-subject", "subject line"), wanted, built, where, about)


def _differs(line: _Named, wanted: str, built: Text, request: Place | None, about: tuple[Cause, ...]) -> Finding:
    """A line that is another than the one asked for; where a merge tag stands for it, a person reads the value."""
    code, what = line
    message = f"The {what} is {quoted(built.value)}; the request says {quoted(wanted)}."
    later = is_filled_in(built.value) and not TOKEN.search(wanted)
    message += " The platform fills it in: look at a test send." if later else ""
    return Finding(code, message, built.where, request, wanted, built.value, review=later, causes=about)


def _behind_prefix(wanted: str, built: Text, start: int, asked: AskedEmail, tokens: Tokens) -> tuple[Cause, ...]:
    """What is wrong with a subject line, from the end of the words that call it a test or an answer."""
    rest = Text(built.value[start:].strip(), built.where)
    prefix = (of_test_prefix(built.where),) if start else ()
    about = causes_of(wanted, rest, of_asked(asked.place("subject"), wanted), tokens)
    return about if about and about[0].kind == "asked" else (*about, *prefix)


def _title(asked: AskedEmail, title: Text | None, tokens: Tokens) -> Iterator[Finding]:
    """An .html without an envelope: its <title> stands for the subject line, and a difference says so."""
    wanted, where = asked.require("subject"), asked.place("subject")
    if title is None or not title.value.strip() or is_filled_in(title.value):
        raise Skip(NO_ENVELOPE)
    about = causes_of(wanted, title, of_asked(where, wanted), tokens, is_named=True)
    if about:
        message = (
            f"The HTML title is {quoted(title.value)}; the request asks for the subject line {quoted(wanted)}. "
            "The subject line itself is not in an .html build."
        )
        yield Finding("title-not-subject", message, title.where, where, wanted, title.value, causes=about)


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
def preheader(asked: AskedEmail, email: Email, tokens: Tokens, body: Body | None) -> Iterator[Finding]:
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
        first = next((block for block in body.blocks if not block.hidden), None) if body else None
        if first and (shown := extent(alike(first.text), alike(wanted))) and shown[0] == 0:
            return  # it is in sight, and the inbox shows the first words of the body
        instead = f": the inbox shows {quoted(first.text)}" if first else ""
        message = f"The build has no preheader{instead}; the request says {quoted(wanted)}."
        about = (of_asked(where, wanted), *lost_tags(wanted, tokens.platform))
        yield Finding("missing-preheader", message, first.where if first else None, where, wanted, causes=about)
    elif about := causes_of(wanted, built, of_asked(where, wanted), tokens):
        yield _differs(("wrong-preheader", "preheader"), wanted, built, where, about)


@check(
    "sender",
    Code("wrong-from-name", Severity.ERROR, "The from name is not the one asked for.", "Correct it in the platform."),
    Code("wrong-from-address", Severity.ERROR, "The from address is another.", "Correct it in the platform."),
    Code("wrong-reply-to", Severity.ERROR, "Replies go to another address.", "Correct the reply-to in the platform."),
)
def sender(asked: AskedEmail, email: Email, tokens: Tokens) -> Iterator[Finding]:
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
    lines: tuple[_Line, ...] = (
        ("wrong-from-name", "from name", name, envelope.from_name, ("sender", "name")),
        ("wrong-from-address", "from address", address, envelope.from_address, ("sender", "address")),
        ("wrong-reply-to", "reply-to", asked.reply_to, envelope.reply_to, ("reply_to",)),
    )
    for line in lines:
        yield from _compare(*line, asked, tokens)


def _compare(  # noqa: PLR0913, PLR0917 - a line of the envelope, and what it is compared with
    code: str,
    what: str,
    wanted: str | None,
    built: Text | None,
    path: tuple[str, ...],
    asked: AskedEmail,
    tokens: Tokens,
) -> Iterator[Finding]:
    if wanted is None:
        return
    actual, where = built.value if built else "", asked.place(*path)
    same = alike(wanted).casefold() == alike(actual).casefold() if "@" in wanted else alike(wanted) == alike(actual)
    same = same or (tokens.rendered and fills(wanted, actual, tokens.platform))
    line = of_asked(where, wanted)
    if built and actual and not same:
        yield _differs((code, what), wanted, built, where, causes_of(wanted, built, line, tokens))
    elif not same:
        message = f"The {what} is not set; the request says {quoted(wanted)}."
        yield Finding(code, message, built.where if built else None, where, wanted, causes=(line,))
