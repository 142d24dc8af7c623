"""Readings: the digest of every file as it was first read, so that nothing is judged by two versions of it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import IO

from qa.files.paths import opened as opened_file
from qa.finding import Fault

_Opened = Callable[[], IO[bytes]]


class Readings:
    """What was read in one run. A file that is another one later is refused, and named. Safe from many threads.

    Files go by a key, a path where they are on a disk; ``name`` is what people call them.
    """

    def __init__(self) -> None:
        self._first: dict[Hashable, tuple[str, str, _Opened]] = {}  # name, digest, and how it is read again
        self._states: dict[Path, tuple[str, tuple[int, ...]]] = {}
        self._changed: set[str] = set()

    def read(self, key: Hashable, name: str, opened: _Opened, most: int = -1) -> bytes:
        """The bytes of a file, no more than ``most``; OSError, or Fault where they are not those of the first time."""
        with opened() as file:
            content = file.read(most)
        self._refuse_other(key, name, hashlib.sha256(content).hexdigest(), opened)
        return content

    def read_file(self, path: Path, name: str, most: int = -1) -> bytes:
        """The same, of a file on a disk."""
        return self.read(path, name, lambda: opened_file(path), most)

    def digest(self, key: Hashable, name: str, opened: _Opened) -> str:
        """The sha256 of a file as it was first read, which is now where nobody has; OSError where it cannot be."""
        if key not in self._first:
            self._refuse_other(key, name, _digest(opened), opened)
        return self._first[key][1]

    def has(self, key: Hashable) -> bool:
        """Whether a file was read, be it still there or not."""
        return key in self._first

    def digests(self) -> dict[str, str]:
        """Every file that was read, by its name, with the sha256 of what was read."""
        return dict(sorted((name, digest) for name, digest, _ in list(self._first.values())))

    def watch(self, path: Path, name: str) -> None:
        """Remember a file that is too large to be read once more, by its size and the time of its last change."""
        self._states.setdefault(path, (name, _state(path)))

    def changed(self) -> tuple[str, ...]:
        """The names of the files that are not what was read of them first, sorted: each is looked at once more."""
        for name, digest, opened in list(self._first.values()):
            try:
                same = _digest(opened) == digest
            except (OSError, Fault):
                same = False
            self._changed |= set() if same else {name}
        self._changed |= {name for path, (name, state) in self._states.items() if _state(path) != state}
        return tuple(sorted(self._changed))

    def _refuse_other(self, key: Hashable, name: str, digest: str, opened: _Opened) -> None:
        if self._first.setdefault(key, (name, digest, opened))[1] != digest:
            self._changed.add(name)
            raise Fault(f"{name} changed while it was checked.")


def _digest(opened: _Opened) -> str:
    with opened() as file:
        return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]


def _state(path: Path) -> tuple[int, ...]:
    try:
        about = path.stat()
    except OSError:
        return ()
    return about.st_ino, about.st_size, about.st_mtime_ns
