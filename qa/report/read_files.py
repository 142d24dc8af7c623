"""The files a run read, by which a record is known to be of them: those of the request, of the build, and others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from qa.build.assets import Asset
from qa.build.bag import BuildFile, FolderBag
from qa.build.digest import built_files, digest
from qa.files.names import REQUEST_NAMES
from qa.files.readings import Readings
from qa.finding import Fault
from qa.run import Plan


def request_files(plan: Plan) -> list[BuildFile]:
    """The files that say what was asked for."""
    return in_folder(plan, REQUEST_NAMES, plan.readings)


def build_files(plan: Plan) -> list[BuildFile]:
    """The files that were judged."""
    assets = [subject.given[Asset] for subject in plan.subjects if Asset in subject.given]
    return built_files(asset for asset in assets if isinstance(asset, Asset))


def other_files(plan: Plan) -> dict[str, str]:
    """The others that were read, each with its digest: pictures, copy documents, mock-ups."""
    known = {file.name for file in (*request_files(plan), *build_files(plan))}
    return {name: f"sha256:{read}" for name, read in plan.readings.digests().items() if name not in known}


def in_folder(plan: Plan, names: Iterable[str], readings: Readings) -> list[BuildFile]:
    """The files of these names in the campaign's folder."""
    found = () if plan.campaign.loose else names
    bag = FolderBag(plan.campaign.folder, readings=readings)
    return [bag.file(name) for name in found if bag.was_read(name) or bag.has(name)]


def changed_since(plan: Plan, request: str, build: str, files: Mapping[str, str]) -> list[str]:
    """What of a campaign is not what these digests of an earlier run are of: "the build", "build/hero.png" …"""
    now = {"the build": digest(build_files(plan)), "the request": digest(request_files(plan))}
    changed = [name for name, before in (("the build", build), ("the request", request)) if now[name] != before]
    bag = FolderBag(plan.campaign.folder, readings=plan.readings)
    return changed + [name for name, before in files.items() if _digest(bag, name) != before]


def _digest(bag: FolderBag, name: str) -> str:
    try:
        return f"sha256:{bag.digest(name)}"
    except (OSError, Fault):
        return ""
