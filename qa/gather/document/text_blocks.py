"""The text of a document that a reader sees, and apart from it the hidden: runs between block boundaries."""

from __future__ import annotations

import re

from qa.artefacts import Block
from qa.gather.document.tree import Element
from qa.source import Source, Text
from qa.text.wording import folded

# A line like "View in browser" may stand above a preheader; what comes after more than that is no preheader.
_SUBSTANTIAL = 40


def selector(element: Element | None) -> str:
    """Short and readable: "a.cta", "td#hero"."""
    if element is None:
        return ""
    identifier = element.attributes.get("id", "")
    if re.fullmatch(r"[\w-]{1,60}", identifier):
        return f"{element.name}#{identifier}"
    first = next((word for word in element.attributes.get("class", "").split()), "")
    return f"{element.name}.{first}" if re.fullmatch(r"[\w-]{1,60}", first) else element.name


class Capture:
    """The text of one element while it is open."""

    __slots__ = ("doubt", "hidden", "plain", "seen")

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.hidden: list[str] = []
        self.doubt = ""  # what may hide a part of it
        self.plain = False  # whether some of it is seen, and there is no doubt

    def add(self, words: str, hidden: bool, doubt: str = "") -> None:
        (self.hidden if hidden else self.seen).append(words)
        if not hidden and not words.isspace():
            self.doubt, self.plain = self.doubt or doubt, self.plain or not doubt

    def text(self, hidden: bool = False) -> str:
        """What a reader sees of it; all of it where it is hidden as a whole."""
        return folded("".join(self.seen)) or (folded("".join(self.hidden)) if hidden else "")


class _Run:
    __slots__ = ("block", "cell", "doubts", "offset", "own", "pieces", "sizes", "struck")

    def __init__(self, offset: int, inner: Element) -> None:
        self.offset = offset
        self.block = inner.block
        self.cell = inner.cell
        self.struck: list[str] = []
        self.pieces: list[str] = []
        self.doubts: dict[str, int] = {}  # what may hide some of it → characters
        self.own = 0  # characters that are no merge tag
        self.sizes: dict[float | None, int] = {}  # of the text → characters


class Blocks:
    """Collects the text of a document, visible and hidden apart."""

    def __init__(self, source: Source, outlook_only: bool = False) -> None:
        self.source = source
        self.outlook_only = outlook_only
        self.built: list[Block] = []
        self.preheader: Text | None = None
        self._seen = 0
        self._runs: dict[bool, _Run] = {}

    def add(self, words: str, own: str, offset: int, inner: Element, hidden: bool) -> None:
        """A piece of text that is not blank, and what it stands in; ``own`` is what of it is no merge tag."""
        if hidden not in self._runs:
            self._runs[hidden] = _Run(offset, inner)
        run = self._runs[hidden]
        run.pieces.append(words)
        run.own += len(own.strip())
        if inner.struck:
            run.struck.append(folded(words))
        run.doubts[inner.doubt] = run.doubts.get(inner.doubt, 0) + len(words)
        run.sizes[inner.size] = run.sizes.get(inner.size, 0) + len(words)

    def space(self) -> None:
        """A gap inside a block: white space, a line break, a picture."""
        for run in self._runs.values():
            run.pieces.append(" ")

    def boundary(self) -> None:
        """The edge of a block."""
        if not self._runs:
            return
        for hidden, run in sorted(self._runs.items(), key=lambda one: one[1].offset):
            if text := folded("".join(run.pieces)):
                where = self.source.place(run.offset, selector(run.block))
                tag = run.block.name if run.block else ""
                size = max(run.sizes, key=lambda size: run.sizes[size]) or None
                struck = tuple(run.struck)
                lang, doubt = run.block.lang if run.block else "", max(run.doubts, key=lambda doubt: run.doubts[doubt])
                self.built.append(
                    Block(text, where, tag, hidden, self.outlook_only, size, struck, run.cell, lang, doubt)
                )
                self._notice(self.built[-1], run.own)
        self._runs = {}

    def _notice(self, block: Block, own: int) -> None:
        if not block.hidden:
            self._seen += own
        elif self.preheader is None and self._seen <= _SUBSTANTIAL and any(map(str.isalnum, block.text)):
            self.preheader = Text(block.text, block.where)
