"""Parts of a message that mail programs show besides its HTML and its plain text, or in their place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from qa.artefacts import Email, FurtherPart, FurtherVersion, FurtherVersions
from qa.artefacts.causes import of_part
from qa.check import check
from qa.facts import facts
from qa.finding import Code, Finding, Severity, Skip
from qa.source import Place
from qa.text.phrases import listed
from qa.text.wording import quoted

_AMP = "text/x-amp-html"
_JUDGED_BY_A_PERSON = ("text/calendar",)  # in which other words than the email's are right
_MOST = 3  # things that are named


@check(
    "message-parts",
    Code(
        "unread-part",
        Severity.ERROR,
        "The message holds a part that mail programs show and that was not checked.",
        "Send one HTML and one plain text; have what else must go with them checked as a build of its own.",
    ),
    Code(
        "amp-link",
        Severity.ERROR,
        "The AMP version leads to a place the HTML does not.",
        "Correct the address in the AMP version, or in the HTML.",
    ),
    Code(
        "amp-leftover",
        Severity.ERROR,
        "A merge tag or a placeholder stands in the AMP version, and not in the HTML.",
        "Replace it in the AMP version.",
    ),
    Code(
        "unread-amp",
        Severity.WARNING,
        "The words and pictures of the AMP version were not checked.",
        "Look at the AMP version in Gmail, beside the HTML.",
    ),
    Code(
        "missing-boundary",
        Severity.ERROR,
        "The message names no boundary between its parts, or one that is not there.",
        "Export the message anew, or name the boundary that stands between its parts.",
    ),
    Code(
        "text-last",
        Severity.WARNING,
        "The plain text stands behind the HTML, so that mail programs show the text.",
        "Put the HTML last: of several versions a mail program shows the last one it understands.",
    ),
)
def message_parts(email: Email, versions: FurtherVersions) -> Iterator[Finding]:
    """Every part of the message that a mail program shows was checked.

    Of several versions mail programs show the last one they understand, and what stands beside the HTML they show
    below it. A part that nobody looked at is what some of the readers get.

    Fails:
        email: {}
        build: |
          Subject: Your seat
          MIME-Version: 1.0
          Content-Type: multipart/alternative; boundary=b

          --b
          Content-Type: text/html

          <p>Save your seat for the spring webinar.</p>
          --b
          Content-Type: text/html

          <p>Save your seat for the winter webinar.</p>
          --b--

    Passes:
        email: {}
        build: |
          Subject: Your seat
          MIME-Version: 1.0
          Content-Type: multipart/alternative; boundary=b

          --b
          Content-Type: text/plain

          Save your seat for the spring webinar.
          --b
          Content-Type: text/html

          <p>Save your seat for the spring webinar.</p>
          --b--
    """
    if email.parts.headers is None:
        raise Skip("the build is no message")
    for version in versions.found:
        yield from _of_amp(email, version) if version.part.content_type == _AMP else _unread(email, version)
    if email.parts.unbounded:
        message = (
            "The boundary between the parts of the message is not the one its header names: "
            "readers see its source, or nothing."
        )
        yield Finding("missing-boundary", message, Place(email.parts.file, 1, 1))
    if email.parts.ends_in_text:
        message = "The plain text stands behind the HTML: mail programs that keep to the standard show the text."
        where = email.parts.plain.place(0) if email.parts.plain else None
        yield Finding("text-last", message, where)


def _unread(email: Email, version: FurtherVersion) -> Iterator[Finding]:
    part = version.part
    if not version.differs:
        return
    shown = "some mail programs show it in place of" if part.instead else "mail programs show it besides"
    message = f"{_named(part)} was not checked, and {shown} what was{_saying(version)}."
    review = part.content_type in _JUDGED_BY_A_PERSON and not version.leftovers
    yield Finding("unread-part", message, _where(email, part), review=review, causes=(of_part(part),))


def _of_amp(email: Email, version: FurtherVersion) -> Iterator[Finding]:
    where = _where(email, version.part)
    if version.links:
        message = f"The AMP version leads to {listed(version.links, _MOST)}; the HTML does not."
        yield Finding("amp-link", message, where, actual=version.links[0], each=version.links)
    if version.leftovers:
        message = f"In the AMP version stands {listed(map(quoted, version.leftovers), _MOST)}, and not in the HTML."
        yield Finding("amp-leftover", message, where, actual=version.leftovers[0], each=version.leftovers)
    if replace(version, links=()).differs:
        message = (
            "The AMP version, which Gmail and others show in place of the HTML, is not the same, and nobody checked "
        )
        message += f"its words and pictures{_saying(version)}."
        yield Finding("unread-amp", message, where, review=True, causes=(of_part(version.part),))


def _saying(version: FurtherVersion) -> str:
    """What of it nobody saw elsewhere, or what is lacking there."""
    if version.part.source is None:
        return ""
    if version.words:
        return f": it says {listed(map(quoted, version.words), _MOST)}"
    if version.links:
        return f": it leads to {listed(version.links, _MOST)}"
    if version.pictures:
        return f": it shows {listed(version.pictures, _MOST)}"
    return f": it lacks {listed(map(quoted, version.lacks), _MOST)}"


def _named(part: FurtherPart) -> str:
    names, kind = facts("shown_parts")["names"], part.content_type
    called = names.get(kind) or names.get(kind.partition("/")[0], kind)
    return f"Part {part.number} of {part.of} of the message ({called})"


def _where(email: Email, part: FurtherPart) -> Place:
    return part.source.place(0) if part.source else Place(email.parts.file, part=f"part {part.number}")
