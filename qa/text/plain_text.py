"""Words of a plain-text part, without what stands between them: addresses of links, numbers of notes, marks."""

from __future__ import annotations

import re

_ADDRESS = re.compile(r"[(<\[]{0,2}(?:https?://|\bwww\.)[^\s<>()\[\]]++[)>\]]{0,2}", re.IGNORECASE)
_NOTE = re.compile(r"\[(\d{1,3})\]:?")
_MARKS = re.compile(r"^(?:[^\w\s$£€¥₹%&@#+-]|[+-](?!\d))+|[^\w\s$£€¥₹%#+]+$")


def without_addresses(text: str) -> str:
    """A text without the addresses that stand behind its labels, and the numbers of those at its end: «terms [1]»."""
    bare = _ADDRESS.sub("", text)
    return _NOTE.sub("", bare) if bare != text else bare


def bare_word(word: str) -> str:
    """A word as it is compared between two layouts of one text: lower case, no marks around it but those of figures."""
    return _MARKS.sub("", word).casefold()
