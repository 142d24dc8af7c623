"""Files that were handed over with a request: approved pictures, mock-ups, exported lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from qa.artefacts.pictures import Picture
from qa.source import Place


@dataclass(frozen=True, slots=True)
class HandedFile:
    """One file that a request names. ``missing`` is a sentence that says why there is none, "" where it is there."""

    name: str  # as the request names it
    role: Literal["picture", "mock-up", "list"]
    where: Place | None = None  # in the request
    missing: str = ""
    outside: bool = False  # its path leads out of the campaign folder, so nobody looked
    bytes: int = 0
    picture: Picture | None = None  # measured; None for lists, and for mock-ups that are no pictures


@dataclass(frozen=True, slots=True)
class HandedOver:
    """Every file that the request as a whole, or one email or page of it, names; each once."""

    files: tuple[HandedFile, ...]
