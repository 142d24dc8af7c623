"""Decoding of bytes as text: the character encoding of a file or of a part of a message.

https://encoding.spec.whatwg.org/#decode and
https://html.spec.whatwg.org/multipage/parsing.html#determining-the-character-encoding
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from qa.build.wider_codecs import WIDER
from qa.facts import facts
from qa.finding import Fault
from qa.source import Source

LARGEST_HTML = 5_000_000  # bytes; the longest real email of a corpus of 634 has 0.4 MB, clients clip at 0.1
MOST_TAGS = 300_000  # “<” in it: a parsed tag takes a kilobyte of memory; the longest real email has 10,000
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with UTF-16's
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_META = re.compile(rb"<meta\b[^>]{0,400}?\bcharset\s*=\s*[\"']?\s*([^\s\"'/>;]{1,60})", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml\b[^>]{0,200}?\bencoding\s*=\s*[\"']([^\"'>]{1,60})", re.IGNORECASE)
_CONTROL = bytes({*range(0x20)} - {0x09, 0x0A, 0x0C, 0x0D, 0x1A, 0x1B} | {0x7F})
_JAPANESE = "iso2022_jp_2"
UNDECLARED = "nothing says which character set"
_SINGLE_BYTE = re.compile(r"cp125\d|cp874|iso8859-\d+|koi8-[ru]|mac-")


@dataclass(frozen=True)
class _Claim:
    """A character set that something says the bytes are in. ``codec`` is "" where nobody knows the label."""

    label: str
    codec: str
    who: str


def decode(file: str, raw: bytes, declared: str | None = None, part: str = "", *, html: bool = True) -> Source:
    """The text of a file or part. ``declared`` is what HTTP or MIME says. HTML is also asked for its <meta>.

    ``Source.note`` says what a reader should know: what was guessed, or that a declaration does not fit the bytes.
    """
    name = f"the {part} part of {file}" if part else file
    if html and not part and not raw.strip():
        raise Fault(f"{file} is empty.")
    refuse_masses(name, raw, html=html)
    for mark, codec in _BOMS:
        if raw.startswith(mark):
            text, bad = _lenient(raw[len(mark) :], codec)
            return Source(file, text, codec, _spoilt(bad, codec) if bad else "", part)
    if codec := _wide(raw):
        return Source(
            file,
            raw.decode(codec, "replace"),
            codec,
            f"{name} is in {codec[:6].upper()} and lacks the mark that says so.",
            part,
        )
    if kind := binary(raw):
        raise Fault(f"{name} is not {'HTML' if html else 'text'}: it is {kind}.")
    text, codec, notes = _read(raw, list(_claims(raw, declared, html)))
    if "\0" in text:
        notes.append(f"{text.count(chr(0))} characters are NUL, which no text can hold.")
        text = text.replace("\0", "�")
    return Source(file, text, shown(codec).lower(), " ".join(notes), part)


def refuse_masses(name: str, raw: bytes, *, html: bool) -> None:
    """Fault where bytes are too many, or hold too many tags, to be read within a machine's memory."""
    if len(raw) > LARGEST_HTML:
        raise Fault(f"{name} is {too_large(len(raw), LARGEST_HTML)}; an email or page is never that long.")
    if html and raw.count(b"<") > MOST_TAGS:
        raise Fault(f"{name} holds more than {MOST_TAGS:,} tags; an email or page never has that many.")


def sound(text: str) -> str:
    """Text without halves of surrogate pairs: UTF-7 can spell them, and nothing can write them."""
    return text if text.isascii() else text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def too_large(size: int, limit: int) -> str:
    """«52.4 MB large; the limit is 20 MB»."""
    return f"{size / 1e6:.1f} MB large; the limit is {limit / 1e6:.0f} MB"


def binary(raw: bytes) -> str:
    """What a file is that is no text ("a PNG picture"); "" for text."""
    for kind, beginnings in facts("file_kinds")["kinds"].items():
        if raw.startswith(tuple(bytes.fromhex(beginning) for beginning in beginnings)):
            return str(kind)
    head = raw[:65_536]
    strange = len(head) - len(head.translate(None, _CONTROL))
    # Old mailers left a stray control character or two, some programs a run of NULs amid their markup; of a program or
    # an archive a tenth and more are control characters.
    allowed = len(head) // (3 if head.lstrip()[:1] == b"<" else 50)
    return "a binary file" if strange > max(4, allowed) else ""


def codec_of(label: str) -> str:
    """The Python codec for a label as it is written in <meta> or MIME; "" where nobody knows it."""
    wanted = label.strip().strip("\"'").lower()
    try:
        name = codecs.lookup(_labels().get(wanted, wanted)).name
        b" ".decode(name)  # base64 and the like are codecs too, but of no text
    except (LookupError, ValueError):  # ValueError: a label with a NUL in it
        return ""
    return "" if name.replace("-", "_") in facts("charsets")["refused"]["codecs"] else name


def _claims(raw: bytes, declared: str | None, html: bool) -> Iterator[_Claim]:
    if declared:
        yield _Claim(declared, codec_of(declared), "the header")
    if not html:
        return
    head = _COMMENT.sub(b"", raw[:2048])
    for who, found in (("<meta>", _META.search(head)), ("the XML declaration", _XML.search(head))):
        if found:
            label = found.group(1).decode("ascii", "replace")
            codec = codec_of(label)
            # A <meta> that was read as ASCII cannot be in UTF-16: the standard takes it for UTF-8.
            yield _Claim(label, "utf-8" if codec.startswith(("utf-16", "utf-32")) else codec, who)


