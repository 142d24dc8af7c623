"""The reader of style sheets and style attributes: rules and declarations, with their places, in linear time.

Follows https://www.w3.org/TR/css-syntax-3/ as far as a reader of style sheets needs it; nothing is validated. Merge
tags must be masked beforehand: their braces are no blocks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

MOST_NESTED = 40  # rules in one another; more is no style sheet but an attack

_STRING = r"\"(?>(?:[^\"\\]++|\\.)*)\"?+|'(?>(?:[^'\\]++|\\.)*)'?+"
_URL = rf"url\(\s*+(?:{_STRING}|[^)]*+)"
# What may hold braces and semicolons that end nothing.
_OPAQUE = re.compile(rf"/\*(?>(?:[^*]++|\*(?!/))*)(?>(?:\*/)?)|{_STRING}|{_URL}", re.DOTALL | re.IGNORECASE)
_BRACE = re.compile(r"[{}]")
_SPACE = re.compile(r"\s*+")
_LIST = re.compile(r"[(),\[\]]")
_ENDINGS = str.maketrans("{};", "___")
_DECLARATION = re.compile(
    rf"(?<![\w-])([\w-]++)\s*+:\s*+((?>(?:[^;\"'uU]++|{_URL}|[uU]|{_STRING})*))",
    re.DOTALL | re.IGNORECASE,
)
_IMPORTANT = re.compile(r"!\s*+important\s*+$", re.IGNORECASE)
_GRADIENT = r"(?<![\w-])(?:-[a-z]++-)?(?:repeating-)?(?:linear|radial|conic)-gradient"
_COLOURLESS = re.compile(
    rf"{_URL}\)?+|(?:{_GRADIENT}|var)\((?>(?:[^()]++|\([^()]*+\))*)\)?+|(?<![\w#.%-])[-.\d][\w.%-]*+|/|,|!"
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


class _Block(NamedTuple):
    """A block that is open: what stands before it, where that begins, and where the block does."""

    text: str
    start: int
    body: int


class _Stretch(NamedTuple):
    """What stands between two braces, within the blocks that are open there."""

    start: int
    head: int  # behind its last semicolon
    end: int
    brace: str  # the one behind it; "" at the end of the sheet
    around: tuple[_Block, ...]
    opened: _Block | None = None  # by that brace


def _stretches(css: str) -> Iterator[_Stretch]:
    """A style sheet from brace to brace; Broken where too much is nested."""
    around: tuple[_Block, ...] = ()
    at = 0
    for brace in _BRACE.finditer(css):
        end = brace.start()
        head = css.rfind(";", at, end) + 1 or at
        if brace[0] == "{":
            if len(around) >= MOST_NESTED:
                raise Broken(end)
            start = _start(css, head, end)
            block = _Block(css[start:end].rstrip(), start, end + 1)
            yield _Stretch(at, head, end, "{", around, block)
            around = (*around, block)
        else:
            yield _Stretch(at, head, end, "}", around)
            around = around[:-1]
        at = end + 1
    yield _Stretch(at, css.rfind(";", at) + 1 or at, len(css), "", around)


def rules(sheet: str) -> Iterator[Rule]:
    """The rules of a style sheet, in order; a rule that holds others comes in as many pieces as they leave of it.

    Braces that do not match are passed over, as browsers do.
    """
    css = blunted(sheet)
    with suppress(Broken):
        for one in _stretches(css):
            yield from _loose(css, one.start, one.head if one.opened else one.end, one.around)
            if one.opened and one.opened.text.startswith("@"):
                yield Rule(one.opened.text, "", one.opened.start, one.opened.body, _texts(one.around))


def _loose(css: str, start: int, end: int, around: tuple[_Block, ...]) -> Iterator[Rule]:
    """Declarations of the innermost open rule; outside every rule, statements such as @import."""
    piece = css[start:end]
    if not piece.strip():
        return
    if around:
        yield Rule(around[-1].text, piece, around[-1].start, start, _texts(around[:-1]))
        return
    for statement in re.finditer(r"@[^;]++", piece):
        yield Rule(statement[0].strip(), "", start + statement.start(), start + statement.end())


def _texts(around: tuple[_Block, ...]) -> tuple[str, ...]:
    return tuple(block.text for block in around)


def parts(sheet: str) -> Iterator[Part]:
    """The parts of a style sheet, each behind what stands in it; Broken where its braces do not match."""
    css = blunted(sheet)
    for one in _stretches(css):
        around = _texts(one.around)
        yield from _statements(css, one.start, one.end if one.brace == "}" else one.head, around)
        if one.brace == "}":
            if not one.around:
                raise Broken(one.end)
            text, start, body = one.around[-1]
            yield Part(text, start, one.end + 1, body, around[:-1])
        elif not one.brace and one.around:
            raise Broken(one.around[0].body - 1)


def _statements(css: str, at: int, end: int, around: tuple[str, ...]) -> Iterator[Part]:
    """Declarations and statements: each ends at a semicolon, or where its block does."""
    while at < end:
        stop = css.find(";", at, end)
        stop = end if stop < 0 else stop
        start = _start(css, at, stop)
        if start < stop:
            yield Part(css[start:stop].rstrip(), start, min(stop + 1, end), 0, around)
        at = stop + 1


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
