"""One `qa run` at the terminal: settings, targets, progress, which files are written and what is printed."""

from __future__ import annotations

import argparse
import json
import webbrowser
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from rich.console import Console

from qa import terminal
from qa.campaign import Campaign, find_campaigns
from qa.cli import complain, silence
from qa.config import Settings, load_settings
from qa.document import as_json
from qa.finding import Unusable
from qa.publish import (
    DOCUMENT,
    INDEX,
    REPORT,
    Published,
    examine,
    examine_many,
    exit_code,
    folders,
    prepare,
    prepare_file,
    refuse_inputs,
    write_whole,
)
from qa.report import write
from qa.verdict import UNUSABLE

OTHERS = ("json", "junit", "sarif", "markdown")


class _Out(Console):
    """Standard output; who stops reading it does not change the verdict."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def run_targets(arguments: argparse.Namespace) -> int:
    """Examine every target; write, print and return what `qa run` promises.

    Every file is written before the first word is printed: the output may end at any time.
    """
    campaigns = find_campaigns(arguments.targets, arguments.kind)
    settings = _settings(arguments)
    _prepare(arguments, campaigns)
    err = Console(stderr=True, highlight=False)
    if len(campaigns) == 1:
        published = [_one(campaigns[0], settings, arguments, err)]
    else:
        published = _many(campaigns, settings, arguments, err)
    usable = any(each.exit_code != UNUSABLE or each.decision for each in published)
    unwritten = [complaint for each in published if each.decision for complaint in each.complaints]
    report = usable and (not unwritten or len(campaigns) > 1)
    unwritten += _write_others(arguments, published, many=len(campaigns) > 1) if usable else []
    try:
        _print(arguments, published, many=len(campaigns) > 1, report=report)
    except BrokenPipeError:  # `qa run … | head`
        silence()
    if not usable:
        raise Unusable(*(complaint for each in published for complaint in each.complaints))
    complain(unwritten)
    return UNUSABLE if unwritten else exit_code([each.exit_code for each in published])


def _prepare(arguments: argparse.Namespace, campaigns: Sequence[Campaign]) -> None:
    """Every reason not to write, before any work is done."""
    report: Path = arguments.report
    many = len(campaigns) > 1
    places = folders(campaigns, report) if many else [report]
    outputs = [("--report", place / name) for place in places for name in (DOCUMENT, REPORT)]
    outputs += [("--report", report / INDEX)] if many else []
    others = [(f"--{name}", file) for name, file in _others(arguments).items()]
    refuse_inputs([*outputs, *others], campaigns)
    prepare(report)
    for option, file in others:
        prepare_file(option, file)


def _others(arguments: argparse.Namespace) -> dict[str, Path]:
    """The files for scripts that were asked for, by their format."""
    return {name: file for name in OTHERS if (file := getattr(arguments, name))}


def _print(arguments: argparse.Namespace, published: list[Published], *, many: bool, report: bool) -> None:
    out = _Out(highlight=False, soft_wrap=True)
    if many:
        terminal.print_summary(out, published, arguments.report)
    elif published[0].document:
        terminal.print_verdict(out, published[0].document)
    if report:
        file: Path = arguments.report / (INDEX if many else REPORT)
        out.print(f"\nReport: {terminal.plain(str(file))}", markup=False)
        if arguments.open:
            webbrowser.open(file.resolve().as_uri())


def _settings(arguments: argparse.Namespace) -> Settings:
    overrides: dict[str, Any] = {"online": arguments.online, "render": not arguments.no_render, "jobs": arguments.jobs}
    if arguments.fail_on:
        overrides["gate"] = arguments.fail_on
    for name in ("only", "skip", "views"):
        if given := getattr(arguments, name):
            overrides[name] = tuple(part.strip() for text in given for part in text.split(",") if part.strip())
    first: Path = arguments.targets[0]
    return load_settings(first if first.is_dir() else first.parent, **overrides)


def _one(campaign: Campaign, settings: Settings, arguments: argparse.Namespace, err: Console) -> Published:
    with terminal.progress(err) as bar:
        return examine(campaign, settings, arguments.report, terminal.steps(bar), list(_others(arguments).values()))


def _many(
    campaigns: Sequence[Campaign], settings: Settings, arguments: argparse.Namespace, err: Console
) -> list[Published]:
    others = list(_others(arguments).values())
    published: list[Published] = []
    with terminal.progress(err) as bar:
        task = bar.add_task("campaigns", total=len(campaigns))

        def done(_: Published) -> None:
            bar.advance(task)

        with closing(examine_many(list(campaigns), settings, arguments.report, done, others)) as finished:
            published.extend(finished)
    return sorted(published, key=lambda each: each.folder)


def _documents(published: Iterable[Published]) -> Iterator[Any]:
    """Read back from the report folders, one at a time: many documents do not fit a small memory."""
    for each in published:
        if each.document or (each.decision and not each.complaints):
            yield each.document or json.loads((each.folder / DOCUMENT).read_text("utf-8"))


def _index(published: list[Published], folder: Path) -> str:
    return write("index", [_summary(each, folder) for each in published], _no_picture)


def _summary(each: Published, folder: Path) -> dict[str, Any]:
    """What the index says of a campaign; of one that could not be used, why."""
    if each.complaints:
        verdict = {"outcome": "unusable", "counts": {}}
        about = {"id": "", "name": each.name}
        return {"run": {}, "campaign": about, "verdict": verdict, "complaints": list(each.complaints)}
    document = next(_documents([each]))
    campaign = {**document["campaign"], "report": each.folder.relative_to(folder).as_posix()}
    return {**document, "campaign": campaign, "results": [], "screenshots": []}


def _no_picture(file: str) -> bytes:
    raise KeyError(file)


def _write_others(arguments: argparse.Namespace, published: list[Published], *, many: bool) -> list[str]:
    """The index, and the files a script reads: the document itself, or a list of them for several targets.

    What could not be written, a line each.
    """
    complaints: list[str] = []

    def attempt(file: Path, content: str) -> None:
        try:
            write_whole(file, content)
        except Unusable as unusable:
            complaints.extend(unusable.complaints)

    if many:
        attempt(arguments.report / INDEX, _index(published, arguments.report))
    for name, file in _others(arguments).items():
        documents = list(_documents(published))
        if name == "json":
            attempt(file, as_json(documents[0] if len(documents) == 1 else documents))  # type: ignore[arg-type]
        else:
            attempt(file, write(name, documents, _no_picture))
    return complaints
