"""Style sheets judged part by part: each is kept, cut or changed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from qa.markup.css import MOST_NESTED, blunted
from qa.render.emulation.edits import Edit, edited

_STOP = re.compile(r"[{};]")
_SPACE = re.compile(r"\s*+")
_LIST = re.compile(r"[(),\[\]]")


class Part(NamedTuple):
    """A rule or an at-rule (``start``: of what stands before its block, which ends at ``body``), or a declaration."""

    text: str  # what stands before the block; a declaration or a statement as written
    start: int
    end: int
    body: int = 0  # 0: no block
    around: tuple[str, ...] = ()  # what stands before the blocks around it, outermost first

    @property
    def styles(self) -> bool:
        """Whether it is a declaration of a rule."""
        return not self.body and bool(self.around) and not self.around[-1].startswith("@")


class Broken(ValueError):
    """Braces that do not match, or rules in rules without end. ``at``: the first brace without its other half."""

    def __init__(self, at: int) -> None:
        super().__init__(at)
        self.at = at


def parts(sheet: str) -> Iterator[Part]:
    """The parts of a style sheet, each behind what stands in it; Broken where its braces do not match."""
    css = blunted(sheet)
    opened: list[tuple[str, int, int]] = []
    at = 0
    for stop in _STOP.finditer(css):
        around = tuple(text for text, _, _ in opened)
        if stop[0] == "{":
            if len(opened) >= MOST_NESTED:
                raise Broken(stop.start())
            start = _start(css, at, stop.start())
            opened.append((css[start : stop.start()].rstrip(), start, stop.end()))
        else:
            start = _start(css, at, stop.start())
            if start < stop.start():
                yield Part(css[start : stop.start()].rstrip(), start, stop.start() + (stop[0] == ";"), 0, around)
            if stop[0] == "}":
                if not opened:
                    raise Broken(stop.start())
                text, start, body = opened.pop()
                yield Part(text, start, stop.end(), body, around[:-1])
        at = stop.end()
    if opened:
        raise Broken(opened[0][2] - 1)


def _start(css: str, at: int, end: int) -> int:
    found = _SPACE.match(css, at, end)
    return found.end() if found else at


def judged(sheet: str, masked: str, judge: Callable[[Part], str | None]) -> str:
    """The sheet after every part was judged on its masked text; one with unmatched braces stays as it is.

    ``judge`` gives None to keep a part, and else what takes its place; for a block, of what stands before it. ""
    cuts out the whole block.
    """
    try:
        found = list(parts(masked))
    except Broken:
        return sheet
    edits = []
    for part in found:
        wanted = judge(part)
        if wanted is not None:
            end = part.end if not part.body or not wanted else part.body - 1
            edits.append(Edit(part.start, end, wanted))
    return edited(sheet, edits)


def listed(selectors: str) -> list[str]:
    """The selectors of a rule, one by one: commas in brackets divide nothing."""
    if "(" not in selectors and "[" not in selectors:
        return selectors.split(",")
    found, depth, at = [], 0, 0
    for each in _LIST.finditer(selectors):
        if each[0] == "," and depth <= 0:
            found.append(selectors[at : each.start()])
            at = each.end()
        elif each[0] != ",":
            depth += 1 if each[0] in "([" else -1
    return [*found, selectors[at:]]
