"""The command `qa run`: profile, targets, progress, which files are written and what is printed."""

from __future__ import annotations

import argparse
import gc
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

from rich.console import Console

from qa.build.campaign import Campaign, find_campaigns, names_apart
from qa.cli import output, terminal
from qa.cli.output import say_problems, silence
from qa.files.scratch import SCRATCH
from qa.finding import Unusable
from qa.profile.clock import Clock
from qa.report import write
from qa.report.document import as_json
from qa.report.examine import Examined, Target, examine, examine_many, exit_code
from qa.report.folder import (
    DOCUMENT,
    INDEX,
    REPORT,
    Published,
    folders,
    prepare,
    prepare_file,
    publish,
    refuse_inputs,
    write_whole,
)
from qa.report.folder_lock import held
from qa.run import Resources, Session, Sessions
from qa.text.leaving import plain
from qa.verdict.judge import UNUSABLE


def run_targets(arguments: argparse.Namespace) -> int:
    """Examine every target; write, print and return what `qa run` promises.

    Every file is written before the first word is printed: the output may end at any time.
    """
    campaigns = find_campaigns(arguments.targets, arguments.kind)
    many = len(campaigns) > 1
    with SCRATCH, Resources() as resources:
        targets = _targets(campaigns, arguments, resources)
        gc.freeze()  # the checks that are loaded by now stay: nothing among them is to be looked through for rubbish
        places = _prepare(arguments, campaigns)
        with held(arguments.report, " ".join(map(str, arguments.targets))):
            published, unwritten = _examined(targets, places, arguments)
    usable = any(each.exit_code != UNUSABLE or each.decision for each in published)
    report = usable and (many or not any(each.problems for each in published if each.decision))
    try:
        _print(arguments, published, many=many, report=report)
    except BrokenPipeError:  # `qa run … | head`
        silence()
    if not usable:
        raise Unusable(*(problem for each in published for problem in each.problems))
    say_problems(unwritten)
    return UNUSABLE if unwritten else exit_code([each.exit_code for each in published])


def _examined(
    targets: Sequence[Target], places: Sequence[Path], arguments: argparse.Namespace
) -> tuple[list[Published], list[str]]:
    """What is done while the report folder is ours; and what could not be written, a line each."""
    err, many = Console(stderr=True, highlight=False), len(targets) > 1
    published = _many(targets, places, arguments, err) if many else [_one(targets[0], places[0], arguments, err)]
    unwritten = [problem for each in published if each.decision for problem in each.problems]
    if any(each.exit_code != UNUSABLE or each.decision for each in published):
        unwritten += _write_others(arguments, published, many=many)
    return published, unwritten


def _targets(campaigns: Sequence[Campaign], arguments: argparse.Namespace, resources: Resources) -> list[Target]:
    """Every campaign with the session of its own profile."""
    clock, outputs = Clock.of_environment(), tuple(output.script_files(arguments).values())
    sessions = Sessions(resources, clock, arguments.profile, **_overrides(arguments))
    targets = []
    for campaign in campaigns:
        try:
            targets.append(Target(campaign, sessions.of(campaign.loose or campaign.folder), outputs))
        except Unusable as unusable:
            if len(campaigns) == 1:
                raise
            told = replace(campaign, problem="; ".join(unusable.problems))
            targets.append(Target(told, Session(clock=clock, resources=resources), outputs))
    if all(target.campaign.problem for target in targets):
        raise Unusable(*dict.fromkeys(target.campaign.problem for target in targets))
    return targets


def _prepare(arguments: argparse.Namespace, campaigns: Sequence[Campaign]) -> list[Path]:
    """The report folder of every campaign; every reason not to write is told before any work is done."""
    report: Path = arguments.report
    many = len(campaigns) > 1
    places = folders(campaigns, report) if many else [report]
    outputs = [("--report", place / name) for place in places for name in (DOCUMENT, REPORT)]
    outputs += [("--report", report / INDEX)] if many else []
    others = [(f"--{name}", file) for name, file in output.script_files(arguments).items()]
    refuse_inputs([*outputs, *others], campaigns)
    for place in dict.fromkeys([report, *places]):
        prepare(place)
    for option, file in others:
        prepare_file(option, file)
    return places


