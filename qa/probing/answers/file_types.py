"""Files behind links: whether what came is what the address ends in."""

from __future__ import annotations

from functools import cache
from typing import Any
from urllib.parse import urlsplit

from qa.artefacts.probes import Probe
from qa.facts import facts
from qa.probing.answers.outcomes import is_shown

_BEGINNING = 1024


def other_file(probe: Probe) -> str:
    """What came in place of a file that the address asked names («an HTML page, not a PDF»); "" where it came."""
    kind = _by_ending().get(urlsplit(probe.url).path.lower().rpartition(".")[2])
    body = probe.body[:_BEGINNING]
    if kind is None or not body or not is_shown(probe) or _is_of(kind, body):
        return ""
    page = b"<html" in body.lower() or b"<!doctype html" in body.lower()
    return f"it is {'an HTML page' if page else 'something else'}, not {kind['name']}"


def _is_of(kind: dict[str, Any], body: bytes) -> bool:
    begins = any(body.startswith(bytes.fromhex(sign)) for sign in kind.get("hexadecimal", ()))
    return begins or any(sign.encode() in body for sign in kind.get("within", ()))


@cache
def _by_ending() -> dict[str, dict[str, Any]]:
    types = facts("file_types")["types"]
    return {ending: kind for name, kind in types.items() for ending in (name, *kind.get("endings", ()))}
