"""From a target to its report folder: request, run, verdict, document, reports; one campaign or many."""

from __future__ import annotations

import json
import os
import posixpath
import re
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from time import monotonic
from typing import Any

from qa import version
from qa.accepting import LOOKS, looks_of
from qa.build import loose_asset
from qa.campaign import REQUEST_NAMES, Campaign, shown
from qa.config import FILE, Settings
from qa.document import as_json, build_document, pictures
from qa.finding import Unusable
from qa.report import write
from qa.request import Request, load_request, unwritten
from qa.run import Step, run
from qa.verdict import EXIT_CODES, UNUSABLE, WORST_FIRST, Decision, judge
from qa.waivers import FILES as WAIVERS
from qa.waivers import load_waivers
from qa.workers import spread
from qa.writing import write_at_once

DOCUMENT, REPORT, INDEX, PICTURES = "report.json", "report.html", "index.html", "screenshots"
_INPUT_FOLDERS = ("build", "assets", "audience", "baseline")
_INPUT_NAMES = (*REQUEST_NAMES, *WAIVERS, FILE)
_PICTURE = re.compile(r".*-[0-9a-f]{6}-[\w-]+\.png")  # as qa.document names them


@dataclass(frozen=True, slots=True)
class Published:
    """One campaign, examined. ``complaints`` say why it could not be used (then ``decision`` is None) or published."""

    name: str
    folder: Path  # of its report
    decision: Decision | None = None
    document: Mapping[str, Any] | None = None
    complaints: tuple[str, ...] = ()
    killed: bool = False  # with the process that checked it

    @property
    def exit_code(self) -> int:
        if self.killed:
            return EXIT_CODES[Decision.INCOMPLETE]
        return UNUSABLE if self.decision is None or self.complaints else EXIT_CODES[self.decision]


def exit_code(codes: list[int]) -> int:
    """The one code of many: the first that occurs of held, unusable, incomplete, go."""
    return next(code for code in WORST_FIRST if code in codes)


def examine(
    campaign: Campaign,
    settings: Settings,
    folder: Path,
    step: Step = lambda *_: None,
    others: Sequence[Path] = (),
) -> Published:
    """Run one campaign and write its report folder. Raises Unusable where the request cannot be used.

    ``others`` are the files that will be written besides: none of them may be one the request names.
    """
    started, clock = datetime.now(UTC), monotonic()
    request, campaign = _asked(campaign)
    _spare(request, campaign, (folder / DOCUMENT, folder / REPORT, *others))
    waivers = () if campaign.loose else load_waivers(campaign.folder)
    came_out = run(campaign, request, settings, step)
    verdict = judge(came_out.results, settings, waivers, date.today())
    about = {
        "id": sha256(f"{started.isoformat()} ".encode() + os.fsencode(campaign.folder)).hexdigest()[:12],
        "started": started.isoformat(timespec="seconds"),
        "seconds": round(monotonic() - clock, 2),
        "version": version(),
    }
    written = as_json(build_document(came_out, verdict, about))
    document = json.loads(written)  # every report says what the file says
    published = Published(request.name, folder, verdict.decision, document)
    try:
        looks = {LOOKS: looks_of(came_out, document["campaign"]["build_digest"])}
        _write(folder, written, document, dict(pictures(came_out)) | looks)
    except Unusable as unusable:
        return replace(published, complaints=unusable.complaints)
    return published


def examine_many(
    campaigns: list[Campaign],
    settings: Settings,
    folder: Path,
    done: Callable[[Published], None],
    others: Sequence[Path] = (),
) -> Generator[Published, None, None]:
    """Every campaign in a report folder of its own, spread over ``settings.jobs`` processes, as they finish.

    A campaign that cannot be used is told and does not stop the others. ``done`` is called for each.
    """
    each = replace(settings, jobs=1, browsers=1 if min(settings.jobs, len(campaigns)) > 1 else settings.browsers)
    names = folders(campaigns, folder)
    jobs = [(campaign, each, name, others) for campaign, name in zip(campaigns, names, strict=True)]
    with closing(spread(_examine_one, jobs, settings.jobs)) as outcomes:
        for outcome in outcomes:
            name, place = campaigns[outcome.number].name, names[outcome.number]
            complaint = f"{name}: the process that checked it was killed"
            published = outcome.value or Published(name, place, complaints=(complaint,), killed=True)
            done(published)
            yield published


