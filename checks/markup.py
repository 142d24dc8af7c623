"""Is the HTML broken in ways that mail programs show, each in its own way?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from qa.artefacts import Flaw, Markup, Structure, causes
from qa.check import check
from qa.facts import facts
from qa.finding import Code, Finding, Severity
from qa.text.phrases import also
from qa.text.wording import quoted

# Which piece a tag was torn from, and which cell a table lost, nobody can tell: all of a document are one cause.
_TORN, _TABLES = (causes.of_page("torn tags"),), (causes.of_page("tables"),)


@check(
    "table-markup",
    Code(
        "unbalanced-table",
        Severity.ERROR,
        "A table, row or cell is opened and never closed, or closed and never opened.",
        "Put the missing tag in its place, or take the one too many out.",
    ),
    Code(
        "content-outside-cell",
        Severity.ERROR,
        "Something stands in a table, but in none of its cells.",
        "Put it into a cell: <tr><td>…</td></tr>.",
    ),
)
def table_markup(structure: Structure) -> Iterator[Finding]:
    """Every table is whole.

    Emails are built of tables in tables. Where one end tag is lost, each mail program mends the rest in its own way:
    the footer moves beside the hero in one, and in another the background ends half-way.

    Fails:
        email: {}
        build: <table><tr><td><table><tr><td>Save your seat</td></tr></td></tr></table><p>Acme Ltd</p>

    Passes:
        email: {}
        build: <table><tr><td><table><tr><td>Save your seat</td></tr></table></td></tr></table><p>Acme Ltd</p>
    """
    flaws = structure.table_flaws
    unbalanced = [flaw for flaw in flaws if flaw.kind != "misplaced"]
    if unbalanced:
        first = unbalanced[0]
        ever = "is opened and never closed" if first.kind == "unclosed" else "closes what was never opened"
        message = f"{first.what} {ever}{_for_whom(first)}{_also(unbalanced)}."
        yield Finding(
            "unbalanced-table", message, first.where, None, None, first.what, each=_each(unbalanced), causes=_TABLES
        )
    if misplaced := [flaw for flaw in flaws if flaw.kind == "misplaced"]:
        first = misplaced[0]
        what = "Text" if first.what == "text" else first.what
        message = f"{what} stands between the cells of a table, in none of them{_for_whom(first)}{_also(misplaced)}: "
        message += "most mail programs move it to above the table."
        yield Finding(
            "content-outside-cell", message, first.where, actual=first.what, each=_each(misplaced), causes=_TABLES
        )


@check(
    "link-markup",
    Code(
        "unclosed-link",
        Severity.WARNING,
        "A link is opened and never closed.",
        "Put </a> behind what is to be clicked.",
    ),
)
def link_markup(structure: Structure) -> Iterator[Finding]:
    """Every link ends where its words end.

    A link that is never closed goes on over the text behind it: readers click on what was to be read.

    Fails:
        email: {}
        build: <table><tr><td><a href="https://acme.example/">Save your seat <br>It is free.</td></tr></table>

    Passes:
        email: {}
        build: <table><tr><td><a href="https://acme.example/">Save your seat</a> <br>It is free.</td></tr></table>
    """
    if structure.link_flaws:
        first = structure.link_flaws[0]
        message = f"A link is opened and never closed{_also(structure.link_flaws)}: what follows it is clicked as well."
        yield Finding("unclosed-link", message, first.where)


@check(
    "conditional-comments",
    Code(
        "unclosed-conditional",
        Severity.ERROR,
        "A condition for Outlook is opened and never closed, or closed and never opened.",
        "Write the pair whole: <!--[if mso]> … <![endif]-->, with no other comment inside.",
    ),
)
def conditional_comments(structure: Structure) -> Iterator[Finding]:
    """Every condition for Outlook is closed.

    What is between an opening and its lost end disappears for everybody but Outlook, or Outlook's own version shows
    up beside the real one.

    Fails:
        email: {}
        build: <!--[if mso]><p>For Outlook</p> --><p>For all</p>

    Passes:
        email: {}
        build: <!--[if mso]><p>For Outlook</p><![endif]--><p>For all</p>
    """
    if not structure.conditions:
        return
    first = structure.conditions[0]
    said = {
        "unclosed": f"The condition {first.what} is opened and never closed",
        "unopened": f"{first.what} closes a condition that was never opened",
        "malformed": f"The condition {first.what} is not written as Outlook reads it: <!--{first.what}>",
        "cut": f"The condition {first.what} ends too early: another comment stands inside, and its end ends both",
    }
    yield Finding(
        "unclosed-conditional", f"{said[first.kind]}{_also(structure.conditions)}.", first.where, causes=_TORN
    )


@check(
    "broken-markup",
    Code(
        "unclosed-comment",
        Severity.ERROR,
        "A comment never ends, and hides all that follows.",
        "Close the comment with -->, or take it out.",
    ),
    Code(
        "unclosed-quote",
        Severity.ERROR,
        "A quote in a tag does not end where it should.",
        "Put the missing quote behind the attribute's value.",
    ),
    Code(
        "stray-markup",
        Severity.ERROR,
        "Readers see a piece of HTML as text.",
        "Mend the tag it was torn from, or paste the text as HTML and not as text.",
    ),
)
def broken_markup(structure: Structure, markup: Markup) -> Iterator[Finding]:
    """No tag or comment is torn, so that text is lost or code is shown.

    One quote too few, and a mail program takes the next paragraphs for a part of the tag; the reader sees a hole, or
    the code itself.

    Fails:
        email: {}
        build: <p>Join us.</p><p>" style="color:#333333">Save your seat today.</p>

    Passes:
        email: {}
        build: <p>Join us.</p><p style="color:#333333">Save your seat today.</p>
    """
    if structure.comment is not None:
        yield Finding(
            "unclosed-comment", "A comment begins here and never ends: nothing behind it is shown.", structure.comment
        )
    if structure.quotes:
        first = structure.quotes[0]
        lost = "never ends: nothing behind it is shown" if first.kind == "endless" else "has a quote that ends too late"
        yield Finding(
            "unclosed-quote",
            f"The tag {first.what} {lost}{_also(structure.quotes)}.",
            first.where,
            each=_each(structure.quotes),
            causes=_TORN,
        )
    blocks = [block for block in markup.blocks if not block.hidden]
    stray = [(block.where, hit[0]) for block in blocks for hit in _stray(block.text, block.tag)]
    if stray:
        where, code = stray[0]
        message = f"Readers see {quoted(code)}: a piece of HTML{also([place for place, _ in stray])}."
        yield Finding("stray-markup", message, where, actual=code, each=tuple(code for _, code in stray), causes=_TORN)


def _stray(text: str, tag: str) -> Iterable[re.Match[str]]:
    if tag == "pre" or not ("<" in text or '="' in text or "-->" in text):
        return ()
    return list(_torn().finditer(text))[:1]


@cache
def _torn() -> re.Pattern[str]:
    table = facts("stray_markup")
    return re.compile("|".join(f"(?:{pattern})" for pattern in table["patterns"]), re.IGNORECASE)


@check(
    "document-count",
    Code(
        "nested-document",
        Severity.WARNING,
        "A whole HTML document was pasted into another.",
        "Take out the inner <html>, <head> and <body> tags; keep what the body holds.",
    ),
)
def document_count(structure: Structure) -> Iterator[Finding]:
    """The build is one document, not two pasted into one another.

    A module that was copied with its <html> and <body> brings its own styles and background along, and Outlook and
    Gmail throw away different halves of the whole.

    Fails:
        email: {}
        build: <html><body><p>Hello</p><html><body><p>Save your seat</p></body></html></body></html>

    Passes:
        email: {}
        build: <html><body><p>Hello</p><p>Save your seat</p></body></html>
    """
    if structure.repeated:
        first = structure.repeated[0]
        names = " and ".join(dict.fromkeys(tag.value for tag in structure.repeated))
        yield Finding("nested-document", f"The build holds a second {names}: two documents in one.", first.where)


def _for_whom(flaw: Flaw) -> str:
    return " in what Outlook on Windows reads" if flaw.outlook_only else ""


def _also(flaws: Sequence[Flaw]) -> str:
    return also([flaw.where for flaw in flaws])


def _each(flaws: Sequence[Flaw]) -> tuple[str, ...]:
    return tuple(flaw.what for flaw in flaws)
