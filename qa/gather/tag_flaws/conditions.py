"""Conditional comments, and what is wrong with them: those that are not closed, not opened, or closed by another's end.

https://learn.microsoft.com/previous-versions/windows/internet-explorer/ie-developer/compatibility/ms537512(v=vs.85)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from qa.artefacts import Flaw
from qa.gather.document.walk import for_outlook
from qa.markup.tokeniser import Kind, RawHtml, Token
from qa.source import Source

_OPENING = re.compile(r"\s*+\[if\s*+([^\]>]*+)(\]?+)(>?+)", re.IGNORECASE)
_HALF_OPEN = re.compile(r"<!\s*+\[if\s*+([^\]>]*+)", re.IGNORECASE)
_INNER = re.compile(r"<!(?>-*+)\s*+\[if\s*+([^\]>]*+)", re.IGNORECASE)
_CLOSING = re.compile(r"\[endif", re.IGNORECASE)
_END = re.compile(r"<!\[endif\]", re.IGNORECASE)
_SPACED_END = re.compile(r"<!\s++\[endif", re.IGNORECASE)
_REVEALED = re.compile(r"\s*+(?>(?:<?!)?)-*+\s*+")  # what may stand between "[if !mso]>" and the "-->" of an opening
# Browsers read no condition any more: only what Outlook on Windows does not keep from itself has readers.
_FOR_NOBODY = re.compile(r"[\s(]*+!\s*+\(?\s*+(?:mso|ie|vml)\b[^&|]*+", re.IGNORECASE)
_ALWAYS = re.compile(r"[\s(]*+(?:gte?\s++mso\s++(?:9|1[0-2])|mso)[\s)]*+(?:\|[\s(]*+ie[\s)]*+)?", re.IGNORECASE)
_SHOWN = frozenset(("img", "a", "input", "button"))


@dataclass(frozen=True, slots=True)
class _Open:
    """A condition whose end is yet to come."""

    named: str
    start: int
    fault: str
    outlook: bool


def condition_of(raw: RawHtml, token: Token) -> re.Match[str] | None:
    """The condition a comment or declaration begins with: its first group is what it asks for."""
    pattern = _OPENING if token.kind is Kind.COMMENT else _HALF_OPEN
    return pattern.match(raw.masked, token.start, token.end)


def closes(raw: RawHtml, token: Token) -> bool:
    """Whether the end of a condition stands in a comment or declaration."""
    return _CLOSING.search(raw.masked, token.start, token.end) is not None


def condition_flaws(source: Source, raw: RawHtml, comments: Iterable[Token]) -> Iterator[Flaw]:
    """What is wrong with the conditions of a document, of each the first thing."""
    for kind, named, start in _flaws(raw, comments):
        yield Flaw(kind, named, source.place(start))


def _flaws(raw: RawHtml, comments: Iterable[Token]) -> Iterator[tuple[str, str, int]]:
    still_open: list[_Open] = []
    for token in comments:
        condition = condition_of(raw, token)
        if condition is None:
            if closes(raw, token):
                yield from _ended(raw, token, still_open)
            continue
        named = f"[if {condition[1].strip()}]"
        start = token.start - 4 if token.kind is Kind.COMMENT else token.start
        outlook, fault = for_outlook(condition[1]), _fault(raw, token, condition)
        if not fault and outlook and still_open and not still_open[-1].outlook:
            fault = "inside"
        if token.kind is Kind.DECLARATION or not closes(raw, token):
            still_open.append(_Open(named, start, fault, outlook))
        elif fault:
            yield fault, named, start
    for lost in still_open:
        yield lost.fault or "unclosed", lost.named, lost.start


def _ended(raw: RawHtml, token: Token, still_open: list[_Open]) -> Iterator[tuple[str, str, int]]:
    """What is wrong where a condition ends in a comment of its own."""
    ended = still_open.pop() if still_open else None
    if ended is None:
        yield "unopened", "[endif]", token.start
    elif ended.fault:
        yield ended.fault, ended.named, ended.start
    elif fault := _end_fault(raw, token, token.start):
        yield fault, ended.named, ended.start


def _fault(raw: RawHtml, token: Token, condition: re.Match[str]) -> str:
    """What is wrong with a condition, as far as its own comment shows it."""
    masked = raw.masked
    if masked[condition.start()].isspace() or masked[condition.start() + 2].isspace():
        return "spaced"
    if token.kind is Kind.DECLARATION:
        return ""
    if not (condition[2] and condition[3]):
        return "malformed"
    if _REVEALED.fullmatch(masked, condition.end(), token.end):
        return "revealed" if _ALWAYS.fullmatch(condition[1]) else ""
    if _INNER.search(masked, condition.end(), token.end):
        return "merged"
    if not closes(raw, token):
        return "cut"
    half = _REVEALED.match(masked, condition.end(), token.end)  # "<!--" alone: the ">" that ends it is lost
    begins = half.end() if half else condition.end()
    if _FOR_NOBODY.fullmatch(condition[1]) and _is_seen(raw, begins, token.end):
        return "hidden"
    return _end_fault(raw, token, condition.end())


def _end_fault(raw: RawHtml, token: Token, start: int) -> str:
    """What is wrong with the end of a condition."""
    if _SPACED_END.search(raw.masked, start, token.end):
        return "spaced end"
    end = _END.search(raw.masked, start, token.end)
    if end is None:
        return "torn end"
    return "running on" if token.kind is Kind.COMMENT and raw.masked[end.end() : token.end].strip() else ""


def _is_seen(raw: RawHtml, start: int, end: int) -> bool:
    """Whether a reader would see anything of a stretch of the source, if it were no comment."""
    return any(
        token.name in _SHOWN if token.kind is Kind.START else token.kind is Kind.TEXT and raw.words(*token[1:3]).strip()
        for token in raw.tokens(start, end)
    )
