"""Pages that their own script writes when they are opened, so that their file says next to nothing."""

from __future__ import annotations

from qa.artefacts import Markup
from qa.request import AskedAsset, AskedPage

_FEW = 40  # characters that a reader sees: "You need JavaScript to …" is not among them
WRITTEN_LATER = "The page is written by its own script when it is opened"


def is_written_later(markup: Markup) -> bool:
    """Whether a file is the mere place for what its script writes."""
    return bool(markup.scripts) and len(markup.text.strip()) < _FEW and not markup.forms


def look(asked: AskedAsset, markup: Markup) -> str:
    """What to add to a finding about something that is not in the file of such a page; "" for any other asset."""
    late = isinstance(asked, AskedPage) and is_written_later(markup)
    return f" {WRITTEN_LATER}: look at it in a browser." if late else ""
