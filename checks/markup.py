"""Tables, links and documents that are not whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qa.artefacts import Flaw, Markup, Structure, causes
from qa.check import check
from qa.finding import Code, Finding, Severity
from qa.match.included_blocks import other_half
from qa.text.phrases import and_more

_TABLES = (causes.of_page("tables"),)  # which cell a table lost, nobody can tell


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
def table_markup(structure: Structure, markup: Markup) -> Iterator[Finding]:
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
        message = f"{first.what} {ever}{_for_whom(first)}{_and_more(unbalanced)}."
        blocks = [other_half(markup, flaw.where.offset or 0, flaw.kind == "unclosed") for flaw in unbalanced]
        if brought := all(blocks):
            message = f"{message[:-1]}; its other half may be in {blocks[0]}."
        each = _each(unbalanced)
        yield Finding(
            "unbalanced-table", message, first.where, actual=first.what, review=brought, each=each, causes=_TABLES
        )
    if misplaced := [flaw for flaw in flaws if flaw.kind == "misplaced"]:
        first = misplaced[0]
        what = "Text" if first.what == "text" else first.what
        message = (
            f"{what} stands between the cells of a table, in none of them{_for_whom(first)}{_and_more(misplaced)}: "
        )
        message += "most mail programs move it to above the table."
        blocks = [other_half(markup, flaw.where.offset or 0, behind=False) for flaw in misplaced]
        if brought := all(blocks):
            message += f" A cell may be opened in {blocks[0]}."
        each = _each(misplaced)
        yield Finding(
            "content-outside-cell", message, first.where, actual=first.what, review=brought, each=each, causes=_TABLES
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
        message = (
            f"A link is opened and never closed{_and_more(structure.link_flaws)}: what follows it is clicked as well."
        )
        yield Finding("unclosed-link", message, first.where)


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


def _and_more(flaws: Sequence[Flaw]) -> str:
    return and_more([flaw.where for flaw in flaws])


def _each(flaws: Sequence[Flaw]) -> tuple[str, ...]:
    return tuple(flaw.what for flaw in flaws)
