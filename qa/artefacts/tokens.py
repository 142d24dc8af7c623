"""The merge tags of an asset."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qa.finding import Cause
    from qa.source import Place


@dataclass(frozen=True, slots=True)
class Token:
    """A merge tag as written. ``role``: "value" (prints something), "system", "logic" or "variable" (printed, and
    set in the build); ``name`` has no default.

    ``fault`` says what is wrong with its syntax ("" where nothing is).
    """

    raw: str
    where: Place
    platform: str
    name: str = ""
    default: str | None = None
    role: str = "value"
    known: bool | None = None  # None: the platform's names are not all known
    inside: str = "html"  # "html", "text", "subject", "preheader", "from", "reply-to"
    fault: str = ""
    nearest: str = ""  # where the name is not known: the known tag it resembles


@dataclass(frozen=True, slots=True)
class Tokens:
    """Every merge tag of an asset: in its HTML, its plain text and its envelope."""

    platform: str  # "" where neither the request nor the build tells
    built: tuple[Token, ...]
    unread: bool = False  # merge tags stand in it, and as no platform is known, what they say is not
    rendered: bool = False  # of a message that was sent: they are filled in, and none should be left


@dataclass(frozen=True, slots=True)
class TokenPlaces:
    """What each merge tag is about, by how it is spelled: the links whose addresses it stands in, or the tag itself."""

    tokens: Tokens
    causes: Mapping[str, tuple[Cause, ...]]
