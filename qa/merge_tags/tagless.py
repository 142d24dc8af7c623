"""Text without its merge tags."""

from __future__ import annotations

from qa.merge_tags.pattern import HALF_TOKEN, TOKEN
from qa.text.wording import alike


def tagless(text: str) -> str:
    """A text without its merge tags, as texts are compared."""
    return alike(HALF_TOKEN.sub(" ", TOKEN.sub(" ", text)))


def as_plain(text: str) -> str:
    """A text without what a plain-text part does not have: merge tags, as they are spelled anew, and marks of lists."""
    return " ".join(word for word in alike(TOKEN.sub(" ", text)).split() if word.strip("*#_=-|>~•·"))
