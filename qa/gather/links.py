"""The links of a document."""

from __future__ import annotations

from qa.artefacts import Body, Links
from qa.check import gatherer


@gatherer()
def links(body: Body) -> Links:
    """Every link, in order."""
    return Links(body.links)
