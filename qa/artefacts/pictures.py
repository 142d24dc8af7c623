"""Picture files behind the pictures of a document, and the approved ones they are held to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.artefacts.document import ImageTag


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture file, measured. ``fault`` says why it could not be read; then the sizes are 0."""

    file: str
    content_type: str = ""  # "image/png" …
    width: int = 0
    height: int = 0
    bytes: int = 0
    frames: int = 1
    fault: str = ""
    fingerprint: str = ""  # of the decoded pixels: equal for equal pictures whatever the file is called
    likeness: str = ""  # perceptual hash, hex: near for the same picture resized or recompressed


@dataclass(frozen=True, slots=True)
class PictureFile:
    """The bytes behind an address; ``fault`` says why there are none, ``size`` how many are too many to be read."""

    name: str
    content: bytes = b""
    fault: str = ""
    size: int = 0


@dataclass(frozen=True, slots=True)
class WebPictures:
    """Pictures that a document names by their address on the web, as far as they were fetched or lie beside the build.

    By source as written; those in srcset, <source>, poster and style sheets too. A text says why one was not fetched.
    """

    files: Mapping[str, PictureFile | str]


@dataclass(frozen=True, slots=True)
class PictureFiles:
    """The file behind each source of a document's pictures, as written; or why it was not looked up."""

    files: Mapping[str, PictureFile | str]


@dataclass(frozen=True, slots=True)
class PictureDetail:
    """A built picture that is the approved one but for a detail. ``boxes`` in the pixels of ``size``, seen in both.

    ``shown``: both side by side, and what differs, as a PNG.
    """

    asset: str  # the approved picture, as the request writes it
    tag: ImageTag
    size: tuple[int, int]
    boxes: tuple[tuple[int, int, int, int], ...]
    shown: bytes


@dataclass(frozen=True, slots=True)
class PictureDetails:
    """Every built picture in which a detail is not as approved."""

    differing: tuple[PictureDetail, ...]


@dataclass(frozen=True, slots=True)
class BuiltImage:
    """A picture of the markup with the file behind it. ``picture`` is None where it was not looked up (``why``)."""

    tag: ImageTag
    picture: Picture | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Images:
    """Every picture of a document, in order, with the files behind them."""

    built: tuple[BuiltImage, ...]


@dataclass(frozen=True, slots=True)
class Approved:
    """The approved pictures the request names, measured like the built ones: ``asset`` as written → picture."""

    pictures: Mapping[str, Picture]
