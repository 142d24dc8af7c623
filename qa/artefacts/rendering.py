"""A rendering of an asset: a screenshot in each view, and what was measured on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.artefacts.view import View


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in CSS pixels from the top left corner of the page."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Element:
    """An element as it was laid out. ``offset`` is that of its start tag in the source: it joins picture and source."""

    offset: int
    tag: str
    box: Box
    visible: bool = True
    text: str = ""  # its own visible text, white space folded
    colour: str = ""  # computed, "rgb(r, g, b)" or "rgba(…)"
    background: str = ""  # the nearest painted one behind it; "" where a picture is behind
    font_size: float = 0.0  # pixels
    natural: tuple[int, int] | None = None  # of a picture: its own size; (0, 0) where it did not load
    backdrop: str = ""  # the nearest painted colour behind it, pictures disregarded; white at the bottom
    picture_behind: bool = False
    cut: float = 0.0  # how much of its own text, 0 to 1, a box that is too low cuts off
    ink: Box | None = None  # where the letters of its text are drawn (of a link: all inside), None where it has none
    coloured_later: bool = False  # a merge tag writes its colour, or the one behind it
    moved: bool = False  # its box does not say where it is seen: it scrolls within another one, or flows in columns


@dataclass(frozen=True, slots=True)
class Screenshot:
    """One full-page picture in one view, and what was measured on it: ``view.ratio`` pixels to one of CSS."""

    view: View
    width: int  # of the viewport, CSS pixels
    height: int  # of the whole page
    scroll_width: int  # over ``width``: the page scrolls sideways, or is shown smaller
    png: bytes
    elements: tuple[Element, ...] = ()
    note: str = ""  # "cut at 20,000 px" …
    renderer: str = ""  # what drew it: "Chromium 156.0.1 (headless shell)"
    contents: str = ""  # of a page: its final document as HTML, what scripts, shadow roots and frames made of it

    @property
    def scale(self) -> float:
        """How small the client shows all of it, boxes too, because it is too wide for the screen; sizes of type not."""
        return self.view.scale(self.scroll_width)


@dataclass(frozen=True, slots=True)
class Rendering:
    """What a reader sees: a screenshot a view. ``refused`` lists the requests the browser was not allowed to make.

    ``lost`` are screenshots that failed, with the reason; ``missing`` those whose engine is not on this machine,
    with the sentence that says how to get it.
    """

    renderer: str
    screenshots: tuple[Screenshot, ...]
    refused: tuple[str, ...] = ()
    lost: tuple[tuple[View, str], ...] = ()
    missing: tuple[tuple[View, str], ...] = ()
