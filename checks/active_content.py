"""Content that mail programs take away: scripts, forms, style sheets from the web, refreshes."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from qa.artefacts import Markup, Structure, causes
from qa.check import check
from qa.facts import facts
from qa.finding import Code, Finding, Severity
from qa.markup.leading import refreshed
from qa.request import AskedEmail
from qa.source import Text
from qa.text.phrases import and_more
from qa.text.wording import quoted


@check(
    "active-content",
    Code(
        "script-in-email",
        Severity.WARNING,
        "The email holds a script.",
        "Take the script out; link to a page that does what it was to do.",
    ),
    Code(
        "form-in-email",
        Severity.WARNING,
        "The email holds a form.",
        "Link to a page with the form instead.",
    ),
    Code(
        "external-stylesheet",
        Severity.WARNING,
        "The email takes its styles from a file on the web.",
        "Put the styles into the email: into style attributes, and a <style> in the head.",
    ),
    Code(
        "refresh-in-email",
        Severity.WARNING,
        "The email leads its readers on by itself, as a page may.",
        "Take the refresh out: it came along from a page.",
    ),
)
def active_content(asked: AskedEmail, structure: Structure, markup: Markup) -> Iterator[Finding]:
    """Nothing in the email needs what mail programs take away.

    No mail program runs scripts, and a filter may hold a message back for one; Outlook takes forms out, and Gmail
    warns of them; most never fetch a style sheet, so that the email arrives naked.

    Fails:
        email: {}
        build: <html><head><link rel="stylesheet" href="https://acme.example/mail.css"></head><body><p>Hi</p></body></html>

    Passes:
        email: {}
        build: <html><head><style>p {color:#333333}</style></head><body><p>Hi</p></body></html>
    """
    if structure.scripts:
        named = [script.value for script in structure.scripts if script.value]
        what = f": {quoted(named[0], 60)}" if named else ""
        yield Finding("script-in-email", f"The email holds a script{what}. None will run.", structure.scripts[0].where)
    if markup.forms:
        fields = sum(len(form.fields) for form in markup.forms)
        what = {0: "a form", 1: "a form with one field"}.get(fields, f"a form with {fields} fields")
        message = f"The email holds {what}; many readers cannot fill it in."
        about = tuple(map(causes.of_form, markup.forms))
        yield Finding("form-in-email", message, markup.forms[0].where, causes=about)
    sheets = [sheet for sheet in structure.sheets if not _only_fonts(sheet)]
    if sheets:
        first = sheets[0]
        more = and_more([sheet.where for sheet in sheets])
        message = f"The email takes styles from {quoted(first.value)}{more}; most mail programs never fetch them."
        each = tuple(sheet.value for sheet in sheets)
        yield Finding("external-stylesheet", message, first.where, actual=first.value, each=each)
    refresh = markup.metas.get("refresh")
    if refresh is not None and (found := refreshed(refresh.value)) and found[1]:
        message = (
            f"The email leads on to {quoted(found[1], 200)} by itself: mail programs leave that out, and whoever opens "
            "it in a browser does not get to read it."
        )
        yield Finding("refresh-in-email", message, refresh.where, actual=found[1])


def _only_fonts(sheet: Text) -> bool:
    """A sheet that brings a web font alone: without it, the next font of the list is shown, as was meant."""
    try:
        host = urlsplit(sheet.value.strip()).hostname or ""
    except ValueError:
        return False
    return any(host == known or host.endswith(f".{known}") for known in facts("stray_markup")["font_hosts"])
