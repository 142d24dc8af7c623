"""Reports: the record of a run, the folder it is kept in, and the writers that make it readable.

A writer is a module of qa.reports, found by its name; it uses this module alone. Other rooms use `examine` (a target
from start to report), `record`, `document`, `folder`, `judge_again`, `quotes` and `approvable`.
"""

from __future__ import annotations

import difflib
import pkgutil
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any, cast

from qa.finding import Unusable
from qa.text.leaving import escaped_json as escaped_json
from qa.text.leaving import unobeyed as unobeyed
from qa.text.leaving import visible as visible

Document = Mapping[str, Any]
Read = Callable[[str], bytes]  # the bytes of a screenshot named in a document; OSError where there is none
Writer = Callable[[Sequence[Document], Read], str]

# No law lets an email out with one of these: of all that weighs as much, they are read first.
FOREMOST = ("wrong-unsubscribe", "missing-unsubscribe", "wrong-system-link")
_PACKAGE = "qa.reports"


def write(name: str, documents: Sequence[Document], read: Read) -> str:
    """What the writer ``name`` makes of the documents; Unusable where there is no such writer."""
    return _writer(name)(documents, read)


def writers() -> tuple[str, ...]:
    """The names of every writer, sorted. This imports them all."""
    found = sorted(module.name for module in pkgutil.iter_modules(import_module(_PACKAGE).__path__))
    return tuple(name for name in found if hasattr(import_module(f"{_PACKAGE}.{name}"), "render"))


def _writer(name: str) -> Writer:
    known = {module.name for module in pkgutil.iter_modules(import_module(_PACKAGE).__path__)}
    render = getattr(import_module(f"{_PACKAGE}.{name}"), "render", None) if name in known else None
    if render is None:
        nearest = difflib.get_close_matches(name, writers(), 1)
        hint = f" Did you mean {nearest[0]!r}?" if nearest else ""
        raise Unusable(f"There is no report called {name!r}.{hint} The known ones are: {', '.join(writers())}.")
    return cast(Writer, render)
