"""The digest of a build: what it was made from, in one line."""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Iterable

from qa.build.assets import Asset
from qa.build.bag import BuildFile


def digest(files: Iterable[BuildFile]) -> str:
    """One fingerprint of some files: of their contents, and of their names below the folder they share."""
    contents = {(file.name, file.bag.digest(file.name)) for file in files}
    shared = posixpath.commonpath([posixpath.dirname(name) for name, _ in contents]) if contents else ""
    whole = hashlib.sha256()
    for name, part in sorted((posixpath.relpath(name, shared or "."), part) for name, part in contents):
        whole.update(f"{name}\0{part}\n".encode("utf-8", "surrogateescape"))
    return f"sha256:{whole.hexdigest()}"


def built_files(assets: Iterable[Asset]) -> list[BuildFile]:
    """The files that assets were built as: HTML or message, plain-text part, sidecar."""
    files = [file for asset in assets for file in (asset.file, asset.plain, asset.sidecar) if file is not None]
    return [file for file in files if not file.bag.web and (file.bag.was_read(file.name) or file.bag.has(file.name))]
