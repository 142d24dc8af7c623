"""Places in a text, as it was built or written: file, line and column."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

_LINE = re.compile(r"[^\r\n]+")
_NEWLINE = re.compile(r"\r\n?+|\n")


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A spot a person can go to: a file (relative to the campaign), a line and a column, both from 1.

    ``part`` names the part of a MIME message ("html", "text", "headers") the line is counted in; ``offset`` counts
    characters from the start of that part and joins a spot in the source with its box in a picture.
    """

    file: str
    line: int | None = None
    column: int | None = None
    part: str = ""
    offset: int | None = None
    selector: str = ""


@dataclass(frozen=True)
class Source:
    """Decoded text of one file, or of one part of a message, with the way back to lines and columns."""

    file: str
    text: str
    encoding: str = "utf-8"
    note: str = ""  # what a reader should know about how it was decoded
    part: str = ""

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *[newline.end() for newline in _NEWLINE.finditer(self.text)]]

    def place(self, offset: int, selector: str = "") -> Place:
        """The place of a character offset."""
        line = bisect_right(self._starts, offset)
        return Place(self.file, line, offset - self._starts[line - 1] + 1, self.part, offset, selector)

    def line(self, number: int) -> str:
        """The text of a line (from 1), without its end; "" outside the source."""
        if not 0 < number <= len(self._starts):
            return ""
        end = self._starts[number] if number < len(self._starts) else len(self.text)
        return self.text[self._starts[number - 1] : end].rstrip("\r\n")

    def lines(self) -> Iterator[Text]:
        """Every line that is not empty, without its end."""
        for line in _LINE.finditer(self.text):
            yield Text(line[0], self.place(line.start()))


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of text and where it stands."""

    value: str
    where: Place
