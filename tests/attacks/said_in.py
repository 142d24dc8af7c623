"""What a file says by any way of reading it: letters alone, in every encoding, unpacked; the product has no part in it."""

from __future__ import annotations

import gzip
import html
import re
import zlib
from base64 import b64decode
from binascii import Error
from collections.abc import Iterator
from contextlib import suppress
from quopri import decodestring

_ENCODINGS = ("utf-8", "latin-1", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7", "shift_jis", "cp037", "cp1252")
_TAG = re.compile(r"<[^<>]*>|=\r?\n")
_BASE64 = re.compile(rb"(?:[A-Za-z0-9+/]{20,}\s*)+[A-Za-z0-9+/=]*")


def says(content: bytes, text: str) -> bool:
    """Whether some way of reading it says that, capitals and what is no letter aside."""
    wanted = _letters(text)
    return any(wanted in _letters(read) for raw in _unpacked(content) for read in _texts(raw))


def _unpacked(content: bytes) -> Iterator[bytes]:
    yield content
    yield decodestring(content)
    for found in _BASE64.finditer(content):
        with suppress(Error, ValueError):
            yield b64decode(found[0] + b"==")
    with suppress(OSError, EOFError, zlib.error):
        yield gzip.decompress(content)


def _texts(raw: bytes) -> Iterator[str]:
    for encoding in _ENCODINGS:
        text = raw.decode(encoding, "ignore")
        yield text
        yield html.unescape(_TAG.sub("", text))


def _letters(text: str) -> str:
    return "".join(each for each in text.casefold() if each.isalnum())
