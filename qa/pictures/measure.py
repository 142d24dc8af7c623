"""The type, size, frames and likeness of a picture file, measured from its bytes, without trusting them."""

from __future__ import annotations

import hashlib
import math
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING

from qa.artefacts import Picture, PictureFile

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PIXELS = 50_000_000  # a phone's best camera makes as many; decoded they take 200 MB
LONGEST_SIDE = 30_000
MOST_BYTES = 20_000_000
# What browsers and mail programs show, and TIFF and BMP, which some show. Never EPS: reading it runs a program.
_FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "AVIF", "BMP", "ICO", "TIFF")
_STRIP = 4_000_000  # pixels turned into bytes at a time
_EDGE = 32  # the picture a likeness is taken of is this wide and high
_LOW = 8  # and its lowest 8 by 8 frequencies are looked at
_TRAITS = 16  # hexadecimal digits of a likeness that are its 64 traits; its shapes come next
_COLOURS = _TRAITS + 2 * (_LOW * _LOW - 1)  # from here on, its colours
_COLOUR_APART = 24  # of 255: the same 1716 copies lie 16 apart, two portraits in one setting from 36 on
_SHAPE = 16  # steps of a shape's strength, of the usual one
_SHAPES_APART = 400  # 1716 copies of 150 pictures lie under 0.025 or have the same traits, two pictures over 0.037
_one_at_a_time = Lock()
_MOST_KNOWN = 10_000
_known: dict[bytes, Picture] = {}  # by the digest of the file: emails of a campaign share their pictures


def measure(file: str, content: bytes) -> Picture:
    """A picture's type, size, frames, fingerprint and likeness; with ``fault`` where it cannot be read."""
    if not content:
        return Picture(file, fault="The file is empty.")
    if len(content) > MOST_BYTES:
        return too_heavy(file, len(content))
    digest = hashlib.sha256(content).digest()
    if digest not in _known:
        if len(_known) >= _MOST_KNOWN:
            _known.clear()
        _known[digest] = _opened("", content)
    return replace(_known[digest], file=file)


def measured(file: PictureFile) -> Picture:
    """The same of what stands behind an address, or why there is nothing to measure."""
    if file.fault:
        return Picture(file.name, fault=file.fault)
    return too_heavy(file.name, file.size) if file.size else measure(file.name, file.content)


def _opened(file: str, content: bytes) -> Picture:
    if _is_svg(content):
        return _drawing(file, content)
    with _quiet():
        try:
            return _measured(file, content)
        except Exception as error:  # each of Pillow's decoders has its own ways of failing on broken bytes
            return Picture(file, bytes=len(content), fault=_reason(error))


def too_heavy(file: str, size: int) -> Picture:
    """A picture that is not opened for its size in bytes."""
    return Picture(file, bytes=size, fault=f"{size / 1e6:.0f} MB: too large to open.")


def likeness_distance(first: str, second: str) -> int:
    """In how many of 64 traits two pictures differ: up to 10, the same picture in another size or quality.

    In a picture of few shapes, a face before a wall, most traits are weak, and made anew by every resizing: there the
    distance of the shapes counts, on the same scale. 64 where one has no likeness (a drawing in SVG, one colour all
    over, a picture that could not be read).
    """
    if not first or not second or _other_colours(first, second):
        return 64
    traits = (int(first[:_TRAITS], 16) ^ int(second[:_TRAITS], 16)).bit_count()
    one, other = (bytes.fromhex(likeness[_TRAITS:_COLOURS]) for likeness in (first, second))
    squares = [(here - there) * (here - there) for here, there in zip(one, other, strict=True)]
    apart = sum(squares) / len(squares) / (_SHAPE * _SHAPE)
    return min(traits, round(_SHAPES_APART * apart))


def _other_colours(first: str, second: str) -> bool:
    """Whether the same shapes have other colours: two portraits before the same wall, a button of another brand."""
    colours = [bytes.fromhex(likeness[_COLOURS:]) for likeness in (first, second)]
    apart = [abs(one - other) for one, other in zip(*colours, strict=False)]  # one of them may have none
    return bool(apart) and max(apart) > _COLOUR_APART and sum(apart) > _COLOUR_APART * len(apart) / 4


def _measured(file: str, content: bytes) -> Picture:
    from PIL import Image, ImageOps

    with Image.open(BytesIO(content), formats=_FORMATS) as image:
        kind, width, height = image.get_format_mimetype() or "", *image.size
        if max(width, height) > LONGEST_SIDE:
            fault = f"{width} x {height} pixels: too large to open."
            return Picture(file, kind, bytes=len(content), fault=fault)
        frames = int(getattr(image, "n_frames", 1))
        image.seek(0)
        image.load()
        ImageOps.exif_transpose(image, in_place=True)
        width, height = image.size
        return Picture(
            file,
            kind,
            width,
            height,
            len(content),
            frames,
            fingerprint=_fingerprint(image),
            likeness=_likeness(image),
        )


