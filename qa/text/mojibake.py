"""Letters that were garbled: UTF-8 read as windows-1252, “Ã©” for “é”; quoted-printable never decoded, “=C3=A9”."""

from __future__ import annotations

import re
from urllib.parse import unquote_to_bytes

# What the bytes 80 to BF look like then, without those that often stand behind a capital letter by right (quotes,
# dashes, dots, spaces, ™).
_SIGNS = "\u0081\u008d\u008f\u0090\u009d€‚ƒ„†‡ˆ‰Š‹ŒŽ˜š›œžŸ¡¢£¤¥¦§¨©ª¬®¯°±²³´µ¶·¸¹º¼½¾¿"
_MARKS = "‘’“”•–—…™«»\u00a0\u00ad"
_ANY = f"[{_SIGNS}{_MARKS}]"
_QUOTED = r"(?:=[CD][0-9A-F]=[89AB][0-9A-F]|=E[0-9A-F](?:=[89AB][0-9A-F]){2}|=F[0-4](?:=[89AB][0-9A-F]){3})"
# All begin with one of a few letters, so that the others are passed over quickly.
GARBLED = re.compile(
    rf"{_QUOTED}{{1,40}}|[ÂÃÄÅâðïÐÑÎÏä-é](?:(?<=[ÂÃÄÅ])[{_SIGNS}]|(?<=[ÂÃ])(?<![A-ZÀ-Þ].)[{_MARKS}](?![A-ZÀ-Þ])"
    rf"|(?<=â)[€‚„†ˆ˜šœžŸ]{_ANY}|(?<=ð)Ÿ{_ANY}{{2}}|(?<=ï)(?:»¿|¸\u008f)"
    rf"|(?<=[ÐÑ]){_ANY}(?:[ÐÑ]{_ANY}){{2,39}}|(?<=[ÎÏ]){_ANY}(?:[ÎÏ]{_ANY}){{2,39}}"
    rf"|(?<=[ä-é]){_ANY}{{2}}(?:[ä-é]{_ANY}{{2}}){{2,39}})"
)


def meant(garbled: str) -> str:
    """What was written before it was garbled."""
    if garbled[0] == "=":
        return unquote_to_bytes(garbled.replace("=", "%")).decode("utf-8", "replace")
    raw = b"".join(
        letter.encode("cp1252") if letter not in "\u0081\u008d\u008f\u0090\u009d" else bytes([ord(letter)])
        for letter in garbled
    )
    return raw.decode("utf-8", "replace")


# Quoted-printable that shows in the markup itself: an attribute, several parameters of an address, lines cut at 76.
UNDECODED = re.compile(
    r"\s[a-z-]{2,20}=3D[\"']|[?&]\w{1,30}=3D[^\s\"'<>]{0,200}?&(?:amp;)?\w{1,30}=3D|(?m:=20\r?$)"
    r"|(?m:^.{58,75}(?<=[\w,.;:>< ])=\r?\n.{58,75}(?<=[\w,.;:>< ])=\r?$)"
)


def mended(text: str) -> str:
    """A text with what is garbled in it put right."""
    return GARBLED.sub(lambda found: meant(found[0]), text)
