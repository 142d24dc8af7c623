"""Addresses in a build that lead to another file of it: the file's name in the bag."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote

from qa.build.assets import Asset

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*+:")


def file_named(address: str, asset: Asset) -> str:
    """The name of the file an address in the asset leads to, be it there or not.

    "" where it leads to none of the build: to the web, to the root of a site, to a place in the document itself.
    """
    path = path_of(address)
    if asset.file is None or asset.on_web or not path or path.startswith("/") or _SCHEME.match(address):
        return ""
    return posixpath.join(posixpath.dirname(asset.file.name), path)


def path_of(address: str) -> str:
    """The path of an address as a file system has it; a backslash is read as people mean it."""
    return unquote(re.split(r"[?#]", address, maxsplit=1)[0]).replace("\\", "/")
