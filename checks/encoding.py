"""Characters that were garbled on the way."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from qa.artefacts import Markup, Parts
from qa.artefacts.causes import of_garbled
from qa.check import check
from qa.finding import Cause, Code, Finding, Severity
from qa.request import AskedAsset, AskedPage
from qa.source import Place, Source
from qa.text.mojibake import GARBLED, UNDECODED, meant
from qa.text.wording import quoted


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
    Code(
        "undeclared-encoding",
        Severity.WARNING,
        "A page with letters beyond English does not say which character set it is in.",
        'Put <meta charset="utf-8"> at the top of its head.',
    ),
    Code(
        "unreadable-encoding",
        Severity.ERROR,
        "Nothing says which character set the build is in, and without that it cannot be read.",
        'Say it: charset="…" in the Content-Type of the part, or better, send UTF-8.',
    ),
)
def encoding(asked: AskedAsset, parts: Parts, markup: Markup | None) -> Iterator[Finding]:
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
    undeclared: Source | None = None
    for source in filter(None, (parts.html, parts.plain)):
        yield from _garbled(source)
        if "says “" in source.note:
            notes.setdefault(source.note, source.place(0))
        if source.encoding.startswith("iso-2022") and "nothing says" in source.note.lower():
            undeclared = undeclared or source
    if undeclared is not None:
        shows = f"{undeclared.note} Readers see strings such as “$B=U$N” in its place."
        yield Finding("unreadable-encoding", shows, undeclared.place(0))
    for note, place in notes.items():
        yield Finding("contradicting-encoding", note, place)
    if isinstance(asked, AskedPage) and markup is not None and parts.headers is None:
        yield from _undeclared(markup)
    for header in parts.headers or ():
        if header.name.lower() in ("subject", "from", "reply-to") and (bad := GARBLED.findall(header.value)):
            message = f"The {header.name} {_garbles(bad, header.value)}: {quoted(header.value)}."
            about = _causes(bad, header.where)
            yield Finding("garbled-text", message, header.where, actual=header.value, causes=about)


def _undeclared(markup: Markup) -> Iterator[Finding]:
    """A page's own server may say it in a header; a file that is handed over does not show that."""
    text = markup.source.text
    if not markup.doctype or {"charset", "content-type"} & markup.metas.keys():
        return
    letter = next((letter for block in markup.blocks for letter in block.text if not letter.isascii()), "")
    if letter and letter in text:
        message = f"The page does not say its character set, and holds {quoted(letter)}: unless its server says it, "
        message += "browsers guess."
        yield Finding("undeclared-encoding", message, markup.source.place(text.find(letter)), actual=letter)


def _garbled(source: Source) -> Iterator[Finding]:
    found = list(GARBLED.finditer(source.text))
    if left := UNDECODED.search(source.text):
        shown = quoted(" ".join(left[0].split()), 60)
        message = f"The {_part(source)} was never decoded from quoted-printable: it shows {shown}."
        about = _causes([one[0] for one in found], source.place(0))
        yield Finding("garbled-text", message, source.place(left.start()), actual=left[0].strip(), causes=about)
        found = [one for one in found if one[0][0] != "="]
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
