"""The command `qa triage`: what is printed, which files are written, the exit code."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from rich.text import Text

from qa.build.campaign import Campaign, find_campaigns
from qa.cli.output import say_problems, script_files
from qa.cli.terminal import COLOURS, Terminal
from qa.finding import Unusable
from qa.profile.clock import Clock
from qa.profile.load import load_profile
from qa.report import write
from qa.report.document import as_json, profile_record
from qa.report.folder import prepare_file, refuse_inputs, write_whole
from qa.report.words.policy import policy_in_words
from qa.run import session
from qa.text.leaving import plain
from qa.triage.judge import Question, Readiness, Triage, triage, triage_document
from qa.verdict.judge import UNUSABLE, WORST_FIRST

STYLES = {Readiness.READY: "bold green", Readiness.QUESTIONS: "bold yellow", Readiness.NOT_READY: "bold red"}
SENTENCES = {
    Readiness.READY: "Building can begin.",
    Readiness.QUESTIONS: "Building can begin; the questions should be answered before the review.",
    Readiness.NOT_READY: "It cannot be built from this.",
}


def triage_targets(arguments: argparse.Namespace) -> int:
    """Judge the request of every target; print, write and return what `qa triage` promises."""
    out = Terminal()
    campaigns = find_campaigns(arguments.targets)
    if loose := [campaign.name for campaign in campaigns if campaign.loose is not None]:
        raise Unusable(*(f"{name}: a build; triage judges a request, so name a campaign folder" for name in loose))
    _prepare(arguments, campaigns)
    clock = Clock(arguments.today) if arguments.today else Clock.of_environment()
    documents: list[dict[str, Any]] = []
    problems: list[str] = []
    for number, campaign in enumerate(campaigns):
        try:
            result = triage(session(load_profile(campaign.folder, arguments.profile), clock), campaign)
        except Unusable as unusable:
            problems += [f"{campaign.folder}: {said}" if len(campaigns) > 1 else said for said in unusable.problems]
            continue
        out.print("\n" if number else "", end="")
        print_triage(out, result)
        documents.append(triage_document(result))
    if not documents:
        raise Unusable(*problems)
    _write(arguments, documents)
    say_problems(problems)
    return _concluded(documents, unusable=bool(problems), out=out)


def print_triage(out: Terminal, result: Triage) -> None:
    """Readiness of the campaign, then of every asset, each with what was found, the worst first."""
    style, request = STYLES[result.readiness], result.request
    title = f"  {plain(request.name)} · {plain(request.id)}"
    out.print(Text.assemble((f" {result.readiness.value.upper()} ", f"{style} reverse"), title))
    out.print(Text(f"{SENTENCES[result.readiness]} {_counts(result)}".rstrip()))
    for said in policy_in_words({"profile": asdict(profile_record(result.plan.session.profile))}):
        out.print(Text(plain(said), "yellow"))
    for weight in result.broken:
        where = weight.result.asset or "campaign"
        out.print(Text(plain(f"Could not be run: {weight.result.title} ({where}): {weight.reason}")))
    if of_campaign := result.of(None):
        out.print(Text("\ncampaign", "bold"))
        _print_questions(out, of_campaign)
    for name, _ in result.assets:
        readiness = result.readiness_of(name)
        out.print(Text.assemble((f"\n{plain(name)}", "bold"), "  ", (readiness.value, STYLES[readiness])))
        _print_questions(out, result.of(name))


def _prepare(arguments: argparse.Namespace, campaigns: Iterable[Campaign]) -> None:
    """Every reason not to write, before any work is done."""
    others = [(f"--{name}", file) for name, file in script_files(arguments).items()]
    refuse_inputs(others, campaigns)
    for option, file in others:
        prepare_file(option, file)


def _write(arguments: argparse.Namespace, documents: list[dict[str, Any]]) -> None:
    for name, file in script_files(arguments).items():
        if name == "json":
            write_whole(file, as_json(documents[0] if len(documents) == 1 else documents))
        else:
            write_whole(file, write(name, documents, _no_picture))


def _no_picture(file: str) -> bytes:
    raise KeyError(file)


def _print_questions(out: Terminal, questions: Sequence[Question]) -> None:
    for question in questions:
        finding = question.finding
        place = finding.request or finding.where
        where = f"{place.file}:{place.line}" if place and place.line else place.file if place else ""
        weight = ("  " + question.severity.value.ljust(8), COLOURS[question.severity.value])
        out.print(Text.assemble(weight, (finding.code, "bold"), "  ", (plain(where), "dim")))
        for text, style in ((finding.message, ""), (question.fix, "dim")):
            out.paragraph(text, style)


def _counts(result: Triage) -> str:
    words = {"error": "error", "warning": "warning", "info": "note"}
    tally = {word: sum(q.severity.value == key for q in result.questions) for key, word in words.items()}
    said = [f"{count} {word}{'' if count == 1 else 's'}" for word, count in tally.items() if count]
    said += [f"{waived} waived"] if (waived := result.verdict.counts["waived"]) else []
    return ", ".join(said) + ("." if said else "")


def _concluded(documents: Sequence[Mapping[str, Any]], *, unusable: bool, out: Terminal) -> int:
    """The exit code, and the sum of several requests."""
    if len(documents) + unusable > 1:
        tally = [document["readiness"] for document in documents]
        said = [f"{tally.count(each.value)} {each.value}" for each in Readiness if each.value in tally]
        out.print(f"\n{len(documents)} requests: {' · '.join(said)}")
    codes = [int(document["readiness"] == Readiness.NOT_READY.value) for document in documents]
    return next(code for code in WORST_FIRST if code in [*codes, *([UNUSABLE] if unusable else [])])
