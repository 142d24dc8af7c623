"""The parts of an asset's build, its HTML and its plain text: from a file, a message or the web."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath

from qa.artefacts import Parts
from qa.build.assets import Asset
from qa.build.bag import BuildFile
from qa.build.decoding import LARGEST_HTML, decode
from qa.build.mime import LARGEST_MESSAGE, is_message, read_message
from qa.build.source import WebBag
from qa.check import gatherer
from qa.finding import Fault, Skip
from qa.profile.model import Profile
from qa.source import Source


@gatherer()
def parts(asset: Asset, profile: Profile) -> Parts:
    """Everything the build holds; plain text from a file of its own wins over that of a message."""
    if asset.fault:
        raise Fault(asset.fault)
    if asset.file is None:
        raise Fault(f"“{asset.name}” has no build.")
    bag = asset.file.bag
    found = _web(asset.file.name, bag, profile.online) if isinstance(bag, WebBag) else _file(asset.file)
    if asset.plain is None:
        return found
    plain = decode(asset.plain.name, asset.plain.read(LARGEST_HTML), html=False)
    return replace(found, plain=plain, notes=(*found.notes, *_notes(plain)))


def _file(file: BuildFile) -> Parts:
    name, ending = file.name, PurePosixPath(file.name).suffix.lower()
    raw = file.read(LARGEST_MESSAGE)
    if ending == ".eml" or is_message(raw):
        return read_message(name, raw)
    if ending == ".txt":
        if not raw.strip():
            raise Fault(f"{name} is empty.")
        plain = decode(name, raw, html=False)
        return Parts(name, plain=plain, notes=_notes(plain))
    html = decode(name, raw)
    return Parts(name, html=html, notes=_notes(html))


def _web(url: str, bag: WebBag, online: bool) -> Parts:
    if not online:
        raise Skip(f"{url} is only looked at with --online")
    fetched = bag.fetched()
    html = decode(fetched.url, fetched.content, fetched.charset)
    return Parts(fetched.url, html=html, notes=_notes(html))


def _notes(source: Source) -> tuple[str, ...]:
    return (source.note,) if source.note else ()
