"""Wording that was ruled out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from qa.artefacts import Body, DeclaredEnvelope, FormField
from qa.artefacts.causes import of_asked, of_passage
from qa.check import check
from qa.finding import Cause, Code, Finding, Severity
from qa.request import AskedAsset
from qa.source import Place, Source, Text
from qa.text.wording import find, quoted


@check(
    "banned-wording",
    Code("banned-wording", Severity.ERROR, "The build says what the request rules out.", "Remove the words."),
)
def banned_wording(asked: AskedAsset, declared: DeclaredEnvelope, body: Body) -> Iterator[Finding]:
    """Nothing is said that the request rules out.

    These are the words of the campaign this one was cloned from, or words legal has struck out. A hyphen between them
    changes nothing: “early bird” rules out “Early-bird” as well.

    Fails:
        email: {must_not_include: [Winter]}
        build: <p>Our winter sale starts today.</p>

    Passes:
        email: {must_not_include: [Winter]}
        build: <p>Our spring sale starts today.</p>
    """
    wanted, texts = asked.require("must_not_include"), _texts(body)
    for number, words in enumerate(wanted):
        said = [(text, of_passage(text.where)) for text in _said(words, texts, body)]
        # A line the request gives word for word comes last: another check may tell of it as a whole.
        if places := sorted([*_in_inbox(words, asked, declared), *said], key=lambda place: place[1].kind == "asked"):
            more = f", {len(places)} times" if len(places) > 1 else ""
            message = f"The build says {quoted(words)}{more}; the request rules it out."
            request, first = asked.place("must_not_include", number), places[0][0]
            about = tuple(cause for _, cause in places)
            yield Finding("banned-wording", message, first.where, request, actual=first.value, causes=about)


def _in_inbox(words: str, asked: AskedAsset, declared: DeclaredEnvelope) -> Iterator[tuple[Text, Cause]]:
    """In the inbox, but for what the request itself has there; a line it gives word for word is wrong as a whole."""
    for inside, text in declared.texts:
        field = inside.replace("-", "_")
        wanted = getattr(asked, field, None)
        if _says(text.value, words) and (wanted is None or not _says(wanted, words)):
            yield text, of_passage(text.where) if wanted is None else of_asked(asked.place(field), wanted)


def _texts(body: Body) -> list[Text]:
    """All a reader can meet; hidden text too, which the inbox shows and screen readers say."""
    texts = [Text(block.text, block.where) for block in body.blocks]
    texts += [Text(image.alt, image.where) for image in body.images if image.alt]
    texts += [body.title] if body.title else []
    beside = [Text(said, field.where) for form in body.forms for field in form.fields for said in _in_field(field)]
    beside += [Text(link.text, link.where) for link in body.links]  # read aloud
    shown = {text.value for text in texts}
    return texts + [text for text in beside if text.value not in shown]


def _said(words: str, texts: Sequence[Text], body: Body) -> Iterator[Text]:
    yield from (text for text in texts if _says(text.value, words))
    if body.beside and (hit := _says(body.beside.text, words)):
        yield Text(hit[0], _in_plain(body.beside, hit[0]))


def _in_field(field: FormField) -> Iterator[str]:
    """What a visitor reads in or beside a field."""
    yield from dict.fromkeys(filter(None, (field.label, field.value, *field.options)))


def _says(text: str, words: str) -> re.Match[str] | None:
    """Where a text says the words, in full-width or styled letters, too."""
    return find(unicodedata.normalize("NFKC", text), unicodedata.normalize("NFKC", words))


def _in_plain(plain: Source, words: str) -> Place:
    at = re.search(r"\s+".join(map(re.escape, words.split())), plain.text, re.IGNORECASE)
    return plain.place(at.start() if at else 0)
