"""The first frame of animated pictures, for browsers that cannot be told to stop an animation there."""

from __future__ import annotations

import re
import warnings
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from io import BytesIO

_KINDS = ("image/gif", "image/webp", "image/apng", "image/png")
_EMBEDDED = re.compile(rb"data:(image/(?:gif|webp|apng|png));base64,([A-Za-z0-9+/%=]++)", re.IGNORECASE)


def first_frame(kind: str, content: bytes) -> tuple[str, bytes]:
    """The first frame of an animation, as PNG; what does not move, or cannot be read, as it is."""
    if kind.partition(";")[0] not in _KINDS or (kind == "image/png" and b"acTL" not in content[:200]):
        return kind, content
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # a picture that unpacks to too many pixels is left to the browser
            with Image.open(BytesIO(content)) as image:
                if getattr(image, "n_frames", 1) < 2:
                    return kind, content
                image.seek(0)
                out = BytesIO()
                image.convert("RGBA").save(out, "PNG", compress_level=1)
                return "image/png", out.getvalue()
    except Exception:  # Pillow has many ways to say that a picture is broken; the browser shows what it makes of it
        return kind, content


def first_frames(document: bytes) -> bytes:
    """The same for the pictures a document carries in itself."""

    def still(match: re.Match[bytes]) -> bytes:
        kind = match[1].decode().lower()
        try:
            now, content = first_frame(kind, b64decode(match[2], validate=True))
        except (NotBase64, ValueError):
            return match[0]
        return match[0] if now == kind else b"data:" + now.encode() + b";base64," + b64encode(content)

    return _EMBEDDED.sub(still, document)
