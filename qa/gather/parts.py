"""The parts of an asset's build, its HTML and its plain text: from a file, a message or the web."""

from __future__ import annotations

from pathlib import Path

from qa.artefacts import Parts
from qa.build.assets import Asset
from qa.build.decoding import LARGEST_HTML, decode, too_large
from qa.build.mime import LARGEST_MESSAGE, is_message, read_message
from qa.build.web import fetch
from qa.check import gatherer
from qa.finding import Fault, Skip
from qa.profile.settings import Profile
from qa.source import Source


@gatherer()
def parts(asset: Asset, settings: Profile) -> Parts:
    """Everything the build holds; plain text from a file of its own wins over that of a message."""
    if asset.fault:
        raise Fault(asset.fault)
    if asset.url:
        found = _web(asset.url, settings.online)
    elif asset.file is not None:
        found = _file(asset.named(asset.file), asset.file)
    else:
        raise Fault(f"“{asset.name}” has no build.")
    if asset.plain is None:
        return found
    plain = decode(asset.named(asset.plain), read(asset.named(asset.plain), asset.plain, LARGEST_HTML), html=False)
    return Parts(found.file, found.html, plain, found.headers, found.attachments, (*found.notes, *_notes(plain)))


def _file(name: str, file: Path) -> Parts:
    raw = read(name, file, LARGEST_MESSAGE)
    if file.suffix.lower() == ".eml" or is_message(raw):
        return read_message(name, raw)
    if file.suffix.lower() == ".txt":
        if not raw.strip():
            raise Fault(f"{name} is empty.")
        plain = decode(name, raw, html=False)
        return Parts(name, plain=plain, notes=_notes(plain))
    html = decode(name, raw)
    return Parts(name, html=html, notes=_notes(html))


def _web(url: str, online: bool) -> Parts:
    if not online:
        raise Skip(f"{url} is only looked at with --online")
    fetched = fetch(url)
    html = decode(fetched.url, fetched.content, fetched.charset)
    return Parts(fetched.url, html=html, notes=_notes(html))


def read(name: str, file: Path, limit: int) -> bytes:
    """The bytes of a file; Fault where it cannot be read, or is longer than the limit."""
    try:
        if not file.is_file():
            raise Fault(f"{name} is not a file." if file.exists() else f"{name} is not there.")
        if (size := file.stat().st_size) > limit:
            raise Fault(f"{name} is {too_large(size, limit)}.")
        return file.read_bytes()
    except OSError as error:
        raise Fault(f"{name} cannot be read: {(error.strerror or 'the disk refuses').lower()}.") from None


def _notes(source: Source) -> tuple[str, ...]:
    return (source.note,) if source.note else ()
