"""The form of a page: whether it is there, with its hidden fields."""

from __future__ import annotations

from collections.abc import Iterator

from qa.artefacts import AlignedFields, Markup, causes
from qa.check import check
from qa.finding import Code, Finding, Severity, Skip
from qa.markup.merge_tag_mask import BLOT, masked
from qa.match.form import asked_form, brought_along, embedded, loaded_later, name_of_field
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


@check(
    "form-hidden",
    Code(
        "missing-hidden-field",
        Severity.ERROR,
        "A hidden field that was asked for is not in the form.",
        "Add the hidden field.",
    ),
    Code(
        "wrong-hidden-value",
        Severity.ERROR,
        "A hidden field holds another value than asked for.",
        "Correct the field's value.",
    ),
)
def form_hidden(asked: AskedPage, markup: Markup) -> Iterator[Finding]:
    """The form carries the hidden fields that were asked for, with their values.

    They say where a lead came from. A cloned form says it came from the last campaign, and the report of this one
    stays empty.

    Fails:
        page: {form: {hidden: {utm_source: query, formSource: spring-webinar}}}
        build: <form><input name="Email"><input type="hidden" name="formSource" value="winter-webinar"></form>

    Passes:
        page: {form: {hidden: {utm_source: query, formSource: spring-webinar}}}
        build: |
          <form><input name="Email"><input type="hidden" name="formSource" value="spring-webinar">
          <input type="hidden" name="utm_source"></form>
    """
    form, built = asked_form(asked, markup)
    if not form.hidden:
        raise Skip("the request does not say which hidden fields the form has")
    found = {field.name: field for field in reversed(built.hidden)}
    for name, value in form.hidden.items():
        where = asked.place("form", "hidden", name)
        if (field := found.get(name)) is None:
            seen = tuple(causes.of_field(field) for field in built.fields if field.name == name)
            how = "is not hidden: the visitor sees it" if seen else "was asked for and is not in the form"
            message = f"The hidden field {quoted(name)} {how}."
            about = seen or (causes.of_asked(where, name),)
            yield Finding("missing-hidden-field", message, built.where, where, name, causes=about)
        # What is filled from the page's address shows only in a browser, and so does what a merge tag prints.
        elif value == "query" and field.value.strip():
            message = f"The hidden field {quoted(name)} holds {quoted(field.value)} until the page's address fills it."
            about = (causes.of_field(field),)
            yield Finding(
                "wrong-hidden-value", message, field.where, where, value, field.value, review=True, causes=about
            )
        elif value != "query" and BLOT not in masked(field.value) and field.value.strip() != value.strip():
            holds = f"holds {quoted(field.value)}" if field.value.strip() else "is empty"
            message = f"The hidden field {quoted(name)} {holds}; the request says {quoted(value)}."
            about = (causes.of_field(field),)
            yield Finding("wrong-hidden-value", message, field.where, where, value, field.value, causes=about)
