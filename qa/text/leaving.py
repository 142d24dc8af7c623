"""Text of a build, a request or a file name as it may leave: nothing in it hides, turns lines round or is obeyed.

Everything printed and every file for other programs goes through one of these, once, at the end of its way.
https://www.unicode.org/reports/tr36/ (bidirectional spoofing), https://www.w3.org/TR/xml/#charsets
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from qa.facts import compiled, facts

# Controls but tab and newline, soft hyphen, zero-width space, word joiner, byte order mark, line and paragraph
# separators, every bidirectional control, interlinear marks, lone surrogates, non-characters, tag characters. The
# zero-width (non-)joiner stays: emoji, Persian and Indic words are spelled with it.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
_JOINERS = "\u200c\u200d"  # they shape Persian words and emoji
_DOT = "·"  # stands for what was there


def plain(text: str) -> str:
    """A line for a terminal or a log: no escape sequence is obeyed, and no order to a server that runs builds."""
    around = zip(" " + text, text, text[1:] + " ", strict=False)
    return unobeyed("".join(c if c.isprintable() or _joins(a, b, c) else _DOT for a, c, b in around))


def _joins(before: str, behind: str, sign: str) -> bool:
    return sign in _JOINERS and (before + behind).isprintable()


def plain_lines(text: str) -> str:
    """The same of a text of several lines, each as long as before."""
    return "\n".join(map(plain, text.split("\n")))


def visible(text: str) -> str:
    """Characters that hide or reorder text, spelled out as ⟨U+202E⟩; safe to encode as UTF-8 and as XML."""
    text = text.replace("\r\n", "\n")
    return _INVISIBLE.sub(lambda match: f"⟨U+{ord(match[0]):04X}⟩", text)


def acts(text: str) -> bool:
    """Whether a text holds a character that nobody sees, or an order to another program."""
    return bool(_INVISIBLE.search(text) or _orders().search(text))


def unobeyed(text: str) -> str:
    """A text as long as before, in which a dot breaks what another program would take for an order."""
    return _orders().sub(lambda match: match[0][:-1] + _DOT, text)


def escaped_json(written: str) -> str:
    """JSON of the same texts, with nothing in it that acts."""
    return _escaped(written, _json_code)


def escaped_yaml(written: str) -> str:
    """YAML of the same texts; those that `acts` is true of must stand in double quotes."""
    return _escaped(written, lambda sign: f"\\U{ord(sign):08x}" if ord(sign) > 0xFFFF else f"\\u{ord(sign):04x}")


def _escaped(written: str, code: Callable[[str], str]) -> str:
    written = _INVISIBLE.sub(lambda match: code(match[0]), written)
    return _orders().sub(lambda match: match[0][:-1] + code(match[0][-1]), written)


def _json_code(sign: str) -> str:
    """By its number, or by those of the halves of its pair."""
    units = sign.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{int.from_bytes(units[at : at + 2]):04x}" for at in range(0, len(units), 2))


@cache
def _orders() -> re.Pattern[str]:
    return compiled("|".join(f"(?:{each['pattern']})" for each in facts("obeyed")["orders"]))
