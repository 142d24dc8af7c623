"""Pictures loaded as rows of pixels: any file or mode, measured before it is decoded, transparency on white."""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from PIL.Image import Image

    from qa.visual import Picture

Pixels = NDArray[np.uint32]  # (height, width): one number a pixel, of the bytes red, green, blue, 255
Channels = NDArray[np.uint8]  # (height, width, 4)

MOST_PIXELS = 80_000_000  # an email of 20,000 px on a phone of triple density has 60; decoded they take 320 MB
_FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "AVIF", "BMP", "TIFF")  # never EPS: reading it runs a program


def opened(source: Picture) -> Pixels:
    """The pixels of a picture; ValueError where it cannot be read or is too large."""
    return pixels(image(source))


def size(content: bytes) -> tuple[int, int]:
    """Width and height, from the head of a file."""
    return _opened(BytesIO(content)).size


def image(source: Picture) -> Image:
    """A picture as Pillow's, decoded as RGB on white, at its first frame."""
    from PIL import Image, UnidentifiedImageError

    if isinstance(source, Image.Image):
        return on_white(source)
    try:
        with _opened(BytesIO(source) if isinstance(source, bytes) else source) as found:
            found.load()
            return on_white(found)
    except UnidentifiedImageError:
        raise ValueError("this is no picture") from None
    except (OSError, SyntaxError, EOFError) as error:  # what Pillow's decoders make of broken bytes
        if getattr(error, "filename", None):
            raise  # the file itself is not there, or may not be read
        raise ValueError(f"the picture cannot be read: {error}") from error


def _opened(source: object) -> Image:
    from PIL import Image

    with warnings.catch_warnings():  # Pillow warns of large pictures; the limit here is our own
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            found = Image.open(source, formats=_FORMATS)  # type: ignore[arg-type]
        except Image.DecompressionBombError as error:
            raise ValueError(str(error)) from None
    if found.width * found.height > MOST_PIXELS:
        raise ValueError(f"{found.width} x {found.height} pixels are too many to be compared")
    return found


def on_white(source: Image) -> Image:
    """An RGB picture of any mode's: deep greys brought down to eight bits, what is transparent laid on white."""
    from PIL import Image

    if source.mode == "RGB" and "transparency" not in source.info:
        return source
    if source.mode.startswith("I;16"):
        return Image.fromarray((np.asarray(source) >> 8).astype(np.uint8)).convert("RGB")
    if source.mode == "LAB":
        raise ValueError("pictures in the Lab colour space cannot be compared")
    if source.mode in ("RGBA", "LA", "La", "PA", "RGBa", "P") or "transparency" in source.info:
        clear = source.convert("RGBA")
        if clear.getchannel("A").getextrema() == (255, 255):
            return clear.convert("RGB")
        return Image.alpha_composite(Image.new("RGBA", clear.size, "white"), clear).convert("RGB")
    return source.convert("RGB")


def pixels(source: Image) -> Pixels:
    """The rows of an RGB picture, one number a pixel."""
    whole: Channels = np.asarray(source.convert("RGBX"))
    plain = np.ascontiguousarray(whole)
    return plain.view(np.uint32).reshape(plain.shape[:2])


def channels(source: Pixels) -> Channels:
    """The same pixels, red, green, blue and 255 apart."""
    plain = np.ascontiguousarray(source)
    return plain.view(np.uint8).reshape(*plain.shape, 4)
