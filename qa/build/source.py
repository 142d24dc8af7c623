"""Where builds come from: the campaign's folder, the web, and whatever the packages that are installed can reach.

A package offers a source of its own as an entry point of the group `qa.sources`: an object like `BuildSource`.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.metadata import entry_points
from io import BytesIO
from pathlib import Path
from typing import IO, Protocol

from qa.build.bag import Bag, BuildFile, FolderBag, normal
from qa.build.web import Fetched, fetch
from qa.finding import Fault
from qa.network import Guard

_REFERENCE = re.compile(r"([A-Za-z][A-Za-z0-9-]++):(?!//)")  # two letters and more: C:\ is a Windows path
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]++)://")


class BuildSource(Protocol):
    """What delivers builds for the references it takes, such as "marketo:email/12"."""

    def takes(self, reference: str) -> bool:
        """Whether a reference, as a request writes it, is one of this source's. Nothing is opened to know."""
        ...

    def deliver(self, reference: str) -> BuildFile:
        """The build, in a bag with all that came with it; Fault, in one sentence, where it cannot be had.

        Findings show the file by its name, so two builds should not have one name.
        """
        ...


@cache
def installed() -> tuple[BuildSource, ...]:
    """The sources of packages, read once."""
    return tuple(entry.load() for entry in entry_points(group="qa.sources"))


class WebBag(Bag):
    """One document on the web, fetched when it is first read."""

    web = True

    def __init__(self, url: str, guard: Guard | None = None) -> None:
        super().__init__()
        self._url, self._guard = url, guard or Guard()
        self._fetched: Fetched | None = None

    def fetched(self) -> Fetched:
        """The document as it was served."""
        if self._fetched is None:
            self._fetched = fetch(self._url, self._guard)
        return self._fetched

    def size(self, name: str) -> int | None:
        if name != self._url:
            raise Fault(f"{name} is on the web.")
        return len(self.fetched().content)

    def open(self, name: str) -> IO[bytes]:
        return BytesIO(self.fetched().content)

    def is_folder(self, name: str) -> bool:
        return False

    def beside(self, name: str) -> list[str]:
        return []


def delivered(written: str, bag: FolderBag, where: str, *, guard: Guard | None) -> BuildFile:
    """The file a request names; Fault where there is none. ``where`` says in which line, as " (named in …)".

    Without a guard nothing is fetched.
    """
    scheme = found[1].lower() if (found := _SCHEME.match(written)) else ""
    if scheme in ("http", "https"):
        if guard is None:
            raise Fault(f"{written}{where} is on the web; run with --online to look at it, or save it as a file.")
        return WebBag(written, guard).file(written)
    if scheme or _REFERENCE.match(written):
        for source in installed():
            if source.takes(written):
                return _of_package(source, written, where)
    if scheme:
        raise Fault(f"“{written}”{where} is not read: name a file of the campaign folder, or an https address.")
    _refuse_platform(written, where)
    return _in_folder(written, bag, where)


def _of_package(source: BuildSource, written: str, where: str) -> BuildFile:
    try:
        return source.deliver(written)
    except Fault as fault:
        raise Fault(f"{str(fault).rstrip('.')}{where}.") from None
    except Exception as error:  # other people's code must not stop the rest of a campaign
        raise Fault(f"“{written}”{where} cannot be read: {type(error).__name__}: {error}.") from error


def _refuse_platform(written: str, where: str) -> None:
    from qa.request import PLATFORMS

    if (reference := _REFERENCE.match(written)) and (platform := reference[1].lower()) in PLATFORMS:
        advice = f"there is no adapter for {platform} yet; export the asset as a file and name that."
        raise Fault(f"“{written}”{where} cannot be read: {advice}")


def _in_folder(written: str, bag: FolderBag, where: str) -> BuildFile:
    try:
        there = bag.has(written)
    except Fault as fault:
        raise Fault(f"{str(fault).rstrip('.')}{where}.") from None
    file = bag.file(normal(written))
    if not there:
        raise Fault(missing(file, f"{written}{where}"))
    return file


def missing(file: BuildFile, shown: str) -> str:
    """Why a file is not there, and which may have been meant."""
    if wrong := file.bag.wrong(file.name):
        return f"{shown} {wrong}"
    folder = Path(file.name).parent.as_posix()
    if not file.bag.is_folder(folder):
        return f"{shown} is not there: there is no folder {folder}."
    if near := file.bag.near(file.name):
        return f"{shown} is not there; the nearest name in that folder is {near}. Correct the one or the other."
    return f"{shown} is not there. Put the file in that place, or name the right one."
