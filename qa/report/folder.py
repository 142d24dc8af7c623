"""A report folder: which files go into it, what must not be overwritten, and how it is written."""

from __future__ import annotations

import json
import os
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from shutil import rmtree
from tempfile import NamedTemporaryFile
from typing import Any

from qa.build.campaign import Campaign
from qa.files.atomic import write_at_once
from qa.files.names import REQUEST_NAMES, WAIVER_NAMES
from qa.files.paths import content_of
from qa.finding import Unusable
from qa.profile.model import FILE
from qa.request import Request
from qa.verdict.judge import EXIT_CODES, UNUSABLE, Decision

DOCUMENT, REPORT, INDEX, PICTURES = "report.json", "report.html", "index.html", "screenshots"
_INPUT_FOLDERS = ("build", "assets", "audience", "baseline")
_INPUT_NAMES = (*REQUEST_NAMES, *WAIVER_NAMES, FILE)
_BESIDE = re.compile(r"\.qa-[0-9a-f]{16}")
_PICTURE = re.compile(r".*-[0-9a-f]{6}-[\w-]+\.png")  # as qa.document names them


@dataclass(frozen=True, slots=True)
class Published:
    """One campaign with its report. ``problems`` say why it could not be used (then there is no ``decision``), or why
    its report could not be written; ``killed``: the process that checked it was.
    """

    name: str
    folder: Path
    decision: Decision | None = None
    document: Mapping[str, Any] | None = None
    problems: tuple[str, ...] = ()
    killed: bool = False
    taken_for: str = ""  # "email" or "page": what only its markup told
    unused: tuple[str, ...] = ()  # what it brought of its own policy and may not set

    @property
    def exit_code(self) -> int:
        if self.killed:
            return EXIT_CODES[Decision.INCOMPLETE]
        return UNUSABLE if self.decision is None or self.problems else EXIT_CODES[self.decision]


def folders(campaigns: Iterable[Campaign], folder: Path) -> list[Path]:
    """A readable folder a campaign, no two the same, on a disk that does not tell capitals apart either."""
    taken = {INDEX, DOCUMENT, REPORT, PICTURES}
    last: dict[str, int] = {}
    found = []
    for campaign in campaigns:
        readable = "-".join(Path(campaign.name).parts[-3:])
        short = re.sub(r"[^\w-]+", "-", readable)[-80:].encode()[-200:].decode(errors="ignore")
        name = first = short.strip("-") or "campaign"
        while name.casefold() in taken:
            last[first] = last.get(first, 1) + 1
            name = f"{first}-{last[first]}"
        taken.add(name.casefold())
        found.append(folder / name)
    return found


def refuse_inputs(outputs: Sequence[tuple[str, Path]], campaigns: Iterable[Campaign]) -> None:
    """Unusable where a file that will be written, given with its option, is one that is read, or can be no file."""
    campaigns = list(campaigns)
    files = {campaign.loose.resolve() for campaign in campaigns if campaign.loose}
    places = {
        campaign.folder.resolve() / name for campaign in campaigns if not campaign.loose for name in _INPUT_FOLDERS
    }
    problems, seen = [], set()
    for option, file in outputs:
        place = file.parent.resolve() / file.name
        if wrong := _wrong(file, place, files, places) or ("two results would be written to it" * (place in seen)):
            problems.append(f"{file}: {wrong}; name another with {option}")
        seen.add(place)
    if problems:
        raise Unusable(*problems)


def _wrong(file: Path, place: Path, files: set[Path], folders: set[Path]) -> str:
    """Why a file must not be written; "" where it may."""
    if file.is_dir():
        return "this is a folder, and a file is to be written"
    if place in files or place.name in _INPUT_NAMES or place.name.endswith(".envelope.yaml"):
        return "the run reads this file and would overwrite it"
    if not folders.isdisjoint(place.parents):
        return "this is among what was built or handed over, which the run reads"
    if file.is_symlink() and (file.is_file() or not file.exists()):
        return "this is a shortcut to another file, which would be overwritten"
    return ""


def refuse_named(request: Request, campaign: Campaign, outputs: Iterable[Path]) -> None:
    """Unusable where an output is a file that the request names, wherever in the campaign folder it lies."""
    home = campaign.folder.resolve()
    places = [(file, file.parent.resolve() / file.name) for file in outputs]
    inside = {place.relative_to(home).as_posix(): file for file, place in places if place.is_relative_to(home)}
    if inside and campaign.loose is None:
        named = {posixpath.normpath(text.replace("\\", "/")) for text in _texts(request.model_dump())}
        if problems := [
            f"{file}: the request names this file, and the run would overwrite it"
            for name, file in inside.items()
            if name in named
        ]:
            raise Unusable(*problems)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from _texts(list(value.values()))
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from _texts(each)


