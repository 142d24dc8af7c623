"""Details of two renditions of one picture: what one shows and the other does not, whatever their sizes and formats.

Both are brought to the size of the smaller one, laid upon each other, and given the same colours; then only what
stands outside the spread of the other's surroundings counts, so that edges drawn by another filter, and the noise of
compression, are no difference, and the stroke of a digit is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from qa.visual.loading import image, on_white
from qa.visual.regions import islands

if TYPE_CHECKING:
    from PIL.Image import Image

Plane = NDArray[np.float32]  # (height, width, 3), 0 to 255

LARGEST = 1200  # pixels of the longer side that are compared: those of a hero for sharp screens
SMALLEST = 16  # of the shorter side: less shows no detail
_REACH = 4  # pixels to each side of the place whose mean is taken
_MOVED = 0.02  # levels: pictures that lie as well either way are not moved
_FARTHEST = 40  # levels that a colour profile moves a colour
_PALETTED = 1.8  # times the limits, where one of the two has a palette
_GAP, _SHEET = 12, 1812  # pixels between two pictures side by side, and of all three at most
_FEW = 20_000  # pixels that a rule of colours is made of


@dataclass(frozen=True, slots=True)
class Limits:
    """From what on something is another detail; set by `python -m tests.bench_visual`."""

    strong: float = 21.0  # levels of 255, outside what surrounds a pixel in the other picture
    pixels: int = 4  # so many of them together
    broad: float = 20.0  # levels, of the mean of a place
    noise: float = 5.0  # times the usual difference of the two pictures


@dataclass(frozen=True, slots=True)
class Details:
    """What differs: boxes in the pixels of the common size; ``share`` of the picture; the two as they were compared."""

    size: tuple[int, int]
    boxes: tuple[tuple[int, int, int, int], ...]


def details(a: bytes, b: bytes, limits: Limits | None = None) -> Details:
    """Where ``b`` shows something else than ``a``; ValueError where one cannot be read."""
    limits = limits or Limits()
    one, other = common(screen_image(a), screen_image(b))
    size = one.size
    if min(size) < SMALLEST:
        return Details(size, ())
    if _is_paletted(a) != _is_paletted(b):  # 256 colours and fewer: bands and dots where the other has a gradient
        limits = replace(limits, strong=_PALETTED * limits.strong, broad=_PALETTED * limits.broad)
    mask = _mask(_plane(one), _plane(other), limits)
    return Details(size, tuple(island.box for island in islands(mask, limits.pixels)))


def _is_paletted(content: bytes) -> bool:
    from PIL import Image

    try:
        with Image.open(BytesIO(content)) as source:
            return source.mode == "P" or source.format == "GIF"
    except OSError:
        return False


def side_by_side(a: bytes, b: bytes, found: Details) -> bytes:
    """The approved picture, the built one and what differs, as one PNG; the places are framed."""
    from PIL import Image, ImageChops, ImageDraw

    one, other = common(screen_image(a), screen_image(b))
    apart = ImageChops.difference(one, other).convert("L").point([255 - min(255, 3 * level) for level in range(256)])
    panes = [one.copy(), other.copy(), apart.convert("RGB")]
    for pane in panes[1:]:
        pen = ImageDraw.Draw(pane)
        for x, y, width, height in found.boxes:
            pen.rectangle((x - 4, y - 4, x + width + 3, y + height + 3), outline="#d0021b", width=2)
    wide, high = one.size
    sheet = Image.new("RGB", (3 * wide + 2 * _GAP, high), "white")
    for number, pane in enumerate(panes):
        sheet.paste(pane, (number * (wide + _GAP), 0))
    if sheet.width > _SHEET:
        sheet = sheet.resize((_SHEET, max(1, round(high * _SHEET / sheet.width))), Image.Resampling.LANCZOS)
    out = BytesIO()
    sheet.save(out, "PNG", compress_level=6)
    return out.getvalue()


def screen_image(content: bytes) -> Image:
    """A picture in the colours of the screen, upright, on white."""
    from PIL import ImageOps

    found = image(content)
    raw = _profiled(content)
    return ImageOps.exif_transpose(raw if raw is not None else found)


def _profiled(content: bytes) -> Image | None:
    """A picture turned to sRGB by its own colour profile; None where it has none, or one that cannot be followed."""
    from PIL import Image, ImageCms

    try:
        with Image.open(BytesIO(content)) as source:
            profile = source.info.get("icc_profile")
            if not profile:
                return None
            flat = source if source.mode in ("RGB", "CMYK", "L") else on_white(source)
            screen = ImageCms.createProfile("sRGB")
            turned = ImageCms.profileToProfile(
                flat, ImageCms.ImageCmsProfile(BytesIO(profile)), screen, outputMode="RGB"
            )
            if turned is not None and (orientation := source.getexif()):
                turned.info["exif"] = orientation.tobytes()
            return turned
    except (OSError, ValueError, ImageCms.PyCMSError):
        return None


def common(a: Image, b: Image) -> tuple[Image, Image]:
    """Both at the size of the smaller one."""
    from PIL.Image import Resampling

    least = min((a.size, b.size), key=lambda size: size[0] * size[1])
    shrunk = min(1.0, LARGEST / max(least))
    size = max(1, round(least[0] * shrunk)), max(1, round(least[1] * shrunk))
    one, other = (each if each.size == size else each.resize(size, Resampling.LANCZOS) for each in (a, b))
    return one.convert("RGB"), other.convert("RGB")


def _plane(picture: Image) -> Plane:
    """Brightness nearly as it is; the two channels of colour coarse, as JPEG and WebP keep them."""
    from PIL import Image, ImageFilter

    light, *colours = picture.convert("YCbCr").split()
    coarse = [colour.filter(ImageFilter.GaussianBlur(2)) for colour in colours]
    merged = Image.merge("YCbCr", [light.filter(ImageFilter.GaussianBlur(0.7)), *coarse])
    plane: Plane = np.asarray(merged, np.float32)
    return plane


def _mask(a: Plane, b: Plane, limits: Limits) -> NDArray[np.bool_]:
    a = _recoloured(_laid_upon(a, b), b)
    outside = np.maximum(_outside(a, b), _outside(b, a))
    strong = outside > max(limits.strong, limits.noise * float(outside[::2, ::2].mean()))
    broad = np.abs(_mean(a - b, _REACH)).max(axis=2)
    mask: NDArray[np.bool_] = strong | (broad > max(limits.broad, limits.noise * float(np.median(broad[::2, ::2]))))
    mask[[0, -1]] = False  # the filters of a resizing see no further than the edge
    mask[:, [0, -1]] = False
    return mask


def _outside(a: Plane, b: Plane) -> NDArray[np.float32]:
    """How far each pixel of b is from all that a shows in its place and right around it."""
    low, high = _spread(a)
    outside: NDArray[np.float32] = np.maximum(np.maximum(b - high, low - b).max(axis=2), 0)
    return outside


def _spread(a: Plane) -> tuple[Plane, Plane]:
    """The least and the most of each pixel and its eight neighbours, first along rows, then along columns."""
    padded = np.pad(a, ((1, 1), (1, 1), (0, 0)), "edge")
    low = np.minimum(np.minimum(padded[:, :-2], padded[:, 1:-1]), padded[:, 2:])
    high = np.maximum(np.maximum(padded[:, :-2], padded[:, 1:-1]), padded[:, 2:])
    return (
        np.minimum(np.minimum(low[:-2], low[1:-1]), low[2:]),
        np.maximum(np.maximum(high[:-2], high[1:-1]), high[2:]),
    )


def _mean(plane: Plane, reach: int) -> Plane:
    """The mean of the square around each pixel."""
    side = 2 * reach + 1
    padded = np.pad(plane, ((reach + 1, reach), (reach + 1, reach), (0, 0)), "edge")
    total = padded.cumsum(0, dtype=np.float64).cumsum(1)
    total = total[side:, side:] - total[:-side, side:] - total[side:, :-side] + total[:-side, :-side]
    mean: Plane = (total / (side * side)).astype(np.float32)
    return mean


def _laid_upon(a: Plane, b: Plane) -> Plane:
    """a, moved by the pixel that a crop or the rounding of a size has moved b."""
    one, other = a[..., 0], b[2:-2, 2:-2, 0]
    moves = [(dy, dx) for dy in (0, -1, 1) for dx in (0, -1, 1)]

    def apart(move: tuple[int, int]) -> float:
        dy, dx = move
        moved = one[2 - dy : one.shape[0] - 2 - dy, 2 - dx : one.shape[1] - 2 - dx]
        return float(np.abs(moved - other).mean()) + _MOVED * (abs(dy) + abs(dx))

    best = min(moves, key=apart)
    return np.roll(a, best, (0, 1)) if any(best) else a


def _recoloured(a: Plane, b: Plane) -> Plane:
    """a in the colours of b, as far as one rule for the whole picture turns its colours into those."""
    step = max(1, int((a.shape[0] * a.shape[1] / _FEW) ** 0.5))
    few, wanted = a[::step, ::step].reshape(-1, 3), b[::step, ::step].reshape(-1, 3)
    terms, agree = _terms(few), np.ones(len(few), bool)
    rule = np.zeros((10, 3), np.float32)
    for _ in range(4):  # what is another thing has no say: the rule is made anew without it
        rule = np.linalg.lstsq(terms[agree], wanted[agree], rcond=None)[0].astype(np.float32)
        apart = np.abs(terms @ rule - wanted).max(axis=1)
        agree = apart <= max(4.0, float(np.quantile(apart, 0.85)))
    turned: Plane = (_terms(a.reshape(-1, 3)) @ rule).reshape(a.shape)
    return np.clip(turned, a - _FARTHEST, a + _FARTHEST)


def _terms(colours: NDArray[np.float32]) -> NDArray[np.float32]:
    """The terms of a curve of the second degree."""
    one, two, three = (colours[:, channel] / np.float32(255) for channel in range(3))
    ones = np.ones(len(colours), np.float32)
    each = [ones, one, two, three, one * one, two * two, three * three, one * two, two * three, one * three]
    return np.stack(each, axis=1)
