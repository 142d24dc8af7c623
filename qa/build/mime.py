"""The parts of a MIME message: headers with their lines, HTML, plain text, and what is attached to them.

https://www.rfc-editor.org/rfc/rfc5322 and https://www.rfc-editor.org/rfc/rfc2045, read leniently, as mail programs do.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from contextlib import suppress
from email import errors, message_from_bytes, policy
from email.header import decode_header
from email.message import Message
from email.utils import collapse_rfc2231_value
from itertools import islice

from qa.artefacts import Attachment, FurtherPart, Header, Parts
from qa.build.decoding import codec_of, decode, refuse_masses, sound, too_large
from qa.build.shown_parts import HTML, PLAIN, alternatives, ends_in_text, in_order, inner, is_shown, leaves, shown
from qa.facts import facts
from qa.finding import Fault
from qa.source import Place, Source

LARGEST_MESSAGE = 50_000_000  # bytes; the large mailbox providers refuse what is longer than 25 MB, 50 at the most
LONGEST_HEADERS = 1_000_000  # the large mailbox providers take a quarter of that, or less
LONGEST_HEADER = 65_536  # characters; of a longer one no more is read
LONGEST_STRUCTURED = 4_000  # of Content-Type and its like: telling their parameters apart takes the square of it
MOST_PARTS = 2_000
MOST_LINES = 3_000_000  # of base64, 200 MB
LONGEST_LINE = 998  # bytes without the line break: https://www.rfc-editor.org/rfc/rfc5322#section-2.1.1
_MOST_READ = 50  # the parts beyond are told, and not looked into
_MOST_LONG_LINES = 100  # that are told apart
_FIELD = re.compile(rb"([!-9;-~]{1,120})[ \t]*:")
_KNOWN = frozenset(
    b"from to cc bcc subject date sender reply-to message-id mime-version content-type received"
    b" content-disposition content-transfer-encoding return-path delivered-to list-unsubscribe dkim-signature x-mailer"
    b" x-priority path newsgroups".split()
)
_NAMED_BOUNDARY = re.compile(rb"^--([!-~]{1,70})[ \t]*\r?\n(?:content-|\r?\n)", re.IGNORECASE | re.MULTILINE)
_UNBOUNDED = (errors.NoBoundaryInMultipartDefect, errors.StartBoundaryNotFoundDefect)
_DEFECTS: dict[type[errors.MessageDefect], str] = {
    errors.NoBoundaryInMultipartDefect: "a multipart names no boundary",
    errors.StartBoundaryNotFoundDefect: "a boundary that was announced is never there",
    errors.CloseBoundaryNotFoundDefect: "the last boundary is missing: the message may have been cut off",
    errors.InvalidBase64CharactersDefect: "a base64 part holds characters that are no base64",
    errors.InvalidBase64PaddingDefect: "a base64 part is cut off",
    errors.InvalidBase64LengthDefect: "a base64 part is cut off",
    errors.InvalidMultipartContentTransferEncodingDefect: "a multipart says it is encoded, which it cannot be",
    errors.MissingHeaderBodySeparatorDefect: "there is no empty line between the headers and the body",
}


class _Bounded(policy.Compat32):
    """compat32 with headers of bounded length, in one line. The newer policy raises on some broken headers."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        structured = name.lower().startswith("content-")
        return name, re.sub(r"[\r\n]", "", value[:LONGEST_STRUCTURED]) if structured else value[:LONGEST_HEADER]


_BOUNDED = _Bounded()


def is_message(raw: bytes) -> bool:
    """Whether a file is a MIME message, by its content: it begins with a block of headers."""
    names: set[bytes] = set()
    for number, line in enumerate(_start(raw[:16_384]).splitlines()):
        if number == 0 and line.startswith((b"From ", b">From ")):
            continue  # of an mbox
        if not line.strip():
            break
        if line[:1] in b" \t" and names:
            continue
        if not (field := _FIELD.match(line)):
            break
        names.add(field.group(1).lower())
    return len(names & _KNOWN) > (1 if len(names) > 1 else 0)


def read_message(file: str, raw: bytes) -> Parts:
    """Everything a message holds; Fault only where there is nothing to read."""
    if not raw.strip():
        raise Fault(f"{file} is empty.")
    if len(raw) > LARGEST_MESSAGE:
        raise Fault(f"{file} is {too_large(len(raw), LARGEST_MESSAGE)}.")
    if _end(_start(raw)) > LONGEST_HEADERS:
        raise Fault(f"{file} has headers of more than {LONGEST_HEADERS // 1_000_000} MB; no mail program reads that.")
    if raw.count(b"\n--") > 10 * MOST_PARTS or raw.count(b"\n") > MOST_LINES:
        raise Fault(f"{file} has too many parts or lines to be a message.")
    try:
        return _read(file, raw)
    except RecursionError:
        raise Fault(f"{file} holds parts within parts, too deep to follow.") from None


