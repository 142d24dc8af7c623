"""Characters that a reader does not see, or takes for others, by their names. https://www.unicode.org/charts/"""

from __future__ import annotations

import unicodedata

from qa.text.phrases import listed

_NO_WIDTH = ("Cf", "Mn")
_BLANK = ("Zs", "Zl", "Zp", "Cc")


def unseen_difference(wanted: str, found: str) -> str:
    """What makes a value another one that looks like the wanted one, in words; "" where it looks different, too.

    «a zero width space (U+200B)», «a no-break space (U+00A0)», «“а”, which is Cyrillic small letter a (U+0430)».
    """
    if wanted == found:
        return ""
    if _as_seen(wanted) == _as_seen(found):
        added, left_out = _more(found, wanted), _more(wanted, found)
        return (
            listed(f"a {name_of_sign(sign)}" for sign in added) or f"the lack of {listed(map(name_of_sign, left_out))}"
        )
    if len(wanted) != len(found):
        return ""
    pairs = [(one, other) for one, other in zip(wanted, found, strict=True) if one != other]
    foreign = [other if one.isascii() else one for one, other in pairs if one.isascii() != other.isascii()]
    # An accent is there to be seen; a letter of another alphabet is not.
    if len(foreign) < len(pairs) or any(unicodedata.decomposition(sign) or not sign.isalpha() for sign in foreign):
        return ""
    return listed(f"“{sign}”, which is {name_of_sign(sign)}" for sign in foreign)


def _more(text: str, other: str) -> list[str]:
    """The unseen characters of which a text has more than another one."""
    signs = [sign for sign in dict.fromkeys(text) if unicodedata.category(sign) in _NO_WIDTH + _BLANK]
    return [sign for sign in signs if text.count(sign) > other.count(sign)]


def _as_seen(text: str) -> str:
    """What is left to be seen: signs of no width left out, blanks made alike and taken off both ends."""
    kinds = [(sign, unicodedata.category(sign)) for sign in unicodedata.normalize("NFC", text)]
    return "".join(" " if kind in _BLANK else sign for sign, kind in kinds if kind not in _NO_WIDTH).strip()


def name_of_sign(sign: str) -> str:
    """What Unicode calls a character, with its number."""
    return f"{unicodedata.name(sign, 'control character').lower()} (U+{ord(sign):04X})"
