"""Hidden fields of a form, with what the markup and the page's own scripts put into them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from qa.artefacts import Form, FormField, Markup, causes
from qa.check import check
from qa.finding import Code, Finding, Severity, Skip
from qa.markup.merge_tag_mask import BLOT, masked
from qa.match.form import asked_form
from qa.match.script_values import ScriptValues
from qa.request import AskedPage
from qa.source import Place
from qa.text.phrases import listed
from qa.text.wording import quoted


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
    Code(
        "unfilled-field",
        Severity.WARNING,
        "The script that fills hidden fields from the page's address leaves one out.",
        "Add the field to the script.",
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
    scripts = ScriptValues(markup.scripts)
    for name, value in form.hidden.items():
        where = asked.place("form", "hidden", name)
        given = scripts.literals(name)
        if given:
            yield from _given(name, value, given, found.get(name, built), where)
        elif (field := found.get(name)) is None:
            yield _missing(name, built, where, review=scripts.names(name))
        else:
            yield from _compared(field, value, where, scripted=scripts.names(name))
    queried = [name for name, value in form.hidden.items() if value == "query" and name in found]
    if left := [found[name] for name in scripts.forgotten(queried)]:
        yield _forgotten(left, [name for name in queried if scripts.names(name)])


def _missing(name: str, built: Form, where: Place | None, *, review: bool) -> Finding:
    seen = tuple(causes.of_field(field) for field in built.fields if field.name == name)
    how = "is not hidden: the visitor sees it" if seen else "was asked for and is not in the form"
    how += "; a script of the page speaks of it, and may add it" if review and not seen else ""
    message, about = f"The hidden field {quoted(name)} {how}.", seen or (causes.of_asked(where, name),)
    review = review and not seen
    return Finding("missing-hidden-field", message, built.where, where, name, review=review, causes=about)


def _compared(field: FormField, value: str, where: Place | None, *, scripted: bool) -> Iterator[Finding]:
    """What the markup holds. What the page's address, a merge tag or a script fills in shows only in a browser."""
    name, about = quoted(field.name), (causes.of_field(field),)
    found = Finding("wrong-hidden-value", "", field.where, where, value, field.value, causes=about)
    if value == "query" and field.value.strip():
        message = f"The hidden field {name} holds {quoted(field.value)} until the page's address fills it."
        yield replace(found, message=message, review=True)
    elif value != "query" and BLOT not in masked(field.value) and field.value.strip() != value.strip():
        holds = f"holds {quoted(field.value)}" if field.value.strip() else "is empty"
        later = " until a script of the page fills it" if scripted else ""
        message = f"The hidden field {name} {holds}{later}; the request says {quoted(value)}."
        yield replace(found, message=message, review=scripted)


def _given(name: str, value: str, given: list[str], thing: FormField | Form, where: Place | None) -> Iterator[Finding]:
    """What a script puts into a field, which replaces what the markup holds."""
    if value.strip() in given:
        return
    message = f"A script of the page puts {listed(map(quoted, given))} into the hidden field {quoted(name)}; "
    query = value == "query"  # it may be what is there where the address has nothing
    message += "the request says that the page's address fills it." if query else f"the request says {quoted(value)}."
    about = (causes.of_field(thing) if isinstance(thing, FormField) else causes.of_asked(where, name),)
    yield Finding("wrong-hidden-value", message, thing.where, where, value, given[0], review=query, causes=about)


def _forgotten(left: list[FormField], filled: list[str]) -> Finding:
    names = listed(quoted(field.name) for field in left)
    message = f"The page's script fills {listed(map(quoted, filled))} from the address, and not {names}."
    about = tuple(map(causes.of_field, left))
    return Finding("unfilled-field", message, left[0].where, expected="query", actual="", causes=about)
