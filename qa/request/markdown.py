"""Blocks of a Markdown text, without their marks: CommonMark (https://spec.commonmark.org/), tables and ~~struck out~~.

Merge tags are left alone even where Markdown would see marks in them (``*|FNAME|*``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from qa.markup.merge_tag_mask import BLOT
from qa.merge_tags.pattern import TOKEN_OR_BRACKETED
from qa.text.moments.dates import days, flat

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token
    from markdown_it.tree import SyntaxTreeNode

_COMMENT = re.compile(  # or a fence, in which there is none
    r"<!--(?:-?>|.*?(?:-->|(?P<endless>\Z)))"
    r"|(?P<fence>^[ \t>*+.)\d-]*(?P<signs>`{3,}(?=[^`\n]*$)|~{3,}).*?(?:^[ \t>]*(?P=signs)|\Z))",
    re.DOTALL | re.MULTILINE,
)
_FENCE = re.compile(r"^[ \t]*(?:`{3,}|~{3,})[ \t]*$", re.MULTILINE)
_FRONT_MATTER = re.compile(
    r"---[ \t]*\n(?=[a-z])(?:(?:[a-z][\w-]*:(?=\s)|[ \t#]|- ).*\n){1,60}(?:---|\.\.\.)[ \t]*(?:\n|\Z)"
)
_BULLET = re.compile(r"^([ \t]*+)•(?=[ \t])", re.MULTILINE)  # as pasted from Word
_SPACES = re.compile(r"[ \t\r\n]++")
_ATTRIBUTES = r"""(?:\s+[\w:-]+\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))*\s*/?>"""
_STYLES_WORDS = re.compile(rf"</?(?:b|strong|i|em|u|s|a|span|sup|sub|small|mark|font|nobr){_ATTRIBUTES}", re.IGNORECASE)
_PARTS_WORDS = re.compile(
    rf"</?(?:p|br|div|h[1-6]|hr|ul|ol|li|table|thead|tbody|tfoot|tr|td|th|center|blockquote){_ATTRIBUTES}",
    re.IGNORECASE,
)
_BREAKS = ("softbreak", "hardbreak")

_KEPT = re.compile(rf"{BLOT}++|(?<=[^\W_])\*(?=\w)|\*\|\w++\*(?!\*)")  # also the star of «Kund*innen», and half a tag
_STAND_IN = re.compile(f"{BLOT}(\\d+)\ue001")
_LANGUAGE = re.compile(r"\s*[a-z0-9+#-]*\s*")  # ```html
_LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text. ``level`` is 1 to 6 for a heading; ``line`` counts from 0 in the text it was read from."""

    text: str
    level: int
    line: int


def blocks(text: str, marks: bool = True) -> Iterator[Block]:
    """Every block that says something, in order.

    Without ``marks`` (a .txt) emphasis, links and comments stay as they are written and, in a text without any empty
    line, every line is a block.
    """
    from markdown_it.tree import SyntaxTreeNode

    text = re.sub(r"\r\n?", "\n", text)
    text = _without_notes(text) if marks else _FENCE.sub("", text)
    each_line = not marks and all(line.strip() for line in text.rstrip("\n").split("\n"))
    tagless, kept = _without_tags(text)
    tree = SyntaxTreeNode(_parser(marks).parse(_BULLET.sub(r"\1-", tagless)))
    for block in _blocks(tree, each_line):
        said = _STAND_IN.sub(lambda found: kept[int(found[1])], block.text)
        if said := _SPACES.sub(" ", said).strip():
            yield Block(said, block.level, block.line)


@cache
def _parser(marks: bool) -> MarkdownIt:
    from markdown_it import MarkdownIt

    from qa.request.markdown_rules import lose_nothing

    # Copy is indented for its looks, and what stands between < and > is often a placeholder, so neither code by
    # indentation nor blocks of HTML are read.
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"]).disable(["code", "html_block"])
    lose_nothing(parser)
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    parser.normalizeLinkText = lambda link: link  # type: ignore[method-assign]
    return parser if marks else parser.disable(["inline", "reference", "fence"])


