"""The result of a comparison: regions, shifts, what stands where."""

from __future__ import annotations

from dataclasses import dataclass

# How far two colours may be apart and still be one: 0 the same, 1 black and white, in YIQ as pixelmatch measures.
# 0.02 is 5 levels of grey in 255. A browser repeats itself to the bit, so nothing finer needs to be forgiven; at the
# 0.1 pixelmatch begins with, a button 8 % off in its colour passes.
COLOUR = 0.02
AREA = 4  # pixels; a comma that became a full stop at 12 px is five


@dataclass(frozen=True, slots=True)
class NamedBox:
    """What stands somewhere, as a sentence would say it: “the button “Save my seat””, “the picture hero.png”.

    ``box`` is x, y, width and height in pixels of the picture.
    """

    box: tuple[float, float, float, float]
    words: str

    @property
    def kind(self) -> str:
        """“button”, “picture”: the second of the words."""
        return self.words.split(" ", 2)[1] if self.words.startswith("the ") else ""

    @property
    def quoted(self) -> str:
        """What it says itself, without what it is; "" where it says nothing."""
        return self.words.partition("“")[2].removesuffix("”")


@dataclass(frozen=True, slots=True)
class Region:
    """A part that is not as it was. ``box``: x, y, width, height in b's pixels; in a's where it was removed.

    ``dx`` and ``dy`` lead from where it was in a to where it is in b.
    """

    box: tuple[int, int, int, int]
    kind: str  # "changed", "moved", "added" or "removed"
    dx: int = 0
    dy: int = 0
    pixels: int = 0  # that differ; of something moved, added or removed, those that are not background
    share: float = 0.0  # of the pixels of the box
    said: str = ""


@dataclass(frozen=True, slots=True)
class Shift:
    """All rows of a from ``below`` to before ``end`` stand ``by`` pixels lower in b, higher where it is negative."""

    below: int
    end: int
    by: int
    said: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What `compare` found. ``same``: nothing a reader could see; then there are no regions and no shifts."""

    same: bool
    regions: tuple[Region, ...] = ()
    shifts: tuple[Shift, ...] = ()
    size: tuple[int, int] = (0, 0)  # of a
    grown: tuple[int, int] = (0, 0)  # by how much b is wider and higher
