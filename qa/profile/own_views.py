"""A team's own views, the [views.NAME] of qa.toml: each changes a view of the table, or adds one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from qa.artefacts import Darkening, Fidelity
from qa.facts import facts
from qa.files.problem import Steps, shown, unknown
from qa.views.catalogue import ALL, ENGINES

_KINDS: dict[str, tuple[type, str]] = {
    "like": (str, "text in quotes: the name of a view"),
    "title": (str, "text in quotes"),
    "kind": (str, "text in quotes"),
    "client": (str, "text in quotes"),
    "engine": (str, "text in quotes"),
    "width": (int, "a whole number"),
    "height": (int, "a whole number"),
    "ratio": (float, "a number"),
    "transforms": (list, 'a list of texts: ["…", "…"]'),
    "darkening": (str, "text in quotes"),
    "prefers_dark": (bool, "true or false"),
    "blocks_images": (bool, "true or false"),
    "fits": (bool, "true or false"),
    "fidelity": (str, "text in quotes"),
    "dated": (date, "a date such as 2026-11-22, without quotes"),
    "note": (str, "text in quotes"),
    "source": (str, "text in quotes"),
}
_LIMITS: dict[str, tuple[float, float]] = {"width": (200, 4000), "height": (200, 4000), "ratio": (0.5, 4)}
_NAME = re.compile(r"[a-z0-9]++(?>(?:-[a-z0-9]++)*)")


def problems(own: Mapping[str, Any]) -> Iterator[tuple[Steps, str]]:
    """What is wrong with the [views] of a qa.toml: the way to each mistake, and the end of a sentence about it."""
    table = facts("views")["views"]
    for name, row in own.items():
        steps: Steps = ("views", name)
        if not isinstance(row, dict):
            yield steps, f"should be a table: [views.{shown(name)}] on a line of its own."
            continue
        yield from _of_name(steps, name)
        for key, value in row.items():
            yield from _of_key((*steps, key), key, value, table)
        if name not in table and "like" not in row and not {"title", "width"} <= row.keys():
            yield steps, "is a view of your own: it needs a `title` and a `width`, or a `like` that names a view."


def _of_name(steps: Steps, name: str) -> Iterator[tuple[Steps, str]]:
    if name == ALL or name.endswith(("-dark", "-no-images")):
        yield steps, "is a name that stands for something else: every view has its -dark and -no-images by itself."
    elif not _NAME.fullmatch(name):
        yield steps, "should be a name of small letters, digits and hyphens."


def _of_key(steps: Steps, key: str, value: Any, table: Collection[str]) -> Iterator[tuple[Steps, str]]:
    if key not in _KINDS:
        yield steps, unknown(key, _KINDS)
        return
    kind, words = _KINDS[key]
    if type(value) is not kind and not (kind is float and type(value) is int):
        yield steps, f"should be {words}, not {shown(value)!r}."
        return
    least, most = _LIMITS.get(key, (0, 0))
    if most and isinstance(value, int | float) and not least <= value <= most:
        yield steps, f"should be from {least} to {most}, not {shown(value)}."
    known = _known(key, table)
    for each in (value if isinstance(value, list) else [value]) if known else ():
        if each not in known:
            yield steps, f"names `{shown(each)}`, which {unknown(str(each), known)}"


def _known(key: str, table: Collection[str]) -> Collection[str]:
    """The words a key can have; empty: any."""
    if key == "transforms":
        return facts("views")["transforms"]  # type: ignore[no-any-return]
    words: dict[str, Collection[str]] = {
        "like": table,
        "kind": ("email", "page"),
        "engine": ENGINES,
        "client": facts("clients")["clients"],
        "darkening": [each.value for each in Darkening],
        "fidelity": [each.value for each in Fidelity],
    }
    return words.get(key, ())
