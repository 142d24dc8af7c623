"""Style sheets, scripts, pictures and pages that a document wants from its own folder, and that are not there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.source import Text


@dataclass(frozen=True, slots=True)
class LinkedFile:
    """A file that a document loads, by the address as written; of one that a style sheet imports, as seen from there.

    ``kind`` is "sheet", "script", "film" (or a sound), "frame" (or what else shows a document) or "picture".

    Or one that it links to: "page", which may as well be a PDF.
    """

    address: Text
    kind: str

    @property
    def is_sheet(self) -> bool:
        return self.kind == "sheet"


@dataclass(frozen=True, slots=True)
class LinkedFiles:
    """The files a document looks for in its own folder, and that are not there.

    Pictures are those that stand elsewhere than in the markup's own: in srcset, <source>, poster, a style sheet.
    ``remote`` are its style sheets on the web, and scripts that write one, which no picture is drawn with; ``frames``
    what else than a file it shows in a frame, mostly a page on the web; films, maps and the like, and forms, left out.
    """

    missing: tuple[LinkedFile, ...] = ()
    remote: tuple[LinkedFile, ...] = ()
    frames: tuple[LinkedFile, ...] = ()

    @property
    def unstyled(self) -> str:
        """The style sheet without which a picture does not show the page as it was made; "" where none is missing."""
        sheets = (*(one for one in self.missing if one.is_sheet), *self.remote)
        return next((one.address.value for one in sheets), "")


@dataclass(frozen=True, slots=True)
class FurtherPictures:
    """Addresses of pictures that stand elsewhere than in the inventory: in srcset, <source>, poster, a style sheet."""

    addresses: tuple[Text, ...]
