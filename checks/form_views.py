"""The form of a page in all its views: fields and the button that sends it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from qa.artefacts import (
    Form,
    FormField,
    Inventory,
    LinkedFiles,
    Markup,
    Rendering,
    causes,
)
from qa.check import check
from qa.finding import Code, Finding, Severity
from qa.match.form import asked_form
from qa.match.form_buttons import FormButtons
from qa.match.page_contents import PageContent, page_contents, titles_of
from qa.request import AskedForm, AskedPage
from qa.text.wording import loose, quoted

_CHOICES = ("select", "checkbox", "radio", "file")  # what designers hide and draw again: then their label is looked for


@check(
    "page-form-seen",
    Code(
        "unseen-submit",
        Severity.ERROR,
        "The button that sends the form is seen in some views of the page and not in others.",
        "Show it in every view: look for display:none, a size of nothing and media queries around it.",
    ),
    Code(
        "unseen-required-field",
        Severity.ERROR,
        "A field that must be filled in is seen in some views of the page and not in others: there, nothing is sent.",
        "Show it in every view, or let nobody be required to fill it in.",
    ),
    Code(
        "unseen-field",
        Severity.WARNING,
        "A field of the form is seen in some views of the page and not in others.",
        "Show it in every view: look for display:none, a size of nothing and media queries around it.",
    ),
)
def page_form_seen(
    rendering: Rendering, markup: Markup, read: Inventory, asked: AskedPage, files: LinkedFiles | None = None
) -> Iterator[Finding]:
    """The form can be filled in and sent on every screen.

    A rule meant for a phone that hides one column too many takes the button with it: the page looks finished, half of
    its visitors can read all of it, and none of them can sign up.

    Fails:
        page: {form: {fields: [{name: Email}]}}
        build: >-
          <html><head><meta name="viewport" content="width=device-width"><style>@media (max-width: 500px) { button
          { display: none } }</style></head><body><form><label>Email <input name="Email"></label>
          <button>Save my seat</button></form></body></html>

    Passes:
        page: {form: {fields: [{name: Email}]}}
        build: >-
          <html><head><meta name="viewport" content="width=device-width"><style>@media (max-width: 500px) { button
          { width: 100% } }</style></head><body><form><label>Email <input name="Email"></label>
          <button>Save my seat</button></form></body></html>
    """
    form, built = asked_form(asked, markup)
    contents = page_contents(rendering, markup, files)
    twins = [built, *(one for one in markup.forms if one is not built and _same(one, built, form))]
    buttons = FormButtons(read, {one.where.offset or 0 for one in twins})
    missing = [content for content in contents if buttons.sending and not content.any(buttons.sending)]
    if missing and len(missing) < len(contents):
        yield _unsent(buttons, missing, contents, markup, twins)
    elif missing and not any(content.any(buttons.others) for content in contents) and _fields_seen(twins, contents):
        message = "The button that sends the form is seen in no view of the page; look at it in a browser."
        yield Finding("unseen-submit", message, markup.source.place(min(buttons.sending)), review=True)
    gone = [content for content in missing if not _fields_seen(twins, [content])]  # none of the form is seen
    yield from _hidden(form, twins)
    wanted = {field.name.casefold() for field in form.fields or ()}
    for field in built.fields:
        if not field.unseen and (field.required or field.name.removesuffix("[]").casefold() in wanted):
            yield from _unseen(field, twins, buttons, contents, gone)


def _hidden(asked: AskedForm, forms: Sequence[Form]) -> Iterator[Finding]:
    """Fields that were asked for and that the build hides from every visitor."""
    built = [field for form in forms for field in form.fields]
    for wanted in asked.fields or ():
        same = [field for field in built if field.name.removesuffix("[]").casefold() == wanted.name.casefold()]
        if same and all(field.unseen for field in same):
            code = "unseen-required-field" if same[0].required else "unseen-field"
            message = f"The field {quoted(wanted.label or wanted.name)} is seen in no view of the page."
            about = (causes.of_asked(wanted.place(), wanted.label or wanted.name),)
            yield Finding(code, message, same[0].where, wanted.place(), actual=same[0].name, causes=about)


def _same(one: Form, other: Form, asked: AskedForm) -> bool:
    """Whether two forms ask for the same: one for phones, one for desks."""
    wanted = {field.name.casefold() for field in asked.fields or ()}
    names, others = ({field.name.casefold() for field in form.fields} for form in (one, other))
    return bool(others) and names >= (others & wanted or others)


def _fields_seen(forms: Iterable[Form], contents: Iterable[PageContent]) -> bool:
    offsets = [field.where.offset or 0 for form in forms for field in form.fields]
    return any(content.any(offsets) for content in contents)


def _unsent(
    buttons: FormButtons,
    missing: Sequence[PageContent],
    contents: Sequence[PageContent],
    markup: Markup,
    forms: Sequence[Form],
) -> Finding:
    """The button that sends the form is missing somewhere; a person looks where something else may lead to it."""
    others = [content for content in contents if content not in missing]
    first = min(offset for offset in buttons.sending if others[0].any([offset]))
    element = others[0].seen.get(first)
    name = f"The button {quoted(element.text)}" if element and element.text else "The button that sends the form"
    whole = not any(_fields_seen(forms, [content]) for content in missing)
    openers = [*buttons.others, *(buttons.outside if whole else ())]
    unsure = all(content.any(openers) for content in missing)
    what = f"{name} and the fields of its form" if whole else name
    rest = "look whether something there leads to it" if unsure else "nobody can send the form there"
    message = f"{what} cannot be seen in {titles_of(missing)}, and can in {titles_of(others)}: {rest}."
    where, view, about = markup.source.place(first), missing[0].view.name, tuple(map(causes.of_form, forms))
    return Finding("unseen-submit", message, where, review=unsure, view=view, causes=about)


def _unseen(
    field: FormField,
    forms: Sequence[Form],
    buttons: FormButtons,
    contents: Sequence[PageContent],
    gone: Sequence[PageContent],
) -> Iterator[Finding]:
    """A field that some views show and others do not: those that show nothing of the form, and the rest."""
    same = [one for form in forms for one in form.fields if one is field or (one.name and one.name == field.name)]
    lacking = [content for content in contents if not any(_shown(one, content) for one in same)]
    others = [content for content in contents if content not in lacking]
    whole = [content for content in lacking if content in gone]
    if whole and others:
        openers = [*buttons.others, *buttons.outside]
        yield replace(_unseen_in(whole, others, field, openers), causes=tuple(map(causes.of_form, forms)))
    if (missing := [content for content in lacking if content not in gone]) and others:
        yield replace(_unseen_in(missing, others, field, buttons.others), causes=(causes.of_field(field),))


def _unseen_in(
    missing: Sequence[PageContent], others: Sequence[PageContent], field: FormField, openers: Sequence[int]
) -> Finding:
    unsure = all(content.any(openers) for content in missing)  # a form in steps
    code = "unseen-required-field" if field.required else "unseen-field"
    name = quoted(field.label or field.name)
    end = ", so that nothing is sent there" if field.required and not unsure else ""
    if unsure:
        end = "; look whether a button there leads to it"
    message = f"The field {name} cannot be seen in {titles_of(missing)}, and can in {titles_of(others)}{end}."
    return Finding(code, message, field.where, actual=field.name, review=unsure, view=missing[0].view.name)


def _shown(field: FormField, content: PageContent) -> bool:
    if content.any([field.where.offset or 0]):
        return True
    label = loose(field.label)
    return field.type in _CHOICES and any(len(words) > 3 and words in label for words in content.words)
