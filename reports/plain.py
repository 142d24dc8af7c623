"""Text from a build, shown as it is: nothing invisible stays so, nothing endless is printed whole.

https://www.unicode.org/reports/tr36/ (bidirectional spoofing), https://www.w3.org/TR/xml/#charsets
"""

from __future__ import annotations

import re
from collections.abc import Sequence

LIMIT = 4000  # characters of one value: some two screens, more than a person compares by eye

# Controls but tab and newline, soft hyphen, zero-width space, word joiner, byte order mark, line and paragraph
# separators, every bidirectional control, interlinear marks, lone surrogates, non-characters, tag characters. The
# zero-width (non-)joiner stays: emoji, Persian and Indic words are spelled with it.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)


def visible(text: str) -> str:
    """Characters that hide or reorder text, spelled out as ⟨U+202E⟩; safe to encode as UTF-8 and as XML."""
    text = text.replace("\r\n", "\n")
    return _INVISIBLE.sub(lambda match: f"⟨U+{ord(match[0]):04X}⟩", text)


def cut(text: str, limit: int = LIMIT) -> str:
    """A text that ends after ``limit`` characters, with a word on how much more there is."""
    if len(text) <= limit:
        return text
    return f"{text[:limit]}… ({len(text) - limit:,} more characters)"


def shown(text: object, limit: int = LIMIT) -> str:
    """Any value as it may be printed."""
    return visible(cut(str(text), limit))


def counted(number: int, one: str, many: str = "") -> str:
    """«1 thing», «3 things», «1,204 checks»."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(words: Sequence[str]) -> str:
    """«a», «a and b», «a, b and c»."""
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)