def _read(raw: bytes, claims: list[_Claim]) -> tuple[str, str, list[str]]:
    """Text, codec and notes: the first claim that fits, then UTF-8, then a guess."""
    notes = [f"{c.who} says “{c.label}”, a character set nobody knows." for c in claims if not c.codec]
    known = [claim for claim in claims if claim.codec]
    codec = next((claim.codec for claim in known if _fits(raw, claim.codec)), "")
    if not codec and not _decodes(raw, "utf-8"):  # one bad character in a thousand makes it no other set
        codec = next((claim.codec for claim in known if _nearly_fits(raw, claim.codec)), "")
    guessed, shifts = "", b"\x1b$" in raw and raw.isascii() and _decodes(raw, _JAPANESE)
    if shifts and not codec.startswith("iso2022"):  # seven bits fit every set, and then show as “$B=U$N”
        codec = _JAPANESE
        notes += [] if known else [f"{UNDECLARED} this is in; it was read as {shown(codec)}."]
    elif not codec and not known and not _fits(raw, "utf-8"):
        codec = _guess(raw)
        notes.append(f"{UNDECLARED} this is in; it was read as {shown(codec)}, a guess.")
    elif not codec:
        believed = _fits(raw, "utf-8") or (_mostly_utf8(raw) and any(claim.codec == "utf-8" for claim in known))
        codec = "utf-8" if believed else _guess(raw)
        guessed = "" if believed else ", as far as can be guessed"
    notes += [
        f"{claim.who} says “{claim.label}”, but the text is in {shown(codec)}{guessed}."
        for claim in known
        if claim.codec != codec and (shifts or not raw.isascii())
    ]
    text, bad = _lenient(raw, codec)
    notes += [_spoilt(bad, codec)] if bad else []
    return text, codec, [note[0].upper() + note[1:] for note in notes]


def _fits(raw: bytes, codec: str) -> bool:
    """Whether the bytes can be in this character set. Any bytes can be Latin ones, so UTF-8 that shows is believed."""
    if codec.startswith(("utf-16", "utf-32")):
        return b"\0" in raw and _decodes(raw, codec)
    if codec == "utf-8" or raw.isascii():
        return _decodes(raw, codec)
    high = _count(raw, 0x80, 0xFF)
    if _decodes(raw, "utf-8") and (high >= 6 or _SINGLE_BYTE.match(codec)):
        return False
    return codec == "cp1252" or _decodes(raw, codec)


def _decodes(raw: bytes, codec: str) -> bool:
    try:
        raw.decode(codec, WIDER)
    except UnicodeDecodeError:
        return False
    return True


def _nearly_fits(raw: bytes, codec: str) -> bool:
    """Whether a set of several bytes a character, East Asian ones, fits but for a few of them."""
    if codec == "utf-8" or _SINGLE_BYTE.match(codec) or (raw.isascii() and b"\x1b" not in raw):
        return False
    text, bad = _lenient(raw, codec)
    return bad * 50 <= sum(not sign.isascii() for sign in text)


def _mostly_utf8(raw: bytes) -> bool:
    """Whether a few broken bytes stand in what is UTF-8: reading it as another set would spoil all of it."""
    broken = raw.decode("utf-8", "replace").count("�") - raw.count("�".encode())
    sound = raw.decode("utf-8", "ignore")
    return broken < len(sound) - len(sound.encode("ascii", "ignore"))


def _count(raw: bytes, first: int, last: int) -> int:
    return len(raw) - len(raw.translate(None, bytes(range(first, last + 1))))


def _lenient(raw: bytes, codec: str) -> tuple[str, int]:
    """Text whatever the bytes, and how many of them could not be read."""
    try:
        text = raw.decode(codec, WIDER)
    except UnicodeDecodeError:
        text = raw.decode(codec, "replace")
    else:
        whole = sound(text)
        return whole, 0 if whole == text else whole.count("�")
    text = sound(text)
    return text, text.count("�")


def _spoilt(bad: int, codec: str) -> str:
    return f"{bad} place{'s' if bad > 1 else ''} cannot be read as {shown(codec)}; a reader sees “�” there."


def _wide(raw: bytes) -> str:
    """UTF-16 without a mark: every second byte of Western markup is NUL."""
    head = raw[:512]
    pairs = len(head) // 2
    if pairs < 4:
        return ""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > pairs * 0.8 and even < pairs * 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > pairs * 0.8 and odd < pairs * 0.1 else ""


def _guess(raw: bytes) -> str:
    if b"\x1b$" in raw:
        return _JAPANESE
    # Markup is ASCII and would outvote the words: only the stretches around other bytes are shown.
    sample = b"\n".join(re.findall(rb"[^\x00-\x7f][^<>]{0,80}", raw[:400_000])[:400])
    if sum(byte > 0x7F for byte in sample) < 12:
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=facts("charsets")["guess"]["codecs"]).best()
    guess = codecs.lookup(best.encoding).name if best else "cp1252"
    return "cp1252" if raw.decode(guess, "replace") == raw.decode("cp1252", "replace") else guess  # the usual name


def shown(codec: str) -> str:
    """A codec under the name people know it by."""
    if codec.startswith("iso2022_jp"):
        return "ISO-2022-JP"
    return f"windows-{codec[2:]}" if codec.startswith("cp") else codec.replace("_", "-").upper()


@cache
def _labels() -> dict[str, str]:
    return {label: codec for codec, labels in facts("charsets")["codecs"].items() for label in labels}
