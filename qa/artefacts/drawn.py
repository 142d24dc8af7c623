"""The final documents of a page, as a browser has them once its scripts ran."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.artefacts.document import Markup
    from qa.artefacts.view import View


@dataclass(frozen=True, slots=True)
class DrawnContents:
    """Each with the view it was read in; a document that is the same in several views is there once.

    They are read as the source is, with shadow roots, frames and the words of style sheets in their places. The places
    in them are of no use outside.
    """

    documents: tuple[tuple[View, Markup], ...] = ()
