"""HTML pages in one file: templates, their style and script, and the policy that lets in no other.

https://www.w3.org/TR/CSP3/ (hash sources)
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from .differences import difference
from .plain import counted, shown
from .reading import moment

if TYPE_CHECKING:
    from jinja2 import Environment

_TEMPLATES = Path(__file__).parent / "templates"


def page(template: str, **values: Any) -> str:
    """A whole page from a template, with the policy of exactly its own style and script."""
    environment = _environment()
    style = environment.get_template("report.css").render()
    script = environment.get_template("report.js").render()
    policy = (
        "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; "
        f"style-src '{_hash(style)}'; script-src '{_hash(script)}'"
    )
    return environment.get_template(template).render(policy=Markup(policy), **values)


def piece(template: str, **values: Any) -> str:
    """A part of somebody else's page."""
    return _environment().get_template(template).render(**values)


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    from qa.report.compiled import CompiledTemplates

    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_printable,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=CompiledTemplates(__file__),
    )
    environment.filters |= {"counted": counted, "moment": moment, "parts_of": parts_of, "commands": commands}
    environment.globals["difference"] = difference
    return environment


def _printable(value: object) -> object:
    """Everything a template prints goes through here: no text of a build reaches a page unspelled or endless."""
    if isinstance(value, Markup | int | float):
        return value
    return shown(value)


def parts_of(snippet: str, wanted: str | None) -> tuple[tuple[str, bool], ...]:
    """A line in pieces, the first occurrence of what was found marked."""
    before, found, after = snippet.partition(wanted) if wanted and wanted.strip() else (snippet, "", "")
    return tuple((text, text is found) for text in (before, found, after) if text)


def commands(text: str) -> tuple[tuple[str, bool], ...]:
    """A sentence in pieces, what stands in `backticks` marked; as it is where one of them has no other half."""
    pieces = shown(text).split("`")
    if len(pieces) % 2 == 0:
        return ((shown(text), False),)
    return tuple((piece, index % 2 == 1) for index, piece in enumerate(pieces) if piece)


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
