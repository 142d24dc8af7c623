"""The folder for temporary files of a run, our own and those of the programs it starts: removed at its end.

What a killed run left, the next one removes: a folder whose lock nobody holds has no owner.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from qa.finding import Unusable

if TYPE_CHECKING:
    from filelock import BaseFileLock

_NAME, _LOCK = "qa-run-", "lock"
_VARIABLES = ("TMPDIR", "TEMP", "TMP")  # what programs ask, by system
_TRIES = 3  # the last children of what was ended may still be writing


class Scratch:
    """Within it temporary files of this process, and of those it starts, go to a folder of their own."""

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._lock: BaseFileLock | None = None
        self._before: dict[str, str | None] = {}

    def __enter__(self) -> None:
        from filelock import FileLock

        try:
            _remove_forsaken(Path(tempfile.gettempdir()))
            self._folder = Path(tempfile.mkdtemp(prefix=_NAME))
            self._lock = FileLock(self._folder / _LOCK)
            self._lock.acquire()
        except OSError as error:
            self.remove()
            reason = error.strerror or error
            raise Unusable(f"no temporary files can be written ({reason}); set TMPDIR to a folder with room") from None
        self._before = {name: os.environ.get(name) for name in _VARIABLES}
        os.environ.update(dict.fromkeys(_VARIABLES, str(self._folder)))
        tempfile.tempdir = None  # asked for anew

    def __exit__(self, *_: object) -> None:
        for name, value in self._before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
        tempfile.tempdir = None
        if self._lock is not None:
            self._lock.release()
        self.remove()
        self._folder = self._lock = None

    def remove(self) -> None:
        """Remove the folder, if there is one."""
        for _ in range(_TRIES):
            if self._folder is not None and self._folder.exists():
                shutil.rmtree(self._folder, ignore_errors=True)


def _remove_forsaken(temporary: Path) -> None:
    from filelock import FileLock, Timeout

    for folder in temporary.glob(f"{_NAME}*"):
        lock = folder / _LOCK
        with suppress(Timeout, OSError):  # another user's may not be looked into
            if folder.is_symlink() or not lock.is_file():  # another run's, this moment made
                continue
            with FileLock(lock, timeout=0):
                shutil.rmtree(folder, ignore_errors=True)


SCRATCH = Scratch()
