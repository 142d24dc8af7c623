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

from qa.artefacts import Picture

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

    64 where one has no likeness (a drawing in SVG, one colour all over, a picture that could not be read).
    """
    return (int(first, 16) ^ int(second, 16)).bit_count() if first and second else 64


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
    """A perceptual hash (pHash): which of the lowest frequencies are stronger than their median."""
    from PIL import Image

    coloured = image if image.mode in ("RGB", "RGBA", "L") else image.convert("RGBA")
    small = coloured.resize((_EDGE, _EDGE), Image.Resampling.BOX).convert("RGBA")
    on_white = Image.alpha_composite(Image.new("RGBA", small.size, "white"), small).convert("L")
    grey = on_white.tobytes()
    if max(grey) - min(grey) < 8:
        return ""  # one colour all over: every such picture would be like every other
    waves = _waves()
    rows = [[sum(wave[x] * grey[y * _EDGE + x] for x in range(_EDGE)) for wave in waves] for y in range(_EDGE)]
    strengths = [sum(wave[y] * rows[y][u] for y in range(_EDGE)) for wave in waves for u in range(_LOW)]
    median = sorted(strengths[1:])[len(strengths) // 2 - 1]  # the first is the average grey: it would outweigh all
    bits = sum(1 << place for place, strength in enumerate(strengths) if strength > median + 1e-6)
    return f"{bits:016x}"


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
