"""One `qa triage` at the terminal: what is printed, which file is written, the exit code."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from qa.campaign import find_campaigns
from qa.config import load_settings
from qa.finding import Unusable
from qa.profile.clock import Clock
from qa.report.document import as_json
from qa.report.folder import prepare
from qa.request import load_request
from qa.terminal import COLOURS, plain
from qa.triage import Question, Readiness, Triage, build_document, triage
from qa.verdict import UNUSABLE, WORST_FIRST

STYLES = {Readiness.READY: "bold green", Readiness.QUESTIONS: "bold yellow", Readiness.NOT_READY: "bold red"}
SENTENCES = {
    Readiness.READY: "Building can begin.",
    Readiness.QUESTIONS: "Building can begin; the questions should be answered before the review.",
    Readiness.NOT_READY: "It cannot be built from this.",
}


def triage_targets(arguments: argparse.Namespace) -> int:
    """Judge the request of every target; print, write and return what `qa triage` promises."""
    out = Console(highlight=False, soft_wrap=True)
    campaigns = find_campaigns(arguments.targets)
    if loose := [campaign.name for campaign in campaigns if campaign.loose is not None]:
        raise Unusable(*(f"{name}: a build; triage judges a request, so name a campaign folder" for name in loose))
    if arguments.json:
        prepare(arguments.json.parent)
    documents: list[dict[str, Any]] = []
    complaints: list[str] = []
    for number, campaign in enumerate(campaigns):
        try:
            result = _judged(campaign.folder, arguments.today)
        except Unusable as unusable:
            complaints += [f"{campaign.folder}: {said}" if len(campaigns) > 1 else said for said in unusable.complaints]
            continue
        out.print("\n" if number else "", end="")
        print_triage(out, result)
        documents.append(build_document(result, campaign.folder))
    return _concluded(arguments, documents, complaints, out)


def print_triage(out: Console, result: Triage) -> None:
    """Readiness of the campaign, then of every asset, each with what was found, the worst first."""
    style, request = STYLES[result.readiness], result.request
    title = f"  {plain(request.name)} · {plain(request.id)}"
    out.print(Text.assemble((f" {result.readiness.value.upper()} ", f"{style} reverse"), title))
    out.print(Text(f"{SENTENCES[result.readiness]} {_counts(result.questions)}".rstrip()))
    if of_campaign := result.of(None):
        out.print(Text("\ncampaign", "bold"))
        _print_questions(out, of_campaign)
    for name, _ in result.assets:
        readiness = result.readiness_of(name)
        out.print(Text.assemble((f"\n{plain(name)}", "bold"), "  ", (readiness.value, STYLES[readiness])))
        _print_questions(out, result.of(name))


def _judged(folder: Path, today: date | None) -> Triage:
    request = load_request(folder)
    day = today or Clock.of_environment().today(request.send.timezone if request.send else None)
    return triage(request, folder, load_settings(folder), day)


def _print_questions(out: Console, questions: Sequence[Question]) -> None:
    for question in questions:
        finding = question.finding
        place = finding.request
        where = f"{place.file}:{place.line}" if place and place.line else place.file if place else ""
        weight = ("  " + question.severity.value.ljust(8), COLOURS[question.severity.value])
        out.print(Text.assemble(weight, (finding.code, "bold"), "  ", (plain(where), "dim")), soft_wrap=True)
        for text, style in ((finding.message, ""), (question.fix, "dim")):
            out.print(Padding(Text(plain(text), style), (0, 0, 0, 10)), soft_wrap=False)


def _counts(questions: Sequence[Question]) -> str:
    words = {"error": "error", "warning": "warning", "info": "note"}
    tally = {word: sum(q.severity.value == key for q in questions) for key, word in words.items()}
    said = [f"{count} {word}{'' if count == 1 else 's'}" for word, count in tally.items() if count]
    return ", ".join(said) + ("." if said else "")


def _concluded(
    arguments: argparse.Namespace, documents: list[dict[str, Any]], complaints: list[str], out: Console
) -> int:
    if not documents:
        raise Unusable(*complaints)
    if arguments.json:
        arguments.json.write_text(as_json(documents[0] if len(documents) == 1 else documents), "utf-8")
    for complaint in complaints:
        print(f"qa: {plain(complaint)}", file=sys.stderr)
    if len(documents) + bool(complaints) > 1:
        tally = [document["readiness"] for document in documents]
        said = [f"{tally.count(each.value)} {each.value}" for each in Readiness if each.value in tally]
        out.print(f"\n{len(documents)} requests: {' · '.join(said)}", markup=False)
    codes = [int(document["readiness"] == Readiness.NOT_READY.value) for document in documents]
    return next(code for code in WORST_FIRST if code in [*codes, *([UNUSABLE] if complaints else [])])
