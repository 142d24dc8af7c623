"""Approved copy in the plain-text part."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz import fuzz

from qa.artefacts import Body
from qa.artefacts.causes import of_asked_in_text
from qa.check import check
from qa.finding import Cause, Code, Finding, Severity, Skip
from qa.match.word_differences import garbled_letters, of_changes
from qa.merge_tags.tagless import as_plain, bare_word
from qa.request import AskedEmail, Request
from qa.source import Place, Source
from qa.text.mojibake import mended
from qa.text.wording import changed_words, extent, quoted

_FEW = 20  # characters; a shorter text part is plain-text's business
_LIKE = 80  # of 100: the same passage, changed
_ANOTHER_TEXT = 0.34  # of the approved blocks: with fewer of them, this is the text of another email


@check(
    "plain-text-copy",
    Code(
        "changed-text-copy",
        Severity.WARNING,
        "The plain-text part has approved copy in other words.",
        "Bring the plain-text part up to date with the request.",
    ),
    Code(
        "changed-text-fact",
        Severity.ERROR,
        "The plain-text part has another figure than the approved copy.",
        "Correct it: a date or a price that differs between the parts is a promise.",
    ),
    Code(
        "another-text",
        Severity.ERROR,
        "The plain-text part is the text of another email.",
        "Make the plain-text part anew from this email.",
    ),
)
def plain_text_copy(request: Request, asked: AskedEmail, body: Body) -> Iterator[Finding]:
    """The plain-text part says what was approved, too.

    Watches, screen readers and careful people read it, and spam filters compare it with the HTML. It is the part
    everybody forgets to change when a campaign is cloned: last year's price is still in it.

    Fails:
        email: {copy: ["Tickets cost 49 euros until May."]}
        build: <p>Tickets cost 49 euros until May.</p>
        plain: Tickets cost 29 euros until March.

    Passes:
        email: {copy: ["Tickets cost 49 euros until May."]}
        build: <p>Tickets cost 49 euros until May.</p>
        plain: TICKETS COST 49 EUROS UNTIL MAY.
    """
    if body.is_plain:
        raise Skip("the build is plain text alone; it has no part beside its HTML")
    plain = body.beside
    if plain is None or len(plain.text.strip()) < _FEW:
        raise Skip("the build has no plain-text part that says anything")
    wanted = _wanted(request, asked)
    if not wanted:
        asked.require("wording")
    spelled = " ".join(filter(bare_word, as_plain(plain.text).split()))
    text = _spoken(spelled)
    lacking = [(words, where) for words, where in wanted if not extent(text, _spoken(words))]
    if not lacking:
        return
    if len(wanted) >= 3 and len(lacking) > (1 - _ANOTHER_TEXT) * len(wanted):
        message = f"The plain-text part has {len(wanted) - len(lacking)} of the {len(wanted)} pieces of approved copy: "
        message += "it is another text."
        about = tuple(of_asked_in_text(where, words) for words, where in lacking)
        yield Finding("another-text", message, plain.place(0), lacking[0][1], lacking[0][0], causes=about)
        return
    for words, where in lacking:
        found = _nearest(_spoken(words), text, spelled)
        changes = changed_words(as_plain(words), found, _spoken) if found else []
        if changes := [(before, after) for before, after in changes if _spoken(before) != _spoken(after)]:
            told = "; ".join(f"{quoted(before or '…')} became {quoted(after or '…')}" for before, after in changes[:3])
            message = f"The plain-text part has {quoted(words)} otherwise: {told}."
            figures = any(c.isdigit() for change in changes for side in change for c in side)
            code = "changed-text-fact" if figures else "changed-text-copy"
            place = plain.place(_offset(plain.text, found))
            about = tuple(_garbled(words, plain) or of_changes(changes, place) or [of_asked_in_text(where, words)])
            yield Finding(code, message, place, where, words, found, causes=about)


def _garbled(words: str, plain: Source) -> list[Cause]:
    """The garbled letters, where nothing else keeps the words from being there."""
    mended_text = _spoken(mended(plain.text))
    return garbled_letters(words, plain.text, plain.place(0)) if extent(mended_text, _spoken(words)) else []


def _nearest(words: str, text: str, spelled: str) -> str:
    """The passage of a text that is like the words without being them, in its own case; "" where there is none.

    A text part may well be shorter than the HTML: what it leaves out is no mistake.
    """
    found = fuzz.partial_ratio_alignment(words, text, score_cutoff=_LIKE)
    if found is None:
        return ""
    start = text.rfind(" ", 0, found.dest_start + 1) + 1
    end = text.find(" ", found.dest_end - 1)
    first = text.count(" ", 0, start)
    many = text.count(" ", start, end if end >= 0 else len(text)) + 1
    return " ".join(spelled.split(" ")[first : first + many])


def _offset(plain: str, found: str) -> int:
    """Where a passage begins in the text as written."""
    words = re.findall(r"\w+", found)
    hits = (re.search(r"\W+".join(some), plain) for some in (words, words[:6], words[:3]))
    return next((hit.start() for hit in hits if hit), 0)


def _wanted(request: Request, asked: AskedEmail) -> list[tuple[str, Place | None]]:
    wanted = [(block.text, block.where) for block in asked.wording or ()]
    wanted += [(text, asked.place("must_include", number)) for number, text in enumerate(asked.must_include or ())]
    legal = request.legal
    return wanted + [(text, legal.place("must_include", number)) for number, text in enumerate(legal.must_include)]


def _spoken(text: str) -> str:
    """Text as it is compared: its words alone, for a row of a table is a line with commas there."""
    return " ".join(filter(None, map(bare_word, as_plain(text).split())))
