"""The request: request.yaml as one frozen Request in which every value knows its line.

The format is documented in docs/request.md; the models are in qa/request/model.py, `qa schema` prints their JSON
Schema.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qa.files.names import REQUEST_NAMES
from qa.files.paths import inside
from qa.files.readings import Readings
from qa.finding import Fault, Unusable
from qa.request.model import (
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
from qa.request.part import Asked
from qa.request.variants import with_variant

__all__ = [
    "PLATFORMS", "Asked", "AskedAsset", "AskedAudience", "AskedEmail", "AskedField", "AskedForm", "AskedImage",
    "AskedLink", "AskedPage", "AskedSegment", "AskedVariant", "Consent", "CopyBlock", "Legal", "People", "Request",
    "Send", "Sender", "Tracking", "Utm", "load_request", "schema", "unwritten", "with_variant",
]  # fmt: skip


def load_request(folder: Path, readings: Readings | None = None) -> Request:
    """Read the request of a campaign folder; Unusable with every problem, in the order of the file."""
    from qa.request.reader import RequestReader

    return RequestReader(folder, _request_file(folder), readings or Readings()).request()


def _request_file(folder: Path) -> str:
    there = [name for name in REQUEST_NAMES if (folder / name).is_file()]
    if len(there) == 1:
        try:
            return inside(folder, there[0]).name
        except Fault as fault:
            raise Unusable(str(fault)) from None
    if there:
        raise Unusable(f"{folder} holds both {there[0]} and {there[1]}; keep one.")
    raise Unusable(f"{folder} holds no {REQUEST_NAMES[0]}.")


def unwritten(kind: str, name: str, file: str) -> Request:
    """The request nobody wrote: one email or page that is built, and of which nothing is known.

    Nobody's writing is validated here: without it the validators are not built, which costs more than to run them.
    """
    if kind == "page":
        page = AskedPage.model_construct(name=name, build=file)
        page._written = False
        return Request.model_construct(id="", name=name, pages=(page,))
    email = AskedEmail.model_construct(name=name, build=file)
    email._written = False
    return Request.model_construct(id="", name=name, emails=(email,))


def schema() -> dict[str, Any]:
    """The JSON Schema of request.yaml, for editors."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **Request.model_json_schema(by_alias=True),
        "title": "request.yaml",
    }
