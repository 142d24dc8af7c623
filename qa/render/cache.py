"""The cache of screenshots: those of earlier runs, in the user's own cache folder, by all that went into them.

What a document asks for is known only after it was drawn. So a screenshot is found by its document, view and engine,
and counts only while every path that was asked for then is still answered with the same bytes.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, fields
from enum import Enum
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any
from zlib import adler32

from qa.artefacts import View
from qa.files.atomic import write_at_once
from qa.kept import cache_folder
from qa.render.engines import DrawnView, Load
from qa.render.engines.measuring import elements_of, rows_of

MOST = 500_000_000  # bytes; those not used for longest go first
SWEEP = 100  # screenshots that are stored between two looks at the size of the folder
_DIGITS = 8  # of the length of what is said about a picture, which stands before that and the picture
_UNSEEN = {"name", "title", "client", "transforms", "fidelity", "dated", "note", "source", "blocks_images"}  # of a view


@dataclass(frozen=True, slots=True)
class CachedScreenshot:
    """A screenshot of an earlier run, what drew it, and what its document asked for and did not get."""

    drawn: DrawnView
    renderer: str
    refused: tuple[str, ...]


def cached(load: Load, view: View, fingerprint: str) -> CachedScreenshot | None:
    """The screenshot of a view, where it was drawn before and nothing it is made of has changed since."""
    file = _file(load, view, fingerprint)
    try:
        with file.open("rb", buffering=0) as stream:  # a picture is read into its place, not copied there
            facts = json.loads(stream.read(int(stream.read(_DIGITS))))
            if not load.served.unchanged(facts["asked"]):
                return None
            png = stream.read(facts["bytes"])
        if facts["png"] != adler32(png):
            return None
        elements = elements_of(facts["elements"])
        size, said = (facts["height"], facts["scroll_width"]), (facts["note"], facts["contents"])
        drawn = DrawnView(view, view.width, *size, png, elements, *said)
        found = CachedScreenshot(drawn, facts["renderer"], tuple(facts["refused"]))
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None  # not there, or spoilt
    with suppress(OSError):
        os.utime(file)
    return found


def store(load: Load, screenshots: Iterable[DrawnView], fingerprint: str, renderer: str) -> None:
    """Store the screenshots of a load for runs to come. A folder that cannot be written to costs nothing but time."""
    common = {"asked": dict(load.served.asked), "refused": load.served.refused, "renderer": renderer}
    for screenshot in screenshots:
        facts = common | {
            "height": screenshot.height,
            "scroll_width": screenshot.scroll_width,
            "note": screenshot.note,
            "contents": screenshot.contents,
            "elements": rows_of(screenshot.elements),
            "bytes": len(screenshot.png),
            "png": adler32(
                screenshot.png
            ),  # against a disk that was full, not against anybody: the folder is the user's own
        }
        head = json.dumps(facts, ensure_ascii=True, separators=(",", ":")).encode()
        with suppress(OSError):
            _write(_file(load, screenshot.view, fingerprint), b"%0*d" % (_DIGITS, len(head)) + head + screenshot.png)


def sweep(most: int = MOST) -> None:
    """Delete the screenshots used longest ago until no more bytes than these are left."""
    left = 0
    for file, known in sorted(_stored(), key=lambda one: one[1].st_mtime_ns, reverse=True):
        left += known.st_size
        if left > most:
            with suppress(OSError):  # another run was faster
                file.unlink()


def _stored() -> Iterable[tuple[Path, os.stat_result]]:
    for file in cache_folder().glob("screenshots/??/*"):
        with suppress(OSError):
            yield file, file.stat()


_stores = 0
_lock = threading.Lock()


def _write(file: Path, content: bytes) -> None:
    """Whole or not at all: other runs read along."""
    global _stores  # noqa: PLW0603
    with _lock:
        due = _stores % SWEEP == 0
        _stores += 1
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_at_once(file, content)
    if due:
        sweep()


def _file(load: Load, view: View, fingerprint: str) -> Path:
    served = load.served
    seen = {each.name: _plain(getattr(view, each.name)) for each in fields(view) if each.name not in _UNSEEN}
    facts = [_version(), fingerprint, seen, served.url, served.scripted, served.images, served.digest]
    key = sha256(json.dumps(facts).encode()).hexdigest()
    return cache_folder() / "screenshots" / key[:2] / key[2:]


def _plain(value: object) -> Any:
    return value.value if isinstance(value, Enum) else value


def drawing_files() -> list[Traversable]:
    """All that has a part in drawing."""
    render = files("qa.render")
    engines = [each for each in (render / "engines").iterdir() if each.is_file()]
    return [*engines, *(render / "js").iterdir(), render / "origin.py", render / "cache.py"]


@cache
def _version() -> str:
    """A change to what draws makes every screenshot a new one."""
    digest = sha256()
    for part in sorted(drawing_files(), key=lambda part: part.name):
        digest.update(part.name.encode() + b"\0" + part.read_bytes())
    return digest.hexdigest()
