"""Emails and pages of a campaign: the parts of a build file, and the envelope an email comes in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.source import Place, Source, Text

_UNDERWAY = frozenset(("received", "dkim-signature", "arc-seal"))  # headers that a message is given on its way


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file carried inside a message: an inline picture (``cid``) or an attachment."""

    name: str
    cid: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Header:
    """A header of a message, decoded."""

    name: str
    value: str
    where: Place


@dataclass(frozen=True, slots=True)
class FurtherPart:
    """A part of a message that mail programs show besides its HTML and plain text, or ``instead`` of them.

    ``number`` counts the parts from one, ``of`` are all. ``source`` is None where it cannot be read as text.
    """

    content_type: str
    number: int
    of: int
    instead: bool
    source: Source | None = None


@dataclass(frozen=True)
class Parts:
    """What one build file holds. ``size`` is the HTML as sent, in bytes of UTF-8: what a client counts."""

    file: str
    html: Source | None = None
    plain: Source | None = None
    headers: tuple[Header, ...] | None = None  # None: not a message, so there are none to look at
    attachments: tuple[Attachment, ...] = ()
    notes: tuple[str, ...] = ()
    long_lines: tuple[Place, ...] = ()  # of a message as it is sent, before anything is decoded
    further: tuple[FurtherPart, ...] = ()
    ends_in_text: bool = False  # of several versions of a message the plain text is the last, behind the HTML
    unbounded: bool = False  # a multipart names no boundary, or one that is never there

    @property
    def size(self) -> int:
        return len(self.html.text.encode("utf-8", "replace")) if self.html else 0

    @property
    def was_sent(self) -> bool:
        """Whether it is a message that went through a mail server: a test send, and no export of a build."""
        return any(header.name.lower() in _UNDERWAY for header in self.headers or ())


@dataclass(frozen=True, slots=True)
class FurtherVersion:
    """A further part, with what it says that the HTML and the plain text do not.

    ``lacks``: what the HTML has and this part, shown in its place, has not.
    """

    part: FurtherPart
    words: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    leftovers: tuple[str, ...] = ()  # merge tags and placeholders
    lacks: tuple[str, ...] = ()

    @property
    def differs(self) -> bool:
        """Whether there is anything in it that was not looked at elsewhere, or anything lacking."""
        return bool(self.part.source is None or self.words or self.links or self.pictures or self.lacks)


@dataclass(frozen=True, slots=True)
class FurtherVersions:
    """The further parts of a message, in its order."""

    found: tuple[FurtherVersion, ...]


@dataclass(frozen=True, slots=True)
class Envelope:
    """Subject line, preheader and sender, as far as the build shows them.

    ``origin`` says where they were read: "headers" of a message, a "sidecar" file, the page "title" (then only the
    subject line, standing in), or "" where nothing shows them.
    """

    origin: str = ""
    subject: Text | None = None
    preheader: Text | None = None
    from_name: Text | None = None
    from_address: Text | None = None
    reply_to: Text | None = None
    headers: tuple[Header, ...] = ()
    send_at: Text | None = None  # only a sidecar says


@dataclass(frozen=True, slots=True)
class Purpose:
    """What an email is for. ``because`` says why it is taken for a transactional one; "" where it is marketing."""

    because: str = ""

    @property
    def transactional(self) -> bool:
        """Whether it answers something its reader did: a receipt, a new password."""
        return bool(self.because)


@dataclass(frozen=True, slots=True)
class DeclaredEnvelope:
    """The envelope as it is written outside the HTML: headers of a message, a sidecar; empty for a page."""

    envelope: Envelope

    @property
    def texts(self) -> tuple[tuple[str, Text], ...]:
        """What stands where: "subject", "preheader", "from" (name and address each) and "reply-to"."""
        one = self.envelope
        found = [("subject", one.subject), ("preheader", one.preheader), ("from", one.from_name)]
        found += [("from", one.from_address), ("reply-to", one.reply_to)]
        return tuple((inside, text) for inside, text in found if text is not None)


@dataclass(frozen=True, slots=True)
class InboxText:
    """The text an inbox shows behind the subject line, as the HTML has it.

    ``padding`` counts the signs without ink that stand in front of its first letter.
    """

    padding: int = 0
    where: Place | None = None


@dataclass(frozen=True, slots=True)
class HtmlEnvelope:
    """What the HTML shows of an envelope: its <title> and the first hidden text; both None where there is no HTML."""

    title: Text | None = None
    preheader: Text | None = None


@dataclass(frozen=True, slots=True)
class Email:
    """One email of a campaign: its parts and its envelope."""

    name: str
    parts: Parts
    envelope: Envelope


@dataclass(frozen=True, slots=True)
class Page:
    """One landing page of a campaign. ``url`` is where it was fetched, "" for a local file."""

    name: str
    parts: Parts
    url: str = ""
