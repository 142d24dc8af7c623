"""The campaigns a target names: a folder with a request, a folder of such folders, or bare build files."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from qa.build.assets import Asset
from qa.files.names import REQUEST_NAMES
from qa.finding import Unusable

BUILD_ENDINGS = (".html", ".htm", ".xhtml", ".eml", ".txt")


@dataclass(frozen=True)
class Campaign:
    """A folder to look at. ``loose`` is the one build of a target that has no request."""

    folder: Path
    name: str
    loose: Path | None = None
    kind: str | None = None  # of the loose build, "email" or "page"; None: guessed
    assets: tuple[Asset, ...] = ()
    problem: str = ""  # why this target cannot be looked at; among many it stops none of the others


def find_campaigns(targets: list[Path], kind: str | None = None) -> list[Campaign]:
    """Every campaign the targets name, in order, each once; Unusable where a target names none."""
    problems: list[str] = []
    found: dict[Path, Campaign] = {}
    for target in targets:
        try:
            found |= {(campaign.loose or campaign.folder).resolve(): campaign for campaign in _campaigns(target, kind)}
        except Unusable as unusable:
            problems.extend(unusable.problems)
        except OSError as error:
            problems.append(f"{error.filename or target}: cannot be looked at ({error.strerror or error})")
    campaigns = list(found.values())
    if problems or all(campaign.problem for campaign in campaigns):
        raise Unusable(*problems, *(campaign.problem for campaign in campaigns if campaign.problem))
    return campaigns


def names_apart(campaigns: Sequence[Campaign]) -> list[str]:
    """The name of each campaign; of several that are called alike, with as many folders above as tell them apart."""
    names = [campaign.name for campaign in campaigns]
    places = [(campaign.loose or campaign.folder).resolve().parts for campaign in campaigns]
    for deep in range(2, max(map(len, places), default=0) + 1):
        alike = {name for name, often in Counter(names).items() if often > 1}
        names = [
            shown(Path(*place[-deep:]).as_posix()) if name in alike else name
            for name, place in zip(names, places, strict=True)
        ]
    return names


def shown(name: str) -> str:
    """A file's name as text that can be shown and stored: names may hold bytes that are no UTF-8."""
    return os.fsencode(name).decode("utf-8", "replace")


def _is_build(file: Path) -> bool:
    """Whether a file is worth reading as a build: by its name, or as a message by its content."""
    from qa.build.mime import is_message

    if file.suffix.lower() in BUILD_ENDINGS:
        return True
    with file.open("rb") as content:
        return is_message(content.read(100_000))


def _campaigns(target: Path, kind: str | None) -> Iterator[Campaign]:
    if not target.exists():
        raise Unusable(f"{target}: there is no such file or folder")
    if target.name in REQUEST_NAMES:
        target = target.parent
    if target.is_file():
        name = shown(target.as_posix())
        unlike = "" if _is_build(target) else f"{name}: neither HTML nor a message; name a folder, an .html or an .eml"
        yield Campaign(target.parent, name, loose=target, kind=kind, problem=unlike)
        return
    folders, locked = _below(target)
    if target in folders:
        folders, locked = [target], []
    if not folders and not locked:
        raise Unusable(f"{target}: no request.yaml in this folder or below; name a build file to check it without one")
    for folder in folders:
        yield Campaign(folder, shown(folder.resolve().name))
    for folder, reason in locked:
        name = shown(folder.as_posix())
        yield Campaign(folder, name, problem=f"{name}: cannot be looked into ({reason}), and may hold a campaign")


def _below(target: Path) -> tuple[list[Path], list[tuple[Path, str]]]:
    """The folders with a request in a folder or below it, sorted; and those that cannot be looked into, with why."""
    folders, locked = [], []

    def tell(error: OSError) -> None:
        locked.append((Path(error.filename), str(error.strerror or error)))

    for folder, below, files in os.walk(target, onerror=tell):
        if not {*REQUEST_NAMES}.isdisjoint((*below, *files)):
            folders.append(Path(folder))
    return sorted(folders), sorted(locked)
