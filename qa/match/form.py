"""The form of a page that the request speaks of, and whether it can be read at all; for the checks of forms."""

from __future__ import annotations

import re

from qa.artefacts import Form, FormField, Markup
from qa.facts import facts
from qa.finding import Skip
from qa.match.labels import label_likeness
from qa.match.late_pages import WRITTEN_LATER, is_written_later
from qa.match.script_writing import is_harmless, remote_scripts
from qa.request import AskedField, AskedForm, AskedPage, Consent
from qa.text.wording import alike

_FRAME = re.compile(r"<(?:iframe|object|embed)\b", re.IGNORECASE)
_SRC = re.compile(r"\b(?:src|data)\s*=\s*(?:[\"']\s*([^\"'>]+)|([^\s>]+))", re.IGNORECASE)


def asked_form(asked: AskedPage, markup: Markup) -> tuple[AskedForm, Form]:
    """The form as asked, and the built one that answers most of it; Skip where there is none to look at."""
    form: AskedForm = asked.require("form")
    if not markup.forms:
        raise Skip(WRITTEN_LATER.lower() if is_written_later(markup) else "the page has no form")
    if loaded_later(markup):
        raise Skip("the form is brought along by a script when the page is opened")
    names = {field.name.casefold() for field in form.fields or ()} | {name.casefold() for name in form.hidden or ()}
    return form, max(markup.forms, key=lambda built: _answered(names, built))


def loaded_later(markup: Markup) -> bool:
    """Whether every form is an empty place that a script fills."""
    return all(not form.fields and not form.hidden for form in markup.forms) and bool(embedded(markup))


def embedded(markup: Markup) -> str:
    """The mark of a form maker whose script or frame brings its form along; "" where there is none."""
    marks: list[str] = facts("forms")["embeds"]["marks"]
    scripts = "\n".join(script.value for script in markup.scripts).casefold()
    frames = "\n".join(_frames(markup.source.text)).casefold()
    return next((mark for mark in marks if mark in scripts or mark in frames), "")


def brought_along(markup: Markup) -> str:
    """The frame or the script, of whoever it is, that may bring a form along; "" where none can."""
    frames = [found[1] or found[2] for tag in _frames(markup.source.text) if (found := _SRC.search(tag))]
    bringing = [address for address in frames if address and not is_harmless(address)]
    return next(iter([*bringing, *remote_scripts(markup)]), "")


def _frames(source: str) -> list[str]:
    """The start tags of all frames, and of what else can hold another document."""
    starts = [found.start() for found in _FRAME.finditer(source)]
    return [source[start : source.find(">", start) + 1] for start in starts]


def _answered(names: set[str], form: Form) -> int:
    return sum(field.name.casefold() in names for field in (*form.fields, *form.hidden))


def consent_box(consent: Consent, form: Form) -> FormField | None:
    """The box, or the choice of yes and no, that has the wording; else the likest of those that ask for agreement."""
    boxes = [field for field in form.fields if field.type in ("checkbox", "radio")]
    words: list[str] = facts("forms")["consent"]["words"]
    exact = [box for box in boxes if as_consent(consent.text) in as_consent(box.label)]
    likely = [box for box in boxes if any(word in box.label.casefold() for word in words)]
    likely += [box for box in boxes if label_likeness(consent.text, box.label) > 0.6]
    return max(exact or likely, key=lambda box: label_likeness(consent.text, box.label), default=None)


def is_given(box: FormField) -> bool:
    """Whether an agreement is given from the start: a ticked box, a chosen answer that is no "no"."""
    no: list[str] = facts("forms")["consent"]["no"]
    return box.checked and not (box.type == "radio" and box.value.strip().casefold() in no)


def as_consent(text: str) -> str:
    """A consent as two of them are compared."""
    return alike(text).casefold().strip(" .*:")


def name_of_field(field: AskedField) -> str:
    """A field by its label, or by its name where it has none."""
    return field.label or field.name
