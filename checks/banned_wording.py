"""Wording that was ruled out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.artefacts import Body, DeclaredEnvelope
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
    wanted = asked.require("must_not_include")
    for number, words in enumerate(wanted):
        said = [(text, of_passage(text.where)) for text in _said(words, body)]
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
        if find(text.value, words) and (wanted is None or not find(wanted, words)):
            yield text, of_passage(text.where) if wanted is None else of_asked(asked.place(field), wanted)


def _said(words: str, body: Body) -> Iterator[Text]:
    """Every place a reader can meet the words; hidden text too, which the inbox shows and screen readers say."""
    for block in body.blocks:
        if find(block.text, words):
            yield Text(block.text, block.where)
    for image in body.images:
        if image.alt and find(image.alt, words):
            yield Text(image.alt, image.where)
    if body.title and find(body.title.value, words):
        yield body.title
    if body.beside and (hit := find(body.beside.text, words)):
        yield Text(hit[0], _in_plain(body.beside, hit[0]))


def _in_plain(plain: Source, words: str) -> Place:
    at = re.search(r"\s+".join(map(re.escape, words.split())), plain.text, re.IGNORECASE)
    return plain.place(at.start() if at else 0)
