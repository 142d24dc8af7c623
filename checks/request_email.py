"""Envelope of an email and segments of its variants, as a request names them."""

from __future__ import annotations

from collections.abc import Iterator

from qa.check import check
from qa.finding import Code, Finding, Severity, Skip
from qa.request.brief import EmailBrief
from qa.request.gaps import gap, gaps
from qa.text.phrases import listed
from qa.text.wording import quoted

_NO_SUBJECT = Code(
    "no-subject",
    Severity.ERROR,
    "The request gives no subject line.",
    "Ask the requester for the subject line, and write it under `subject`.",
)
_NO_PREHEADER = Code(
    "no-preheader",
    Severity.WARNING,
    "The request gives no preheader.",
    "Ask for the preheader, and write it under `preheader`.",
)
_NO_SENDER = Code(
    "no-sender",
    Severity.WARNING,
    "The request does not say whom the email comes from, so nobody compares it.",
    "Write name and address under `from`.",
)
_NO_REPLY_TO = Code(
    "no-reply-to",
    Severity.INFO,
    "The request does not say where replies go, so nobody compares it.",
    "Write the address that somebody reads under `reply_to`.",
)


@check("request-envelope", _NO_SUBJECT, _NO_PREHEADER, _NO_SENDER, _NO_REPLY_TO)
def request_envelope(brief: EmailBrief) -> Iterator[Finding]:
    """The request gives subject line, preheader, sender and reply-to address of every email.

    Whoever builds without them invents them, and nobody can say later whether the subject line in the inbox is the
    approved one.

    Fails:
        campaign: {emails: [{name: invite, preheader: Forty minutes, from: "Acme <events@acme.example>"}]}

    Passes:
        campaign:
          emails:
            - name: invite
              subject: Save your seat
              preheader: Forty minutes, live
              from: Acme <events@acme.example>
              reply_to: events@acme.example
    """
    email = brief.email
    yield from gaps(email, {"subject": _NO_SUBJECT, "preheader": _NO_PREHEADER, "reply_to": _NO_REPLY_TO})
    sender = email.sender
    if sender is None:
        yield gap(_NO_SENDER, email.place())
    elif not (sender.name and sender.address):
        lacking = "address" if sender.name else "name"
        yield gap(_NO_SENDER, email.place("sender"), f"The request gives no from {lacking}.")


@check(
    "request-variants",
    Code(
        "unknown-segment",
        Severity.WARNING,
        "A variant is for a segment that the audience does not have.",
        "Correct the name, or add the segment to `audience: segments`.",
    ),
)
def request_variants(brief: EmailBrief) -> Iterator[Finding]:
    """The request has a segment for every variant of an email.

    A variant whose segment is misspelled is built, approved and seen by nobody; its readers get the default instead.

    Fails:
        campaign:
          emails: [{name: invite, variants: [{segment: customer, when: "{% if a %}", subject: Your seat is waiting}]}]
          audience: {segments: [{name: customers, list: audience/customers.csv}]}

    Passes:
        campaign:
          emails: [{name: invite, variants: [{segment: customers, when: "{% if a %}", subject: Your seat is waiting}]}]
          audience: {segments: [{name: customers, list: audience/customers.csv}]}
    """
    audience, variants = brief.request.audience, brief.email.variants
    names = [segment.name for segment in audience.segments] if audience else []
    if not (names and variants):
        raise Skip("the request names no variants, or no segments")
    strange = [variant for variant in variants if variant.segment not in names]
    if strange:
        segments = [variant.segment for variant in strange]
        message = (
            f"There are variants for {listed(map(quoted, segments))}; the audience has {listed(map(quoted, names))}."
        )
        where, known = strange[0].place("segment"), ", ".join(names)
        yield Finding("unknown-segment", message, request=where, expected=known, each=tuple(map(quoted, segments)))
