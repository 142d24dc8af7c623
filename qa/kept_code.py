"""The code that Python makes anew at every start, patterns and methods of dataclasses, kept in the user's cache folder.

A run over one email makes five hundred patterns and three hundred dataclasses before it reads a byte: a third of its
time. Python keeps the code of modules, and neither of these; here they are kept the same way, and believed where
nobody else can write. What stands inside ``re`` and ``dataclasses`` is nobody's promise: where it is not as it was,
nothing is kept, and all works as before.
"""

from __future__ import annotations

import atexit
import dataclasses
import marshal
import re
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

from qa.facts import compiled
from qa.kept import cache_folder, is_ours, keep

LARGEST = 16_000_000  # bytes: of many versions, and begun anew then
Text = str | bytes


@cache  # once in a process
def keep_code() -> None:
    """From now on, take what is kept of this Python; what is new is written when the process ends."""
    kept = KeptCode(cache_folder() / f"code-{sys.implementation.cache_tag}-{sys.hexversion:x}")
    with suppress(AttributeError, ImportError):
        make = re._compiler.compile  # type: ignore[attr-defined]
        parts_of(make, "(a)|(?P<name>b)", 0)  # where this fails, it fails now
        re._compiler.compile = lambda source, flags=0: kept.pattern(make, source, flags)  # type: ignore[attr-defined]
    # The name is looked up in the module before it is among Python's own.
    vars(dataclasses)["exec"] = lambda text, names, made: exec(kept.method(text), names, made)
    atexit.register(kept.save)


class KeptCode:
    """What is kept in a file: the parts of patterns by what they were made of, and methods by their text."""

    def __init__(self, file: Path) -> None:
        self._file, self._is_new = file, False
        self._patterns: dict[tuple[Text, int], tuple[Any, ...]] = {}
        self._methods: dict[str, CodeType] = {}
        with suppress(Exception), file.open("rb") as kept:  # a spoilt file is as good as none, however it is spoilt
            if is_ours(kept):
                self._patterns, self._methods = marshal.loads(kept.read())  # from a file it reads byte by byte

    def pattern(self, make: Any, source: Any, flags: int) -> Any:
        """The pattern that ``make`` makes. One that may have been made of a campaign's words is not kept."""
        parts = self._patterns.get((source, int(flags))) if isinstance(source, Text) else None
        if parts is None:
            if not isinstance(source, Text) or flags & re.DEBUG or not _is_constant():
                return make(source, flags)
            parts = self._patterns[source, int(flags)] = parts_of(make, source, flags)
            self._is_new = True
        return make.__globals__["_sre"].compile(source, *parts)

    def method(self, text: str) -> CodeType:
        """The code of a text that ``dataclasses`` wrote."""
        code = self._methods.get(text)
        if code is None:
            code = self._methods[text] = compile(text, "<string>", "exec")
            self._is_new = True
        return code

    def save(self) -> None:
        """Keep what is new. A folder that cannot be written to costs nothing but time."""
        content = marshal.dumps((self._patterns, self._methods)) if self._is_new else b""
        with suppress(OSError):
            if len(content) > LARGEST:
                self._file.unlink()
            elif content:
                keep(self._file, content)


def parts_of(make: Any, source: Text, flags: int) -> tuple[Any, ...]:
    """What ``re._compiler.compile`` gives to the engine: flags, code, groups, their numbers by name and names by it."""
    inside = make.__globals__
    parsed = inside["_parser"].parse(source, flags)
    state = parsed.state
    names: list[str | None] = [None] * state.groups
    for name, number in state.groupdict.items():
        names[number] = name
    code = [int(each) for each in inside["_code"](parsed, flags)]  # its named numbers cannot be kept
    return int(flags | state.flags), code, state.groups - 1, state.groupdict, tuple(names)


def _is_constant() -> bool:
    """Whether a pattern is made while a module of ours is imported, or of one of our tables.

    Others may make theirs of sets, whose order is another one in each process: they would be new each time.
    """
    frame: FrameType | None = sys._getframe(2)
    while frame := frame and frame.f_back:
        if frame.f_code is compiled.__code__:
            return True
        if frame.f_code.co_name == "<module>":
            return str(frame.f_globals.get("__name__")).startswith("qa.")
    return False