def _fingerprint(image: Image) -> str:
    """A hash of the pixels, strip by strip: a second copy of a large picture would cost as much memory again."""
    width, height = image.size
    whole = hashlib.sha256(f"{width}x{height}".encode())
    rows = max(1, _STRIP // width)
    for top in range(0, height, rows):
        strip = image.crop((0, top, width, min(height, top + rows))).convert("RGBA")
        whole.update(strip.tobytes())
    return whole.hexdigest()


def _likeness(image: Image) -> str:
    """A perceptual hash (pHash), which of the lowest frequencies are above their median; those; and the colours."""
    from PIL import Image

    coloured = image if image.mode in ("RGB", "RGBA", "L") else image.convert("RGBA")
    small = coloured.resize((_EDGE, _EDGE), Image.Resampling.BOX).convert("RGBA")
    grounds = (Image.new("RGBA", small.size, ground) for ground in ("white", "black"))
    greys = (Image.alpha_composite(ground, small).convert("L").tobytes() for ground in grounds)
    grey = next((grey for grey in greys if max(grey) - min(grey) >= 8), b"")  # a white logo shows on black alone
    if not grey:
        return ""  # one colour all over: every such picture would be like every other
    waves = _waves()
    rows = [[sum(wave[x] * grey[y * _EDGE + x] for x in range(_EDGE)) for wave in waves] for y in range(_EDGE)]
    strengths = [sum(wave[y] * rows[y][u] for y in range(_EDGE)) for wave in waves for u in range(_LOW)]
    median = sorted(strengths[1:])[len(strengths) // 2 - 1]  # the first is the average grey: it would outweigh all
    bits = sum(1 << place for place, strength in enumerate(strengths) if strength > median + 1e-6)
    colours = b"" if image.mode == "CMYK" else _colours(coloured)  # made for print: the screen's are others
    return f"{bits:0{_TRAITS}x}{_shapes(strengths[1:]).hex()}{colours.hex()}"


def _colours(image: Image) -> bytes:
    """How blue and how red a picture is, in four by four places of it."""
    from PIL import Image

    small = image.resize((4, 4), Image.Resampling.BOX).convert("RGBA")
    _, *colours = Image.alpha_composite(Image.new("RGBA", small.size, "white"), small).convert("YCbCr").split()
    return b"".join(channel.tobytes() for channel in colours)


def _shapes(strengths: list[float]) -> bytes:
    """The strengths of the lowest frequencies, a byte each, whatever the contrast of the picture."""
    usual = math.sqrt(sum(strength**2 for strength in strengths) / len(strengths)) or 1.0
    return bytes(min(255, max(0, 128 + round(_SHAPE * strength / usual))) for strength in strengths)


@cache
def _waves() -> list[list[float]]:
    """The lowest rows of a discrete cosine transform."""
    return [[math.cos(math.pi * u * (2 * x + 1) / (2 * _EDGE)) for x in range(_EDGE)] for u in range(_LOW)]


@contextmanager
def _quiet() -> Iterator[None]:
    """Pillow without its warnings, and with our limit of pixels: it raises at twice its own.

    It must hold while a picture is opened: an icon is decoded then, and may hold a PNG far larger than it says.
    """
    from PIL import Image

    with _one_at_a_time, warnings.catch_warnings():  # both are settings of the whole program
        warnings.simplefilter("ignore")
        limit, Image.MAX_IMAGE_PIXELS = Image.MAX_IMAGE_PIXELS, MOST_PIXELS // 2
        try:
            yield
        finally:
            Image.MAX_IMAGE_PIXELS = limit


def _reason(error: Exception) -> str:
    from PIL import Image, UnidentifiedImageError

    if isinstance(error, Image.DecompressionBombError):
        return f"More than {MOST_PIXELS // 1_000_000} million pixels: too large to open."
    if isinstance(error, UnidentifiedImageError):
        return "It is not a picture browsers and mail programs show (PNG, JPEG, GIF, WebP, AVIF, SVG …)."
    if "truncated" in str(error).lower() or isinstance(error, EOFError):
        return "The picture is cut off: part of the file is missing."
    return "The picture is damaged and cannot be opened."


def _is_svg(content: bytes) -> bool:
    head = content[:2048].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith(b"<") and b"<svg" in content[:4096]


def _drawing(file: str, content: bytes) -> Picture:
    from qa.pictures.svg import size_of

    size = size_of(content)
    if size is None:
        return Picture(file, "image/svg+xml", bytes=len(content), fault="The drawing is damaged and cannot be opened.")
    fingerprint = hashlib.sha256(content).hexdigest()
    return Picture(file, "image/svg+xml", *size, bytes=len(content), fingerprint=fingerprint)
