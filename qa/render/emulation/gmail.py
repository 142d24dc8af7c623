"""Gmail's treatment of a message: the style sheets it reads, and the length at which it clips the message.

The limits and their sources: qa/data/emulation.toml and qa/data/limits.toml.
"""

from __future__ import annotations

import re
from collections import Counter

from qa.artefacts import View
from qa.facts import facts
from qa.markup.css import Broken, parts
from qa.markup.tokeniser import STAMP, Kind, RawHtml, Token, nesting
from qa.render.emulation.edits import Edit, edited, read

_STAMPS = re.compile(rf' {STAMP}="\d{{1,9}}+"')
_LINE = "font:13px Arial,sans-serif;padding:16px 0"
_OF_HEAD = frozenset(("html", "head", "meta", "title", "style", "link", "base", "script", "noscript", "template"))


def styles(html: str, view: View) -> str:
    """The document without the style sheets Gmail does not read.

    It reads those of the head, up to a limit on all of them together, and none with an at-rule in an at-rule or with
    braces that do not match. That the last is so is said by many and shown by nobody.
    """
    del view
    raw, tokens = read(html)
    edits: list[Edit] = []
    in_head, size = True, 0
    for token in tokens:
        if token.kind is Kind.START:
            in_head = token.name in _OF_HEAD and (in_head or token.name == "head")
        elif token.kind is Kind.END and token.name == "head":
            in_head = False
        elif token.kind is Kind.RAW and token.name == "style":
            size += (token.end - token.start) * in_head
            if not in_head or size > facts("emulation")["gmail"]["most"] or broken(raw.masked[token.start : token.end]):
                edits.append(Edit(token.start, token.end))
    return edited(html, edits)


def broken(sheet: str) -> bool:
    """Whether Gmail throws a style sheet away as a whole."""
    try:
        return any(
            part.text.startswith("@") and any(around.startswith("@") for around in part.around) for part in parts(sheet)
        )
    except Broken:
        return True


def clipped(html: str, view: View) -> str:
    """The document as far as Gmail shows it, and Gmail's line below: "[Message clipped]  View entire message"."""
    del view
    words = facts("emulation")["gmail"]
    line = f'<div style="{_LINE}">{words["clipped"]}&nbsp; <a href="#">{words["more"]}</a></div>'
    most = facts("limits")["clipping"]["most"]
    if len(html) * 4 <= most or html.endswith(line) or len(_STAMPS.sub("", html).encode()) <= most:
        return html
    raw, tokens = read(html)
    kept, cut = _far(raw, tokens, most)
    return html[:cut] + "".join(f"</{name}>" for name in reversed(_open(kept))) + line


def _far(raw: RawHtml, tokens: tuple[Token, ...], most: int) -> tuple[list[Token], int]:
    """The tokens Gmail shows, and where they end; in a text, in the middle of it."""
    size = at = 0
    for count, token in enumerate(tokens):
        piece = _STAMPS.sub("", raw.text[at : token.end]).encode()
        if size + len(piece) > most:
            start = token.start - len("<!--") * (token.kind is Kind.COMMENT)
            if token.kind is Kind.TEXT:
                start += len(piece[: most - size].decode(errors="ignore"))
            return list(tokens[:count]), start
        size, at = size + len(piece), token.end
    return list(tokens), len(raw.text)


def _open(tokens: list[Token]) -> list[str]:
    """The elements that are still open behind some tokens, outermost first."""
    opened: list[str] = []
    often = Counter[str]()
    void = nesting()["void"]
    for token in tokens:
        if token.kind is Kind.START and not token.closed and token.name not in void:
            opened.append(token.name)
            often[token.name] += 1
        elif token.kind is Kind.END and often[token.name]:
            while (name := opened.pop()) != token.name:
                often[name] -= 1
            often[name] -= 1
    return opened


def font(html: str, view: View) -> str:
    """The document with what Gmail's own page says of every message, before its style sheets."""
    del view
    sheet = f"<style>{facts('emulation')['gmail']['sheet']}</style>"
    if sheet in html:
        return html
    _, tokens = read(html)
    at = 0
    for token in tokens:
        if token.kind is Kind.START and token.name not in ("html", "head"):
            break
        if token.kind in (Kind.START, Kind.DECLARATION):
            at = token.end
    return html[:at] + sheet + html[at:]
