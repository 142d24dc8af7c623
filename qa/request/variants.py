"""The variants of an email: what one segment sees."""

from __future__ import annotations

from collections.abc import Iterator

from qa.files.problem import Steps
from qa.request.model import AskedEmail, AskedVariant
from qa.source import Place

_VARIED = ("build", "text", "subject", "preheader", "links", "images", "wording", "tokens")
_ADDED = ("must_include", "must_not_include")


def with_variant(email: AskedEmail, variant: AskedVariant) -> AskedEmail:
    """The email as one segment should see it: its own fields, but for what the variant says.

    It is placed where the variant is, and each field where it was written: in the variant or in the email.
    """
    said = {field: value for field in _VARIED if (value := getattr(variant, field)) is not None}
    added = {field: (*(getattr(email, field) or ()), *more) for field in _ADDED if (more := getattr(variant, field))}
    name = f"{email.name} / {variant.segment}"
    seen = email.model_copy(update={**said, **added, "name": name, "variants": ()})
    seen._path = variant._path
    seen._places = dict(_variant_places(email, variant, {_alias(field) for field in said}))
    return seen


def _variant_places(email: AskedEmail, variant: AskedVariant, said: set[str]) -> Iterator[tuple[Steps, Place]]:
    """The email's places moved to below the variant, without those of fields the variant says; then the variant's."""
    own = len(email._path)
    for steps, place in email._places.items():
        if len(steps) > own and steps[:own] == email._path and steps[own] not in said | {"variants"}:
            yield (*variant._path, *steps[own:]), place
    here = len(variant._path)
    for steps, place in variant._places.items():
        if steps[:here] != variant._path:
            continue
        field, index = (*steps[here:], None, None)[:2]
        if field in _ADDED and isinstance(index, int):
            before = len(getattr(email, str(field)) or ())
            yield (*variant._path, str(field), before + index), place
        elif field not in _ADDED:
            yield (*variant._path, "name") if field == "segment" else steps, place


def _alias(field: str) -> str:
    return AskedVariant.model_fields[field].alias or field
