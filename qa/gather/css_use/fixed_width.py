"""Tables and cells of fixed width around an element, which set its width in Word."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from qa.clients.degradation import degradations

FRAMED = "framed"  # the mark of what does
_FIXED = "fixed"  # that of a width in pixels, by qa/data/features.toml
_CELLS = frozenset(("td", "th"))
_FRAMES = _CELLS | {"table"}


@cache
def framable() -> frozenset[str]:
    """The elements to which it makes a difference."""
    return frozenset().union(*(degradation.tags for degradation in degradations() if FRAMED in degradation.spared))


class Frames:
    """The tables and cells that are open, from the outermost on."""

    def __init__(self) -> None:
        self._open: list[tuple[str, bool]] = []  # its name, and whether its width is fixed
        self._fixed = 0  # how many of them are

    @property
    def hold(self) -> bool:
        """Whether one of them sets how wide all that stands in it can be."""
        return self._fixed > 0

    def opened(self, name: str, marks: Collection[str]) -> None:
        """A start tag: a cell or a row ends the cell before it."""
        if name in _CELLS or name == "tr":
            self._close_cell()
        if name in _FRAMES:
            self._open.append((name, _FIXED in marks))
            self._fixed += _FIXED in marks

    def closed(self, name: str) -> None:
        """An end tag; that of a table ends its last cell as well."""
        if name in _FRAMES or name == "tr":
            self._close_cell()
        if name == "table" and self._open:
            self._pop()

    def _close_cell(self) -> None:
        if self._open and self._open[-1][0] in _CELLS:
            self._pop()

    def _pop(self) -> None:
        self._fixed -= self._open.pop()[1]
