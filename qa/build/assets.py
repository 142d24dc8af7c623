"""The parts of a campaign as they were found: emails, their variants, and pages, each with its files."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from qa.build.bag import Bag, BuildFile, FolderBag
from qa.build.kind import guessed_kind
from qa.build.source import delivered, missing
from qa.finding import Fault
from qa.network import Guard

if TYPE_CHECKING:
    from qa.files.readings import Readings
    from qa.request import AskedAsset, AskedVariant, Request
    from qa.source import Place

_BUILDS = frozenset({".html", ".htm", ".eml"})


@dataclass(frozen=True)
class Asset:
    """One email, page or variant as it was found. ``fault`` says why there is nothing to look at, "" where there is."""

    kind: str  # "email" or "page"
    name: str  # as in the request; a variant is "invite / customers"
    folder: Path  # of the campaign: what the request names beside the build stands there
    file: BuildFile | None = None  # .html, .eml …, or a document on the web
    plain: BuildFile | None = None  # the plain-text part, where it is a file of its own
    sidecar: BuildFile | None = None  # <build>.envelope.yaml
    fault: str = ""

    @property
    def bag(self) -> Bag:
        """Where what the build names is looked up."""
        return self.file.bag if self.file else FolderBag(self.folder)

    @property
    def on_web(self) -> bool:
        """Whether it was fetched from the web, so that what it names is there too."""
        return self.file is not None and self.file.bag.web


def find_assets(
    folder: Path, request: Request, *, guard: Guard | None = None, readings: Readings | None = None
) -> tuple[Asset, ...]:
    """Every email, variant with a build of its own, and page of a request, in its order."""
    return tuple(_assets(FolderBag(folder, readings=readings), request, guard))


def loose_asset(file: Path, kind: str | None = None, readings: Readings | None = None) -> Asset:
    """A build without a request. ``kind`` ("email" or "page") is told from the content where it is None."""
    asset = Asset(kind or "email", file.name, file.parent)
    bag = FolderBag(file.parent, (file.name, _sidecar_name(file.name)), readings)
    try:
        if not bag.has(file.name):
            raise Fault(missing(bag.file(file.name), file.name))
        found = bag.file(file.name)
        return replace(asset, kind=kind or guessed_kind(found), file=found, sidecar=_sidecar(found))
    except Fault as fault:
        return replace(asset, fault=str(fault))


def _assets(bag: FolderBag, request: Request, guard: Guard | None) -> Iterator[Asset]:
    folder = bag.folder
    for email in request.emails:
        yield _asset(Asset("email", email.name, folder), bag, email, email.text, guard)
        for variant in email.variants:
            if variant.build is not None:
                text = email.text if variant.text is None else variant.text
                yield _asset(Asset("email", f"{email.name} / {variant.segment}", folder), bag, variant, text, guard)
    for page in request.pages:
        yield _asset(Asset("page", page.name, folder), bag, page, None, guard)


def _asset(
    asset: Asset, bag: FolderBag, asked: AskedAsset | AskedVariant, text: str | None, guard: Guard | None
) -> Asset:
    try:
        if not asked.build:
            raise Fault(_unnamed(asset, bag, asked.place()))
        file = delivered(asked.build, bag, _written_at(asked.place("build")), guard=guard)
        if file.bag.web:
            return replace(asset, file=file)
        plain = delivered(text, bag, _written_at(asked.place("text")), guard=guard) if text else None
        return replace(asset, file=file, plain=plain, sidecar=_sidecar(file))
    except Fault as fault:
        return replace(asset, fault=str(fault))


def _unnamed(asset: Asset, bag: FolderBag, where: Place | None) -> str:
    written = f" ({where.file}, line {where.line})" if where and where.line else ""
    said = f"The request names no build for “{asset.name}”{written}."
    candidates = [
        f"build/{name}"
        for name in bag.beside("build/*")
        if Path(name).stem.lower() == asset.name.lower() and Path(name).suffix.lower() in _BUILDS
    ]
    return (
        f"{said} Is it {candidates[0]}? Then add “build: {candidates[0]}”." if candidates else f"{said} Add “build:”."
    )


def _written_at(place: Place | None) -> str:
    return f" (named in {place.file}, line {place.line})" if place and place.line else ""


def _sidecar(file: BuildFile) -> BuildFile | None:
    """The envelope beside a build, None where there is none; Fault where what has its name is no file."""
    sidecar = file.bag.file(_sidecar_name(file.name))
    if wrong := file.bag.wrong(sidecar.name):
        raise Fault(f"{sidecar.name} {wrong}")
    try:
        return sidecar if file.bag.has(sidecar.name) else None
    except Fault:  # its name would be too long for a disk
        return None


def _sidecar_name(name: str) -> str:
    return posixpath.splitext(name)[0] + ".envelope.yaml"
