"""Differences between a field as it was asked for and as it was built."""

from __future__ import annotations

from qa.artefacts import FormField
from qa.facts import facts
from qa.request import AskedField
from qa.text.wording import alike, quoted


def differences(wanted: AskedField, built: FormField) -> list[tuple[str, str]]:
    """What the built field is, and what it should be, of each that differs."""
    single = (_name(wanted, built), _label(wanted, built), _type(wanted, built), _required(wanted, built))
    return [difference for difference in single if difference] + _options(wanted, built)


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
