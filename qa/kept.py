"""What can be made anew, kept in the user's own cache folder, and believed where nobody else can write."""

from __future__ import annotations

import os
import pickle
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO, Any


def cache_folder() -> Path:
    """Where it is: QA_CACHE, else the system's place."""
    if chosen := os.environ.get("QA_CACHE"):
        return Path(chosen)
    from platformdirs import user_cache_path

    try:
        return user_cache_path("campaign-qa", appauthor=False)
    except RuntimeError:  # nobody's home is known: a place that cannot be written to
        return Path(os.devnull, "campaign-qa")


def made_of(source: bytes, name: str, make: Callable[[bytes], Any]) -> Any:
    """What ``make`` makes of a source, plain values: made once, and read back under its name while the source stays."""
    file = cache_folder() / name
    with suppress(Exception), file.open("rb") as kept:  # a spoilt file is as good as none, however it is spoilt
        if is_ours(kept):
            was, made = pickle.load(kept)
            if was == source:
                return made
    made = make(source)
    with suppress(OSError):  # a folder that cannot be written to costs nothing but time
        keep(file, pickle.dumps((source, made)))
    return made


def keep(file: Path, content: bytes) -> None:
    """Write a file of the cache, whole or not at all; OSError."""
    from tempfile import NamedTemporaryFile

    file.parent.mkdir(0o700, parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=file.parent, delete=False) as new:
        new.write(content)
    Path(new.name).replace(file)


def is_ours(file: IO[bytes]) -> bool:
    """Whether we wrote a file and nobody else can: what is in it will be run."""
    if not hasattr(os, "geteuid"):  # Windows, where the folder is the account's own
        return True
    about = os.fstat(file.fileno())
    return about.st_uid == os.geteuid() and not about.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
