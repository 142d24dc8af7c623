"""Boxes around an element: tables of fixed width, dark grounds, cells with padding; and whether they hold any text."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from qa.clients.degradation import degradations

# What stands around an element, as marks; qa/data/features.toml says what each of them makes up for.
MARKS = frozenset(("framed", "on-dark", "wordless", "cell-colour", "cell-padded", "outlook-beside"))
_CELLS = frozenset(("td", "th"))
_FRAMES = _CELLS | {"table"}  # by their width, all that stands in them is as wide in Word
_BOXES = _FRAMES | {"body", "div", "section", "center"}


@dataclass(eq=False, slots=True)
class Box:
    """A box that is open."""

    name: str
    marks: Collection[str]
    holds_text: bool = False


@cache
def _tags_for(mark: str) -> frozenset[str]:
    """The elements to which a mark of their surroundings makes a difference; empty: any."""
    return frozenset().union(*(one.tags for one in degradations() if mark in one.spared))


class Surroundings:
    """The boxes that are open, from the outermost on."""

    def __init__(self) -> None:
        self._open: list[Box] = []
        self._fixed = self._dark = 0  # how many of them have a fixed width, a dark ground

    def of(self, name: str, tag: str) -> frozenset[str]:
        """What stands around a start tag, as marks that may make up for a feature on it."""
        found = set[str]()
        if self._fixed and name in _tags_for("framed"):
            found.add("framed")
        if self._dark and "background" in tag:
            found.add("on-dark")
        if name == "a" and self._is_button_cell:
            found.add("cell-colour")
            if "padded" in self._cell:
                found.add("cell-padded")
        if name == "a" and "for-outlook" in self._cell:  # whatever its colour, Outlook is given the space by the cell
            found.add("cell-padded")
        return frozenset(found)

    @property
    def _cell(self) -> Collection[str]:
        return next((box.marks for box in reversed(self._open) if box.name in _CELLS), ())

    @property
    def _is_button_cell(self) -> bool:
        """Whether the innermost cell has a colour of its own, and not that of paper."""
        return "colour" in self._cell and "pale" not in self._cell

    def opened(self, name: str, marks: Collection[str]) -> Box | None:
        """A start tag: a cell or a row ends the cell before it."""
        if name in _CELLS or name == "tr":
            self._close_cell()
        if name not in _BOXES:
            return None
        box = Box(name, marks)
        self._open.append(box)
        self._fixed += name in _FRAMES and "fixed" in marks
        self._dark += "dark" in marks
        return box

    def said(self) -> None:
        """Words that a reader sees: every box that is open holds them."""
        for box in reversed(self._open):
            if box.holds_text:
                break
            box.holds_text = True

    def closed(self, name: str) -> None:
        """An end tag; that of a table ends its last cell as well, and none ends a box around its cell."""
        if name in _FRAMES or name == "tr":
            self._close_cell()
        if name == "table" and any(box.name == name for box in self._open):
            while self._pop().name != name:
                pass
        elif name in _BOXES - _FRAMES:
            self._close_within(name)

    def _close_cell(self) -> None:
        self._close_within(*_CELLS)

    def _close_within(self, *names: str) -> None:
        """The innermost box of these names, with what is open in it, if no other table or cell is between."""
        for depth, box in enumerate(reversed(self._open), 1):
            if box.name in names:
                for _ in range(depth):
                    self._pop()
                return
            if box.name in _FRAMES:
                return

    def _pop(self) -> Box:
        box = self._open.pop()
        self._fixed -= box.name in _FRAMES and "fixed" in box.marks
        self._dark -= "dark" in box.marks
        return box
