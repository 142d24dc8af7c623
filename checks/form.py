"""The form of a page: whether it is there."""

from __future__ import annotations

from collections.abc import Iterator

from qa.artefacts import AlignedFields, Markup, causes
from qa.check import check
from qa.finding import Code, Finding, Severity
from qa.match.form import brought_along, embedded, loaded_later, name_of_field
from qa.match.late_pages import look
from qa.request import AskedPage
from qa.text.wording import quoted


@check(
    "form-presence",
    Code("missing-form", Severity.ERROR, "The page has no form.", "Add the form that was asked for."),
)
def form_presence(asked: AskedPage, markup: Markup, aligned: AlignedFields | None = None) -> Iterator[Finding]:
    """The page has the form that was asked for.

    A landing page without its form looks finished and gathers nothing; the campaign pays for every click all the
    same.

    Fails:
        page: {form: {fields: [{name: Email}]}}
        build: <html><body><h1>Save your seat</h1></body></html>

    Passes:
        page: {form: {fields: [{name: Email}]}}
        build: <form><label>Email <input name="Email"></label></form>
    """
    asked.require("form")
    maker = embedded(markup)
    if maker and (not markup.forms or loaded_later(markup)):
        message = f"The form is brought along by a script ({maker}) when the page is opened; compare its fields by eye."
        where = markup.forms[0].where if markup.forms else None
        yield Finding("missing-form", message, where, asked.place("form"), review=True)
    elif not markup.forms:
        brings = brought_along(markup)
        message = f"The form may be brought along by {quoted(brings)}; compare its fields by eye." if brings else ""
        later = look(asked, markup)
        message = message or f"The page has no form; the request asks for one.{later}"
        yield Finding("missing-form", message, None, asked.place("form"), review=bool(brings or later))
    elif aligned and aligned.missing and not aligned.pairs:
        message, where = "The page has a form, and in it none of the fields that were asked for.", asked.place("form")
        about = tuple(causes.of_asked(field.place(), name_of_field(field)) for field in aligned.missing)
        yield Finding("missing-form", message, aligned.form.where, where, causes=about)
