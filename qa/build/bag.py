"""A bag of files by name: what a build is made of, wherever it comes from."""

from __future__ import annotations

import os
import posixpath
from abc import ABC, abstractmethod
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from io import BytesIO
from pathlib import Path
from typing import IO

from qa.build.decoding import too_large
from qa.files.paths import inside, no_file, refuse_outside
from qa.files.readings import Readings
from qa.finding import Fault


def normal(name: str) -> str:
    """A name as it was written, in the one spelling a bag has of it: forward slashes, no detours."""
    return posixpath.normpath(name.strip().replace("\\", "/"))


class Bag(ABC):
    """Files by name: "build/invite.html". Every method raises Fault, in one sentence, for a name that leads out of it.

    What is read of a file is the same each time: one that changes meanwhile is refused, as `Readings` say.
    """

    web = False  # whether what stands beside a file of it is on the web, and not in it

    def __init__(self, readings: Readings | None = None) -> None:
        self._readings = readings or Readings()

    @abstractmethod
    def size(self, name: str) -> int | None:
        """Bytes of a file; None where there is none of that name."""

    @abstractmethod
    def open(self, name: str) -> IO[bytes]:
        """A file that is there, to be read; OSError where it cannot be."""

    @abstractmethod
    def is_folder(self, name: str) -> bool:
        """Whether a name is that of a folder."""

    @abstractmethod
    def beside(self, name: str) -> list[str]:
        """The names of the files in the folder of a name, sorted, without that folder; it need not be there."""

    def wrong(self, name: str) -> str:
        """Why what has a name is no file, the end of a sentence; "" where it is one, or nothing has it."""
        return "is a folder, not a file." if self.is_folder(name) else ""

    def has(self, name: str) -> bool:
        return self.size(name) is not None

    def file(self, name: str) -> BuildFile:
        """A file by its name; it need not be there."""
        return BuildFile(self, name)

    def read(self, name: str, most: int) -> bytes:
        """The bytes of a file; Fault where it cannot be read, or has more than ``most``."""
        if (size := self.size(name)) is None:
            raise Fault(f"{name} is not a file." if self.is_folder(name) else f"{name} is not there.")
        if size > most:
            raise Fault(f"{name} is {too_large(size, most)}.")
        try:
            return self._readings.read(self._key(name), self._normal(name), lambda: self.open(name))
        except OSError as error:
            raise Fault(unreadable(name, error)) from None

    def digest(self, name: str) -> str:
        """The sha256 of a file, as it was when it was first read; OSError where it cannot be."""
        return self._readings.digest(self._key(name), self._normal(name), lambda: self.open(name))

    def was_read(self, name: str) -> bool:
        """Whether a file was read, be it still there or not."""
        return self._readings.has(self._key(name))

    def _key(self, name: str) -> Hashable:
        """What tells a file from all others that are read in the same run."""
        return name

    def _normal(self, name: str) -> str:
        """A name in the one spelling that this bag has of it."""
        return normal(name)

    def near(self, name: str, taken: Collection[str] = ()) -> str:
        """The name of the most similar file in a file's folder, "" where none is; ``taken``: not one of these."""
        folder = posixpath.dirname(name)
        try:
            names = [each for each in self.beside(name) if posixpath.join(folder, each) not in taken]
        except OSError:
            return ""
        # The ending is left out: short names would be alike for their “.html” alone.
        stems = {Path(each).stem.lower() for each in names}
        asked = Path(name)
        for stem in get_close_matches(asked.stem.lower(), sorted(stems), 1, 0.7):
            alike = {each.lower(): each for each in names if Path(each).stem.lower() == stem}
            return alike[get_close_matches(asked.name.lower(), alike, 1, 0.0)[0]]
        return ""


@dataclass(frozen=True)
class BuildFile:
    """A file by its name in a bag."""

    bag: Bag
    name: str

    def read(self, most: int) -> bytes:
        """Its bytes; Fault where it cannot be read, or has more than ``most``."""
        return self.bag.read(self.name, most)


class FolderBag(Bag):
    """The files of a folder, and nothing outside it. ``exact``: names at its top that are taken as they are spelled.

    A file that is named on a command line may be called anything; what a request names may not. ``readings`` are those
    of the run: several bags may be of one folder.
    """

    def __init__(self, folder: Path, exact: Iterable[str] = (), readings: Readings | None = None) -> None:
        super().__init__(readings)
        self.folder = folder
        self._exact = frozenset(exact)

    def size(self, name: str) -> int | None:
        path = self._path(name)
        try:
            return path.stat().st_size if path.is_file() else None
        except OSError as error:
            raise Fault(unreadable(name, error)) from None

    def open(self, name: str) -> IO[bytes]:
        return self._path(name).open("rb")

    def is_folder(self, name: str) -> bool:
        return self._path(name).is_dir()

    def wrong(self, name: str) -> str:
        if not os.path.lexists(self.folder / name):
            return ""
        try:
            return no_file(self._path(name))
        except Fault:
            return "is a shortcut to a place outside the campaign folder."

    def beside(self, name: str) -> list[str]:
        folder = self._path(name).parent
        return sorted(each.name for each in folder.iterdir() if each.is_file()) if folder.is_dir() else []

    def _key(self, name: str) -> Path:
        return self._path(name)

    def _normal(self, name: str) -> str:
        return name if name in self._exact else normal(name)

    def _path(self, name: str) -> Path:
        return self.folder / name if name in self._exact else inside(self.folder, name)


class MemoryBag(Bag):
    """Files that are in memory already: of an archive, of an answer of a platform."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        super().__init__()
        self._files = {normal(name): content for name, content in files.items()}

    def size(self, name: str) -> int | None:
        content = self._files.get(self._normal(name))
        return None if content is None else len(content)

    def open(self, name: str) -> IO[bytes]:
        return BytesIO(self._files[self._normal(name)])

    def is_folder(self, name: str) -> bool:
        folder = self._normal(name)
        return folder == "." or any(each.startswith(f"{folder}/") for each in self._files)

    def beside(self, name: str) -> list[str]:
        folder = posixpath.dirname(self._normal(name))
        return sorted(posixpath.basename(each) for each in self._files if posixpath.dirname(each) == folder)

    def _normal(self, name: str) -> str:
        refuse_outside(name)
        return normal(name)


def unreadable(name: str, error: OSError) -> str:
    """Why a file cannot be read, without the path and the number an operating system adds."""
    return f"{name} cannot be read: {(error.strerror or 'the disk refuses').lower()}."
