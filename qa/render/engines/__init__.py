"""Engines that draw a build, all behind the same few words, and the resource `Browsers` that holds a session's own."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Protocol

from qa.check import resource
from qa.finding import Fault
from qa.profile.model import Profile

if TYPE_CHECKING:
    from qa.artefacts import Element, View
    from qa.render.origin import BuildOrigin

STOPPED = "the run was stopped"  # what is said to whoever wants something drawn by what is closed
NAMES = ("chromium", "webkit", "gecko")  # each a module of this package with `found(profile) -> Engine | str`


@dataclass(frozen=True, slots=True)
class Load:
    """A document to be drawn once for several views: they share engine, document and whether pictures are shown."""

    html: str  # stamped, and as the client of these views has changed it
    served: BuildOrigin  # what it may read
    views: tuple[View, ...]
    scripted: bool = False


@dataclass(frozen=True, slots=True)
class DrawnView:
    """What came of one view. Sizes in CSS pixels; ``height`` is that of the whole, even where the picture was cut."""

    view: View
    width: int
    height: int
    scroll_width: int
    png: bytes
    elements: tuple[Element, ...] = ()
    note: str = ""
    contents: str = ""  # of a page whose scripts ran: the final document, as HTML


@dataclass(frozen=True, slots=True)
class LostView:
    """A view that could not be drawn, and why: it took too long, or the browser died twice."""

    view: View
    reason: str


class Engine(Protocol):
    """Something that draws. ``draw`` blocks, may be called from many threads, and answers every view of the load."""

    @property
    def name(self) -> str:
        """One of NAMES."""
        ...

    @property
    def label(self) -> str:
        """Product, version and kind: "Chromium 156.0.1 (headless shell)". It may have to be started to know."""
        ...

    @property
    def fingerprint(self) -> str:
        """What makes two pictures comparable: program, flags and fonts. Known without starting anything."""
        ...

    def draw(self, load: Load) -> list[DrawnView | LostView]:
        """Every view of a load. Raises Fault where the engine cannot run at all."""
        ...

    def close(self) -> None:
        """End what runs, for good; harmless when nothing does."""
        ...


class Browsers:
    """The engines of one profile: started when first wanted, shared by a whole session, ended with it."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._lock = threading.Lock()
        self._engines: dict[str, Engine | str] = {}
        self._closed = False

    def engines(self) -> Mapping[str, Engine | str]:
        """Each engine by its name, or the sentence that says why it is missing and how to get it. None is started."""
        with self._lock:
            if self._closed:
                raise Fault(STOPPED)
            if not self._engines:
                self._engines = {name: import_module(f"{__name__}.{name}").found(self._profile) for name in NAMES}
            return self._engines

    def close(self) -> None:
        """End every engine for good: whoever waits for a page waits no longer, and nothing is drawn any more."""
        with self._lock:
            self._closed = True
        for engine in self._engines.values():
            if not isinstance(engine, str):
                engine.close()


@resource(key=lambda profile: (profile.browser, profile.browsers))
def browsers(profile: Profile) -> Browsers:
    """Nothing is started until something is drawn."""
    return Browsers(profile)
