"""Mojibake: UTF-8 that was read as windows-1252, “Ã©” for “é”, and what was meant."""

from __future__ import annotations

import re

# What the bytes 80 to BF look like then, without those that often stand behind a capital letter by right (quotes,
# dashes, dots, spaces, ™).
_SIGNS = "\u0081\u008d\u008f\u0090\u009d€‚ƒ„†‡ˆ‰Š‹ŒŽ˜š›œžŸ¡¢£¤¥¦§¨©ª¬®¯°±²³´µ¶·¸¹º¼½¾¿"
_MARKS = "‘’“”•–—…™«»\u00a0\u00ad"
_ANY = f"[{_SIGNS}{_MARKS}]"
# All begin with one of a few letters, so that the others are passed over quickly.
GARBLED = re.compile(
    rf"[ÂÃÄÅâðïÐÑÎÏä-é](?:(?<=[ÂÃÄÅ])[{_SIGNS}]|(?<=[ÂÃ])(?<![A-ZÀ-Þ].)[{_MARKS}](?![A-ZÀ-Þ])"
    rf"|(?<=â)[€‚„†ˆ˜šœžŸ]{_ANY}|(?<=ð)Ÿ{_ANY}{{2}}|(?<=ï)(?:»¿|¸\u008f)"
    rf"|(?<=[ÐÑ]){_ANY}(?:[ÐÑ]{_ANY}){{2,39}}|(?<=[ÎÏ]){_ANY}(?:[ÎÏ]{_ANY}){{2,39}}"
    rf"|(?<=[ä-é]){_ANY}{{2}}(?:[ä-é]{_ANY}{{2}}){{2,39}})"
)


def meant(garbled: str) -> str:
    """What was written before it was garbled."""
    raw = b"".join(
        letter.encode("cp1252") if letter not in "\u0081\u008d\u008f\u0090\u009d" else bytes([ord(letter)])
        for letter in garbled
    )
    return raw.decode("utf-8", "replace")


def mended(text: str) -> str:
    """A text with what is garbled in it put right."""
    return GARBLED.sub(lambda found: meant(found[0]), text)
