"""Text without its merge tags."""

from __future__ import annotations

import re

from qa.merge_tags.pattern import HALF_TOKEN, TOKEN
from qa.text.plain_text import without_addresses
from qa.text.wording import alike

_FILLED = re.compile(rf"{TOKEN.pattern}|%[A-Za-z][\w-]*+%")  # ActiveCampaign's, too


def tagless(text: str) -> str:
    """A text without its merge tags, as texts are compared."""
    return alike(HALF_TOKEN.sub(" ", TOKEN.sub(" ", text)))


def is_filled_in(text: str) -> bool:
    """Whether a text is nothing but merge tags: what readers will see is written when the email is sent."""
    rest, tags = _FILLED.subn(" ", text)
    return tags > 0 and not any(map(str.isalnum, rest))


def as_plain(text: str) -> str:
    """A text without what differs between it and a plain-text part: merge tags, addresses of links, marks of lists."""
    words = alike(TOKEN.sub(" ", without_addresses(text))).split()
    return " ".join(word for word in words if word.strip("*#_=-|>~•·"))
