"""Files that were handed over with a request, looked up and measured; nothing outside the campaign folder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from qa.artefacts import HandedFile, HandedOver, Picture
from qa.build.bag import FolderBag, normal
from qa.check import gatherer
from qa.files.paths import inside
from qa.finding import Fault
from qa.pictures.measure import MOST_BYTES, measure, too_heavy
from qa.request import AskedEmail, AskedPage, Request
from qa.request.brief import BriefPart
from qa.text.wording import quoted

_WEB = re.compile(r"[a-z][a-z0-9+.-]*+://", re.IGNORECASE)


@gatherer()
def handed_over(brief: BriefPart) -> HandedOver:
    """Pictures and mock-up of an email or page; the lists of a request."""
    part = brief.part
    named = _lists(part) if isinstance(part, Request) else _pictures(part)
    first: dict[str, HandedFile] = {}
    for file in named:
        if not _WEB.match(file.name):
            first.setdefault(file.name, file)
    return HandedOver(tuple(_looked_up(file, brief.folder) for file in first.values()))


def _pictures(asset: AskedEmail | AskedPage) -> Iterator[HandedFile]:
    for part in (asset, *getattr(asset, "variants", ())):
        for image in part.images or ():
            if image.asset is not None:
                yield HandedFile(image.asset, "picture", image.place("asset"))
    if asset.mock_up is not None:
        yield HandedFile(asset.mock_up, "mock-up", asset.place("mock_up"))


def _lists(request: Request) -> Iterator[HandedFile]:
    if request.audience is None:
        return
    for segment in request.audience.segments:
        yield HandedFile(segment.list, "list", segment.place("list"))
    for number, name in enumerate(request.audience.suppressions):
        yield HandedFile(name, "list", request.audience.place("suppressions", number))


def _looked_up(file: HandedFile, folder: Path) -> HandedFile:
    name, role, where = file.name, file.role, file.where
    try:
        path = inside(folder, name)
    except Fault as fault:
        return HandedFile(name, role, where, str(fault), outside=True)
    if not path.is_file():
        return HandedFile(name, role, where, _why_missing(path, folder, name))
    size = path.stat().st_size
    measured = role == "picture" or (role == "mock-up" and path.suffix.lower() != ".pdf")  # a PDF is for people
    return HandedFile(name, role, where, bytes=size, picture=_measured(path, name, size) if measured else None)


def _why_missing(path: Path, folder: Path, name: str) -> str:
    near = FolderBag(folder).near(normal(name))
    hint = f"; the nearest name in that folder is {near}" if near else ""
    return f"{quoted(name)} {'is a folder, no file' if path.is_dir() else 'is not there'}{hint}."


def _measured(path: Path, name: str, size: int) -> Picture:
    try:
        return too_heavy(name, size) if size > MOST_BYTES else measure(name, path.read_bytes())
    except OSError as fault:
        return Picture(name, bytes=size, fault=f"The file cannot be read ({fault.strerror}).")
