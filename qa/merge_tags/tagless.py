"""Text without its merge tags."""

from __future__ import annotations

import re

from qa.merge_tags.pattern import TOKEN
from qa.text.wording import alike

_BROKEN = re.compile(r"\{\{[^{}\s][^{}]{0,60}\}?|\{\w+\.[^{}]{0,60}\}\}|\*\|\w{1,30}\*?|%%\[?\w{1,40}%?")  # half a tag


def tagless(text: str) -> str:
    """A text without its merge tags, as texts are compared."""
    return alike(_BROKEN.sub(" ", TOKEN.sub(" ", text)))
