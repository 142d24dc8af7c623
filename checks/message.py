"""Does the message arrive whole: its plain-text part, its size, its characters?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from qa.artefacts import Email, Markup, Parts, causes
from qa.artefacts.causes import of_garbled
from qa.check import Options, check
from qa.facts import facts
from qa.finding import Cause, Code, Finding, Severity, Skip
from qa.markup.merge_tag_mask import BLOT, masked
from qa.source import Place, Source
from qa.text.mojibake import GARBLED, meant
from qa.text.wording import folded, quoted

_LIMITS = facts("limits")["clipping"]
_SHORTEST = 20  # characters; with fewer there is not even "View this email in your browser: https://…"


@dataclass(frozen=True)
class SizeOptions(Options):
    """Bytes of HTML: from where Gmail clips, and from where a warning is due as platforms add tracking."""

    most: int = _LIMITS["most"]
    near: int = _LIMITS["near"]


@check(
    "plain-text",
    Code(
        "missing-plain-text",
        Severity.WARNING,
        "The message has no plain-text part.",
        "Let the platform make one, or write it.",
    ),
    Code("empty-plain-text", Severity.ERROR, "The plain-text part says nothing.", "Write the plain-text part."),
)
def plain_text(email: Email, markup: Markup) -> Iterator[Finding]:
    """The message has a plain-text part that says something.

    It is what watches, screen readers, security gateways and some assistants read, and mail filters hold its absence
    against the sender.

    Fails:
        email: {}
        build: |
          Subject: Your seat
          MIME-Version: 1.0
          Content-Type: text/html

          <p>Save your seat for the webinar.</p>

    Passes:
        email: {}
        build: <p>Save your seat for the webinar.</p>
        plain: Save your seat for the webinar.
    """
    plain = email.parts.plain
    if plain is None and email.parts.headers is None:
        raise Skip("the build is HTML alone; most platforms make the plain-text part when they send")
    if plain is None:
        yield Finding("missing-plain-text", "The message has no plain-text part beside its HTML.")
    elif _says_little(plain.text) and not _says_little(markup.text):
        text = folded(plain.text)
        message = f"The plain-text part says only {quoted(text)}." if text else "The plain-text part is empty."
        yield Finding("empty-plain-text", message, plain.place(0), actual=text)


def _says_little(text: str) -> bool:
    return len(text.strip()) < _SHORTEST and BLOT not in masked(text)


@check(
    "message-size",
    Code(
        "clipped",
        Severity.ERROR,
        "Gmail will cut the email off.",
        "Shorten the HTML: remove comments, unused styles and modules, or split the email.",
    ),
    Code(
        "near-clipping",
        Severity.WARNING,
        "Gmail may cut the email off once the platform has added its tracking.",
        "Shorten the HTML: remove comments, unused styles and modules.",
    ),
)
def message_size(email: Email, options: SizeOptions) -> Iterator[Finding]:
    """The email is short enough for Gmail to show it whole.

    Gmail cuts off what comes after 102 KB of HTML, and with it the footer: the unsubscribe link, the address and the
    pixel that counts opens.

    Fails:
        email: {}
        build: {repeat: ["<p>One more reason to come to our webinar in spring.</p>", 2000]}

    Passes:
        email: {}
        build: <p>Hello</p>
    """
    size = email.parts.size
    if email.parts.html is None:
        raise Skip("the message has no HTML part")
    shown, limit = f"{size / 1000:.0f} KB", f"{options.most / 1000:.0f} KB"
    if size > options.most:
        message = f"The HTML is {shown} long; Gmail cuts off what comes after {limit}."
        cut, about = _cut(email.parts, options.most), (causes.of_page("length"),)
        yield Finding("clipped", message, cut, None, f"at most {limit}", shown, causes=about)
    elif size > options.near:
        message = f"The HTML is {shown} long; with the platform's tracking added, Gmail may cut it off at {limit}."
        yield Finding("near-clipping", message, None, None, f"at most {options.near / 1000:.0f} KB", shown)


def _cut(parts: Parts, most: int) -> Place | None:
    """Where the cut falls."""
    if parts.html is None:
        return None
    return parts.html.place(len(parts.html.text.encode("utf-8", "replace")[:most].decode("utf-8", "ignore")))


@check(
    "encoding",
    Code(
        "garbled-text",
        Severity.ERROR,
        "Letters were garbled on the way into the build.",
        "Save the text as UTF-8 from the start, and paste it again.",
    ),
    Code(
        "contradicting-encoding",
        Severity.WARNING,
        "The build says it is in another character set than it is.",
        'Save the file as UTF-8, and say so: <meta charset="utf-8">.',
    ),
)
def encoding(parts: Parts) -> Iterator[Finding]:
    """Every letter arrives as it was written.

    Text that was pasted from another program or saved twice shows “Ã©” for “é”, first of all in names and in every
    language but English.

    Fails:
        email: {}
        build: <html><head><meta charset="utf-8"></head><body><p>CafÃ© and donâ€™t</p></body></html>

    Passes:
        email: {}
        build: <html><head><meta charset="utf-8"></head><body><p>Café and don’t</p></body></html>
    """
    notes: dict[str, Place] = {}  # both parts of a message may have the same wrong label: said once
    for source in filter(None, (parts.html, parts.plain)):
        yield from _garbled(source)
        if "says “" in source.note:
            notes.setdefault(source.note, source.place(0))
    for note, place in notes.items():
        yield Finding("contradicting-encoding", note, place)
    for header in parts.headers or ():
        if header.name.lower() in ("subject", "from", "reply-to") and (bad := GARBLED.findall(header.value)):
            message = f"The {header.name} {_garbles(bad, header.value)}: {quoted(header.value)}."
            about = _causes(bad, header.where)
            yield Finding("garbled-text", message, header.where, actual=header.value, causes=about)


def _garbled(source: Source) -> Iterator[Finding]:
    found = list(GARBLED.finditer(source.text))
    if found:
        places = f" in {len(found)} places" if len(found) > 1 else ""
        message = f"The {_part(source)} shows {_shown([one[0] for one in found])}{places}."
        first, about = source.place(found[0].start()), _causes([one[0] for one in found], source.place(0))
        yield Finding("garbled-text", message, first, actual=found[0][0], causes=about)
    if lost := source.text.count("�") - _nulls(source):
        places = f"{lost} places" if lost > 1 else "one place"
        message = f"The {_part(source)} shows “�” in {places}: letters were lost there."
        first = source.place(source.text.find("�"))
        yield Finding("garbled-text", message, first, actual="�", causes=_causes(["�"], first))


def _causes(letters: Iterable[str], where: Place) -> tuple[Cause, ...]:
    return tuple(of_garbled(where, each) for each in dict.fromkeys(letters))


def _nulls(source: Source) -> int:
    """How many of the signs stand for NUL, which programs leave behind and no reader is shown."""
    found = re.search(r"(\d++) characters are NUL", source.note)
    return int(found[1]) if found else 0


def _garbles(bad: list[str], value: str) -> str:
    """What is shown for what; but where most of it is garbled otherwise, a few such pairs are chance."""
    strange = sum(not letter.isascii() for letter in value)
    return f"shows {_shown(bad)}" if sum(map(len, bad)) * 2 >= strange else "is garbled"


def _part(source: Source) -> str:
    return {"html": "HTML part", "text": "plain-text part"}.get(source.part, "text")


def _shown(bad: list[str]) -> str:
    """«“Ã©” for “é”»: the most frequent ones, with what was meant."""
    return ", ".join(f"“{one}” for “{meant(one)}”" for one, _ in Counter(bad).most_common(3))
