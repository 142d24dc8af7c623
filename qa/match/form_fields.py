"""Fields of the request's form, matched with those of the page."""

from __future__ import annotations

from collections.abc import Sequence

from qa.artefacts import AlignedFields, Form, FormField, Markup
from qa.check import gatherer
from qa.finding import Skip
from qa.match.assignment import best_pairs
from qa.match.labels import label_likeness
from qa.request import AskedField, AskedPage


@gatherer()
def aligned_fields(page: AskedPage, markup: Markup) -> AlignedFields:
    """Asked form fields and built ones, by name, else by label, in the form that answers most of them."""
    if page.form is None:
        page.require("form")
    if page.form is None or page.form.fields is None:
        raise Skip("the request does not say which fields the form has")
    if not markup.forms:
        raise Skip("the page has no form")
    names = {field.name.casefold() for field in page.form.fields}
    form = max(markup.forms, key=lambda form: sum(built.name.casefold() in names for built in form.fields))
    return _fields(page.form.fields, form)


def _fields(wanted: Sequence[AskedField], form: Form) -> AlignedFields:
    seen = [built for built in form.fields if not built.unseen]
    scores = [[_field_score(ask, built) for built in seen] for ask in wanted]
    matched = best_pairs(scores, 0.5)
    rows, columns = {row for row, _ in matched}, {column for _, column in matched}
    return AlignedFields(
        form,
        tuple((wanted[row], seen[column]) for row, column in matched),
        tuple(ask for row, ask in enumerate(wanted) if row not in rows),
        tuple(built for column, built in enumerate(seen) if column not in columns),
    )


def _field_score(asked: AskedField, built: FormField) -> float:
    if asked.name == built.name:
        return 2.0
    if asked.name.casefold() == built.name.casefold().removesuffix("[]"):  # PHP's way of naming a group
        return 1.5
    label = asked.label or ("" if built.name else asked.name)  # without a name, what it is called is all there is
    return label_likeness(label, built.label) if label and built.label else 0.0
