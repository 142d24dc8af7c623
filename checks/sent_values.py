"""Values that a platform filled into a message that was sent, in place of its merge tags."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.artefacts import AlignedCopy, AlignedImages, Body, Email, Tokens
from qa.artefacts.causes import of_passage, of_picture
from qa.check import check
from qa.finding import Cause, Code, Finding, Severity, Skip
from qa.match.filled import left_empty
from qa.request import AskedEmail
from qa.source import Place, Text
from qa.text.wording import alike, quoted

_GREETING = 40  # characters from the beginning of a text in which a name stands
# A mark that closes what was to be a name: «Hi ,» and «, forecasts for you». French has a space before other marks.
_NAMELESS = re.compile(rf"^.{{0,{_GREETING}}}?(?:[^\W\d_] ,(?=\s|$)|, ?[,!](?=\s|$))|^[,;](?=\s*[^\W\d_])")


@check(
    "sent-values",
    Code(
        "empty-token",
        Severity.ERROR,
        "A merge tag was filled in with nothing in a message that was sent.",
        "Give the merge tag a default, or send the test to a person who has the value.",
    ),
)
def sent_values(  # noqa: PLR0913, PLR0917 - where a value can stand
    asked: AskedEmail,
    email: Email,
    tokens: Tokens,
    body: Body | None,
    copy: AlignedCopy | None,
    images: AlignedImages | None,
) -> Iterator[Finding]:
    """Every merge tag of a sent message was filled in with something.

    Whatever the value, it is right; but “Hi ,” goes to everybody of whom the list does not hold the name, where the
    merge tag has no default.

    Fails:
        email: {subject: "{{lead.First Name}}, save your seat"}
        build: |
          Received: from mx.acme.example
          From: a@acme.example
          Subject: , save your seat

          Hello

    Passes:
        email: {subject: "{{lead.First Name}}, save your seat"}
        build: |
          Received: from mx.acme.example
          From: a@acme.example
          Subject: Dana, save your seat

          Hello
    """
    if not tokens.rendered:
        raise Skip("the build is no message that was sent")
    told: set[Place] = set()
    for wanted, built, request, cause in _asked(asked, email, copy, images):
        if tag := left_empty(wanted, built.value, tokens.platform):
            told.add(built.where)
            message = f"In {quoted(built.value)} nothing stands where the request has {quoted(tag)}."
            yield Finding("empty-token", message, built.where, request, wanted, built.value, causes=(cause,))
    approved = {alike(block.text) for block in asked.wording or ()} | {alike(asked.subject or "")}
    for built in _seen(email, body):
        if built.where not in told and alike(built.value) not in approved and _NAMELESS.search(built.value):
            told.add(built.where)
            message = f"In {quoted(built.value)} a value is missing: a merge tag was filled in with nothing."
            about = (of_passage(built.where, built.value),)
            yield Finding("empty-token", message, built.where, None, None, built.value, causes=about)


def _asked(
    asked: AskedEmail, email: Email, copy: AlignedCopy | None, images: AlignedImages | None
) -> Iterator[tuple[str, Text, Place | None, Cause]]:
    """What the request says, what stands there, where each is, and what that is."""
    envelope = email.envelope
    lines = [("subject", asked.subject, envelope.subject), ("preheader", asked.preheader, envelope.preheader)]
    lines += [("sender", asked.sender.name if asked.sender else None, envelope.from_name)]
    for name, wanted, line in lines:
        if wanted and line:
            yield wanted, line, asked.place(name), of_passage(line.where, line.value)
    for block, passage, _ in copy.pairs if copy else ():
        yield block.text, passage, block.where, of_passage(passage.where, passage.value)
    for image, shown in images.pairs if images else ():
        if image.alt:
            alt = Text(shown.tag.alt or "", shown.tag.where)
            yield image.alt, alt, image.place("alt"), of_picture(shown.tag)


def _seen(email: Email, body: Body | None) -> Iterator[Text]:
    """The lines of the inbox and the passages that a reader sees."""
    yield from (line for line in (email.envelope.subject, email.envelope.preheader) if line is not None)
    for block in body.blocks if body else ():
        if not (block.hidden or block.outlook_only):
            yield Text(block.text, block.where)
