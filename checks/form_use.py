"""Fields and buttons of forms that nobody can use, or whose answer is never sent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from qa.artefacts import Form, FormField, Inventory, Markup
from qa.artefacts.causes import of_field
from qa.check import check
from qa.finding import Code, Finding, Severity, Skip
from qa.links.url import runs_script
from qa.match.form_buttons import unnamed_buttons
from qa.request import AskedPage
from qa.text.phrases import and_more, in_lines, listed
from qa.text.wording import quoted

_CHOICES = ("checkbox", "radio")


@check(
    "form-use",
    Code(
        "nameless-field",
        Severity.WARNING,
        "What is typed into a field is never sent, as the field has no name.",
        "Give the field the name the form's receiver expects: name=“Email”.",
    ),
    Code(
        "repeated-field-name",
        Severity.WARNING,
        "Two fields of a form have the same name.",
        "Give each field a name of its own.",
    ),
    Code(
        "unlabelled-field",
        Severity.WARNING,
        "A field does not say what belongs in it.",
        "Put a <label> around it, or point one at its id.",
    ),
    Code(
        "nameless-button",
        Severity.WARNING,
        "A button of a form says nothing.",
        "Write on it what it does: Send, Register.",
    ),
)
def form_use(asked: AskedPage, markup: Markup, read: Inventory) -> Iterator[Finding]:
    """Every visitor can fill in the form, and all that is typed is sent.

    Browsers send only fields with a name, and of two with one name most receivers keep the last. A field without a
    label, or a button without words, means nothing to people who hear the page.

    Fails:
        page: {}
        build: <form action="/send"><label>Email <input type="email"></label><button>Send</button></form>

    Passes:
        page: {}
        build: <form action="/send"><label>Email <input type="email" name="email"></label><button>Send</button></form>
    """
    if not markup.forms:
        raise Skip("the page has no form")
    for form in markup.forms:
        yield from _names(form)
    fields = [field for form in markup.forms for field in form.fields if not field.unseen]
    if silent := [field for field in fields if not (field.label.strip() or field.options)]:
        named = listed(quoted(field.name or field.type) for field in silent)
        does = "does" if len(silent) == 1 else "do"
        message = f"Nothing says what belongs in the field {named}" if len(silent) == 1 else f"The fields {named}"
        message += "" if len(silent) == 1 else f" {does} not say what belongs in them"
        yield _of_fields("unlabelled-field", f"{message}{in_lines([field.where for field in silent])}.", silent)
    if read.read is not None and (bare := unnamed_buttons(read.read.raw, read.read.tokens)):
        places = [markup.source.place(start) for start in bare]
        yield Finding("nameless-button", f"A button of the form says nothing{and_more(places)}.", places[0])


def _names(form: Form) -> Iterator[Finding]:
    """Fields without a name, where the form itself sends, and names that are there twice."""
    sends = form.action.strip() not in ("", "#") and not runs_script(form.action)
    nameless = [field for field in form.fields if not (field.name.strip() or field.unseen)]
    if nameless and sends:
        named = listed(quoted(field.label or field.type) for field in nameless)
        has = "The field {} has no name" if len(nameless) == 1 else "The fields {} have no names"
        message = f"{has.format(named)}{in_lines([field.where for field in nameless])}: what is typed there is lost."
        yield _of_fields("nameless-field", message, nameless)
    by_name: dict[str, list[FormField]] = {}
    for field in form.fields:
        if field.name.strip() and not field.name.endswith("[]") and field.type not in _CHOICES and not field.unseen:
            by_name.setdefault(field.name, []).append(field)
    if twice := {name: same for name, same in by_name.items() if len(same) > 1}:
        fields = list(chain.from_iterable(twice.values()))
        message = f"Several fields of the form are named {listed(map(quoted, twice))}"
        yield _of_fields("repeated-field-name", f"{message}{in_lines([field.where for field in fields])}.", fields)


def _of_fields(code: str, message: str, fields: Sequence[FormField]) -> Finding:
    each, about = tuple(field.label or field.name for field in fields), tuple(map(of_field, fields))
    return Finding(code, message, fields[0].where, actual=each[0], each=each, causes=about)
