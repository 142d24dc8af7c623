"""What was asked for? request.yaml as one frozen Request in which every value knows its line.

The format is documented in docs/request.md; the models are in qa/asked.py, `qa schema` prints their JSON Schema.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from qa.asked import (
    PLATFORMS,
    AskedAsset,
    AskedAudience,
    AskedEmail,
    AskedField,
    AskedForm,
    AskedImage,
    AskedLink,
    AskedPage,
    AskedSegment,
    AskedVariant,
    Consent,
    CopyBlock,
    Legal,
    People,
    Request,
    Send,
    Sender,
    Tracking,
    Utm,
)
from qa.files.paths import inside
from qa.files.problem import Steps
from qa.finding import Fault, Unusable
from qa.part import Asked
from qa.source import Place

__all__ = [
    "PLATFORMS", "Asked", "AskedAsset", "AskedAudience", "AskedEmail", "AskedField", "AskedForm", "AskedImage",
    "AskedLink", "AskedPage", "AskedSegment", "AskedVariant", "Consent", "CopyBlock", "Legal", "People", "Request",
    "Send", "Sender", "Tracking", "Utm", "load_request", "schema", "unwritten", "with_variant",
]  # fmt: skip

FILES = ("request.yaml", "request.yml")
_VARIED = ("build", "text", "subject", "preheader", "links", "images", "wording", "tokens")
_ADDED = ("must_include", "must_not_include")


def load_request(folder: Path) -> Request:
    """Read the request of a campaign folder; Unusable with every complaint, in the order of the file."""
    from qa.reading import Reading

    return Reading(folder, _request_file(folder)).request()


def _request_file(folder: Path) -> str:
    there = [name for name in FILES if (folder / name).is_file()]
    if len(there) == 1:
        try:
            return inside(folder, there[0]).name
        except Fault as fault:
            raise Unusable(str(fault)) from None
    if there:
        raise Unusable(f"{folder} holds both {there[0]} and {there[1]}; keep one.")
    raise Unusable(f"{folder} holds no {FILES[0]}.")


def unwritten(kind: str, name: str, file: str) -> Request:
    """The request nobody wrote: one email or page that is built, and of which nothing is known."""
    if kind == "page":
        page = AskedPage(name=name, build=file)
        page._written = False
        return Request(id="", name=name, pages=(page,))
    email = AskedEmail(name=name, build=file)
    email._written = False
    return Request(id="", name=name, emails=(email,))


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


def schema() -> dict[str, Any]:
    """The JSON Schema of request.yaml, for editors."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **Request.model_json_schema(by_alias=True),
        "title": "request.yaml",
    }
