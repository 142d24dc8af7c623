"""What was asked for and what answers it in the build: links, pictures, copy, form fields."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.artefacts.document import Form, FormField, Link
    from qa.artefacts.pictures import BuiltImage
    from qa.request import AskedField, AskedImage, AskedLink, CopyBlock
    from qa.source import Text


@dataclass(frozen=True, slots=True)
class AlignedLinks:
    """Asked and built links, matched once. A pair's built links are all that answer the asked one, in order."""

    pairs: tuple[tuple[AskedLink, tuple[Link, ...]], ...]
    missing: tuple[AskedLink, ...] = ()
    unasked: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class AlignedImages:
    """Asked and built pictures, matched once."""

    pairs: tuple[tuple[AskedImage, BuiltImage], ...]
    missing: tuple[AskedImage, ...] = ()
    unasked: tuple[BuiltImage, ...] = ()


@dataclass(frozen=True, slots=True)
class AlignedCopy:
    """Asked copy blocks and the built text that answers each, matched once; ``likeness`` from 0 to 1 (the same)."""

    pairs: tuple[tuple[CopyBlock, Text, float], ...]
    missing: tuple[CopyBlock, ...] = ()


@dataclass(frozen=True, slots=True)
class AlignedFields:
    """Asked and built form fields, matched once, in the order asked."""

    form: Form
    pairs: tuple[tuple[AskedField, FormField], ...]
    missing: tuple[AskedField, ...] = ()
    unasked: tuple[FormField, ...] = ()
