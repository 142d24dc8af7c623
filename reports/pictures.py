"""How do screenshots fit into one file? Each scaled to a share of the budget, and a sharp crop around every box."""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from qa.report import Read

if TYPE_CHECKING:
    from PIL.Image import Image

Box = tuple[float, float, float, float]  # x, y, width, height in CSS pixels

BUDGET = 2_000_000  # bytes of pictures; base64 makes 2.7 MB of them, so that a file with its text stays under 3 MB
_CROPS = 0.3  # of the budget
_WIDEST = 960  # pixels: what a page of 1280 is read at beside a smaller one
_TALLEST = 16_000  # pixels: WebP ends at 16,383
_NARROWEST = 0.12  # below this scale a picture shows nothing
_MARGIN = 36  # CSS pixels shown around a box
_SMALLEST = (420, 150)  # CSS pixels of a crop, so that a box is seen in its surroundings
_LARGEST = (760, 460)
_CROP_WIDTH = 640  # pixels a crop is kept at: its column is 320 wide, on a screen with two pixels to one


@dataclass(frozen=True, slots=True)
class Crop:
    """A part of a screenshot and the box in it; ``width`` and ``height`` in CSS pixels."""

    view: str
    uri: str
    width: float
    height: float
    box: Box

    @property
    def ring(self) -> Box:
        """The line around the box: a little outside it, and inside the crop, so that every side of it is seen."""
        x, y = max(2.0, self.box[0] - 3), max(2.0, self.box[1] - 3)
        right = min(self.width - 2, self.box[0] + self.box[2] + 3)
        bottom = min(self.height - 2, self.box[1] + self.box[3] + 3)
        return x, y, max(0.0, right - x), max(0.0, bottom - y)


@dataclass(frozen=True, slots=True)
class Picture:
    """A screenshot as a report shows it. ``fault`` says why there is none; ``scaled`` that detail was given up."""

    asset: str
    view: str
    note: str
    width: int
    height: int
    uri: str = ""
    size: int = 0
    fault: str = ""
    scaled: bool = False


@dataclass(frozen=True, slots=True)
class Album:
    """Every picture of one report. ``crops`` has those that fitted, by the number of their finding."""

    pictures: tuple[Picture, ...]
    crops: Mapping[int, Crop]
    left_out: int = 0  # crops there was no room for


def make_album(
    shots: Sequence[Mapping[str, Any]], wanted: Mapping[int, tuple[int, Box]], read: Read, budget: int = BUDGET
) -> Album:
    """Scale the screenshots into the budget and cut the wanted crops: number → which shot, which box."""
    crops = {index: {n: box for n, (shot, box) in wanted.items() if shot == index} for index in range(len(shots))}
    with ThreadPoolExecutor(2) as executor:
        taken = list(executor.map(lambda pair: _take(pair[1], crops[pair[0]], read), enumerate(shots)))
        kept = _within({n: cut for _, cuts in taken for n, cut in cuts.items()}, int(budget * _CROPS))
        left = budget - sum(len(crop.uri) * 3 // 4 for crop in kept.values())
        share = _share([picture.size for picture, _ in taken], left)
        again = partial(_again, read=read, share=share)
        pictures = tuple(executor.map(again, shots, [picture for picture, _ in taken]))
    return Album(pictures, kept, len(wanted) - len(kept))


def _take(shot: Mapping[str, Any], boxes: Mapping[int, Box], read: Read) -> tuple[Picture, dict[int, Crop]]:
    """One screenshot at the preferred size, and its crops."""
    picture = Picture(shot["asset"] or "", shot["view"], shot["note"] or "", shot["width"], shot["height"])
    try:
        image = _open(read(shot["file"]))
        crops = {number: crop for number, box in boxes.items() if (crop := _crop(image, picture, box))}
        return _scaled(image, picture, min(1.0, _WIDEST / image.width)), crops
    except Exception as fault:  # whatever Pillow meets in a damaged file: the report is written all the same
        return replace(picture, fault=f"The picture could not be read ({type(fault).__name__})."), {}


def _again(shot: Mapping[str, Any], picture: Picture, read: Read, share: float) -> Picture:
    """The same picture, smaller until it fits its share."""
    if picture.size <= share:
        return picture
    image = _open(read(shot["file"]))
    scale = min(1.0, _WIDEST / image.width)
    while picture.size > share and scale > _NARROWEST:
        scale *= max(0.5, min(0.9, (share / picture.size) ** 0.5))
        picture = replace(_scaled(image, picture, scale), scaled=True)
    return picture


def _share(sizes: Sequence[int], budget: float) -> float:
    """The largest size at which all fit: small pictures leave their room to the large ones."""
    left, count = budget, len(sizes)
    for size in sorted(sizes):
        if size > left / count:
            return left / count
        left, count = left - size, count - 1
    return float("inf")


def _within(crops: Mapping[int, Crop], budget: int) -> dict[int, Crop]:
    """The crops of the first findings, as many as fit."""
    kept: dict[int, Crop] = {}
    for number, crop in sorted(crops.items()):
        budget -= len(crop.uri) * 3 // 4
        if budget < 0:
            break
        kept[number] = crop
    return kept


def _open(png: bytes) -> Image:
    from PIL import Image

    return Image.open(io.BytesIO(png)).convert("RGB")


def _scaled(image: Image, picture: Picture, scale: float) -> Picture:
    scale = min(scale, _TALLEST / image.height)
    size = max(1, round(image.width * scale)), max(1, round(image.height * scale))
    encoded = _webp(image if size == image.size else image.resize(size, reducing_gap=2.0), 70)
    return replace(picture, uri=_uri(encoded), size=len(encoded))


def _crop(image: Image, picture: Picture, box: Box) -> Crop | None:
    """The box with its surroundings, at full sharpness; None for a box outside the picture."""
    x, width = _stretch(box[0], box[2], picture.width, _SMALLEST[0], _LARGEST[0])
    y, height = _stretch(box[1], box[3], picture.height, _SMALLEST[1], _LARGEST[1])
    if min(width, height, box[2], box[3]) < 1:
        return None
    ratio = image.width / picture.width
    part = image.crop(tuple(round(edge * ratio) for edge in (x, y, x + width, y + height)))  # type: ignore[arg-type]
    if part.width > _CROP_WIDTH:
        part = part.resize((_CROP_WIDTH, max(1, round(part.height * _CROP_WIDTH / part.width))))
    return Crop(picture.view, _uri(_webp(part, 78)), width, height, (box[0] - x, box[1] - y, box[2], box[3]))


def _stretch(start: float, length: float, whole: float, smallest: float, largest: float) -> tuple[float, float]:
    """Start and length of a stretch around a box, inside the picture."""
    wanted = min(whole, largest, max(smallest, length + 2 * _MARGIN))
    spare = max(0.0, wanted - length) / 2
    begin = max(0.0, min(start - spare, whole - wanted))
    return begin, min(wanted, whole - begin)


def _webp(image: Image, quality: int) -> bytes:
    held = io.BytesIO()
    image.save(held, "WEBP", quality=quality, method=2)  # 2: half the time of the default, files a twentieth larger
    return held.getvalue()


def _uri(encoded: bytes) -> str:
    """Markup, because it is ours: letters of base64 need no escaping, and a megabyte of them no look for it."""
    return Markup(f"data:image/webp;base64,{base64.b64encode(encoded).decode()}")
