"""Text without its merge tags."""

from __future__ import annotations

from qa.merge_tags.pattern import HALF_TOKEN, TOKEN
from qa.text.wording import alike


def tagless(text: str) -> str:
    """A text without its merge tags, as texts are compared."""
    return alike(HALF_TOKEN.sub(" ", TOKEN.sub(" ", text)))