def _read(file: str, raw: bytes) -> Parts:
    message = _parse(_start(raw))
    parts = list(islice(leaves(message), MOST_PARTS))
    notes: list[str] = []
    html, plain, read = _bodies(file, message, parts, notes)
    if not (html or plain):
        held = ", ".join(dict.fromkeys(leaf.get_content_type() for leaf in parts))
        said = f"attachments: {held}" if held else "empty parts"
        why = "".join(f" ({note.rstrip('.')})" for note in notes)
        raise Fault(f"{file} holds neither HTML nor text to read, only {said}{why}.")
    bodies = {id(body[1]) for body in (html, plain) if body}
    notes = [*dict.fromkeys([*_defects(message), *notes])]
    return Parts(
        file,
        html=html[0] if html else None,
        plain=plain[0] if plain else None,
        headers=tuple(_headers(file, raw)),
        attachments=tuple(_attachment(leaf) for leaf in parts if id(leaf) not in bodies),
        notes=tuple(f"{note[0].upper()}{note[1:].rstrip('.')}." for note in notes),
        long_lines=tuple(islice(_long_lines(file, raw), _MOST_LONG_LINES)),
        further=tuple(_further(file, read, bodies)),
        ends_in_text=ends_in_text(read),
        unbounded=any(_is_unbounded(part, message) for part in message.walk()),
    )


def _is_unbounded(part: Message, message: Message) -> bool:
    """Whether its parts are lost for want of a boundary; one inside that is empty has none to lose."""
    lost = part is message or str(part.get_payload()).strip()
    return bool(lost) and any(isinstance(defect, _UNBOUNDED) for defect in part.defects)


def _long_lines(file: str, raw: bytes) -> Iterator[Place]:
    line = 1
    at = 0
    for found in re.finditer(rb"[^\r\n]{%d,}" % (LONGEST_LINE + 1), raw):
        line += raw.count(b"\n", at, found.start())
        at = found.start()
        yield Place(file, line, 1)


def _start(raw: bytes) -> bytes:
    """Without the mark, the blank lines or the filler some programs write before the first header."""
    return raw.removeprefix(b"\xef\xbb\xbf").lstrip()


def _parse(raw: bytes) -> Message:
    if raw.startswith((b"From ", b">From ")):
        raw = raw.partition(b"\n")[2]
    message = message_from_bytes(raw, policy=_BOUNDED)
    if message.get_content_maintype() != "multipart" or message.is_multipart():
        return message
    if (found := _NAMED_BOUNDARY.search(_content(message))) is None:
        return message
    # Of two Content-Types the first counts.
    named = f'Content-Type: {message.get_content_type()}; boundary="{found.group(1).decode()}"\n'
    mended = message_from_bytes(named.encode("ascii", "replace") + raw, policy=_BOUNDED)
    mended.defects += message.defects  # so that the note is still made
    return mended


def _bodies(
    file: str, message: Message, parts: list[Message], notes: list[str]
) -> tuple[tuple[Source, Message] | None, tuple[Source, Message] | None, Message]:
    """The HTML and the plain text that are shown, and the message they are of."""
    html = _body(file, in_order(message, HTML, parts), "html", notes)
    plain = _body(file, in_order(message, PLAIN, parts), "text", notes)
    if html or plain:
        return html, plain, message
    for leaf in parts:  # nothing of its own: what it forwards is what a reader sees
        if leaf.get_content_type() == "message/rfc822" and (forwarded := inner(leaf)):
            notes.append("the text is that of a message forwarded inside this one")
            return _bodies(file, forwarded[0], list(islice(leaves(forwarded[0]), MOST_PARTS)), notes)
    if any(leaf.get_content_type() == "application/ms-tnef" for leaf in parts):
        notes.append("the body is packed in winmail.dat (TNEF), which only Outlook opens")
    return None, None, message


def _body(file: str, candidates: list[Message], part: str, notes: list[str]) -> tuple[Source, Message] | None:
    """The first that can be decoded."""
    for leaf in candidates:
        content = _content(leaf)
        # Not a note as below: a part that was not looked at must not pass.
        refuse_masses(f"the {part} part of {file}", content, html=part == "html")
        try:
            source = decode(file, content, _charset(leaf), part, html=part == "html")
        except Fault as fault:
            notes.append(str(fault))
            continue
        label = "HTML" if part == "html" else "plain text"
        notes += [f"the {label} part: {source.note}"] if source.note else []
        return source, leaf
    return None


