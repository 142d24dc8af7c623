"""The verdicts of campaigns as part of somebody else's page, the worst first, with the style of it and of cards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qa.report import Document, Read

from .headline import headline, outcome_of
from .pages import piece

_WORST_FIRST = ("held", "incomplete", "go")


@dataclass(frozen=True, slots=True)
class Row:
    """One campaign, its verdict as a word and in a sentence."""

    name: str
    id: str
    outcome: str
    word: str
    sentence: str
    counts: Mapping[str, int]


def render(documents: Sequence[Document], read: Read) -> str:
    """A piece of HTML, of the "campaign", the "verdict" and the outcomes of the "results" of each document."""
    rows = sorted(map(_row, documents), key=lambda row: (_WORST_FIRST.index(row.outcome), row.id, row.name))
    return piece("verdicts.html.j2", rows=rows)


def _row(document: Document) -> Row:
    campaign = document["campaign"]
    word, sentence = headline(document)
    outcome, counts = outcome_of(document), document["verdict"]["counts"]
    return Row(campaign["name"], campaign["id"], outcome, word, sentence, counts)
