"""Words that a style sheet writes into an email: content of ::before and ::after."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qa.artefacts import Inventory, Markup
from qa.check import check
from qa.finding import Code, Finding, Severity
from qa.match.fact_spots import asked_facts, fact_spots, is_among
from qa.match.sheet_words import SheetWords, sheet_words
from qa.request import AskedEmail, Request
from qa.text.phrases import in_lines, listed
from qa.text.wording import quoted

_WORD = re.compile(r"[^\W\d_]{3,}")  # letters; a symbol of an icon font is one or two


@check(
    "generated-text",
    Code(
        "generated-text",
        Severity.WARNING,
        "Words stand in the style sheet, where many readers do not see them (Can I email, data of 2026-05).",
        "Write them into the HTML itself.",
    ),
    Code(
        "generated-fact",
        Severity.ERROR,
        "A style sheet writes a price, a date or a share into the email that is not the one that was asked for.",
        "Take it out of the style sheet, and write what was asked for into the HTML itself.",
    ),
)
def generated_text(asked: AskedEmail, request: Request, read: Inventory, markup: Markup) -> Iterator[Finding]:
    """What the email says stands in its HTML, not in its style sheet.

    Gmail and Outlook on Windows leave out what ::before and ::after add. And nobody who corrects the copy finds it
    there: neither a placeholder nor last year's price.

    Fails:
        email: {}
        build: <style>.deal::after { content:" Save 30%" }</style><p class="deal">Spring sale.</p>

    Passes:
        email: {}
        build: <style>.deal::after { content:" ›" }</style><p class="deal">Spring sale. Save 30%</p>
    """
    assert read.read is not None  # where there is markup, it was read from tags
    written = list(sheet_words(read.read, markup))
    wrong = list(_wrong(written, request, asked.language or request.language or ""))
    yield from (finding for _, finding in wrong)
    told = [words for words, _ in wrong]
    if found := [one for one in written if one.always and one not in told and _WORD.search(one.value)]:
        named = listed(quoted(one.value) for one in found)
        stand, them = ("stands", "it") if len(found) == 1 else ("stand", "them")
        message = (
            f"{named} {stand} in the style sheet{in_lines([one.where for one in found])}: Gmail and Outlook on Windows "
            f"do not show {them}."
        )
        each = tuple(one.value for one in found)
        yield Finding("generated-text", message, found[0].where, actual=each[0], each=each)


def _wrong(written: Sequence[SheetWords], request: Request, language: str) -> Iterator[tuple[SheetWords, Finding]]:
    """The words that name another price, date or share than the request, which names some of that kind."""
    known = asked_facts(request, language) if written else []
    for words in written:
        for spot in fact_spots([words.value], language):
            if any(kind == spot.kind for kind, _ in known) and not is_among(spot, known):
                message = (
                    f"The style sheet writes {quoted(words.value)} into the email: the {spot.kind} "
                    f"{quoted(spot.written)} is not in the request."
                )
                yield words, Finding("generated-fact", message, words.where, actual=spot.written)
                break
