"""The texts of an asset that nobody approved word for word, and what is misspelt in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.source import Place


@dataclass(frozen=True, slots=True)
class Passage:
    """A text of an asset. ``inside``: "subject", "preheader", "title", "body", "alt", "text" (the plain-text part)."""

    inside: str
    text: str
    where: Place
    language: str = ""  # a primary tag; "" where nobody can tell


@dataclass(frozen=True, slots=True)
class Passages:
    """Every text that readers meet and the request does not have as it stands there; what is garbled is left out."""

    found: tuple[Passage, ...]
    asked: str = (
        ""  # every text of the request as copy is compared, in small letters: what differs from it is told there
    )


@dataclass(frozen=True, slots=True)
class Misspelling:
    """A word that no dictionary knows, in small letters, the one that was probably meant, and where it stands."""

    word: str
    meant: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Misspellings:
    """What is misspelt in the passages of an asset, each word once, in order."""

    found: tuple[Misspelling, ...]
