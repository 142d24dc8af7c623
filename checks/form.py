"""Does the form ask what the request says, in its order, and carry the hidden fields?"""

from __future__ import annotations

from collections.abc import Iterator

from qa.artefacts import AlignedFields, FormField, Markup, causes
from qa.check import check
from qa.facts import facts
from qa.finding import Code, Finding, Severity, Skip
from qa.markup.merge_tag_mask import BLOT, masked
from qa.match.form import asked_form, consent_box, embedded, loaded_later
from qa.request import AskedField, AskedPage
from qa.text.wording import alike, quoted


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
        yield Finding("missing-form", "The page has no form; the request asks for one.", None, asked.place("form"))
    elif aligned and aligned.missing and not aligned.pairs:
        message, where = "The page has a form, and in it none of the fields that were asked for.", asked.place("form")
        about = tuple(causes.of_asked(field.place(), _called(field)) for field in aligned.missing)
        yield Finding("missing-form", message, aligned.form.where, where, causes=about)


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
            message = f"The field {quoted(_called(field))} was asked for and is not in the form."
        else:
            message = f"The field {quoted(_called(field))} was asked for and is hidden: nobody can fill it in."
        about = (causes.of_asked(field.place(), _called(field)),)
        yield Finding("missing-field", message, aligned.form.where, field.place(), _called(field), causes=about)
    for wanted, built in aligned.pairs:
        yield from _differences(wanted, built)
    yield from _unasked(asked, aligned)
    yield from _order(asked, aligned)


def _differences(wanted: AskedField, built: FormField) -> Iterator[Finding]:
    """One finding for a field, whatever is wrong with it."""
    found = [
        difference
        for difference in (_name(wanted, built), _label(wanted, built), _type(wanted, built), _required(wanted, built))
        if difference
    ] + _options(wanted, built)
    if found:
        message = f"The field {quoted(_called(wanted))} {'; '.join(f'{is_} ({should})' for is_, should in found)}."
        expected, actual = ("; ".join(side) for side in zip(*((should, is_) for is_, should in found), strict=True))
        about = (causes.of_field(built),)
        yield Finding("wrong-field", message, built.where, wanted.place(), expected, actual, causes=about)


def _name(wanted: AskedField, built: FormField) -> tuple[str, str] | None:
    if wanted.name == built.name.removesuffix("[]"):  # PHP's way of naming a group
        return None
    named = f"is named {quoted(built.name)}" if built.name.strip() else "has no name, so that its answer is never sent"
    return named, f"the request says {quoted(wanted.name)}"


def _label(wanted: AskedField, built: FormField) -> tuple[str, str] | None:
    if wanted.label is None or _plain(wanted.label) == _plain(built.label):
        return None
    reads = f"is labelled {quoted(built.label, 200)}" if built.label else "has no label"
    return reads, f"the request says {quoted(wanted.label, 200)}"


def _type(wanted: AskedField, built: FormField) -> tuple[str, str] | None:
    if wanted.type is None or _kind(wanted.type) == _kind(built.type):
        return None
    return f"is of type {quoted(built.type)}", f"the request says {quoted(wanted.type)}"


def _required(wanted: AskedField, built: FormField) -> tuple[str, str] | None:
    if wanted.required is None or wanted.required == built.required:
        return None
    return (
        ("is required", "the request says optional") if built.required else ("is optional", "the request says required")
    )


def _options(wanted: AskedField, built: FormField) -> list[tuple[str, str]]:
    if wanted.options is None:
        return []
    choices = _choices(wanted, built)
    if [alike(option) for option in wanted.options] == [alike(option) for option in choices]:
        return []
    return [(f"offers {_listed(choices)}", f"the request says {_listed(wanted.options)}")]


def _choices(wanted: AskedField, built: FormField) -> tuple[str, ...]:
    """What can be chosen: a first «Please choose» is no choice unless it was asked for."""
    beginnings = tuple(facts("forms")["prompts"]["beginnings"])
    first = built.options[0] if built.options else ""
    prompt = first.casefold().startswith(beginnings) or _plain(first) == _plain(built.label)
    return built.options[1:] if prompt and first not in (wanted.options or ()) else built.options


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


def _called(field: AskedField) -> str:
    return field.label or field.name


def _plain(label: str) -> str:
    plain = alike(label).strip(" *:").casefold()
    for word in facts("forms")["labels"]["optional"]:
        plain = plain.removesuffix(f"({word})")
    return plain.strip(" *:")


def _kind(written: str) -> str:
    kind = written.strip().casefold()
    return str(facts("forms")["types"].get(kind, kind))


def _listed(options: tuple[str, ...]) -> str:
    return ", ".join(map(quoted, options)) if options else "no choices"


def _arrows(fields: list[FormField]) -> str:
    return " → ".join(field.name for field in fields)


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
