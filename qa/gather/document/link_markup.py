"""The markup of each link: whether it is drawn as a button, stands in a menu, or follows another one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from qa.artefacts import RawTokens
from qa.markup.dead_buttons import BUTTON_NAME
from qa.markup.tokeniser import Kind, RawHtml, Token

_SEPARATORS = re.compile(
    r"(?>(?:[\s|•·∙●▪◆/\\,:>»›~_*–—-]|&(?:nbsp|ensp|emsp|thinsp|bull|middot|zwnj|ndash|mdash|#x?[0-9a-f]{2,6});)*)",
    re.IGNORECASE,
)
_MENU = re.compile(r"(?<![a-z])(?:nav|navbar|navigation|menu|topnav|mainnav)(?![a-z])", re.IGNORECASE)
_FILLED = re.compile(
    r"(?<![\w-])(?:background(?:-color)?|border)\s*+:(?!\s*+(?:0|none|transparent|inherit))", re.IGNORECASE
)
_ROUND = re.compile(r"(?<![\w-])border-radius\s*+:(?!\s*+0)", re.IGNORECASE)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_LINES = frozenset(("p", "ul", "ol", "table", "nav"))
_CONTAINERS = _HEADINGS | _LINES | {"tr", "td", "th", "div", "li", "header", "footer", "section"}


@dataclass(frozen=True, slots=True)
class LinkMarkup:
    """How a link is written."""

    is_button: bool = False
    in_menu: bool = False
    in_heading: bool = False
    follows: bool = False  # nothing but separators stands between it and the link before
    line: int = 0  # where the paragraph, list or table begins that holds it: links of one line belong together


def link_markup(read: RawTokens) -> Mapping[int, LinkMarkup]:
    """The markup of every <a> and <area> by the offset of its tag."""
    walk = _Walk(read.raw)
    walk.over(read.tokens)
    return walk.found


@dataclass(slots=True)
class _Walk:
    """One pass over the tokens of a document."""

    raw: RawHtml
    found: dict[int, LinkMarkup] = field(default_factory=dict)
    around: list[tuple[str, Mapping[str, str], int]] = field(default_factory=list)  # the containers that are open
    inside: bool = False  # a link
    broken: bool = True  # something stood there since the last link

    def over(self, tokens: Iterable[Token]) -> None:
        for token in tokens:
            if token.kind is Kind.START:
                self._opened(token)
            elif token.kind is Kind.END:
                self._closed(token.name)
            elif token.kind is Kind.TEXT and not self.inside:
                self.broken = self.broken or not _SEPARATORS.fullmatch(self.raw.masked, token.start, token.end)

    def _opened(self, token: Token) -> None:
        if token.name in ("a", "area"):
            own = self.raw.attributes(token)
            cell = next((held for name, held, _ in reversed(self.around) if name in ("td", "th", "div")), {})
            button = _is_button(own) or _is_round(cell)
            menu = _is_menu(token.name, own) or any(_is_menu(name, held) for name, held, _ in self.around)
            heading = any(name in _HEADINGS for name, _, _ in self.around)
            line = next((at for name, _, at in reversed(self.around) if name in _LINES), 0)
            self.found[token.start] = LinkMarkup(button, menu, heading, not self.broken, line)
            self.inside, self.broken = token.name == "a", False
        elif token.name == "img" and not self.inside:
            self.broken = True
        elif token.name in _CONTAINERS and not token.closed:
            self.around.append((token.name, self.raw.attributes(token), token.start))

    def _closed(self, name: str) -> None:
        if name == "a":
            self.inside = False
        elif name in _CONTAINERS:
            last = next((at for at in reversed(range(len(self.around))) if self.around[at][0] == name), None)
            if last is not None:
                del self.around[last:]


def _is_button(attributes: Mapping[str, str]) -> bool:
    named = BUTTON_NAME.search(f"{attributes.get('class', '')} {attributes.get('id', '')}") is not None
    return named or attributes.get("role") == "button" or _FILLED.search(attributes.get("style", "")) is not None


def _is_round(cell: Mapping[str, str]) -> bool:
    """Whether a cell is drawn as a button around the link in it."""
    style = cell.get("style", "")
    filled = "bgcolor" in cell or _FILLED.search(style) is not None
    return BUTTON_NAME.search(cell.get("class", "")) is not None or (filled and _ROUND.search(style) is not None)


def _is_menu(name: str, attributes: Mapping[str, str]) -> bool:
    named = _MENU.search(f"{attributes.get('class', '')} {attributes.get('id', '')}") is not None
    return name == "nav" or attributes.get("role") == "navigation" or named