def _without_notes(text: str) -> str:
    """The text with front matter and comments blanked, so that the numbers of the other lines stay right."""
    text = _COMMENT.sub(_blanked, text)
    front = _FRONT_MATTER.match(text)
    return _blank(front[0]) + text[front.end() :] if front else text


def _blanked(note: re.Match[str]) -> str:
    """An endless comment is none: somebody would not find what stands below it."""
    return note[0] if note["fence"] or note["endless"] is not None else _blank(note[0])


def _blank(text: str) -> str:
    return "\n" * text.count("\n")


def _without_tags(text: str) -> tuple[str, list[str]]:
    """The text with a stand-in for whatever is no Markdown, line by line, and what each of them stands for."""
    text = text.replace(BLOT, "").replace("\ue001", "")
    kept: list[str] = []

    def keep(piece: re.Match[str]) -> str:
        kept.append(piece[0])
        return f"{BLOT}{len(kept) - 1}\ue001"

    blotted = TOKEN_OR_BRACKETED.sub(lambda tag: BLOT * len(tag[0]), text)
    return _KEPT.sub(lambda found: _LINE.sub(keep, text[found.start() : found.end()]), blotted), kept


def _blocks(node: SyntaxTreeNode, each_line: bool) -> Iterator[Block]:
    for child in node.children:
        line = _line(child)
        if child.type == "inline":
            lines = child.content.split("\n") if each_line else [_said(child)]
            yield from (Block(text, _level(node), line + number) for number, text in enumerate(lines))
        elif child.type == "fence":
            if not (child.markup.startswith("`") and _LANGUAGE.fullmatch(child.info)):
                yield Block(child.info, 0, line)
            yield from _paragraphs(child.content, line + 1)
        elif child.type == "ordered_list":
            yield from _numbered(child, each_line)
        else:
            yield from _blocks(child, each_line)


def _line(node: SyntaxTreeNode) -> int:
    return node.map[0] if node.map else 0


def _level(node: SyntaxTreeNode) -> int:
    """Of a heading, 1 to 6. Several lines above a --- are a paragraph and a divider in the eyes of their writers."""
    if node.type != "heading" or (node.markup in ("-", "=") and node.map and node.map[1] - node.map[0] > 2):
        return 0
    return int(node.tag[1:])


def _said(inline: SyntaxTreeNode) -> str:
    """A run of text without its marks; pictures say nothing."""
    token = inline.token
    if token is None or not token.children:
        return inline.content
    return "".join(_spelled(part) for part in token.children)


def _spelled(part: Token) -> str:
    """One piece of it. «<First Name>» and «<b for bold>» are placeholders; <br> and </p> part words."""
    if part.type in _BREAKS or (part.type == "html_inline" and _PARTS_WORDS.fullmatch(part.content)):
        return " "
    is_silent = part.type == "image" or (part.type == "html_inline" and _STYLES_WORDS.fullmatch(part.content))
    return "" if is_silent else part.content


def _paragraphs(text: str, first: int) -> Iterator[Block]:
    """Paragraphs of a text in a fence, where nothing is a mark."""
    for run in re.finditer(r"(?:.*\S.*\n?)+", text):
        yield Block(run[0], 0, first + text.count("\n", 0, run.start()))


def _numbered(node: SyntaxTreeNode, each_line: bool) -> Iterator[Block]:
    """The items of a numbered list. A number that follows from no other is a part of its text: «24. März»."""
    numbers = [int(item.info) for item in node.children]
    runs = [abs(one - other) <= 1 for one, other in pairwise(numbers)]
    items = [list(_blocks(item, each_line)) or [Block("", 0, _line(item))] for item in node.children]
    spelled = [f"{item.info}{item.markup} " for item in node.children]
    are_dates = all(_begins_with_day(number + own[0].text) for number, own in zip(spelled, items, strict=True))
    for number, own, follows, is_followed in zip(spelled, items, [False, *runs], [*runs, False], strict=True):
        if are_dates or not (follows or is_followed):
            own[0] = Block(number + own[0].text, own[0].level, own[0].line)
        yield from own


def _begins_with_day(text: str) -> bool:
    return any(start == 0 for start, _, _ in days(flat(text[:40])))
