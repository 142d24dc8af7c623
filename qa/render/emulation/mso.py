"""Conditional comments and VML as Outlook on Windows reads them. Register as "mso", before "word".

https://learn.microsoft.com/previous-versions/windows/internet-explorer/ie-developer/compatibility/ms537512(v=vs.85)

Word counts conditions that stand in one another, and hides all that follows a condition that does not hold and is never
closed. Neither is documented: it is how Internet Explorer did it, whose conditions these are.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from itertools import pairwise

from qa.artefacts import View
from qa.facts import facts
from qa.markup.tokeniser import Kind, Token
from qa.markup.tokeniser import nesting as markup
from qa.render.emulation.edits import read
from qa.render.emulation.tags import stamp, stamp_of
from qa.render.emulation.vml import boxes

_IF = r"<!(?>(?:--)?)\[if\b"
_CLOSING = r"(?>(?:<!-{2,}+>?+\s*+)?)<!\s*+\[endif\]\s*+-*+>"
# Behind "<!--[if !mso]>" may stand "<!-->", "<!-- -->" or "-->": what others see as the end of a comment.
_POINT = re.compile(
    rf"{_IF}(?P<condition>[^\]>]{{0,300}}+)\]>(?>(?:\s*+(?>(?:<!)?)-{{2,}}+\s*+-*+>)?)|(?P<closing>{_CLOSING})|(?P<comment><!--)"
    r"|(?P<tag></?[A-Za-z])",
    re.IGNORECASE,
)
_WHILE_HIDDEN = re.compile(rf"(?P<opening>{_IF})|{_CLOSING}", re.IGNORECASE)
_COMMENT_END = re.compile(r"--!?>")
_PART = re.compile(r"[()!&|]|(?>(?:(lte?|gte?|eq)\s++)?)([a-z]\w*+)(?>(?:\s++(\d++(?>(?:\.\d++)?)))?)|\S")
_BINDING = {"(": 0, "|": 1, "&": 2, "!": 3}


def mso(html: str, view: View) -> str:
    """The document as Word reads it: conditions evaluated, what was in comments stamped, shapes drawn as boxes."""
    if "[if" in html.lower():
        html = _Reading(html).text()
    return boxes(html)


class _Reading:
    """One document being read. Every character is looked at a fixed number of times."""

    def __init__(self, html: str) -> None:
        self.raw, tokens = read(html)
        self.starts = [token for token in tokens if token.kind is Kind.START]
        self.offsets = [token.start for token in self.starts]
        # Where to read on behind each tag others see: style sheets and titles are one piece.
        self.behind = {token.start: token.end for token in tokens if token.kind in (Kind.START, Kind.END)}
        self.behind |= {
            tag.start: content.end
            for tag, content in pairwise(tokens)
            if content.kind is Kind.RAW and tag.kind is Kind.START
        }
        self.pieces: list[str] = []

    def text(self) -> str:
        """What Word reads."""
        text, masked = self.raw.text, self.raw.masked
        at = copied = 0
        while (point := _POINT.search(masked, at)) is not None:
            at = point.end()
            if point["tag"]:
                tag, end = self._tag(point.start())
                if end < 0:
                    break
                if tag is not None and tag.kind is Kind.START:
                    name_end = tag.start + 1 + len(tag.name)
                    self.pieces += (text[copied:name_end], stamp(self.source(tag.start)))
                    copied = name_end
                at = end
            elif point["comment"]:
                ending = _COMMENT_END.search(masked, point.start() + 2)
                at = ending.end() if ending else len(text)
            else:
                self.pieces.append(text[copied : point.start()])
                if point["condition"] is not None and not holds(point["condition"]):
                    at = self._behind_hidden(at)
                copied = at
        return "".join([*self.pieces, text[copied:]])

    def source(self, offset: int) -> int:
        """Where in the source a tag stands that only Word sees: counted from the stamp before it."""
        number = bisect_right(self.offsets, offset) - 1
        if number < 0:
            return offset
        before = self.starts[number]
        written = stamp_of(self.raw, before)
        if written is None:
            return offset
        return int(written[1]) + offset - before.start - len(written[0])

    def _tag(self, start: int) -> tuple[Token | None, int]:
        """A tag that others do not see, and where to read on behind it or one they see; -1 where it never ends."""
        if start in self.behind:
            return None, self.behind[start]
        tokens = self.raw.read(start, len(self.raw.text))
        tag = next(tokens, None)
        if tag is None or tag.start != start:
            return None, -1
        if tag.kind is Kind.START and not tag.closed and tag.name in markup()["raw"]:
            return tag, next(tokens).end
        return tag, tag.end

    def _behind_hidden(self, at: int) -> int:
        """The end of what a condition hides: the rest of the document where it is not closed."""
        depth = 1
        while depth and (mark := _WHILE_HIDDEN.search(self.raw.masked, at)) is not None:
            depth += 1 if mark["opening"] else -1
            at = mark.end()
        return len(self.raw.text) if depth else at


@lru_cache(maxsize=1024)
def holds(condition: str) -> bool:
    """Whether a condition holds in Word: "mso", "(gte mso 9)|(IE)", "!mso". One that cannot be read does not."""
    values: list[bool] = []
    waiting: list[str] = []
    try:
        for part in _PART.finditer(condition.lower()):
            sign = part[0]
            if part[2]:
                values.append(_has(part[2], part[1] or "", part[3]))
            elif sign in "(!":
                waiting.append(sign)
            elif sign == ")":
                _settle(values, waiting, 1)
                if waiting.pop() != "(":
                    return False
            elif sign in "&|":
                _settle(values, waiting, _BINDING[sign])
                waiting.append(sign)
            else:
                return False
        _settle(values, waiting, 1)
    except IndexError:
        return False
    return values == [True] and not waiting


def _settle(values: list[bool], waiting: list[str], binding: int) -> None:
    """Work out what binds at least so closely."""
    while waiting and _BINDING[waiting[-1]] >= binding:
        sign, last = waiting.pop(), values.pop()
        if sign == "!":
            values.append(not last)
        else:
            other = values.pop()
            values.append(other and last if sign == "&" else other or last)


def _has(feature: str, comparison: str, wanted: str | None) -> bool:
    known = facts("word")["conditions"]
    if feature in ("true", "false"):
        return feature == "true"
    version = known["versions"].get(feature)
    if version is None or wanted is None:
        return version is not None or feature.startswith(known["holding"])
    asked = float(wanted)
    below, same, above = version < asked, version == asked, version > asked
    return bool({"lt": below, "lte": below or same, "gt": above, "gte": above or same}.get(comparison, same))
