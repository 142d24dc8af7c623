"""Which blocks does a Markdown text hold, and what do they say without their marks?

A subset of https://spec.commonmark.org/: headings, paragraphs, lists, quotes, tables, emphasis, links. Merge tags are
left alone even where Markdown would see marks in them (``*|FNAME|*``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from itertools import pairwise

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*)")
_CLOSING = re.compile(r"(?:^|[ \t])#++[ \t]*+$")
_UNDERLINE = re.compile(r" {0,3}(=++|-{3,}+)[ \t]*+")
_RULE = re.compile(r" {0,3}(?:-[ \t]*+){3,}|(?:\*[ \t]*+){3,}|(?:_[ \t]*+){3,}")
_BULLET = re.compile(r"[ \t]*+[-*+•][ \t]+(?=\S)(.*)")
_NUMBER = re.compile(r"[ \t]*+(\d{1,4})[.)][ \t]+(?=\S)(.*)")
_QUOTE = re.compile(r" {0,3}>[ \t]?")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_REFERENCE = re.compile(r" {0,3}\[[^\]]{1,200}\]:[ \t]")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_SPACES = re.compile(r"[ \t\r\n]++")

# Spans are bounded, so that a mark without its partner costs a fixed look ahead and no more.
_TOKEN = re.compile(r"\{\{[^{}]{0,200}\}\}|\{%[^{}]{0,200}%\}|\*\|[^|]{0,200}\|\*|%%[^%\s]{1,200}%%|\$\{[^{}]{0,200}\}"
                    r"|\[\[[^\[\]]{0,200}\]\]|<%[^<>]{0,200}%>")  # fmt: skip
_KEPT = re.compile("\ue000(\\d+)\ue001")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_IMAGE = re.compile(r"!\[[^\[\]]{0,500}\]\([^()\s]{0,2000}(?:[ ]\"[^\"]{0,200}\")?\)")
_LINK = re.compile(r"\[([^\[\]]{1,500})\](?:\([^()\s]{0,2000}(?:[ ]\"[^\"]{0,200}\")?\)|\[[^\[\]]{0,200}\])")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]{1,2000})>")
_TAG = re.compile(r"</?(?:b|strong|i|em|u|s|a|p|br|div|span|sup|sub|small|mark|font)\b[^<>]{0,500}>", re.IGNORECASE)
_SPANS = (
    re.compile(r"(?<!`)`([^`\n]{1,500})`(?!`)"),
    re.compile(r"(?<![\w*])\*(?=[^\s*|])([^*]{0,2000}[^\s*|])\*(?![\w*])"),
    re.compile(r"(?<!\*)\*\*(?=[^\s*|])([^*]{0,2000}[^\s*|])\*\*(?!\*)"),
    re.compile(r"\*{3}(?=[^\s*|])([^*]{0,2000}[^\s*|])\*{3}"),
    re.compile(r"(?<!\w)_(?=[^\s_])([^_]{0,2000}[^\s_])_(?!\w)"),
    re.compile(r"(?<!\w)__(?=[^\s_])([^_]{0,2000}[^\s_])__(?!\w)"),
    re.compile(r"~~(?=[^\s~])([^~]{0,2000}[^\s~])~~"),
)


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text. ``level`` is 1 to 6 for a heading; ``line`` counts from 0 in the text it was read from."""

    text: str
    level: int
    line: int


def blocks(text: str, marks: bool = True) -> Iterator[Block]:
    """Every block that says something, in order.

    Without ``marks`` (a .txt) emphasis and links stay as they are written and, in a text without any empty line, every
    line is a block.
    """
    lines = _lines(text)
    each_line = not marks and all(line.strip() for line in lines[:-1])
    for block in _raw_blocks(lines, each_line):
        said = plain(block.text) if marks else block.text
        if said := _SPACES.sub(" ", said).strip():
            yield Block(said, block.level, block.line)


def plain(text: str) -> str:
    """A text without Markdown's marks; merge tags untouched."""
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(match[match.lastindex or 0])
        return f"\ue000{len(kept) - 1}\ue001"

    said = _TOKEN.sub(keep, text.replace("\ue000", "").replace("\ue001", ""))
    said = _ESCAPE.sub(keep, said)
    said = _AUTOLINK.sub(keep, _LINK.sub(r"\1", _IMAGE.sub("", said)))
    said = unescape(_TAG.sub("", said))
    for span in _SPANS:
        said = span.sub(r"\1", said)
    while "\ue000" in said:  # what was kept can hold what was kept before it
        said = _KEPT.sub(lambda match: kept[int(match[1])], said)
    return said


def _lines(text: str) -> list[str]:
    """Lines, with front matter and comments blanked so that the numbers of the others stay right."""
    text = _COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), re.sub(r"\r\n?", "\n", text))
    lines = text.split("\n")
    if lines[0].rstrip() == "---":
        end = next((number for number, line in enumerate(lines[1:60], 1) if line.rstrip() in ("---", "...")), 0)
        lines[: end + 1] = [""] * (end + 1) if end else lines[:1]
    return lines


def _raw_blocks(lines: list[str], each_line: bool) -> Iterator[Block]:
    numbered = _numbered(lines)
    paragraph: list[str] = []
    begins = 0
    for number, raw in enumerate([*lines, ""]):
        quote = _QUOTE.match(raw)
        line = raw[quote.end() :] if quote else raw
        if len(paragraph) == 1 and (level := _underlined(line)):  # below more lines, --- is a divider
            yield Block(" ".join(paragraph), level, begins)
            paragraph = []
            continue
        own = _own_blocks(line, number)
        item = numbered.get(number) or _BULLET.fullmatch(line)
        if paragraph and (own is not None or item or not line.strip() or each_line):
            yield Block(" ".join(paragraph), 0, begins)
            paragraph = []
        if own is not None:
            yield from own
        elif line.strip():
            begins = begins if paragraph else number
            paragraph.append((item[item.re.groups] if item else line).strip().removesuffix("\\"))


def _numbered(lines: list[str]) -> dict[int, re.Match[str]]:
    """The items of numbered lists: 1, 2, 3 …; «24. März» alone is a date."""
    found = [(number, item) for number, line in enumerate(lines) if (item := _NUMBER.fullmatch(line))]
    items: dict[int, re.Match[str]] = {}
    for (before, first), (number, item) in pairwise(found):
        if int(item[1]) == int(first[1]) + 1 and (first[1] == "1" or before in items):
            items |= {before: first, number: item}
    return items


def _own_blocks(line: str, number: int) -> list[Block] | None:
    """The blocks of a line that cannot belong to a paragraph; None where it can."""
    if heading := _HEADING.fullmatch(line):
        return [Block(_CLOSING.sub("", heading[2]), len(heading[1]), number)]
    if _RULE.fullmatch(line) or _FENCE.match(line) or _REFERENCE.match(line):
        return []
    if line.lstrip().startswith("|"):
        cells = [] if set(line) <= set(" \t:|-") else line.strip().strip("|").split("|")
        return [Block(cell, 0, number) for cell in cells]
    return None


def _underlined(line: str) -> int:
    underline = _UNDERLINE.fullmatch(line)
    return 0 if underline is None else 1 if underline[1][0] == "=" else 2
