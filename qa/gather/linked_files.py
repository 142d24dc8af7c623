"""Files of its own that a document loads or links to, beside the pictures of its inventory, looked up in the build."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from qa.artefacts import FurtherPictures, Inventory, LinkedFile, LinkedFiles
from qa.build.addresses import file_named, path_of
from qa.build.assets import Asset
from qa.check import gatherer
from qa.facts import facts
from qa.files.paths import refuse_outside
from qa.finding import Fault, Skip
from qa.gather.imported_sheets import imported, imported_by
from qa.links.url import is_web, loads_nothing, runs_script, scheme_of
from qa.markup.merge_tag_mask import BLOT, masked
from qa.markup.tokeniser import Kind
from qa.match.script_writing import is_harmless
from qa.source import Text

_FRAMES = ("iframe", "frame", "object", "embed")
_NAMING = frozenset(("a", "area", "link", "script", "source", "img", "video", "audio", *_FRAMES))
_PICTURE = r"\.(?:png|jpe?g|gif|webp|avif|svg|bmp)(?:\?[^\"'()\s]{0,300})?"
_PICTURED = re.compile(rf".*{_PICTURE}", re.IGNORECASE | re.DOTALL)
_BLANK_FRAME = re.compile(
    r"about:.*|javascript:[\s;()'\"]*(?:void|false|true|null|return)?[\s;()'\"\d]*", re.IGNORECASE
)
_URL = re.compile(
    rf"url\(\s*+(?:\"([^\"()]{{1,300}}{_PICTURE})\"|'([^'()]{{1,300}}{_PICTURE})'|([^\"'()\s]{{1,300}}{_PICTURE}))\s*+\)",
    re.IGNORECASE,
)


@gatherer()
def linked_files(read: Inventory, asset: Asset) -> LinkedFiles:
    """The files whose address leads to a place in the build folder; what is on the web is not among the missing."""
    if read.read is None:
        raise read.reason or Skip("the build has no HTML part")
    if asset.file is None or asset.on_web:
        raise Skip("the page was fetched from the web; what it loads is there")
    loaded = list(_loaded(read))
    if asset.kind == "page":
        loaded += _imported(read)
        sheets = [one.address.value for one in loaded if one.is_sheet]
        loaded += (LinkedFile(address, "sheet") for address in imported_by(sheets, asset))
    remote = tuple(one for one in loaded if _is_remote_style(one))
    frames = tuple(one for one in loaded if one.kind == "frame" and _may_say_anything(one.address.value))
    return LinkedFiles(tuple(one for one in loaded if _found(one, asset) is False), remote, frames)


@gatherer()
def further_pictures(read: Inventory) -> FurtherPictures:
    """The addresses of pictures beside those of the inventory."""
    if read.read is None or read.markup is None:
        raise read.reason or Skip("the build has no HTML part")
    return FurtherPictures(tuple(one.address for one in _loaded(read) if one.kind == "picture"))


def _may_say_anything(address: str) -> bool:
    """Whether a frame shows what is not in the build, and is no film, map or counter, and no form looked at as one."""
    forms: list[str] = facts("forms")["embeds"]["marks"]
    elsewhere = is_web(address) or address.startswith("//") or scheme_of(address) in ("data", "blob", "javascript")
    return (
        elsewhere
        and not _BLANK_FRAME.fullmatch(address)
        and not is_harmless(address)
        and not any(mark in address.lower() for mark in forms)
    )


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
        named: Iterable[tuple[str, str]] = ()
        if token.kind is Kind.RAW and token.name == "style":
            named = ((hit[1] or hit[2] or hit[3], "picture") for hit in _URL.finditer(raw.masked, *token[1:3]))
        elif token.kind is Kind.START and token.name in _NAMING:
            named = _named(token.name, raw.attributes(token))
        for address, kind in named:
            if address.strip():
                yield LinkedFile(Text(address.strip(), read.markup.source.place(token.start)), kind)


def _imported(read: Inventory) -> Iterator[LinkedFile]:
    """The style sheets that those of the page import: first what it says itself, then what its files do."""
    assert read.read is not None and read.markup is not None
    for token in read.read.tokens:
        if token.kind is Kind.RAW and token.name == "style":
            for address, _ in imported(read.read.raw.text[token.start : token.end]):
                yield LinkedFile(Text(address, read.markup.source.place(token.start)), "sheet")


def _named(name: str, attributes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The addresses a tag names, beside those of pictures the inventory has, and what each is."""
    if name == "script":
        yield attributes.get("src", ""), "script"
    elif name == "link":
        words = attributes.get("rel", "").lower().split()
        if "stylesheet" in words and attributes.get("media", "").strip().lower() != "print":
            yield attributes.get("href", ""), "sheet"
        elif {"icon", "apple-touch-icon"}.intersection(words):
            yield attributes.get("href", ""), "picture"
    elif name in _FRAMES:
        yield from _framed(name, attributes)
    elif name in ("a", "area"):
        if _is_file(href := attributes.get("href", "").strip()):
            yield href, "page"
    else:
        if name != "img":
            yield attributes.get("src", ""), "film"
        yield attributes.get("poster", ""), "picture"
        yield from ((address, "picture") for address in _candidates(attributes.get("srcset", "")))


def _framed(name: str, attributes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if "srcdoc" not in attributes:
        address = attributes.get("data" if name == "object" else "src", "")
        drawn = name in ("object", "embed") and _PICTURED.fullmatch(path_of(address))
        yield address, "picture" if drawn else "frame"


def _is_file(href: str) -> bool:
    """Whether a link leads to a file: what has no ending, or that of a program, a server may answer without one."""
    ending = path_of(href).rpartition(".")[2].lower()
    return ending in facts("file_kinds")["linked"]["endings"]


def _candidates(srcset: str) -> Iterator[str]:
    """The addresses of a srcset: each may have a width or a density behind it."""
    if not srcset.lstrip().startswith("data:") and BLOT not in masked(srcset):
        yield from (candidate.split()[0] for candidate in srcset.split(",") if candidate.split())


def _found(one: LinkedFile, asset: Asset) -> bool | None:
    """Whether a file can be had; None where nobody can tell: on the web, at the root of a site.

    What leads out of the folder by its spelling may be there when it is published; by a shortcut it is not loaded here.
    """
    address = one.address.value
    name = file_named(address, asset)
    if BLOT in masked(address):
        return None
    if loads_nothing(address) and one.kind != "page" and not (one.kind == "frame" and runs_script(address)):
        return False
    if not name:
        return None
    try:
        refuse_outside(name)
    except Fault:
        return None
    try:
        return asset.bag.has(name)
    except Fault:
        return False
