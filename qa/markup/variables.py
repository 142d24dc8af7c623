"""Values that a build gives its own variables: Marketo's template variables, AMPscript SET, Liquid assign, HubL set.

What stands in the file can be compared and drawn like any other text; what is not there is left as written.
https://experienceleague.adobe.com/en/docs/marketo/using/product-docs/email-marketing/general/email-editor-2/email-template-syntax
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from html import unescape

_MOST = 2000  # characters of a value
_META = re.compile(
    r"<meta\b[^<>]*?\bclass\s*=\s*[\"']?mkto(?:String|Color|List|Boolean|Number)\b[^<>]*>", re.IGNORECASE
)
_ATTRIBUTE = re.compile(r"(?<![\w-])([\w-]++)\s*+=\s*+(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>]+))")
_BLOCK = re.compile(r"%%\[((?>(?:[^\]%]++|\](?!%%)|%(?!%\[))*))\]%%")
_SET = re.compile(r"\bset\s+@(\w+)\s*=\s*", re.IGNORECASE)
_ASSIGN = re.compile(r"\{%-?\s*(?:assign|set)\s+(\w+)\s*=\s*((?>(?:[^%]++|%(?!\}))*))%\}")
_CAPTURE = re.compile(r"\{%-?\s*capture\s+(\w+)\s*-?%\}([^{%<]*+)\{%-?\s*endcapture\s*-?%\}")
_QUOTED = re.compile(r"\s*(?:\"([^\"]*+)\"|'([^']*+)')\s*-?")
_PRINTED = re.compile(r"\$\{([\w-]+)\}|\{\{-?\s*(\w+)\s*-?\}\}|%%=((?>(?:[^=%]++|=(?!%%)|%(?!%=))*))=%%")
_NESTED = 8  # calls in calls
_PIECE = re.compile(r"\s*(?:\"([^\"]*+)\"|'([^']*+)'|@(\w+)|(\w+)\s*\(|(-?\d[\d.]*+)|\[[^\]]*+\]|(\w[\w.]*+))\s*")
_PASSING = ("redirectto", "v", "treatascontent", "trim", "output")


class Variables:
    """The values of one file's variables. A merge tag in ``kept`` stays as it is: whoever compares it asked for it."""

    def __init__(self, text: str, kept: Collection[str] = ()) -> None:
        self._kept = frozenset(kept)
        self._template = dict(_template(text)) if "mkto" in text else {}
        found: dict[str, str | None] = {}
        for name, value in _settings(text):
            found[name] = value if found.get(name, value) == value else None  # set twice: nobody can tell which
        self._values = {name: value for name, value in found.items() if value is not None}
        self._script = {name[1:].lower(): value for name, value in self._values.items() if name[0] == "@"}
        self.any = bool(self._template or self._values) or "%%=" in text

    def in_text(self, written: str) -> str:
        """Words with the template's variables filled in; those that a script prints stay, for words are written so."""
        return self._filled(written, self._of_template)

    def in_attribute(self, written: str) -> str:
        """An attribute's value, with what stands in the file for its merge tags."""
        return self._filled(written, self._printed)

    def _filled(self, written: str, value_of: Callable[[re.Match[str]], str]) -> str:
        if not self.any or not ("{" in written or "%%=" in written):
            return written
        return _PRINTED.sub(lambda tag: tag[0] if tag[0] in self._kept else value_of(tag), written)

    def _of_template(self, tag: re.Match[str]) -> str:
        return self._template.get(tag[1] or "", tag[0])

    def _printed(self, tag: re.Match[str]) -> str:
        if tag[3] is not None:
            value = self._call(tag[3])
            return tag[0] if value is None or not re.search(r"https?:|mailto:|tel:", value) else value
        return self._of_template(tag) if tag[1] else self._values.get(tag[2], tag[0])

    def _call(self, code: str) -> str | None:
        """What a piece of AMPscript prints, where that is known; its unknown parts stay merge tags."""
        value, end = self._expression(code, 0, _NESTED)
        return value if value is not None and not code[end:].strip() else None

    def _expression(self, code: str, at: int, depth: int) -> tuple[str | None, int]:
        piece = _PIECE.match(code, at)
        if piece is None or not depth:
            return None, at
        string = next((text for text in piece.group(1, 2, 5) if text is not None), None)
        if string is not None:
            return string, piece.end()
        if piece[3] is not None:
            return self._script.get(piece[3].lower()), piece.end()
        if piece[4] is None:
            return None, piece.end()
        return self._function(piece[4].lower(), code, piece.end(), depth - 1)

    def _function(self, name: str, code: str, at: int, depth: int) -> tuple[str | None, int]:
        values: list[str | None] = []
        spelled: list[str] = []
        while at < len(code) and code[at] != ")":
            value, end = self._expression(code, at, depth)
            if end == at:
                return None, at
            values.append(value)
            spelled.append(code[at:end].strip())
            at = end + (end < len(code) and code[end] == ",")
        end = at + 1
        while end < len(code) and code[end].isspace():
            end += 1
        if name in _PASSING and len(values) == 1:
            return values[0], end
        known = any(value is not None for value in values)
        if name == "concat" and known:
            tags = zip(values, spelled, strict=True)
            return "".join(f"%%=v({said})=%%" if value is None else value for value, said in tags), end
        return None, end


def _template(text: str) -> Iterator[tuple[str, str]]:
    """Marketo's variables by their ids, with their defaults."""
    for meta in _META.finditer(text):
        said = {name.lower(): unescape(a or b or c) for name, a, b, c in _ATTRIBUTE.findall(meta[0])}
        default = said.get("default", said.get("values", "").partition(",")[0])
        if default.lower() in ("true", "false"):
            default = said.get(f"{default.lower()}_value", default)
        if said.get("id") and 0 < len(default) <= _MOST:
            yield said["id"], default + (said.get("units", "") if default[-1:].isdigit() else "")


def _settings(text: str) -> Iterator[tuple[str, str | None]]:
    """Every setting of a variable; None where its value is not written there. Those of AMPscript begin with "@"."""
    if "%%[" in text:
        for block in _BLOCK.finditer(text):
            for hit in _SET.finditer(block[1]):
                yield f"@{hit[1].lower()}", _assigned(block[1], hit.end())
    if "{%" in text:
        for hit in _ASSIGN.finditer(text):
            literal = _QUOTED.fullmatch(hit[2])
            yield hit[1], (literal[1] or literal[2] or "") if literal else None
        for hit in _CAPTURE.finditer(text):
            yield hit[1], hit[2].strip()


def _assigned(code: str, at: int) -> str | None:
    """The value of a SET: a string, or calls around one; None for any other."""
    value, _ = Variables("")._expression(code, at, _NESTED)  # the same reading, without variables
    return value