def prepare(folder: Path) -> None:
    """Make the report folder, and see that it can be written to before any work is done."""
    try:
        _try_out(folder)
        if (folder / PICTURES).is_symlink():
            raise OSError(0, f"its folder {PICTURES} is a shortcut to another place")
        if (folder / PICTURES).exists():
            _try_out(folder / PICTURES)
        for name in (DOCUMENT, REPORT):
            _try_out_file(folder / name)
            if (folder / name).exists() and not (folder / name).is_file():
                raise OSError(0, f"its {name} is no file")
    except OSError as error:
        reason = error.strerror or str(error)
        raise Unusable(
            f"{folder}: the report folder cannot be written to ({reason}); name another with --report"
        ) from None


def prepare_file(option: str, file: Path) -> None:
    """The same for one more file."""
    try:
        if not file.exists():
            _try_out(file.parent)
        _try_out_file(file)
    except OSError as error:
        raise Unusable(f"{file}: cannot be written ({error.strerror or error}); name another with {option}") from None


def _try_out(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=folder, prefix=".qa-"):  # a name of its own: several runs may share the folder
        pass


def _try_out_file(file: Path) -> None:
    if file.exists() and not os.access(file, os.W_OK):
        raise PermissionError(0, "this file may not be changed")


def write_whole(file: Path, content: str | bytes) -> None:
    """Write a file whole or leave what was there; Unusable where that fails."""
    text = content if isinstance(content, bytes) else content.encode("utf-8", "replace")
    try:
        if file.exists() and not file.is_file():  # a device or a pipe: nothing can take its place
            file.write_bytes(text)
            return
        file.parent.mkdir(parents=True, exist_ok=True)
        write_at_once(file, text)
    except OSError as error:
        raise Unusable(f"{file}: cannot be written ({error.strerror or error}); name another place") from None


def publish(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put a report in the place of the one before, whole: all is written beside it first, and moved into place then.

    Unusable where that fails, and the one before stays. The record goes first and comes last: whoever reads meanwhile,
    or after a loss of power, finds one run's files or no record. Who calls this holds the folder.
    """
    try:
        for left in folder.glob(".qa-*"):  # by a run that was killed
            if _BESIDE.fullmatch(left.name) and left.is_dir() and not left.is_symlink():
                rmtree(left, ignore_errors=True)
        beside = folder / f".qa-{token_hex(8)}"
        try:
            for name, content in files.items():
                (beside / "new" / name).parent.mkdir(parents=True, exist_ok=True)
                (beside / "new" / name).write_bytes(content)
            _move(_steps(folder, beside, files))
        finally:
            rmtree(beside, ignore_errors=True)
    except OSError as error:
        reason = error.strerror or error
        raise Unusable(f"{folder}: the report cannot be written ({reason}); name another place") from None


def _steps(folder: Path, beside: Path, files: Iterable[str]) -> list[tuple[Path, Path]]:
    """The moves, from and to: what was there goes, the record first; then what is new comes, the record last."""
    names = sorted(files, key=DOCUMENT.__eq__)
    gone = {file.relative_to(folder).as_posix() for file in _pictures_before(folder)}
    there = [name for name in dict.fromkeys([*reversed(names), *sorted(gone)]) if os.path.lexists(folder / name)]
    away = [(folder / name, beside / "old" / name) for name in there]
    return [*away, *((beside / "new" / name, folder / name) for name in names)]


def _move(steps: Iterable[tuple[Path, Path]]) -> None:
    """Move files, or leave all where they were."""
    tried: list[tuple[Path, Path]] = []
    try:
        for here, there in steps:
            there.parent.mkdir(parents=True, exist_ok=True)
            tried.append((here, there))
            here.replace(there)
    except BaseException:
        for here, there in reversed(tried):
            with suppress(FileNotFoundError):  # of the one that failed
                there.replace(here)
        raise


def _files_of(screenshot: Mapping[str, Any]) -> list[str]:
    """A screenshot's file, and those of what it is shown beside."""
    return [screenshot["file"], *(side["file"] for name in ("baseline", "mock_up") if (side := screenshot.get(name)))]


def _pictures_before(folder: Path) -> set[Path]:
    """The pictures of the run before: those its document names; of a run without one, those named as ours are.

    What else lies in that folder is somebody's own.
    """
    there = {file for file in (folder / PICTURES).glob("*.png") if _PICTURE.fullmatch(file.name) and file.is_file()}
    try:
        before = json.loads(content_of(folder / DOCUMENT))
        named = {folder / file for screenshot in before["screenshots"] for file in _files_of(screenshot)}
        named |= {folder / detail["file"] for detail in before.get("details", ())}
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return there
    return there & named
