"""The lines of a request: every field that says something, by its place among the others, however it was written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

from qa.request.model import CopyBlock, NoUtm, Request
from qa.request.part import Asked
from qa.source import Place

_NAMES = ("name", "text", "src", "asset", "alt", "segment")  # the field that people call a part by
_Line = tuple[str, str, Place | None]


def request_lines(request: Request) -> Iterator[_Line]:
    """What each field is called («emails “invite”, subject»), what it says, and where it was written."""
    yield from _of_part(request, "")


def _of_part(part: Asked, called: str) -> Iterator[_Line]:
    if isinstance(part, NoUtm):
        yield called, "none", part.place()
        return
    for name, field in type(part).model_fields.items():
        value = getattr(part, name)
        if value is not None and value != field.get_default(call_default_factory=True):
            said = field.alias or name
            yield from _of_value(value, f"{called}, {said}" if called else said, part.place(name))


def _of_value(value: object, called: str, where: Place | None) -> Iterator[_Line]:
    if isinstance(value, CopyBlock):
        yield called, f"{'#' * value.level} {value.text}".strip(), value.where or where
    elif isinstance(value, Asked):
        yield from _of_part(value, called)
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield from _of_value(each, f"{called}, {key}", where)
    elif isinstance(value, (list, tuple)):
        yield from _of_list(value, called, where)
    else:
        yield called, value.isoformat() if isinstance(value, date) else str(value), where


def _of_list(values: list[object] | tuple[object, ...], called: str, where: Place | None) -> Iterator[_Line]:
    """Parts by their names, of which a second one of a name has its number; other values one by one."""
    if not values:
        yield called, "none", where
    seen = Counter[str]()
    for each in values:
        name = _name(each) if isinstance(each, Asked) and not isinstance(each, CopyBlock) else ""
        seen[name] += 1
        number = f" ({seen[name]})" if name and seen[name] > 1 else ""
        yield from _of_value(each, f"{called} “{name}”{number}" if name else called, where)


def _name(part: Asked) -> str:
    return next((str(said) for name in _NAMES if (said := getattr(part, name, None))), "")
