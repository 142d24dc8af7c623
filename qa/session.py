"""One `qa run` at the terminal: settings, targets, progress, what is printed and which files are written."""

from __future__ import annotations

import argparse
import json
import webbrowser
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console

from qa import terminal
from qa.campaign import Campaign, find_campaigns
from qa.config import Settings, load_settings
from qa.document import as_json
from qa.finding import Unusable
from qa.publish import DOCUMENT, INDEX, REPORT, Published, examine, examine_many, exit_code, prepare
from qa.report import write


def run_targets(arguments: argparse.Namespace) -> int:
    """Examine every target; print, write and return what `qa run` promises."""
    out, err = Console(highlight=False, soft_wrap=True), Console(stderr=True, highlight=False)
    campaigns = find_campaigns(arguments.targets, arguments.kind)
    settings = _settings(arguments)
    prepare(arguments.report)
    for name in ("json", "junit", "sarif", "markdown"):
        if file := getattr(arguments, name):
            prepare(file.parent)
    if len(campaigns) == 1:
        published = [_one(campaigns[0], settings, arguments.report, out, err)]
        report = arguments.report / REPORT
    else:
        published = _many(campaigns, settings, arguments.report, out, err)
        report = _index(published, arguments.report)
    _write_others(arguments, published)
    out.print(f"\nReport: {report}", markup=False)
    if arguments.open:
        webbrowser.open(report.resolve().as_uri())
    return exit_code([each.exit_code for each in published])


def _settings(arguments: argparse.Namespace) -> Settings:
    overrides: dict[str, Any] = {"online": arguments.online, "render": not arguments.no_render, "jobs": arguments.jobs}
    if arguments.fail_on:
        overrides["gate"] = arguments.fail_on
    for name in ("only", "skip"):
        if given := getattr(arguments, name):
            overrides[name] = tuple(part.strip() for text in given for part in text.split(",") if part.strip())
    first: Path = arguments.targets[0]
    return load_settings(first if first.is_dir() else first.parent, **overrides)


def _one(campaign: Campaign, settings: Settings, folder: Path, out: Console, err: Console) -> Published:
    with terminal.progress(err) as bar:
        step = terminal.steps(bar)
        published = examine(campaign, settings, folder, step)
    assert published.document is not None
    terminal.print_verdict(out, published.document)
    return published


def _many(
    campaigns: Sequence[Campaign], settings: Settings, folder: Path, out: Console, err: Console
) -> list[Published]:
    published = []
    with terminal.progress(err) as bar:
        task = bar.add_task("campaigns", total=len(campaigns))
        for each in examine_many(list(campaigns), settings, folder, lambda _: bar.advance(task)):
            published.append(each)
    published.sort(key=lambda each: each.folder)
    terminal.print_summary(out, published, folder)
    if all(each.decision is None for each in published):
        raise Unusable(*(complaint for each in published for complaint in each.complaints))
    return published


def _documents(published: Iterable[Published]) -> Iterator[Any]:
    """Read back from the report folders, one at a time: many documents do not fit a small memory."""
    for each in published:
        if each.decision is not None:
            yield each.document or json.loads((each.folder / DOCUMENT).read_text("utf-8"))


def _index(published: list[Published], folder: Path) -> Path:
    index = folder / INDEX
    index.write_text(write("index", [_summary(each, folder) for each in published], _no_picture), "utf-8")
    return index


def _summary(each: Published, folder: Path) -> dict[str, Any]:
    """What the index says of a campaign; of one that could not be used, why."""
    if each.decision is None:
        verdict = {"outcome": "unusable", "counts": {}}
        about = {"id": "", "name": each.name}
        return {"run": {}, "campaign": about, "verdict": verdict, "complaints": list(each.complaints)}
    document = next(_documents([each]))
    campaign = {**document["campaign"], "report": each.folder.relative_to(folder).as_posix()}
    return {**document, "campaign": campaign, "results": [], "screenshots": []}


def _no_picture(file: str) -> bytes:
    raise KeyError(file)


def _write_others(arguments: argparse.Namespace, published: list[Published]) -> None:
    """The files a script reads: the document itself, or a list of them for several targets."""
    if arguments.json:
        documents = list(_documents(published))
        arguments.json.write_text(as_json(documents[0] if len(documents) == 1 else documents), "utf-8")  # type: ignore[arg-type]
    for name in ("junit", "sarif", "markdown"):
        if file := getattr(arguments, name):
            file.write_text(write(name, list(_documents(published)), _no_picture), "utf-8")
