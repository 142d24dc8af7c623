"""The reader of style sheets and style attributes: rules and declarations, with their places, in linear time.

Follows https://www.w3.org/TR/css-syntax-3/ as far as a reader of style sheets needs it; nothing is validated. Merge
tags must be masked beforehand: their braces are no blocks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

MOST_NESTED = 40  # rules in one another; more is no style sheet but an attack

_STRING = r"\"(?:[^\"\\]++|\\.)*+\"?+|'(?:[^'\\]++|\\.)*+'?+"
_URL = rf"url\(\s*+(?:{_STRING}|[^)]*+)"
# What may hold braces and semicolons that end nothing.
_OPAQUE = re.compile(rf"/\*(?:[^*]++|\*(?!/))*+(?:\*/)?+|{_STRING}|{_URL}", re.DOTALL | re.IGNORECASE)
_BRACE = re.compile(r"[{}]")
_STOP = re.compile(r"[{};]")
_SPACE = re.compile(r"\s*+")
_LIST = re.compile(r"[(),\[\]]")
_ENDINGS = str.maketrans("{};", "___")
_DECLARATION = re.compile(
    rf"(?<![\w-])([\w-]++)\s*+:\s*+((?:[^;\"'uU]++|{_URL}|[uU]|{_STRING})*+)",
    re.DOTALL | re.IGNORECASE,
)
_IMPORTANT = re.compile(r"!\s*+important\s*+$", re.IGNORECASE)
_GRADIENT = r"(?<![\w-])(?:-[a-z]++-)?(?:repeating-)?(?:linear|radial|conic)-gradient"
_COLOURLESS = re.compile(
    rf"{_URL}\)?+|(?:{_GRADIENT}|var)\((?:[^()]++|\([^()]*+\))*+\)?+|(?<![\w#.%-])[-.\d][\w.%-]*+|/|,|!"
    r"|(?<![\w-])(?:(?:no-)?repeat(?:-[xy])?|center|centre|top|left|right|bottom|scroll|fixed|local|cover|contain|auto|none"
    r"|(?:border|padding|content)-box|transparent|initial|inherit|unset|revert|currentcolor|space|round|important)(?![\w-])",
    re.DOTALL | re.IGNORECASE,
)


class Declaration(NamedTuple):
    """A property and its value. ``offset`` counts from the start of what it was read from."""

    name: str  # lower case
    value: str  # as written, without !important
    offset: int
    important: bool = False


class Rule(NamedTuple):
    """A block of declarations, or an at-rule as it opens (then without any).

    ``selector`` is what stands before the block, ``around`` what stands before the blocks around it, outermost first.
    """

    selector: str
    body: str
    offset: int  # of the selector
    start: int  # of the body
    around: tuple[str, ...] = ()


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


def rules(sheet: str) -> Iterator[Rule]:
    """The rules of a style sheet, in order; a rule that holds others comes in as many pieces as they leave of it."""
    css = blunted(sheet)
    around: list[tuple[str, int]] = []
    at = 0
    for brace in _BRACE.finditer(css):
        if brace[0] == "{":
            loose = css.rfind(";", at, brace.start()) + 1 or at
            yield from _loose(css, at, loose, around)
            selector = css[loose : brace.start()]
            offset = loose + len(selector) - len(selector.lstrip())
            around.append((selector.strip(), offset))
            if len(around) > MOST_NESTED:
                return
            if selector.lstrip().startswith("@"):
                yield Rule(around[-1][0], "", offset, brace.end(), _names(around))
        else:
            yield from _loose(css, at, brace.start(), around)
            if around:
                around.pop()
        at = brace.end()
    yield from _loose(css, at, len(css), around)


def _loose(css: str, start: int, end: int, around: list[tuple[str, int]]) -> Iterator[Rule]:
    """Declarations of the innermost open rule; outside every rule, statements such as @import."""
    piece = css[start:end]
    if not piece.strip():
        return
    if around:
        selector, offset = around[-1]
        yield Rule(selector, piece, offset, start, _names(around))
        return
    for statement in re.finditer(r"@[^;]++", piece):
        yield Rule(statement[0].strip(), "", start + statement.start(), start + statement.end())


def _names(around: list[tuple[str, int]]) -> tuple[str, ...]:
    return tuple(name for name, _ in around[:-1])


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


def selectors_of(group: str) -> list[str]:
    """The selectors of a rule, one by one: commas in brackets divide nothing."""
    if "(" not in group and "[" not in group:
        return group.split(",")
    found, depth, at = [], 0, 0
    for each in _LIST.finditer(group):
        if each[0] == "," and depth <= 0:
            found.append(group[at : each.start()])
            at = each.end()
        elif each[0] != ",":
            depth += 1 if each[0] in "([" else -1
    return [*found, group[at:]]


def _blunted(found: re.Match[str]) -> str:
    """As long as before, so that offsets hold."""
    text = found[0]
    return " " * len(text) if text.startswith("/*") else text.translate(_ENDINGS)


def declarations(body: str) -> tuple[Declaration, ...]:
    """The declarations of a style attribute or of a rule's block, in order."""
    if "/*" in body:
        body = _OPAQUE.sub(_uncommented, body)
    found = []
    for match in _DECLARATION.finditer(body):
        value, important = match[2].strip(), False
        if "!" in value:
            shorter = _IMPORTANT.sub("", value).rstrip()
            value, important = shorter, shorter != value
        found.append(Declaration(match[1].lower(), value, match.start(), important))
    return tuple(found)


def _uncommented(found: re.Match[str]) -> str:
    return " " * len(found[0]) if found[0].startswith("/*") else found[0]


def paints(value: str) -> bool:
    """Whether the value of a background property names a colour, beside any picture or gradient."""
    return bool(_COLOURLESS.sub(" ", value).strip(" ()"))


def blunted(sheet: str) -> str:
    """As long as the sheet, and no brace or semicolon in it that opens, closes or ends nothing; comments are spaces."""
    return _OPAQUE.sub(_blunted, sheet.replace("<!--", "    ").replace("-->", "   "))