def _print(arguments: argparse.Namespace, published: list[Published], *, many: bool, report: bool) -> None:
    out = terminal.Terminal()
    if many:
        terminal.print_summary(out, published, arguments.report)
        if arguments.no_render:
            out.print("Views were not looked at: rendering was switched off (--no-render).")
    elif published[0].document:
        terminal.print_verdict(out, published[0].document)
    terminal.print_kinds(out, [each.taken_for for each in published if each.taken_for])
    if report:
        file: Path = arguments.report / (INDEX if many else REPORT)
        out.print(f"\nReport: {plain(str(file))}")
        if arguments.open:
            import webbrowser

            webbrowser.open(file.resolve().as_uri())


def _overrides(arguments: argparse.Namespace) -> dict[str, Any]:
    """What the command line says, which counts more than the profile."""
    overrides: dict[str, Any] = {
        "online": arguments.online or None,
        "render": not arguments.no_render,
        "jobs": arguments.jobs,
    }
    if arguments.fail_on:
        overrides["gate"] = arguments.fail_on
    for name in ("only", "skip", "views"):
        if given := getattr(arguments, name):
            overrides[name] = tuple(part.strip() for text in given for part in text.split(",") if part.strip())
    return overrides


def _one(target: Target, folder: Path, arguments: argparse.Namespace, err: Console) -> Published:
    with terminal.progress(err) as bar:
        examined = examine(target.session, target.campaign, terminal.steps(bar), _outputs(target, folder))
    return _published(examined, folder, keep=True)


def _many(
    targets: Sequence[Target], places: Sequence[Path], arguments: argparse.Namespace, err: Console
) -> list[Published]:
    """Written as they come, by this process alone; the documents are read back when they are wanted."""
    spread = [replace(target, outputs=_outputs(target, place)) for target, place in zip(targets, places, strict=True)]
    names = names_apart([target.campaign for target in targets])
    published: dict[int, Published] = {}
    with terminal.progress(err) as bar:
        advance = terminal.campaigns(bar, len(targets))
        with closing(examine_many(spread, arguments.jobs)) as examined:
            for number, each in examined:
                published[number] = replace(_published(each, places[number], keep=False), name=names[number])
                advance()
    return sorted(published.values(), key=lambda each: each.folder)


def _outputs(target: Target, folder: Path) -> tuple[Path, ...]:
    return (folder / DOCUMENT, folder / REPORT, *target.outputs)


def _published(examined: Examined, folder: Path, *, keep: bool) -> Published:
    """A campaign with its report written; its document is kept where there is but one."""
    problems = examined.problems
    if examined.decision is not None:
        try:
            with nullcontext() if keep else held(folder, examined.name):  # of one target, its folder is held already
                publish(folder, examined.files)
        except Unusable as unusable:
            problems = unusable.problems
    return Published(
        examined.name,
        folder,
        examined.decision,
        examined.document if keep else None,
        problems,
        examined.killed,
        examined.taken_for,
        examined.unused,
    )


def _documents(published: Iterable[Published]) -> Iterator[Any]:
    """Read back from the report folders, one at a time: many documents do not fit a small memory."""
    for each in published:
        if each.document or (each.decision and not each.problems):
            yield each.document or json.loads((each.folder / DOCUMENT).read_text("utf-8"))


def _index(published: list[Published], folder: Path) -> str:
    return write("index", [_summary(each, folder) for each in published], _no_picture)


def _summary(each: Published, folder: Path) -> dict[str, Any]:
    """What the index says of a campaign; of one that could not be used, why."""
    if each.problems:
        verdict = {"outcome": "unusable", "counts": {}}
        about = {"id": "", "name": each.name}
        return {"run": {}, "campaign": about, "verdict": verdict, "problems": list(each.problems)}
    document = next(_documents([each]))
    campaign = document["campaign"] | {"folder": each.name, "report": each.folder.relative_to(folder).as_posix()}
    return {**document, "campaign": campaign, "results": [], "screenshots": []}


def _no_picture(file: str) -> bytes:
    raise KeyError(file)


def _write_others(arguments: argparse.Namespace, published: list[Published], *, many: bool) -> list[str]:
    """The index, and the files a script reads: the document itself, or a list of them for several targets.

    What could not be written, a line each.
    """
    problems: list[str] = []

    def attempt(file: Path, content: str) -> None:
        try:
            write_whole(file, content)
        except Unusable as unusable:
            problems.extend(unusable.problems)

    if many:
        attempt(arguments.report / INDEX, _index(published, arguments.report))
    for name, file in output.script_files(arguments).items():
        documents = list(_documents(published))
        if name == "json":
            attempt(file, as_json(documents[0] if len(documents) == 1 else documents))
        else:
            attempt(file, write(name, documents, _no_picture))
    return problems
