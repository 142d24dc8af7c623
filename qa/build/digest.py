"""The digest of a build: what it was made from, in one line."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from os.path import commonpath
from pathlib import Path

from qa.build.assets import Asset


def digest(files: Iterable[Path]) -> str:
    """One fingerprint of some files: of their contents, and of their names below the folder they share."""
    paths = sorted(set(files))
    shared = Path(commonpath([path.parent for path in paths])) if paths else Path()
    whole = hashlib.sha256()
    for path in sorted(paths, key=lambda path: path.relative_to(shared).as_posix()):
        with path.open("rb") as content:
            part = hashlib.file_digest(content, "sha256").hexdigest()
        whole.update(f"{path.relative_to(shared).as_posix()}\0{part}\n".encode("utf-8", "surrogateescape"))
    return f"sha256:{whole.hexdigest()}"


def built_files(assets: Iterable[Asset]) -> list[Path]:
    """The files that assets were built as: HTML or message, plain-text part, sidecar."""
    files = {file for asset in assets for file in (asset.file, asset.plain, asset.sidecar) if file is not None}
    return sorted(file for file in files if file.is_file())
