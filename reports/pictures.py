"""Screenshots within the size of one file: each scaled to a share of the budget, a sharp crop around every box."""

from __future__ import annotations

import base64
import hashlib
import io
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from markupsafe import Markup

from qa.report import Read

if TYPE_CHECKING:
    from PIL.Image import Image

Box = tuple[float, float, float, float]  # x, y, width, height in CSS pixels

BUDGET = 3_000_000  # bytes of pictures; base64 makes 4 MB of them, so that a file with its text stays under 5 MB
_CROPS = 0.3  # of the budget, at most
_CROP = 8_000  # bytes, about: those of fifty findings had 4,000 each
_WIDEST = 960  # pixels: what a page of 1280 is read at beside a smaller one
_TALLEST = 16_000  # pixels: WebP ends at 16,383
_NARROWEST = 0.12  # below this scale a picture shows nothing
_PIXEL = 0.06  # bytes, about: emails had 0.04 at their full size and 0.07 at a quarter of it
_MARGIN = 36  # CSS pixels shown around a box
_SMALLEST = (420, 150)  # CSS pixels of a crop, so that a box is seen in its surroundings
_LARGEST = (760, 460)
_CROP_WIDTH = 640  # pixels a crop is kept at: its column is 320 wide, on a screen with two pixels to one


@dataclass(frozen=True, slots=True)
class Frame:
    """A picture somewhere in the report: which file, at what size in CSS pixels; 0: as the file has it."""

    file: str
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Crop:
    """A part of a screenshot and the box in it; ``width`` and ``height`` in CSS pixels."""

    frame: int  # the number of the screenshot
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
    """A picture as a report shows it. ``fault`` says why there is none; ``scaled`` that detail was given up.

    Frames of the same file content, at the same size, have the same ``number``, and it is embedded once.
    """

    number: int
    width: int
    height: int
    uri: str = ""
    size: int = 0
    fault: str = ""
    scaled: bool = False
    scale: float = 1.0  # of the file


@dataclass(frozen=True, slots=True)
class Album:
    """Every picture of one report, frame by frame. ``crops`` has those that fitted, by the number of their finding."""

    pictures: tuple[Picture, ...]
    crops: Mapping[int, Crop]
    left_out: int = 0  # crops there was no room for

    @property
    def embedded(self) -> tuple[Picture, ...]:
        """Each picture once."""
        return tuple({picture.number: picture for picture in self.pictures if picture.uri}.values())

    @property
    def scaled(self) -> bool:
        return any(picture.scaled for picture in self.pictures)