def _examine_one(campaign: Campaign, settings: Settings, folder: Path, others: Sequence[Path]) -> Published:
    if campaign.complaint:
        return Published(campaign.name, folder, complaints=(campaign.complaint,))
    try:
        prepare(folder)
        return replace(examine(campaign, settings, folder, others=others), document=None)
    except Unusable as unusable:
        return Published(campaign.name, folder, complaints=unusable.complaints)
    except Exception as error:  # one campaign must never stop the others
        return Published(campaign.name, folder, complaints=(f"{campaign.name}: {type(error).__name__}: {error}",))


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


def _asked(campaign: Campaign) -> tuple[Request, Campaign]:
    if campaign.loose is None:
        return load_request(campaign.folder), campaign
    asset = loose_asset(campaign.loose, campaign.kind)
    name = shown(asset.name)  # as the request must be able to say it
    request = unwritten(asset.kind, name, shown(campaign.loose.name))
    return request, replace(campaign, assets=(replace(asset, name=name),))


def refuse_inputs(outputs: Sequence[tuple[str, Path]], campaigns: Iterable[Campaign]) -> None:
    """Unusable where a file that will be written, given with its option, is one that is read, or can be no file."""
    campaigns = list(campaigns)
    files = {campaign.loose.resolve() for campaign in campaigns if campaign.loose}
    places = {
        campaign.folder.resolve() / name for campaign in campaigns if not campaign.loose for name in _INPUT_FOLDERS
    }
    complaints, seen = [], set()
    for option, file in outputs:
        place = file.parent.resolve() / file.name
        if wrong := _wrong(file, place, files, places) or ("two results would be written to it" * (place in seen)):
            complaints.append(f"{file}: {wrong}; name another with {option}")
        seen.add(place)
    if complaints:
        raise Unusable(*complaints)


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


def _spare(request: Request, campaign: Campaign, outputs: Iterable[Path]) -> None:
    """Unusable where an output is a file that the request names, wherever in the campaign folder it lies."""
    home = campaign.folder.resolve()
    places = [(file, file.parent.resolve() / file.name) for file in outputs]
    inside = {place.relative_to(home).as_posix(): file for file, place in places if place.is_relative_to(home)}
    if inside and campaign.loose is None:
        named = {posixpath.normpath(text.replace("\\", "/")) for text in _texts(request.model_dump())}
        if complaints := [
            f"{file}: the request names this file, and the run would overwrite it"
            for name, file in inside.items()
            if name in named
        ]:
            raise Unusable(*complaints)


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
        for name in (DOCUMENT, REPORT):
            _try_out_file(folder / name)
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


def _write(folder: Path, written: str, document: Mapping[str, Any], shots: Mapping[str, bytes]) -> None:
    before = _pictures_before(folder)
    for name, png in shots.items():
        write_whole(folder / name, png)
    write_whole(folder / REPORT, write("html", [document], shots.__getitem__))
    write_whole(folder / DOCUMENT, written)
    for file in before - {folder / name for name in shots}:
        file.unlink(missing_ok=True)


def _files_of(shot: Mapping[str, Any]) -> list[str]:
    """A screenshot's file, and those of what it is shown beside."""
    return [shot["file"], *(side["file"] for name in ("baseline", "mock_up") if (side := shot.get(name)))]


def _pictures_before(folder: Path) -> set[Path]:
    """The pictures of the run before: those its document names; of a run without one, those named as ours are.

    What else lies in that folder is somebody's own.
    """
    there = {file for file in (folder / PICTURES).glob("*.png") if _PICTURE.fullmatch(file.name) and file.is_file()}
    try:
        before = json.loads((folder / DOCUMENT).read_text("utf-8"))
        named = {folder / file for shot in before["screenshots"] for file in _files_of(shot)}
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return there
    return there & named
