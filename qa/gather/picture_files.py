"""The files behind the addresses of a document's pictures: in the build, in the message, in the address itself."""

from __future__ import annotations

import base64
import binascii
import re
from urllib.parse import unquote, unquote_to_bytes

from qa.artefacts import Markup, Parts, PictureFile, PictureFiles, WebPictures
from qa.build.addresses import file_named, path_of
from qa.build.assets import Asset
from qa.build.bag import Bag, normal
from qa.check import gatherer
from qa.finding import Fault
from qa.markup.merge_tag_mask import BLOT, masked
from qa.match.image_names import ON_THE_WEB
from qa.pictures.measure import MOST_BYTES

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*+):")


@gatherer()
def picture_files(markup: Markup, parts: Parts, asset: Asset, web: WebPictures) -> PictureFiles:
    """The file behind every source, or why it was not looked up."""
    used = _used(markup, asset)
    sources = dict.fromkeys(tag.src for tag in markup.images)
    return PictureFiles({src: web.files.get(src) or _looked_up(src.strip(), parts, asset, used) for src in sources})


def _used(markup: Markup, asset: Asset) -> frozenset[str]:
    """The files a document already shows: none of them is the one that somebody meant elsewhere."""
    written = {path for tag in markup.images if (path := file_named(tag.src.strip(), asset))}
    return frozenset(map(normal, written))


def _looked_up(src: str, parts: Parts, asset: Asset, used: frozenset[str]) -> PictureFile | str:
    """The picture a source names, or why it was not looked up."""
    if not src:
        return "the source is empty"
    if BLOT in masked(src):
        return "a merge tag is part of the address: the file is only known when the email is sent"
    if src.startswith("//"):
        return ON_THE_WEB
    scheme = found.group(1).lower() if (found := _SCHEME.match(src)) else ""
    return _addressed(scheme, src, parts) if scheme else _relative(src, asset, used)


def _addressed(scheme: str, src: str, parts: Parts) -> PictureFile | str:
    if scheme in ("http", "https"):
        return ON_THE_WEB
    if scheme == "data":
        return _embedded(src)
    if scheme == "cid":
        return _attached(unquote(src[4:]), parts)
    if scheme == "file" or len(scheme) == 1:  # C:\
        return PictureFile(_short(src), fault="The address leads to a place on somebody’s own computer.")
    return PictureFile(_short(src), fault=f"“{scheme}:” is no address a picture can have.")


def _relative(src: str, asset: Asset, used: frozenset[str]) -> PictureFile | str:
    if asset.file is None or asset.on_web:
        return ON_THE_WEB
    if path_of(src).startswith("/"):
        return "the address starts at the root of a website, which a build on its own does not have"
    path = file_named(src, asset)
    return named_file(asset.bag, path, used) if path else "the source names no file"


def named_file(bag: Bag, written: str, used: frozenset[str] = frozenset()) -> PictureFile:
    """The picture in a file of the campaign; where there is none, one that is not ``used`` may have been meant."""
    name = normal(written)
    try:
        size = bag.size(written)
    except Fault as fault:  # without the path, which pictures outside have each its own: they are told together
        return PictureFile(_short(name), fault=f"The address {str(fault).rpartition('” ')[2]}")
    if size is None:
        near = bag.near(name, used)
        return PictureFile(name, fault=f"There is no such file{f'; the nearest name there is {near}' if near else ''}.")
    try:
        return PictureFile(name, size=size) if size > MOST_BYTES else PictureFile(name, bag.read(name, MOST_BYTES))
    except Fault as fault:
        return PictureFile(name, fault=str(fault))


def _attached(cid: str, parts: Parts) -> PictureFile:
    wanted = cid.strip().strip("<>")
    for attachment in parts.attachments:
        if attachment.cid == wanted:
            return PictureFile(attachment.name or _short(f"cid:{cid}"), attachment.content)
    held = "the message has none with this Content-ID" if parts.headers is not None else "this build is no message"
    return PictureFile(_short(f"cid:{cid}"), fault=f"The picture should be a part of the message; {held}.")


def _embedded(src: str) -> PictureFile:
    """A picture written into the address itself."""
    declared, comma, content = src.partition(",")
    if not comma:
        return PictureFile(_short(src), fault="The data: address holds no picture.")
    raw = unquote_to_bytes(content)
    if declared.rstrip().lower().endswith(";base64"):
        packed = re.sub(rb"\s+", b"", raw)
        try:
            raw = base64.b64decode(packed + b"=" * (-len(packed) % 4))
        except (binascii.Error, ValueError):
            return PictureFile(_short(src), fault="The data: address is no valid base64.")
    return PictureFile(_short(src), raw)


def _short(address: str) -> str:
    return address if len(address) <= 60 else address[:59] + "…"
