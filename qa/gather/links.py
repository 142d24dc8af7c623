"""Which links does a document hold?"""

from __future__ import annotations

from qa.artefacts import Links, Markup
from qa.check import gatherer


@gatherer()
def links(markup: Markup) -> Links:
    """Every link, in order."""
    return Links(markup.links)
