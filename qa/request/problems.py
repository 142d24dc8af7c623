"""Problems of a request, told to the person who wrote it: pydantic's errors in the request's own words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from qa.files.problem import InputProblem, Steps, closest_place, nearest, shown, unknown
from qa.request.model import Request
from qa.request.part import Asked
from qa.source import Place

_LIST = "should be a list: one entry a line, each beginning with “- ”"
_KEYS = "should be a set of `key: value` lines, indented below it"
_WORDINGS = {
    "missing": "is missing",
    "string_type": "should be text",
    "string_too_short": "is empty",
    "string_unicode": "holds half a character (a lone surrogate)",
    "tuple_type": _LIST,
    "list_type": _LIST,
    "model_type": _KEYS,
    "model_attributes_type": _KEYS,
    "dict_type": _KEYS,
    "mapping_type": _KEYS,
    "bool_type": "should be true or false",
    "bool_parsing": "should be true or false",
    "int_type": "should be a whole number such as 12000",
    "int_parsing": "should be a whole number such as 12000",
    "int_parsing_size": "should be a smaller number",
    "int_from_float": "should be a whole number such as 12000",
    "float_type": "should be a number",
    "float_parsing": "should be a number or a percentage such as 5%",
    "finite_number": "should be a number",
    "greater_than_equal": "should be {ge} or more",
    "less_than_equal": "should be {le} or less (5% is written 5% or 0.05)",
}


def problems_of(
    error: ValidationError, written: Any, places: Mapping[Steps, Place], keys: Mapping[Steps, Place]
) -> Iterator[InputProblem]:
    """One problem for each of pydantic's errors, at the line a writer would look at."""
    for detail in error.errors(include_url=False):
        steps: Steps = tuple(detail["loc"])
        is_unknown = detail["type"] == "extra_forbidden"
        where = keys.get(steps) if is_unknown else closest_place(steps, places)
        wrong = _unknown(steps) if is_unknown else _wrong(detail)
        yield InputProblem(where or places[()], steps, wrong)


def _wrong(detail: ErrorDetails) -> str:
    context = detail.get("ctx", {})
    if detail["type"] == "value_error":
        return str(context["error"])
    value = detail.get("input")
    if detail["type"] == "literal_error":
        return _not_one_of(value, context)
    if value is None and detail["type"] != "missing":
        return "is empty."
    if detail["type"].startswith("datetime"):
        return f"is “{shown(value)}”; there is no such date or time."
    wording = _WORDINGS.get(detail["type"])
    if wording is None:
        return f"cannot be used: {detail['msg'].lower()}."
    return f"{wording.format(**context)}{_instead(detail['type'], value)}."


def _instead(kind: str, value: Any) -> str:
    if kind in ("missing", "string_too_short", "string_unicode"):
        return ""
    if isinstance(value, dict):
        return ", not keys of its own"
    return ", not a list" if isinstance(value, list | tuple) else f", not “{shown(value)}”"


def _not_one_of(value: Any, context: Mapping[str, Any]) -> str:
    known = [word.strip(" '") for word in str(context.get("expected", "")).replace(" or ", ",").split(",")]
    near = nearest(str(value), known)
    hint = f"did you mean `{near}`?" if near else f"known: {', '.join(known)}."
    return f"is “{shown(value)}”, which is not known; {hint}"


def _unknown(steps: Steps) -> str:
    """The nearest known key, and the part of the request the key belongs to."""
    key = str(steps[-1])
    known = keys_at(steps[:-1])
    parts = [name for name in keys_at(()) if name != steps[0] and key in keys_at((name,))]
    if not parts:
        return unknown(key, known)
    near = nearest(key, known)
    hint = f"did you mean `{near}`, or does it belong in `{parts[0]}`?" if near else f"it belongs in `{parts[0]}`."
    return f"is not known here; {hint}"


def keys_at(steps: Steps) -> list[str]:
    """The keys known in a part of the request; none where the writer chooses them."""
    model = _model_at(steps)
    return [field.alias or name for name, field in model.model_fields.items()] if model is not None else []


def _model_at(steps: Steps) -> type[Asked] | None:
    """The model of the part at the end of a way; None where it is no part of its own."""
    model: type[Asked] | None = Request
    for step in steps:
        if isinstance(step, str) and model is not None:
            fields = {field.alias or name: field for name, field in model.model_fields.items()}
            model = _model_in(fields[step].annotation) if step in fields else None
    return model


def _model_in(annotation: Any) -> type[Asked] | None:
    if isinstance(annotation, type) and issubclass(annotation, Asked):
        return annotation
    return next((model for inner in get_args(annotation) if (model := _model_in(inner)) is not None), None)
