"""Batches of campaigns written without knowledge of the checks, each judged: what was found, and what was said without reason.

`python -m tests.unseen batch-2` judges a batch and prints the row that its first try adds to fixtures/unseen/first-try.yaml.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from qa.finding import Severity
from qa.request import Request, load_request
from tests.defects import CORPUS, Edit
from tests.planting import Said, examine, in_processes, plant

UNSEEN = CORPUS.parent / "unseen"
KEYS = ("defects.yaml", "harmless.yaml")
NOTE, WARNING, ERROR = 0, 1, 2
_WEIGHTS = {Severity.INFO.value: NOTE, "review": WARNING, Severity.WARNING.value: WARNING, Severity.ERROR.value: ERROR}


@dataclass(frozen=True)
class Mistake:
    """One planted mistake: a message about ``asset`` of at least ``severity`` that says one of ``mentions`` finds it."""

    id: str
    kind: str
    what: str
    edit: Edit
    asset: str
    mentions: tuple[str, ...]
    severity: str

    def found_by(self, said: Said) -> bool:
        text = f"{said.check}\n{said.code}\n{said.text}".lower()
        heavy = _WEIGHTS[said.severity] >= _WEIGHTS[self.severity]
        about = said.asset and said.asset.partition(" / ")[0]  # a variant of an email is that email
        return heavy and about in (self.asset, None) and any(word.lower() in text for word in self.mentions)


@dataclass(frozen=True)
class Judged:
    """What became of one campaign: the mistakes not found, and every warning and error said without reason."""

    campaign: str
    planted: tuple[Mistake, ...]
    missed: tuple[Mistake, ...]
    assets: int
    alarms: tuple[Said, ...]  # on the clean state
    harmless: int
    changed: tuple[Said, ...]  # by harmless edits

    @property
    def found(self) -> int:
        return len(self.planted) - len(self.missed)


def batches() -> list[str]:
    """The names of the batches, oldest first."""
    folders = (folder.name for folder in UNSEEN.glob("batch-*"))
    return sorted(folders, key=lambda name: int(name.removeprefix("batch-")))


def campaigns(batch: str) -> list[str]:
    """The campaigns of a batch, as BATCH/NAME."""
    return sorted(f"{batch}/{file.parent.name}" for file in (UNSEEN / batch).glob("*/request.yaml"))


def first_tries() -> list[dict[str, Any]]:
    """What the first run on each batch gave, oldest first. It is written once and never improved."""
    return list(YAML(typ="safe").load(UNSEEN / "first-try.yaml"))


@cache
def _day(batch: str) -> date:
    """The day of a batch's first try: its campaigns are sent later, and are judged as if it were that day for ever."""
    days = {each["batch"]: each["date"] for each in first_tries()}
    return date.fromisoformat(str(days.get(batch, datetime.now(UTC).date())))


@dataclass(frozen=True)
class Open:
    """What is known to be wrong with a batch today, each with the reason."""

    missed: Mapping[str, str]  # by the id of the mistake
    alarms: Mapping[str, Mapping[str, str]]  # by campaign and code


def still_open(batch: str) -> Open:
    """What stands in the batch's open.yaml."""
    file = UNSEEN / batch / "open.yaml"
    written = (YAML(typ="safe").load(file) if file.exists() else None) or {}
    return Open(written.get("missed", {}), written.get("alarms", {}))


