"""The findings a team accepted, from waivers.yaml: code, reason, who, until when.

The format is documented in docs/configuration.md.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

from qa.files.names import WAIVER_NAMES
from qa.files.paths import inside, no_file
from qa.files.problem import InputProblem, Steps, raise_all, shown, unknown
from qa.files.yaml import Document, read
from qa.finding import Fault, Unusable, Waiver
from qa.source import Place

_HALF = re.compile(r"[\ud800-\udfff]")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


_MUST = ("code", "reason", "who", "until")
_KEYS = tuple(field.name for field in fields(Waiver) if field.name != "where")


def load_waivers(folder: Path, codes: Collection[str]) -> tuple[Waiver, ...]:
    """The waivers of a campaign folder, none where it has no such file; Unusable with every problem.

    ``codes`` are those a waiver may name.
    """
    there = [name for name in WAIVER_NAMES if os.path.lexists(folder / name)]
    if len(there) > 1:
        raise Unusable(f"{folder} holds both {there[0]} and {there[1]}; keep one.")
    if not there:
        return ()
    try:
        file = inside(folder, there[0])
        if wrong := no_file(file):
            raise Unusable(f"{there[0]} {wrong}")
        document = read(file, there[0])
    except Fault as fault:
        raise Unusable(str(fault)) from None
    if document.written is None:
        return ()
    problems = list(document.problems)
    if not isinstance(document.written, list):
        wrong = "a list was expected; each waiver begins with “- code:”."
        raise_all([*problems, InputProblem(document.places[()], (), wrong)])
    for index, entry in enumerate(document.written):
        problems += _problems(entry, index, document, codes)
    raise_all(problems)
    return tuple(_waiver(entry, document.places[(index,)]) for index, entry in enumerate(document.written))


def _waiver(entry: dict[str, str], where: Place) -> Waiver:
    said = {key: value.strip() for key, value in entry.items() if value is not None and key != "until"}
    return Waiver(**said, until=date.fromisoformat(entry["until"].strip()), where=where)


def _problems(entry: Any, index: int, document: Document, codes: Collection[str]) -> Iterator[InputProblem]:
    place = document.places[(index,)]
    if not isinstance(entry, dict):
        yield InputProblem(place, (index,), f"should hold the keys {', '.join(_MUST)}.")
        return
    for key, value in entry.items():
        steps: Steps = (index, key)
        if key not in _KEYS:
            yield InputProblem(document.keys[steps], steps, unknown(key, _KEYS))
        elif wrong := _wrong(key, value, codes):
            yield InputProblem(document.places[steps], steps, wrong)
    for key in _MUST:
        if key not in entry:
            yield InputProblem(place, (index, key), "is missing.")


def _wrong(key: str, value: Any, codes: Collection[str]) -> str:
    """What is wrong with the value of a known key; "" where nothing is."""
    if value is None or value == "":
        return "is empty." if key in _MUST else ""
    if not isinstance(value, str):
        return "should be text."
    if _HALF.search(value):
        return "holds half a character (a lone surrogate)."
    if key == "until":
        return _wrong_date(value.strip())
    if key == "code" and value.strip() not in codes:
        return f"“{shown(value)}” {unknown(value, codes)}"
    return ""


def _wrong_date(written: str) -> str:
    with suppress(ValueError):
        if _DATE.fullmatch(written) and date.fromisoformat(written):
            return ""
    return f"should be a date such as 2026-04-30, the last day it holds, not “{shown(written)}”."
