"""Paths that people write, held inside the campaign folder."""

from __future__ import annotations

import os
import posixpath
import re
from errno import EINVAL
from pathlib import Path
from stat import S_ISREG
from typing import IO

from qa.finding import Fault

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*+:")  # https:, file:, marketo:, and the C: of Windows
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")  # halves of a surrogate pair have no bytes
_LONGEST = 1000  # characters; far below what any file system refuses with an error of its own
_LONGEST_NAME = 255  # bytes; ext4, APFS and NTFS all stop here


def inside(folder: Path, written: str) -> Path:
    """The file a written path names, below ``folder``; it need not exist. Fault where it would leave the folder."""
    refuse_outside(written)
    path = folder / posixpath.normpath(written.strip().replace("\\", "/"))
    try:
        stays = path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError, ValueError):  # a symlink that leads to itself; RuntimeError until Python 3.12
        raise Fault(f"“{_shown(written)}” cannot be followed to a file.") from None
    if not stays:
        raise Fault(f"“{_shown(written)}” is a shortcut to a place outside the campaign folder.")
    return path


def no_file(path: Path) -> str:
    """Why what lies at a path is no file to be read, the end of a sentence; "" where it is one, or nothing is there."""
    if path.is_file() or not os.path.lexists(path):
        return ""
    if path.is_dir():
        return "is a folder, not a file."
    return "is a pipe or a device, not a file." if path.exists() else "is a shortcut to nothing."


def refuse_outside(written: str) -> None:
    """Fault for a path that by its spelling alone cannot be one inside a folder."""
    if reason := _refusal(written.strip().replace("\\", "/")):
        raise Fault(f"“{_shown(written)}” {reason}")


def opened(file: Path) -> IO[bytes]:
    """A file to be read; OSError of what is none, such as a pipe, on which a reader would wait for ever."""
    if not S_ISREG(file.stat().st_mode):
        raise OSError(EINVAL, "it is no file", str(file))
    return file.open("rb")


def content_of(file: Path, most: int = -1) -> bytes:
    """The bytes of a file; OSError as `opened` raises it."""
    with opened(file) as there:
        return there.read(most)


def _refusal(steps: str) -> str:
    """Why a path cannot be used, by its spelling alone; "" where it can."""
    if not steps or _UNPRINTABLE.search(steps):
        return "holds a character that no file name can have." if steps else "is empty; a path was expected."
    if _SCHEME.match(steps):
        return "is not a path inside the campaign folder."
    if steps.startswith("/"):
        return "starts at the root of the disk; write the path from the campaign folder on."
    if len(steps) > _LONGEST or any(len(step.encode()) > _LONGEST_NAME for step in steps.split("/")):
        return "is too long for a path."
    if posixpath.normpath(steps).split("/")[0] == "..":
        return "leads out of the campaign folder; only files inside it are read."
    return ""


def _shown(written: str) -> str:
    plain = _UNPRINTABLE.sub("�", written)
    return plain if len(plain) <= 80 else plain[:79] + "…"
