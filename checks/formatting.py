"""Bold, italics, headings and styles that are never closed."""

from __future__ import annotations

from collections.abc import Iterator

from qa.artefacts import Structure
from qa.check import check
from qa.finding import Code, Finding, Severity
from qa.text.phrases import and_more


@check(
    "formatting-markup",
    Code(
        "unclosed-formatting",
        Severity.WARNING,
        "Bold, italics, a heading or a style is opened and never closed.",
        "Put the end tag behind the words that were meant.",
    ),
)
def formatting_markup(structure: Structure) -> Iterator[Finding]:
    """Bold, italics, headings and styles end where their words end.

    A <b> that is never closed does not end with its paragraph: all that follows in the cell is bold as well. A heading
    without its end tag makes headings of the paragraphs behind it.

    Fails:
        email: {}
        build: <p>Join us <b>on Tuesday.</p><p>It is free.</p>

    Passes:
        email: {}
        build: <p>Join us <b>on Tuesday</b>.</p><p>It is free.</p>
    """
    if flaws := structure.formatting_flaws:
        more = and_more([flaw.where for flaw in flaws])
        message = f"{flaws[0].what} is opened and never closed{more}: what stands behind its words looks so, too."
        each = tuple(flaw.what for flaw in flaws)
        yield Finding("unclosed-formatting", message, flaws[0].where, actual=flaws[0].what, each=each)
