"""The words and links a reader meets: those of the HTML, or of the plain text where an email has nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, replace

from qa.artefacts import Block, Body, Destinations, Inventory, Link, Markup, Parts, PlainLink
from qa.check import gatherer
from qa.finding import Skip
from qa.gather.inventory import leading
from qa.gather.plain_links import addresses
from qa.links.roles import role_of
from qa.links.url import is_web
from qa.source import Source
from qa.text.wording import folded

_LINE = re.compile(r"[^\r\n]*+(?:\r\n|\r|\n|\Z)")
_ITEM = re.compile(r"\s*+(?:[-*•·–]|\d{1,2}[.)])\s++")
_MARGIN = 100  # characters; a text with longer lines is not wrapped at a margin, so that each line is a paragraph
_LONGEST_LABEL = 120  # characters; more is a sentence that leads up to something
_LETTERS = re.compile(r"[^\W\d_]{2}")
_PRINTS_ADDRESS = re.compile(r"link|url|href|http", re.IGNORECASE)


@gatherer()
def body(read: Inventory, parts: Parts, ends: Destinations) -> Body:
    """The HTML part, else the plain text; Skip or Fault where there is neither."""
    if read.markup is not None:
        shown = leading(read.markup, ends)
        return Body(**{one.name: getattr(shown, one.name) for one in fields(Markup)}, beside=parts.plain)
    if parts.html is not None or parts.plain is None:
        raise read.reason or Skip("the build has neither HTML nor text")
    alone = plain_body(parts.plain)
    return replace(alone, links=ends.links(alone.links))


def plain_body(source: Source) -> Body:
    """The paragraphs and the addresses of a plain text."""
    return Body(source, blocks=tuple(_paragraphs(source)), links=tuple(_links(source)), is_plain=True)


def _paragraphs(source: Source) -> Iterator[Block]:
    """Runs of lines: a line that was wrapped at the margin goes on in the next, any other ends its paragraph."""
    lines = [(found.start(), found[0].rstrip()) for found in _LINE.finditer(source.text)]
    margin = _margin(lines)
    begin, words = 0, list[str]()
    for number, (offset, line) in enumerate(lines):
        begin = begin if words else offset + len(line) - len(line.lstrip())
        words.append(line)
        following = lines[number + 1][1] if number + 1 < len(lines) else ""
        if not _goes_on(line, following, margin):
            text = folded(_ITEM.sub("", " ".join(words), count=1))
            if any(map(str.isalnum, text)):
                yield Block(text, source.place(begin), "p")
            words = []


def _margin(lines: list[tuple[int, str]]) -> int:
    """Where the lines of a text are wrapped; 0 where they are not. An address may stand out over the margin."""
    longest = max((len(line) for _, line in lines if "://" not in line), default=0)
    return longest if longest <= _MARGIN else 0


def _goes_on(line: str, following: str, margin: int) -> bool:
    """Whether the first word of the next line would not have stood in this one."""
    if not line.strip() or not following.strip() or _ITEM.match(following) or "://" in following.split(maxsplit=1)[0]:
        return False
    return len(line) + 1 + len(following.split(maxsplit=1)[0]) > margin > 0


def _links(source: Source) -> Iterator[Link]:
    for one in addresses(source):
        href = f"https://{one.href}" if one.href[:4].lower() == "www." else one.href
        if is_web(href) or role_of(href, "") or _PRINTS_ADDRESS.search(href):
            yield Link(href, _label(one) or one.href, one.where, tag="")


def _label(one: PlainLink) -> str:
    """What names an address: the words in front of it in its line, or the line above where it stands alone."""
    line = _ITEM.sub("", (one.label.splitlines() or [""])[-1], count=1)
    words = folded(line)[-_LONGEST_LABEL:].strip(" :<>([–—-|")
    return words if _LETTERS.search(words) else ""
