"""The summary to paste into a ticket: the verdict and a short table of findings, with nothing in it that acts.

https://github.github.com/gfm/
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape

from qa.report import Document, Read

from .plain import counted, shown
from .reading import Card, Reading, read_document
from .views import undrawn_in_words

_ROWS = 50  # a comment is read, not searched; code hosts end one at 65,536 characters
_CELL = 240  # characters
_WORDS = {"error": "Error", "warning": "Warning", "info": "Note", "review": "For a person"}

_MARKUP = re.compile(r"([\\`*_{}\[\]()#!|~$])")
_START = re.compile(r"^(\d*)([-+=.])")  # of a list or a heading
_ACTIVE = re.compile(r"(?<=[@#])(?=\w)|(?<=:)(?=//)|(?i:(?<=www)(?=\.))")
_JOINER = "\u2060"  # has no width: «@\u2060everyone» calls nobody, «:\u2060//» is no link


def render(documents: Sequence[Document], read: Read) -> str:
    """The summary of one campaign or of several."""
    return "\n".join(line for document in documents for line in _campaign(read_document(document)))


def _campaign(reading: Reading) -> Iterator[str]:
    campaign = reading.document["campaign"]
    yield f"## {reading.word}: {_text(campaign['name'])} ({_text(campaign['id'])})"
    yield ""
    yield _text(reading.sentence)
    yield ""
    for sentence in reading.approved:
        yield f"Approved {_text(sentence)}"
        yield ""
    for sentence in reading.policy:
        yield _text(sentence)
        yield ""
    if reading.cards:
        yield from _table(reading.cards)
    if reading.broken:
        yield "**Could not be run**"
        yield ""
        for result in reading.broken[:_ROWS]:
            yield f"- {_text(result['title'])} ({_text(result['asset'] or 'campaign')}): {_text(result['reason'])}"
        yield ""
    if lines := list(undrawn_in_words(reading.document)):
        yield "**Not drawn, so that nobody has seen it**"
        yield ""
        yield from (f"- {_text(line)}" for line in lines[:_ROWS])
        yield ""
    yield _tail(reading)
    yield ""


def _table(cards: Sequence[Card]) -> Iterator[str]:
    yield "| | Weight | Asset | What was found | Where |"
    yield "|--:|:--|:--|:--|:--|"
    for card in cards[:_ROWS]:
        place = card.where or card.request
        where = "; ".join(filter(None, (place.label if place else "", card.view)))
        cells = (_WORDS[card.severity], card.asset or "campaign", card.message, where)
        yield f"| {card.number} | {' | '.join(map(_text, cells))} |"
    yield ""
    if len(cards) > _ROWS:
        yield f"{counted(len(cards) - _ROWS, 'more finding')} in the full report."
        yield ""


def _tail(reading: Reading) -> str:
    waived = f", {counted(len(reading.waived), 'finding')} waived" if reading.waived else ""
    return f"{counted(reading.count('passed'), 'check')} passed, {reading.count('skipped'):,} skipped{waived}."


def _text(text: str) -> str:
    """Text that stays text: no markup, no mention, no reference to an issue, no link made of a bare address."""
    line = " ".join(shown(text, _CELL).split())
    escaped = _MARKUP.sub(r"\\\1", escape(_ACTIVE.sub(_JOINER, line), quote=False))
    return _START.sub(r"\1\\\2", escaped)