def judge(campaign: str, one_in: int = 1) -> Judged:
    """Plant the mistakes and harmless edits of a campaign, one at a time, and compare with its clean state.

    ``one_in``: 3 plants every third, beginning elsewhere in each campaign, so that each kind of mistake comes up.
    """
    first = sum(map(ord, campaign)) % one_in
    mistakes, edits = tuple(_mistakes(campaign))[first::one_in], tuple(_harmless(campaign))[first::one_in]
    with tempfile.TemporaryDirectory() as name:
        before = _said_of(campaign, Path(name) / "clean")
        after = {
            key: _new(before, _said_of(campaign, Path(name) / key, edit))
            for key, edit in [*((mistake.id, mistake.edit) for mistake in mistakes), *edits]
        }
    missed = tuple(mistake for mistake in mistakes if not any(map(mistake.found_by, after[mistake.id])))
    changed = tuple(said for key, _ in edits for said in _alarms(after[key]))
    alarms = tuple(_alarms(before))
    return Judged(campaign, mistakes, missed, _assets(load_request(UNSEEN / campaign)), alarms, len(edits), changed)


def judged(batch: str) -> list[Judged]:
    """Every campaign of a batch, judged by two processes."""
    return in_processes(judge, campaigns(batch))


def _said_of(campaign: str, parent: Path, edit: Edit | None = None) -> tuple[Said, ...]:
    folder = parent / Path(campaign).name
    shutil.copytree(UNSEEN / campaign, folder, ignore=shutil.ignore_patterns(*KEYS))
    if edit:
        plant(folder, edit, (UNSEEN / campaign).parent)
    examined = examine(folder, load_request(folder), render=False, day=_day(campaign.partition("/")[0]))
    assert not examined.broken, examined.broken
    return examined.said


def _new(before: tuple[Said, ...], after: tuple[Said, ...]) -> list[Said]:
    return list((Counter(after) - Counter(before)).elements())


def _alarms(said: Iterator[Said] | list[Said] | tuple[Said, ...]) -> list[Said]:
    """What is said without reason: warnings and errors. What a person is asked to look at is none."""
    return [each for each in said if each.severity in (Severity.WARNING.value, Severity.ERROR.value)]


def _assets(request: Request) -> int:
    return len(request.emails) + len(request.pages) + (1 if request.audience else 0)


@cache
def _written(campaign: str, key: str) -> list[dict[str, Any]]:
    file = UNSEEN / campaign / key
    return list(YAML(typ="safe").load(file) or ()) if file.exists() else []


def _mistakes(campaign: str) -> Iterator[Mistake]:
    for entry in _written(campaign, KEYS[0]):
        expect = entry["expect"]
        mentions = tuple(map(str, expect["mentions"]))
        edit = Edit(**entry["edit"])
        yield Mistake(entry["id"], entry["kind"], entry["what"], edit, expect["asset"], mentions, expect["severity"])


def _harmless(campaign: str) -> Iterator[tuple[str, Edit]]:
    for entry in _written(campaign, KEYS[1]):
        yield entry["id"], Edit(**entry["edit"])


def main(names: list[str]) -> None:
    """Judge batches and print, for each, what was missed, what was said without reason, and the row of a first try."""
    for batch in names or batches():
        of_batch = judged(batch)
        for each in of_batch:
            for mistake in each.missed:
                print(f"missed  {mistake.id}  {mistake.kind}: {mistake.what}", file=sys.stderr)
            for alarm in (*each.alarms, *each.changed):
                print(f"alarm   {each.campaign}  {alarm}", file=sys.stderr)
        commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=True)
        row = {
            "batch": batch,
            "date": str(datetime.now(UTC).date()),
            "commit": commit.stdout.strip(),
            **figures(of_batch),
        }
        YAML().dump([row], sys.stdout)


def figures(of_batch: list[Judged]) -> dict[str, int]:
    """The counts of a batch: what was planted and found, assets, false warnings and errors, harmless edits."""
    return {
        "campaigns": len(of_batch),
        "planted": sum(len(each.planted) for each in of_batch),
        "found": sum(each.found for each in of_batch),
        "assets": sum(each.assets for each in of_batch),
        "alarms": sum(len(each.alarms) for each in of_batch),
        "harmless": sum(each.harmless for each in of_batch),
        "changed": sum(len(each.changed) for each in of_batch),
    }


if __name__ == "__main__":
    main(sys.argv[1:])
