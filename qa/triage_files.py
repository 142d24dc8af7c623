"""Are the files a request names there, and good enough? Pictures, mock-ups and lists; nothing outside the folder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from qa.artefacts import Picture
from qa.build import nearest
from qa.facts import facts
from qa.finding import Fault, Finding
from qa.paths import inside
from qa.pictures import MOST_BYTES, measure, too_heavy
from qa.request import AskedAsset, AskedEmail, AskedImage, Request
from qa.source import Place
from qa.wording import quoted

_WEB = re.compile(r"[a-z][a-z0-9+.-]*+://", re.IGNORECASE)


def file_questions(asset: AskedAsset, folder: Path) -> Iterator[Finding]:
    """The approved pictures and the mock-up of one email or page."""
    seen: set[str] = set()
    for part in (asset, *getattr(asset, "variants", ())):
        images: tuple[AskedImage, ...] = part.images or ()
        for number, image in enumerate(images):
            if image.asset is None or image.asset in seen or _WEB.match(image.asset):
                continue
            seen.add(image.asset)
            alone = isinstance(asset, AskedEmail) and (number == 0 or len(images) == 1)
            yield from _picture_questions(image.asset, image.place("asset"), folder, image, alone)
    if asset.mock_up is not None and not _WEB.match(asset.mock_up):
        yield from _picture_questions(asset.mock_up, asset.place("mock_up"), folder, None, False)


def list_questions(request: Request, folder: Path) -> Iterator[Finding]:
    """The exported lists of the audience, each once."""
    audience = request.audience
    if audience is None:
        return
    named = [(segment.list, segment.place("list")) for segment in audience.segments]
    named += [(name, audience.place("suppressions", n)) for n, name in enumerate(audience.suppressions)]
    for name, place in {name: (name, place) for name, place in reversed(named)}.values():
        path = _named_file(name, place, folder, "missing-list")
        if isinstance(path, Finding):
            yield path
        elif path.stat().st_size == 0:
            yield Finding("empty-file", f"{quoted(name)} is empty.", request=place, actual=name)


def _picture_questions(
    name: str, place: Place | None, folder: Path, image: AskedImage | None, alone: bool
) -> Iterator[Finding]:
    path = _named_file(name, place, folder, "missing-file")
    if isinstance(path, Finding):
        yield path
        return
    if image is None and path.suffix.lower() == ".pdf":
        return  # a mock-up for people; nothing measures it
    picture = _measured(path, name)
    if not picture.bytes:
        yield Finding("empty-file", f"{quoted(name)} is empty.", request=place, actual=name)
    elif picture.fault:
        message = f"{quoted(name)} cannot be used. {picture.fault}"
        yield Finding("unreadable-picture", message, request=place, actual=name)
    elif image is not None and (least := _least_width(image, alone)) and _is_small(picture, least[0]):
        message = f"{quoted(name)} is {picture.width} pixels wide; {least[1]} needs {least[0]}."
        yield Finding("small-picture", message, request=place, expected=str(least[0]), actual=str(picture.width))


def _measured(path: Path, name: str) -> Picture:
    try:
        size = path.stat().st_size
        return too_heavy(name, size) if size > MOST_BYTES else measure(name, path.read_bytes())
    except OSError as fault:
        return Picture(name, bytes=1, fault=f"The file cannot be read ({fault.strerror}).")


def _named_file(name: str, place: Place | None, folder: Path, code: str) -> Path | Finding:
    """The file of a name; a finding where there is none."""
    try:
        path = inside(folder, name)
    except Fault as fault:
        return Finding("missing-file", str(fault), request=place, actual=name)
    if path.is_file():
        return path
    near = nearest(path)
    hint = f"; the nearest name in that folder is {near}" if near else ""
    what = "is a folder, no file" if path.is_dir() else "is not there"
    return Finding(code, f"{quoted(name)} {what}{hint}.", request=place, actual=name)


def _least_width(image: AskedImage, alone: bool) -> tuple[int, str] | None:
    """The width a picture's place asks for and which place that is; None where nothing tells.

    A width in the name of the built file counts; else a picture called hero or banner that is the first or only one.
    """
    known = facts("triage")["pictures"]
    for name in filter(None, (image.src,)):
        if (width := re.search(known["named_width"], name.rpartition("/")[2])) and int(width[1]) <= 4000:
            return int(width[1]), f"its place, {quoted(name)},"
    names = f"{Path(image.src or '').stem} {Path(image.asset or '').stem}".casefold()
    if alone and any(word in names for word in known["hero_words"]):
        return int(known["hero_width"]), "a picture across the whole email"
    return None


def _is_small(picture: Picture, least: int) -> bool:
    """A drawing has no pixels to lack."""
    return picture.content_type != "image/svg+xml" and 0 < picture.width < least