def make_album(
    frames: Sequence[Frame], wanted: Mapping[int, tuple[int, Box]], read: Read, budget: int = BUDGET
) -> Album:
    """Scale the pictures into the budget and cut the wanted crops: number → which frame, which box."""
    with ThreadPoolExecutor(2) as executor:
        same = _same(frames, list(executor.map(partial(_digest, read), frames)))
        firsts = sorted(set(same))
        crops = {first: {n: pair for n, pair in wanted.items() if same[pair[0]] == first} for first in firsts}
        left = budget - min(budget * _CROPS, len(wanted) * _CROP)
        widest = _widest([frames[first] for first in firsts], left)
        take = partial(_take, frames=frames, read=read, widest=widest)
        taken = list(executor.map(lambda first: take(first, crops[first]), firsts))
        kept = _within({n: cut for _, cuts in taken for n, cut in cuts.items()}, int(budget * _CROPS))
        left = budget - sum(len(crop.uri) * 3 // 4 for crop in kept.values())
        share = _share([picture.size for picture, _ in taken], left)
        again = partial(_again, read=read, share=share)
        fitted = executor.map(again, [frames[first] for first in firsts], [picture for picture, _ in taken])
        pictures = dict(zip(firsts, fitted, strict=True))
    return Album(tuple(pictures[first] for first in same), kept, len(wanted) - len(kept))


def make_crops(frames: Sequence[Frame], wanted: Mapping[int, tuple[int, Box]], read: Read) -> dict[int, Crop]:
    """The wanted crops without the pictures; none of a picture that cannot be read."""
    found: dict[int, Crop] = {}
    for number in {index for index, _ in wanted.values()}:
        frame = frames[number]
        with suppress(Exception):  # whatever Pillow meets in a damaged file: the rest is shown all the same
            image, picture = _open(read(frame.file)), Picture(number, frame.width, frame.height)
            boxes = {n: box for n, (index, box) in wanted.items() if index == number}
            found |= {n: crop for n, box in boxes.items() if (crop := _crop(image, picture, number, box))}
    return found


def _digest(read: Read, frame: Frame) -> bytes:
    try:
        return hashlib.sha256(read(frame.file)).digest()
    except Exception:  # _take says what is wrong with it
        return frame.file.encode("utf-8", "replace")


def _same(frames: Sequence[Frame], digests: Sequence[bytes]) -> list[int]:
    """For each frame the first that shows the same picture at the same size."""
    first: dict[tuple[bytes, int], int] = {}
    return [first.setdefault((digest, frames[n].width), n) for n, digest in enumerate(digests)]


def _widest(frames: Sequence[Frame], budget: float) -> int:
    """How wide a picture may be so that about all fit: wide ones give up detail before narrow ones do."""
    sizes = [(frame.width or _WIDEST, (frame.height or 4 * frame.width) / (frame.width or 1)) for frame in frames]
    for widest in range(_WIDEST, 160, -40):
        if sum(min(widest, width) ** 2 * tall for width, tall in sizes) * _PIXEL <= budget:
            return widest
    return 160


def _take(
    number: int, boxes: Mapping[int, tuple[int, Box]], frames: Sequence[Frame], read: Read, widest: int
) -> tuple[Picture, dict[int, Crop]]:
    """One picture at about the size it will have, and its crops."""
    frame = frames[number]
    picture = Picture(number, frame.width, frame.height)
    try:
        image = _open(read(frame.file))
        width = frame.width or image.width
        height = frame.height or max(1, round(image.height * width / image.width))
        picture = replace(picture, width=width, height=height)
        crops = {n: crop for n, (shown, box) in boxes.items() if (crop := _crop(image, picture, shown, box))}
        scaled = _scaled(image, picture, min(1.0, widest / image.width))
        return replace(scaled, scaled=widest < min(_WIDEST, image.width, width)), crops
    except Exception as fault:  # whatever Pillow meets in a damaged file: the report is written all the same
        return replace(picture, fault=f"The picture could not be read ({type(fault).__name__})."), {}


def _again(frame: Frame, picture: Picture, read: Read, share: float) -> Picture:
    """The same picture, smaller until it fits its share."""
    if picture.size <= share:
        return picture
    image, scale = _open(read(frame.file)), picture.scale
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
    return replace(picture, uri=_uri(encoded), size=len(encoded), scale=scale)


def _crop(image: Image, picture: Picture, frame: int, box: Box) -> Crop | None:
    """The box with its surroundings, at full sharpness; None for a box outside the picture."""
    x, width = _stretch(box[0], box[2], picture.width, _SMALLEST[0], _LARGEST[0])
    y, height = _stretch(box[1], box[3], picture.height, _SMALLEST[1], _LARGEST[1])
    if min(width, height, box[2], box[3]) < 1:
        return None
    ratio = image.width / picture.width
    part = image.crop(tuple(round(edge * ratio) for edge in (x, y, x + width, y + height)))  # type: ignore[arg-type]
    if part.width > _CROP_WIDTH:
        part = part.resize((_CROP_WIDTH, max(1, round(part.height * _CROP_WIDTH / part.width))))
    return Crop(frame, _uri(_webp(part, 78)), width, height, (box[0] - x, box[1] - y, box[2], box[3]))


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
