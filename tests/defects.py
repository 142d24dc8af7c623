"""Which defects are planted, and which edits are harmless? Reads fixtures/defects, whose README says how one is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from qa.build.assets import find_assets
from qa.request import load_request

CORPUS = Path(__file__).parent.parent / "fixtures" / "defects"
BASES = CORPUS / "bases"
HARMLESS, NOT_PLANTED = "harmless.yaml", "not-planted.yaml"
_EDITS = {"file", "find", "replace", "regex", "every", "nth", "append", "prepend", "delete", "copy", "turn"}


@dataclass(frozen=True)
class Edit:
    """One change to one file of a base. ``find`` must occur once, unless ``every`` is set or ``nth`` says which."""

    file: str
    find: str = ""
    replace: str = ""
    regex: bool = False
    every: bool = False
    nth: int = 0
    append: str = ""
    prepend: str = ""
    delete: bool = False
    copy: str = ""  # another file whose content takes this one's place; "../" leads to another base
    turn: str = ""  # a whole-file change of tests/turns.py


@dataclass(frozen=True)
class Expectation:
    """What a defect must be called, and how its place is known: by text of the finding, by a line, or by the edit."""

    code: str
    asset: str | None
    contains: str = ""
    at: str = ""  # text of the edited file; the finding must stand in its line


@dataclass(frozen=True)
class Case:
    """A planted defect, or a harmless edit (``expect`` is None)."""

    kind: str
    number: int
    base: str
    edits: tuple[Edit, ...]
    expect: Expectation | None = None
    also: tuple[str, ...] = ()  # codes that rightly go with it
    render: bool = False

    @property
    def name(self) -> str:
        return f"{self.kind} {self.number} ({self.base})"


def name(case: Case) -> str:
    return case.name


def bases() -> list[str]:
    """The names of the base campaigns."""
    return sorted(folder.name for folder in BASES.iterdir() if (folder / "request.yaml").is_file())


def planted() -> list[Case]:
    """Every planted defect of the corpus."""
    files = sorted(file for file in CORPUS.glob("*.yaml") if file.name not in (HARMLESS, NOT_PLANTED))
    return [case for file in files for case in _cases(file, harmless=False)]


def harmless() -> list[Case]:
    """Every harmless edit of the corpus."""
    return list(_cases(CORPUS / HARMLESS, harmless=True))


def not_planted() -> dict[str, str]:
    """Codes that no edit can bring about offline, and why."""
    return dict(YAML(typ="safe").load(CORPUS / NOT_PLANTED) or {})


def _cases(file: Path, *, harmless: bool) -> Iterator[Case]:
    for kind, entries in YAML(typ="safe").load(file).items():
        for number, entry in enumerate(entries, 1):
            where = f"{file.name}, {kind}, {number}"
            unknown = set(entry) - {"base", "edit", "expect", "also", "render"}
            assert not unknown and entry["base"] in bases(), f"{where}: {unknown or entry['base']}"
            edits = tuple(_edit(entry["base"], edit, where) for edit in _listed(entry["edit"]))
            expect = None if harmless else _expectation(entry["base"], entry["expect"], edits, where)
            also = tuple(entry.get("also", ()))
            yield Case(kind, number, entry["base"], edits, expect, also, render=bool(entry.get("render")))


def _listed(edit: Any) -> list[dict[str, Any]]:
    return edit if isinstance(edit, list) else [edit]


def _edit(base: str, written: Mapping[str, Any], where: str) -> Edit:
    unknown = set(written) - _EDITS
    assert not unknown, f"{where}: {unknown}"
    return Edit(**{"file": next(iter(_owners(base))), **written})


def _expectation(base: str, written: str | Mapping[str, Any], edits: tuple[Edit, ...], where: str) -> Expectation:
    given = {"code": written} if isinstance(written, str) else dict(written)
    owners = _owners(base)
    asset = owners.get(edits[0].file, next(iter(owners.values())))
    placed = "contains" in given or "at" in given or edits[0].file.endswith((".html", ".txt", ".csv"))
    assert placed, f"{where}: say what the finding contains"
    return Expectation(**{"asset": asset, **given})


@cache
def _owners(base: str) -> dict[str, str]:
    """The files of a base and the asset each belongs to; the main build comes first."""
    folder = BASES / base
    request = load_request(folder)
    owners: dict[str, str] = {}
    for asset in find_assets(folder, request):
        for file in (asset.file, asset.plain, asset.sidecar):
            if file:
                owners.setdefault(file.name, asset.name)
    segments = request.audience.segments if request.audience else ()
    return owners | {segment.list: segment.name for segment in segments}
