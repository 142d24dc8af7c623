"""A view: the client, width and colours in which a build is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum


class Fidelity(Enum):
    """How near a view comes to what the reader sees. Never the client itself."""

    REAL = "real engine"  # the engine the client is made of, on other fonts and another system
    EMULATED = "emulated"  # another engine, with what the client is known to change done to the build
    APPROXIMATE = "approximate"  # a likeness, good for an early warning


class Darkening(Enum):
    """What a client does to a message in dark mode."""

    NONE = "none"  # shows it as in the light
    AUTHORED = "authored"  # as the message's own CSS says: prefers-color-scheme
    PARTIAL = "partial"  # light backgrounds are made dark, dark ones stay
    FULL = "full"  # everything is inverted, dark designs become light

    @property
    def forced(self) -> bool:
        """Whether the client recolours the message, whatever it says itself."""
        return self in (Darkening.PARTIAL, Darkening.FULL)


@dataclass(frozen=True, slots=True)
class View:
    """One way to see a build. Sizes in CSS pixels; ``ratio``: pixels of the picture to one of those.

    ``name`` is that of the table, with "-dark" and "-no-images" behind it where ``dark`` and not ``images``.
    """

    name: str
    title: str  # "Gmail on Android, dark mode"
    width: int
    height: int = 800  # of the window, before the document's own is known
    kind: str = "email"  # or "page"
    client: str = ""  # its name in clients.toml; "" for pages
    engine: str = "chromium"  # "chromium", "webkit" or "gecko"
    ratio: float = 1.0
    dark: bool = False
    darkening: Darkening = Darkening.NONE  # what dark mode does here; looked at only where ``dark``
    images: bool = True
    transforms: tuple[str, ...] = ()  # names in qa.render.emulation.TRANSFORMS, in their order
    fidelity: Fidelity = Fidelity.EMULATED
    dated: date = date(2026, 11, 22)  # when its facts were looked up
    note: str = ""  # what the view does not show
    fits: bool = False  # the client shows a message that is too wide smaller, until all of it is on the screen
    blocks_images: bool = False  # pictures stay out until the reader asks for them
    prefers_dark: bool = False  # its dark mode answers prefers-color-scheme: dark; looked at only where ``dark``
    source: str = ""

    def scale(self, reach: int) -> float:
        """How small the client shows a message that reaches so many CSS pixels; 1 where it is scrolled instead."""
        return self.width / reach if self.fits and reach > self.width + 1 else 1.0
