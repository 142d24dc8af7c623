"""From a target to its report folder: request, run, verdict, document, reports; one campaign or many."""

from __future__ import annotations

import multiprocessing
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from time import monotonic
from typing import Any

from qa import version
from qa.build import loose_asset
from qa.campaign import Campaign
from qa.config import Settings
from qa.document import as_json, build_document, pictures
from qa.finding import Unusable
from qa.report import write
from qa.request import Request, load_request, unwritten
from qa.run import Step, run
from qa.verdict import EXIT_CODES, UNUSABLE, WORST_FIRST, Decision, judge
from qa.waivers import load_waivers

DOCUMENT, REPORT, INDEX = "report.json", "report.html", "index.html"


@dataclass(frozen=True, slots=True)
class Published:
    """One campaign, examined. ``decision`` is None where it could not be used; then ``complaints`` says why."""

    name: str
    folder: Path  # of its report
    decision: Decision | None = None
    document: Mapping[str, Any] | None = None
    complaints: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        return UNUSABLE if self.decision is None else EXIT_CODES[self.decision]


def exit_code(codes: list[int]) -> int:
    """The one code of many: the first that occurs of held, unusable, incomplete, go."""
    return next(code for code in WORST_FIRST if code in codes)


def examine(campaign: Campaign, settings: Settings, folder: Path, step: Step = lambda *_: None) -> Published:
    """Run one campaign and write its report folder. Raises Unusable where the request or the folder cannot be used."""
    started, clock = datetime.now(UTC), monotonic()
    request, campaign = _asked(campaign)
    waivers = () if campaign.loose else load_waivers(campaign.folder)
    came_out = run(campaign, request, settings, step)
    verdict = judge(came_out.results, settings, waivers, date.today())
    about = {
        "id": sha256(f"{started.isoformat()} {campaign.folder}".encode()).hexdigest()[:12],
        "started": started.isoformat(timespec="seconds"),
        "seconds": round(monotonic() - clock, 2),
        "version": version(),
    }
    document = build_document(came_out, verdict, about)
    shots = dict(pictures(came_out))
    _write(folder, document, shots)
    return Published(request.name, folder, verdict.decision, document)


def prepare(folder: Path) -> None:
    """Make the report folder, and see that it can be written to before any work is done."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=folder, prefix=".qa-"):  # a name of its own: several runs may share the folder
            pass
    except OSError as error:
        reason = error.strerror or str(error)
        raise Unusable(
            f"{folder}: the report folder cannot be written to ({reason}); name another with --report"
        ) from None


def examine_many(
    campaigns: list[Campaign], settings: Settings, folder: Path, done: Callable[[Published], None]
) -> Iterator[Published]:
    """Every campaign in a report folder of its own, spread over ``settings.jobs`` processes, as they finish.

    A campaign that cannot be used is told and does not stop the others. ``done`` is called for each.
    """
    settings_each = replace(settings, jobs=1)
    context = multiprocessing.get_context("spawn")  # forking with browser threads about is not safe
    with ProcessPoolExecutor(settings.jobs, mp_context=context) as pool:
        folders = _folders(campaigns, folder)
        futures = [pool.submit(_examine_one, c, settings_each, f) for c, f in zip(campaigns, folders, strict=True)]
        try:
            for future in as_completed(futures):
                futures.remove(future)  # a finished document is not kept: memory stays flat over many targets
                published = future.result()
                done(published)
                yield published
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _examine_one(campaign: Campaign, settings: Settings, folder: Path) -> Published:
    try:
        prepare(folder)
        return replace(examine(campaign, settings, folder), document=None)
    except Unusable as unusable:
        return Published(campaign.name, folder, complaints=unusable.complaints)
    except Exception as error:  # one campaign must never stop the others
        return Published(campaign.name, folder, complaints=(f"{campaign.name}: {type(error).__name__}: {error}",))


def _folders(campaigns: list[Campaign], folder: Path) -> list[Path]:
    """A readable folder a campaign, no two the same."""
    names: dict[str, int] = {}
    folders = []
    for campaign in campaigns:
        readable = "-".join(Path(campaign.name).parts[-3:])
        name = re.sub(r"[^\w-]+", "-", readable)[-80:].strip("-") or "campaign"
        names[name] = names.get(name, 0) + 1
        folders.append(folder / (name if names[name] == 1 else f"{name}-{names[name]}"))
    return folders


def _asked(campaign: Campaign) -> tuple[Request, Campaign]:
    if campaign.loose is None:
        return load_request(campaign.folder), campaign
    asset = loose_asset(campaign.loose, campaign.kind)
    request = unwritten(asset.kind, asset.name, campaign.loose.name)
    return request, replace(campaign, assets=(asset,))


def _write(folder: Path, document: Mapping[str, Any], shots: Mapping[str, bytes]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(folder / "screenshots", ignore_errors=True)  # those of the run before
        for name, png in shots.items():
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_bytes(png)
        (folder / DOCUMENT).write_text(as_json(document), "utf-8")
        (folder / REPORT).write_text(write("html", [document], shots.__getitem__), "utf-8")
    except OSError as error:
        raise Unusable(
            f"{error.filename or folder}: cannot be written ({error.strerror}); name another folder"
        ) from None
