"""The subject line as an inbox shows it."""

from __future__ import annotations

from collections.abc import Iterator

from qa.artefacts import Email
from qa.artefacts.causes import of_test_prefix
from qa.check import check
from qa.facts import facts
from qa.finding import Code, Finding, Severity, Skip
from qa.merge_tags.tagless import tagless
from qa.request import AskedEmail
from qa.text.inbox import answer_prefix, shown_of, width
from qa.text.phrases import listed
from qa.text.wording import quoted

_ANSWERING = frozenset(("in-reply-to", "references"))  # headers of a real answer


@check(
    "subject-shown",
    Code(
        "answer-prefix",
        Severity.WARNING,
        "The subject line calls the email an answer or a forwarded mail.",
        "Remove the prefix: it is left over from a proof that was sent round, or misleads its readers.",
    ),
    Code(
        "long-subject",
        Severity.INFO,
        "No common mail program shows the whole subject line.",
        "Say what matters in the first 33 characters; phones show no more.",
    ),
)
def subject_shown(asked: AskedEmail, email: Email) -> Iterator[Finding]:
    """The subject line is shown whole, and calls the email what it is.

    "Fwd:" in front is the rest of a proof that was sent round; large mailbox providers call it misleading. What is
    longer than the widest inbox is read by nobody.

    Fails:
        email: {}
        sidecar: {subject: "Fwd: Save your seat"}
        build: <p>Hello</p>

    Passes:
        email: {}
        sidecar: {subject: "Save your seat"}
        build: <p>Hello</p>
    """
    subject, where = email.envelope.subject, asked.place("subject")
    if email.envelope.origin not in ("headers", "sidecar") or subject is None:
        raise Skip("the build does not show its subject line")
    answers = any(header.name.lower() in _ANSWERING for header in email.parts.headers or ())
    end = answer_prefix(subject.value)
    if end and not answers and not answer_prefix(asked.subject or ""):
        message = (
            f"The subject line {quoted(subject.value)} begins with “{subject.value[:end].strip()}”, like an answer."
        )
        about = (of_test_prefix(subject.where),)
        yield Finding("answer-prefix", message, subject.where, where, asked.subject, subject.value, causes=about)
    line = tagless(subject.value)
    rooms = [(room["client"], room["characters"]) for room in facts("inbox")["subject"]["shown"]]
    if width(line) > max(most for _, most in rooms):
        cut = listed((f"{client} shows {quoted(shown_of(line, most))}" for client, most in (rooms[0], rooms[-1])), 2)
        message = f"The subject line is {width(line)} characters long: {cut}."
        yield Finding("long-subject", message, subject.where, where, actual=subject.value)
