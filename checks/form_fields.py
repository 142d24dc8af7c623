"""Fields of a form, as the request names them and in its order."""

from __future__ import annotations

from collections.abc import Iterator

from qa.artefacts import AlignedFields, FormField, Markup, causes
from qa.check import check
from qa.finding import Code, Finding, Severity, Skip
from qa.match.field_differences import differences
from qa.match.form import consent_box, loaded_later, name_of_field
from qa.request import AskedField, AskedPage
from qa.text.wording import quoted


@check(
    "form-fields",
    Code("missing-field", Severity.ERROR, "A field that was asked for is not in the form.", "Add the field."),
    Code(
        "wrong-field",
        Severity.ERROR,
        "A field is labelled, typed, required or filled otherwise than asked for.",
        "Set the field up as the request says.",
    ),
    Code(
        "unasked-field",
        Severity.WARNING,
        "The form asks for something the request does not mention.",
        "Remove the field, or have it added to the request.",
    ),
    Code("field-order", Severity.WARNING, "The fields stand in another order than asked for.", "Reorder the fields."),
)
def form_fields(asked: AskedPage, markup: Markup, aligned: AlignedFields) -> Iterator[Finding]:
    """The form asks what the request says, in that order.

    A field too many costs visitors, a field too few or an optional one costs the lead, and a list of choices that
    differs from the CRM's loses the answer without a word.

    Fails:
        page: {form: {fields: [{name: Email, required: true}, {name: Country, options: [UK, Germany]}]}}
        build: |
          <form><label>Email <input name="Email"></label>
          <label>Country <select name="Country"><option>UK</option></select></label></form>

    Passes:
        page: {form: {fields: [{name: Email, label: Work email, type: email, required: true}]}}
        build: <form><label>Work email* <input name="Email" type="email" required></label></form>
    """
    if loaded_later(markup):
        raise Skip("the form is brought along by a script when the page is opened")
    for field in aligned.missing:
        if field.name not in {hidden.name for hidden in aligned.form.hidden}:
            message = f"The field {quoted(name_of_field(field))} was asked for and is not in the form."
        else:
            message = f"The field {quoted(name_of_field(field))} was asked for and is hidden: nobody can fill it in."
        about = (causes.of_asked(field.place(), name_of_field(field)),)
        yield Finding("missing-field", message, aligned.form.where, field.place(), name_of_field(field), causes=about)
    for wanted, built in aligned.pairs:
        yield from _differences(wanted, built)
    yield from _unasked(asked, aligned)
    yield from _order(asked, aligned)


def _differences(wanted: AskedField, built: FormField) -> Iterator[Finding]:
    """One finding for a field, whatever is wrong with it."""
    if found := differences(wanted, built):
        message = (
            f"The field {quoted(name_of_field(wanted))} {'; '.join(f'{is_} ({should})' for is_, should in found)}."
        )
        expected, actual = ("; ".join(side) for side in zip(*((should, is_) for is_, should in found), strict=True))
        about = (causes.of_field(built),)
        yield Finding("wrong-field", message, built.where, wanted.place(), expected, actual, causes=about)


def _unasked(asked: AskedPage, aligned: AlignedFields) -> Iterator[Finding]:
    """Fields nobody asked for; the box of the consent was."""
    box = consent_box(asked.form.consent, aligned.form) if asked.form and asked.form.consent else None
    for field in aligned.unasked:
        if field is box:
            continue
        called = field.label or field.name
        name = quoted(called) if called else f"something in a field without a label ({field.type})"
        message = f"The form asks for {name}, which the request does not mention."
        if asked.form and field.name in (asked.form.hidden or ()):
            message = f"The form asks for {name}, which the request has as a hidden field."
        where, about = asked.place("form", "fields"), (causes.of_field(field),)
        yield Finding("unasked-field", message, field.where, where, actual=field.name, causes=about)


def _order(asked: AskedPage, aligned: AlignedFields) -> Iterator[Finding]:
    built = [field for _, field in aligned.pairs]
    there = sorted(built, key=lambda field: field.where.offset or 0)
    if built != there:
        wanted, found = _arrows(built), _arrows(there)
        message = f"The fields stand in the order {found}; the request says {wanted}."
        yield Finding("field-order", message, aligned.form.where, asked.place("form", "fields"), wanted, found)


def _arrows(fields: list[FormField]) -> str:
    return " → ".join(field.name for field in fields)
