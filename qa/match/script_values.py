"""Values that a page's own scripts put into the fields of its form, as far as they stand there as words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from qa.source import Text

_LONGEST = 200_000  # characters of one script: a longer one is a library
_LITERAL = r"""(?:"([^"\\\n]*+)"|'([^'\\\n]*+)'|`([^`$\\]*+)`)\s*(?=[;,)}\n]|$)"""
_SETS = r"""\.\s*(?:value\s*=(?!=)|val\(|(?:setAttribute|attr|prop)\(\s*["']value["']\s*,)\s*"""
_GIVES = r"\b(?:vals|setValues|addHiddenFields)\(\s*\{[^{}]{0,2000}?"
_FROM_ADDRESS = ("location.search", "location.href", "urlsearchparams", "searchparams")


class ScriptValues:
    """What the scripts of one page say of the fields of its form."""

    def __init__(self, scripts: Iterable[Text]) -> None:
        """``scripts``: the inline ones; an address in their place says nothing."""
        self._scripts = [script.value for script in scripts if len(script.value) <= _LONGEST]

    def literals(self, name: str) -> list[str]:
        """The words that scripts put into a field, each once; those that clear it left out."""
        word = re.escape(name)
        field = rf"""(?<![\w-]){word}(?:\\?["'])?\]?["']?\s*\]?\)?(?:\[0\])?\s*{_SETS}{_LITERAL}"""
        given = rf"""{_GIVES}(?<![\w-])["']?{word}["']?\s*:\s*{_LITERAL}"""
        spoken = [script for script in self._scripts if name in script]
        hits = [hit for script in spoken for way in (field, given) for hit in re.finditer(way, script)]
        return list(dict.fromkeys(value for hit in hits if (value := (hit[1] or hit[2] or hit[3] or "").strip())))

    def names(self, name: str) -> bool:
        """Whether a script speaks of a field: it may put in what shows only in a browser."""
        spoken = re.compile(rf"""(?<![\w-]){re.escape(name)}(?![\w-])""")
        return any(name in script and spoken.search(script) for script in self._scripts)

    def forgotten(self, names: Iterable[str]) -> list[str]:
        """Of fields to be filled from the page's address, those that are not in a script that fills several others."""
        wanted = list(names)
        for script in self._from_address:
            told = [name for name in wanted if _is_quoted(name, script)]
            if len(told) > 1:
                return [name for name in wanted if not self.names(name)]
        return []

    @cached_property
    def _from_address(self) -> list[str]:
        return [script for script in self._scripts if any(word in script.lower() for word in _FROM_ADDRESS)]


def _is_quoted(name: str, script: str) -> bool:
    return any(f"{mark}{name}{mark}" in script for mark in "\"'`")