def _further(file: str, message: Message, read: set[int]) -> Iterator[FurtherPart]:
    """What is shown besides the HTML and the plain text that are read, or instead of them."""
    parts, versions = list(islice(leaves(message), MOST_PARTS)), alternatives(message)
    together = [{id(leaf) for leaf in shown(message, kind)} for kind in (HTML[0], PLAIN[0])]
    beside = {leaf for each in together if each & read for leaf in each}
    for number, leaf in enumerate(parts, 1):
        content = _content(leaf)
        if id(leaf) in read or not is_shown(leaf) or not (content.strip() or inner(leaf)):
            continue
        kind, instead = leaf.get_content_type(), id(leaf) in versions - beside
        marked_up = kind in facts("shown_parts")["marked_up"]
        source = None
        if (kind.startswith("text/") or marked_up) and number <= _MOST_READ:
            with suppress(Fault):
                refuse_masses(f"part {number} of {file}", content, html=marked_up)
                source = decode(file, content, _charset(leaf), f"part {number}", html=marked_up)
        yield FurtherPart(kind, number, len(parts), instead, source)


def _content(leaf: Message) -> bytes:
    """The bytes of a part; of a message inside the message, which is no file, none."""
    content = leaf.get_payload(decode=True)
    if not isinstance(content, bytes):
        return b""
    if any(isinstance(defect, errors.InvalidBase64LengthDefect) for defect in leaf.defects):
        packed = re.sub(rb"[^A-Za-z0-9+/]", b"", content)  # the parser gives up on it and leaves it as it is
        return binascii.a2b_base64(packed[: len(packed) // 4 * 4])
    return content


def _charset(leaf: Message) -> str | None:
    return _spelled(leaf.get_param("charset")) or None


def _spelled(value: object) -> str:
    """A parameter as text: long ones come in pieces with a character set of their own (RFC 2231)."""
    if not isinstance(value, str | tuple):
        return ""
    try:
        return sound(collapse_rfc2231_value(value))
    except ValueError:  # a character set with a NUL in its name
        return ""


def _attachment(leaf: Message) -> Attachment:
    name = leaf.get_param("filename", header="content-disposition") or leaf.get_param("name")
    cid = str(leaf.get("content-id", "")).strip().strip("<>")
    return Attachment(unwrapped(_spelled(name)), cid, leaf.get_content_type(), _content(leaf))


def _defects(message: Message) -> Iterator[str]:
    for part in message.walk():
        for defect in part.defects:
            if type(defect) in _DEFECTS:
                yield _DEFECTS[type(defect)]


def _headers(file: str, raw: bytes) -> Iterator[Header]:
    """The headers as they stand in the file: the parser keeps no lines."""
    skipped = len(raw) - len(_start(raw))
    block = raw[: skipped + _end(raw[skipped:])]
    source = Source(file, _text(block), part="headers")
    offset = len(_text(raw[:skipped]))
    pending: list[str] = []
    begin = offset
    for line in [*source.text[offset:].splitlines(keepends=True), ""]:
        if line[:1] in (" ", "\t") and pending:
            pending.append(line)
        else:
            yield from _header(source, begin, pending)
            pending, begin = [line], offset
        offset += len(line)


def _header(source: Source, begin: int, lines: list[str]) -> Iterator[Header]:
    name, colon, value = "".join(lines)[:LONGEST_HEADER].partition(":")
    if colon and name.strip() and not name.startswith(("From ", ">From ")):
        yield Header(name.strip(), unwrapped(" ".join(value.split())), source.place(begin))


def _end(raw: bytes) -> int:
    found = re.search(rb"\r?\n[ \t]*\r?\n|\r\r", raw)
    return found.start() if found else len(raw)


def _text(block: bytes) -> str:
    """Header bytes as text, one character a byte where they are not UTF-8."""
    try:
        return block.decode("utf-8")
    except UnicodeDecodeError:
        return block.decode("cp1252", "replace")


def unwrapped(value: str) -> str:
    """A header's value with its encoded words (RFC 2047) read; as it stands where they are broken."""
    if not 0 < value.count("=?") < 1_000:  # more words than lines a header has; reading them takes their square
        return value
    try:
        pieces = decode_header(value)
    except (errors.HeaderParseError, ValueError):
        return value
    return sound(
        "".join(
            piece if isinstance(piece, str) else piece.decode(codec_of(charset or "utf-8") or "utf-8", "replace")
            for piece, charset in pieces
        )
    )
