"""The drafted request of a landing page alone: its head, its form, its tags."""

from __future__ import annotations

import re

from qa.artefacts import Form, FormField, Markup
from qa.draft.yaml import Section, Value
from qa.facts import facts
from qa.match.form import loaded_later

_TAG = re.compile(r"(?<![\w-])(?:GTM-[A-Z0-9]{4,10}|UA-\d{4,12}-\d{1,4}|G-[A-Z0-9]{8,12}|AW-\d{6,14})(?![\w-])")
_LONGEST_VALUE = 300  # characters of a hidden field; longer ones are tokens a server makes anew each time
_NO_LETTERS = re.compile(r"[^a-z]+")


def put_head(section: Section, markup: Markup) -> None:
    """Title, description, heading, robots, canonical address."""
    headings = [text.value for level, text in markup.headings if level == 1 and text.value.strip()]
    found = {
        "title": markup.title.value if markup.title else "",
        "description": markup.metas["description"].value if "description" in markup.metas else "",
        "heading": headings[0] if headings else "",
        "robots": markup.metas["robots"].value if "robots" in markup.metas else "",
        "canonical": markup.canonical.value if markup.canonical else "",
    }
    section.note("url: where the page will be; a file does not show it.")
    for key, value in found.items():
        if value.strip():
            section.put(key, " ".join(value.split()))
        else:
            section.note(f"{key}: the page has none.")


def put_form(section: Section, markup: Markup) -> None:
    """The form with the most fields; pages often have a search or a newsletter box beside it."""
    if not markup.forms:
        section.note("form: the page has none, or a script brings it along.")
        return
    if loaded_later(markup):
        section.note("form: a script brings it along when the page is opened; write down its fields by hand.")
        return
    form = max(markup.forms, key=lambda form: len(_names(form)))
    drafted = Section()
    consent = _consent(form)
    _put_fields(drafted, form, consent)
    _put_hidden(drafted, form)
    if consent is not None:
        ticked = ("It is ticked from the start; in most of Europe it must not be.",) if consent.checked else ()
        drafted.put("consent", Section({"text": consent.label, "checked": consent.checked}), *ticked)
    leads = next((field.value.strip() for field in form.hidden if _leads(field)), "")
    if leads:
        drafted.put("thank_you", leads)
    else:
        drafted.note("thank_you: where the form leads was not found in its hidden fields.")
    if drafted.entries:
        drafted.close(next(iter(drafted.entries)))
        several = (f"The page has {len(markup.forms)} forms; this is the one with the most fields.",)
        section.put("form", drafted, *(several if len(markup.forms) > 1 else ()))


def put_tags(section: Section, markup: Markup) -> None:
    """Tag containers in the scripts."""
    tags = dict.fromkeys(tag for script in markup.scripts for tag in _TAG.findall(script.value))
    values: list[Value] = [*tags]
    if values:
        section.put("tags", values)
    else:
        section.note("tags: no tag of Google was found in the page's scripts.")


def _names(form: Form) -> set[str]:
    return {field.name.casefold() for field in (*form.fields, *form.hidden)}


def _consent(form: Form) -> FormField | None:
    words: list[str] = facts("forms")["consent"]["words"]
    boxes = (field for field in form.fields if field.type == "checkbox" and field.label.strip() and not field.unseen)
    return next((box for box in boxes if any(word in box.label.casefold() for word in words)), None)


def _put_fields(drafted: Section, form: Form, consent: FormField | None) -> None:
    seen = [field for field in form.fields if not field.unseen and field != consent]
    if not seen:
        return
    if nameless := sum(not field.name.strip() for field in seen):
        drafted.note(f"fields: {nameless} of {len(seen)} have no name yet; give them names first, then list them here.")
        return
    fields: list[Value] = []
    for field in seen:
        entry = Section()
        entry.put("name", field.name)
        if field.label.strip():
            entry.put("label", field.label)
        entry.put("type", field.type)
        entry.put("required", field.required)
        if field.options:
            entry.put("options", [*field.options])
        fields.append(entry)
    drafted.put("fields", fields, "In order. `required` is what the markup says; a script may ask for more.")


def _put_hidden(drafted: Section, form: Form) -> None:
    hidden = Section()
    for field in reversed(form.hidden):  # of two with one name, the first counts
        if field.name.strip() and len(field.value) <= _LONGEST_VALUE:
            filled = field.name.lower().startswith("utm_") and not field.value.strip()
            hidden.put(field.name, "query" if filled else field.value.strip())
    if hidden.entries:
        hidden.entries = dict(reversed(hidden.entries.items()))
        drafted.put("hidden", hidden, "`query`: filled from the page's address. Take out what a server makes anew.")


def _leads(field: FormField) -> bool:
    named = _NO_LETTERS.sub("", field.name.lower()) in facts("forms")["thank_you"]["names"]
    return named and "/" in field.value
