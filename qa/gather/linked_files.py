"""Style sheets and scripts of its own that a document loads, looked up in the build."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

from qa.artefacts import Inventory, LinkedFile, LinkedFiles
from qa.build.assets import Asset
from qa.check import gatherer
from qa.facts import facts
from qa.finding import Fault, Skip
from qa.markup.merge_tag_mask import BLOT, masked
from qa.markup.tokeniser import Kind
from qa.source import Text

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*+:|//")


@gatherer()
def linked_files(read: Inventory, asset: Asset) -> LinkedFiles:
    """The files whose address leads to a place in the build folder; what is on the web is not among the missing."""
    if read.read is None:
        raise read.reason or Skip("the build has no HTML part")
    if asset.file is None or asset.on_web:
        raise Skip("the page was fetched from the web; what it loads is there")
    folder = posixpath.dirname(asset.file.name)
    loaded = list(_loaded(read))
    remote = tuple(one for one in loaded if _is_remote_style(one))
    return LinkedFiles(tuple(one for one in loaded if _found(one, folder, asset) is False), remote)


def _is_remote_style(one: LinkedFile) -> bool:
    """Whether it is on the web and gives the page more than a font or a set of icons."""
    address = one.address.value.lower()
    if not address.startswith(("http://", "https://", "//")):
        return False
    table = facts("stray_markup")
    if not one.is_sheet:
        return any(name in address for name in table["style_scripts"])
    return not any(name in address for name in (*table["font_hosts"], *table["icon_sheets"]))


def _loaded(read: Inventory) -> Iterator[LinkedFile]:
    assert read.read is not None and read.markup is not None
    raw = read.read.raw
    for token in read.read.tokens:
        if token.kind is not Kind.START or token.name not in ("link", "script"):
            continue
        attributes = raw.attributes(token)
        address, is_sheet = attributes.get("src", ""), False
        if token.name == "link":
            is_sheet = "stylesheet" in attributes.get("rel", "").lower().split()
            address = attributes.get("href", "") if is_sheet else ""
        if address.strip() and attributes.get("media", "").strip().lower() != "print":
            yield LinkedFile(Text(address.strip(), read.markup.source.place(token.start)), is_sheet)


def _found(one: LinkedFile, folder: str, asset: Asset) -> bool | None:
    """Whether a file is there; None where nobody can tell: on the web, at the root of a site, outside the folder."""
    address = one.address.value
    path = unquote(re.split(r"[?#]", address, maxsplit=1)[0]).replace("\\", "/")
    if _SCHEME.match(address) or not path or path.startswith("/") or BLOT in masked(address):
        return None
    try:
        return asset.bag.has(posixpath.join(folder, path))
    except Fault:
        return None
