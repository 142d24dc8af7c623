"""The parts of a campaign as they were found: emails, their variants, and pages, each with its files."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from difflib import get_close_matches
from os.path import isfile
from pathlib import Path
from typing import TYPE_CHECKING

from qa.build.kind import guessed_kind
from qa.files.paths import inside
from qa.finding import Fault

if TYPE_CHECKING:
    from qa.request import AskedAsset, AskedVariant, Request
    from qa.source import Place

_REFERENCE = re.compile(r"([A-Za-z][A-Za-z0-9-]++):(?!//)")  # two letters and more: C:\ is a Windows path
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]++)://")
_BUILDS = frozenset({".html", ".htm", ".eml"})


@dataclass(frozen=True)
class Asset:
    """One email, page or variant as it was found. ``fault`` says why there is nothing to look at, "" where there is."""

    kind: str  # "email" or "page"
    name: str  # as in the request; a variant is "invite / customers"
    folder: Path  # of the campaign: nothing outside it may be read
    file: Path | None = None  # .html, .eml …
    plain: Path | None = None  # the plain-text part, where it is a file of its own
    sidecar: Path | None = None  # <build>.envelope.yaml
    url: str = ""  # where to fetch it from, with --online
    fault: str = ""

    def named(self, path: Path) -> str:
        """A path as findings show it: relative to the campaign, with forward slashes."""
        return path.relative_to(self.folder).as_posix() if path.is_relative_to(self.folder) else path.name


def find_assets(folder: Path, request: Request, *, online: bool = False) -> tuple[Asset, ...]:
    """Every email, variant with a build of its own, and page of a request, in its order."""
    return tuple(_assets(folder, request, online))


def loose_asset(file: Path, kind: str | None = None) -> Asset:
    """A build without a request. ``kind`` ("email" or "page") is told from the content where it is None."""
    asset = Asset(kind or "email", file.name, file.parent)
    try:
        if not file.is_file():
            raise Fault(_missing(asset, file, file.name))
        asset = replace(asset, kind=kind or guessed_kind(file), file=file, sidecar=_sidecar(file))
    except (Fault, OSError) as fault:
        return replace(asset, fault=_said(fault, file.name))
    return asset


def _assets(folder: Path, request: Request, online: bool) -> Iterator[Asset]:
    for email in request.emails:
        yield _asset(Asset("email", email.name, folder), email, email.text, online)
        for variant in email.variants:
            if variant.build is not None:
                text = email.text if variant.text is None else variant.text
                yield _asset(Asset("email", f"{email.name} / {variant.segment}", folder), variant, text, online)
    for page in request.pages:
        yield _asset(Asset("page", page.name, folder), page, None, online)


def _asset(asset: Asset, asked: AskedAsset | AskedVariant, text: str | None, online: bool) -> Asset:
    where = _written_at(asked.place("build"))
    try:
        if not asked.build:
            raise Fault(_unnamed(asset, asked.place()))
        if scheme := _SCHEME.match(asked.build):
            return replace(asset, url=_url(asked.build, scheme.group(1).lower(), where, online))
        file = _found(asset, asked.build, where)
        plain = _found(asset, text, _written_at(asked.place("text"))) if text else None
    except (Fault, OSError) as fault:
        return replace(asset, fault=_said(fault, asked.build or asset.name))
    return replace(asset, file=file, plain=plain, sidecar=_sidecar(file))


def _found(asset: Asset, written: str, where: str) -> Path:
    """The file a request names; Fault where there is none."""
    if reference := _REFERENCE.match(written):
        from qa.request import PLATFORMS

        if (platform := reference.group(1).lower()) in PLATFORMS:
            advice = f"there is no adapter for {platform} yet; export the asset as a file and name that."
            raise Fault(f"“{written}”{where} cannot be read: {advice}")
    try:
        file = inside(asset.folder, written)
    except Fault as fault:
        raise Fault(f"{str(fault).rstrip('.')}{where}.") from None
    if not file.is_file():
        raise Fault(_missing(asset, file, f"{written}{where}"))
    return file


def _url(written: str, scheme: str, where: str, online: bool) -> str:
    if scheme not in ("http", "https"):
        raise Fault(f"“{written}”{where} is not read: name a file of the campaign folder, or an https address.")
    if not online:
        raise Fault(f"{written}{where} is on the web; run with --online to look at it, or save it as a file.")
    return written


def _missing(asset: Asset, file: Path, shown: str) -> str:
    if file.is_dir():
        return f"{shown} is a folder, not a file."
    folder = file.parent
    if not folder.is_dir():
        return f"{shown} is not there: there is no folder {asset.named(folder)}."
    if near := nearest(file):
        return f"{shown} is not there; the nearest name in that folder is {near}. Correct the one or the other."
    return f"{shown} is not there. Put the file in that place, or name the right one."


def nearest(file: Path, taken: Collection[Path] = ()) -> str:
    """The name of the most similar file in a file's folder, "" where none is similar; ``taken``: not one of these."""
    try:
        names = [found.name for found in sorted(file.parent.iterdir()) if found.is_file() and found not in taken]
    except OSError:
        return ""
    # The ending is left out: short names would be alike for their “.html” alone.
    stems = {Path(name).stem.lower() for name in names}
    for stem in get_close_matches(file.stem.lower(), sorted(stems), 1, 0.7):
        alike = {name.lower(): name for name in names if Path(name).stem.lower() == stem}
        return alike[get_close_matches(file.name.lower(), alike, 1, 0.0)[0]]
    return ""


def _said(fault: Fault | OSError, shown: str) -> str:
    """Why there is nothing to look at, without the path and the number an operating system adds."""
    if isinstance(fault, Fault):
        return str(fault)
    return f"{shown} cannot be read: {(fault.strerror or 'the disk refuses').lower()}."


def _unnamed(asset: Asset, where: Place | None) -> str:
    written = f" ({where.file}, line {where.line})" if where and where.line else ""
    said = f"The request names no build for “{asset.name}”{written}."
    candidates = [
        asset.named(file)
        for file in sorted((asset.folder / "build").glob("*"))
        if file.stem.lower() == asset.name.lower() and file.suffix.lower() in _BUILDS
    ]
    return (
        f"{said} Is it {candidates[0]}? Then add “build: {candidates[0]}”." if candidates else f"{said} Add “build:”."
    )


def _written_at(place: Place | None) -> str:
    return f" (named in {place.file}, line {place.line})" if place and place.line else ""


def _sidecar(file: Path) -> Path | None:
    sidecar = file.with_name(f"{file.stem}.envelope.yaml")
    there = isfile(sidecar)  # noqa: PTH113 - pathlib's raises where the name and its ending are too long for the disk
    return sidecar if there and not sidecar.is_symlink() else None
