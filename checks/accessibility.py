"""Structure that a screen reader reads aloud: layout tables, headings, direction of text. https://www.w3.org/TR/WCAG22/"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from qa.artefacts import Markup, Structure
from qa.check import check
from qa.facts import facts
from qa.finding import Code, Finding, Severity, Skip
from qa.request import AskedAsset, AskedEmail, Request
from qa.text.wording import quoted

_FACTS = facts("accessibility")
_QUIET_ROLES = frozenset(("presentation", "none"))


@check(
    "layout-tables",
    Code(
        "missing-role",
        Severity.INFO,
        "A table that only lays things out is read aloud as a table.",
        'Add role="presentation" to the table.',
    ),
)
def layout_tables(asked: AskedEmail, structure: Structure) -> Iterator[Finding]:
    """Tables that hold the layout say that they are no tables.

    Without role="presentation", a screen reader says "table with one column and nine rows" before every module, and
    the reader gives up before the offer. Nearly all emails lack it; raise the severity where yours must not.

    Fails:
        email: {}
        build: <table><tr><td>Save your seat</td></tr></table>

    Passes:
        email: {}
        build: <table role="presentation"><tr><td>Save your seat</td></tr></table>
    """
    layout = [table for table in structure.tables if not table.told]
    if not layout:
        raise Skip("the email has no layout tables")
    without = [table for table in layout if table.role not in _QUIET_ROLES]
    if without:
        have = "has" if len(without) == 1 else "have"
        some = f"{len(without)} of {len(layout)} layout tables {have}" if len(layout) > 1 else "The layout table has"
        yield Finding("missing-role", f'{some} no role="presentation".', without[0].where)


@check(
    "text-direction",
    Code(
        "missing-dir",
        Severity.ERROR,
        "Text that runs from right to left is not set from right to left.",
        'Add dir="rtl" to the <html> tag, and to the outermost table: some clients drop the <html> tag.',
    ),
    Code(
        "leftover-dir",
        Severity.WARNING,
        "Text that runs from left to right is set from right to left.",
        'Take dir="rtl" out, wherever it stands, or write dir="ltr".',
    ),
)
def text_direction(asked: AskedAsset, request: Request, markup: Markup) -> Iterator[Finding]:
    """Arabic, Hebrew, Persian and Urdu are set from right to left, and nothing else is.

    In the wrong direction, sentences begin at the wrong edge, and their full stops, numbers and brackets jump to the
    wrong end. An English email that was cloned from an Arabic one keeps its direction unseen.

    Fails:
        email: {language: ar}
        build: <html lang="ar"><body><p>احجز مقعدك الآن</p></body></html>

    Passes:
        email: {language: ar}
        build: <html lang="ar" dir="rtl"><body><p>احجز مقعدك الآن</p></body></html>
    """
    said = asked.language or request.language or (markup.lang.value if markup.lang else "")
    language = re.split("[-_]", said.strip().lower())[0]
    if markup.dir.strip() == "rtl" and _runs_to_the_right(markup.text):
        turned = _RIGHT_TO_LEFT.search(markup.source.text)
        place = markup.source.place(turned.start() if turned else 0)
        message = 'The document says dir="rtl", and its text runs from left to right.'
        yield Finding("leftover-dir", message, place, None, "ltr", "rtl")
    if language not in _FACTS["right_to_left"]["languages"]:
        if _RIGHT_TO_LEFT.search(markup.source.text):
            return
        raise Skip("the language of the build does not run from right to left")
    if not _RIGHT_TO_LEFT.search(markup.source.text):
        where = markup.lang.where if markup.lang else None
        request_place = asked.place("language") if asked.language else request.place("language")
        message = f'The text is in {quoted(said)}, which runs from right to left; nothing in the build says dir="rtl".'
        yield Finding("missing-dir", message, where, request_place, "rtl", markup.dir or None)


def _runs_to_the_right(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    turned = sum(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in letters)
    return len(letters) >= _FEWEST_LETTERS and turned < _A_FEW * len(letters)


_FEWEST_LETTERS, _A_FEW = 40, 0.1  # a name in another script makes no Arabic text
_RIGHT_TO_LEFT = re.compile(r"\sdir\s{0,5}=\s{0,5}[\"']?rtl|direction\s{0,5}:\s{0,5}rtl", re.IGNORECASE)


@check(
    "heading-order",
    Code("skipped-heading", Severity.INFO, "Headings skip a level.", "Use the next level; set its size with styles."),
)
def heading_order(markup: Markup) -> Iterator[Finding]:
    """Headings follow each other like those of a book.

    A screen reader's user jumps from heading to heading; where a level is left out, a part seems to be missing.

    Fails:
        email: {}
        build: <h1>Spring webinar</h1><h4>What you will learn</h4>

    Passes:
        email: {}
        build: <h1>Spring webinar</h1><h2>What you will learn</h2>
    """
    levels = [level for level, _ in markup.headings]
    if not levels:
        raise Skip("the build has no headings")
    skipped = [n for n in range(1, len(levels)) if levels[n] > levels[n - 1] + 1]
    if skipped:
        level, text = markup.headings[skipped[0]]
        before = levels[skipped[0] - 1]
        more = f"; {len(skipped)} places in all" if len(skipped) > 1 else ""
        message = f"{quoted(text.value, 40)} is a heading of level {level} right after one of level {before}{more}."
        yield Finding("skipped-heading", message, text.where, None, f"h{before + 1}", f"h{level}")
