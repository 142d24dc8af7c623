"""The index of several campaigns: one page with a row for each, the worst first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from qa.report import Document, Read

from .headline import outcome_of
from .pages import page
from .plain import counted, listed

UNUSABLE = "unusable"  # the campaign could not be checked at all: only an index ever says so
_WORST_FIRST = ("held", UNUSABLE, "incomplete", "go")


@dataclass(frozen=True, slots=True)
class Row:
    """One campaign; ``link`` leads to its report, "" where there is none; ``folder`` tells it from its namesakes."""

    id: str
    name: str
    folder: str
    link: str
    outcome: str
    counts: Mapping[str, int]
    send_at: str | None
    problems: Sequence[str]


def render(documents: Sequence[Document], read: Read) -> str:
    """The index page, of the "run", "campaign" and "verdict" of each document.

    ``document["campaign"]["report"]`` is the folder of its own report, as seen from the index. A campaign that could
    not be used has the outcome "unusable", and "problems" that say why.
    """
    names = Counter(one["campaign"]["name"] for one in documents)
    rows = sorted((_row(one, names[one["campaign"]["name"]] > 1) for one in documents), key=_weight)
    outcomes = Counter(dict.fromkeys(_WORST_FIRST, 0))
    outcomes.update(row.outcome for row in rows)
    worst = next((name for name in _WORST_FIRST if outcomes[name]), "go")
    run: Mapping[str, Any] | None = next((one["run"] for one in documents if one["run"]), None)
    return page("index.html.j2", rows=rows, outcomes=outcomes, outcome=worst, sentence=_sentence(outcomes), run=run)


def _row(document: Document, has_namesakes: bool) -> Row:
    campaign, verdict = document["campaign"], document["verdict"]
    unusable = verdict["outcome"] == UNUSABLE
    return Row(
        campaign["id"],
        campaign["name"],
        campaign.get("folder", "") if has_namesakes else "",
        f"{quote(campaign['report'], safe='', errors='replace')}/report.html"
        if campaign.get("report") and not unusable
        else "",
        UNUSABLE if unusable else outcome_of(document),
        verdict["counts"],
        campaign.get("send_at"),
        document.get("problems", ()) if unusable else (),
    )


def _weight(row: Row) -> tuple[int, int, int, str]:
    return _WORST_FIRST.index(row.outcome), -row.counts.get("error", 0), -row.counts.get("warning", 0), row.id


def _sentence(outcomes: Counter[str]) -> str:
    whole = outcomes.total()
    if not whole:
        return "No campaign was checked."
    if outcomes["go"] == whole:
        return "The campaign may go out." if whole == 1 else f"All {whole:,} campaigns may go out."
    held, unusable, incomplete = (outcomes[name] for name in ("held", UNUSABLE, "incomplete"))
    said = (
        f"{held:,} {'is' if held == 1 else 'are'} held" if held else "",
        f"{unusable:,} could not be checked at all" if unusable else "",
        f"{incomplete:,} could not be checked in full" if incomplete else "",
    )
    return f"Of {counted(whole, 'campaign')}, {listed([part for part in said if part])}."
