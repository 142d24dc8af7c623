"""Text without its merge tags; and without what else differs between a document and its plain-text part."""

from __future__ import annotations

import re

from qa.merge_tags.pattern import HALF_TOKEN, TOKEN
from qa.text.wording import alike

_ADDRESS = re.compile(r"[(<\[]{0,2}(?:https?://|\bwww\.)[^\s<>()\[\]]++[)>\]]{0,2}", re.IGNORECASE)
_NOTE = re.compile(r"\[(\d{1,3})\]:?")
_MARKS = re.compile(r"^(?:[^\w\s$£€¥₹%&@#+-]|[+-](?!\d))+|(?<![^\w\s$£€¥₹%#+])[^\w\s$£€¥₹%#+]++$")
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


def without_addresses(text: str) -> str:
    """A text without the addresses that stand behind its labels, and the numbers of those at its end: «terms [1]»."""
    bare = _ADDRESS.sub("", text)
    return _NOTE.sub("", bare) if bare != text else bare


def bare_word(word: str) -> str:
    """A word as it is compared between two layouts of one text: lower case, no marks around it but those of figures."""
    return _MARKS.sub("", word).casefold()
