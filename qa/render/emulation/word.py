"""A message as Word draws it: HTML and CSS without what Word ignores; a likeness, never Outlook itself.

Sources and dates: qa/data/word.toml. Register as "word", behind "mso". What CSS cannot say is not shown: that cells of
a row share the biggest padding, that tables in what display:none hides stay visible, that distances are whole points.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from html import unescape

from qa.artefacts import View
from qa.facts import facts
from qa.markup.css import declarations
from qa.markup.tokeniser import Kind, RawHtml, Token
from qa.render.emulation.edits import read
from qa.render.emulation.tags import with_attributes
from qa.render.emulation.vml_shapes import BOX
from qa.render.emulation.word_css import inline, sheet

_PERCENT = re.compile(r"\s*([0-9]{1,4}(?:\.[0-9]{1,4})?)\s*%")
_STRETCH = re.compile(r"(-?[0-9]{1,5}(?:\.[0-9]{1,4})?)\s*(%|pt|px|em)?")


def word(html: str, view: View) -> str:
    """The document as Word would read it, conditions and VML already settled by `mso`."""
    return "".join(_Page(*read(html)).pieces())


def _around_tables(tokens: Sequence[Token]) -> set[int]:
    """Where the <div>s stand that hold a table. Word shades their paragraphs: what is around a table stays white."""
    found: set[int] = set()
    still_open: list[int] = []
    for token in tokens:
        if token.name == "div" and token.kind is Kind.START:
            still_open.append(token.start)
        elif token.name == "div" and still_open:
            still_open.pop()
        elif token.name == "table" and token.kind is Kind.START:
            for start in reversed(still_open):
                if start in found:
                    break
                found.add(start)
    return found


@cache
def _named(key: str) -> frozenset[str]:
    return frozenset(facts("word")["elements"][key])


class _Page:
    """One document, tag by tag."""

    def __init__(self, raw: RawHtml, tokens: Sequence[Token]) -> None:
        self.raw, self.tokens = raw, tokens
        self.last_ends = {token.name: token.start for token in tokens if token.kind is Kind.END}
        self.around_tables = _around_tables(tokens)

    def pieces(self) -> list[str]:
        """The new text of the document."""
        done: list[str] = []
        at = number = 0
        while number < len(self.tokens):
            token = self.tokens[number]
            written = self._written(token, number)
            number += 1
            if written is not None:
                done += (self.raw.text[at : token.start], written)
                at = token.end
            if token.kind is Kind.START and token.name in _named("vanishing"):
                number = self._behind(token, number)
                at = self.tokens[number - 1].end
        done.append(self.raw.text[at:])
        return done

    def _written(self, token: Token, number: int) -> str | None:
        """What stands instead of a token; None where it stays."""
        if token.kind is Kind.RAW and token.name == "style":
            drawn = BOX in self.raw.text[self.tokens[number - 1].start : token.start]
            return (
                None
                if drawn
                else sheet(self.raw.text[token.start : token.end], self.raw.masked[token.start : token.end])
            )
        if token.kind not in (Kind.START, Kind.END):
            return None
        if token.name in _named("bare") or token.name in _named("vanishing"):
            return ""
        return self._tag(token, number) if token.kind is Kind.START else None

    def _behind(self, opening: Token, number: int) -> int:
        """The number of the token behind an element that is not drawn at all."""
        if opening.closed or self.last_ends.get(opening.name, -1) < opening.start:
            return number
        while not (self.tokens[number].kind is Kind.END and self.tokens[number].name == opening.name):
            number += 1
        return number + 1

    def _tag(self, token: Token, number: int) -> str | None:
        if token.end - token.start == len(token.name) + 2:
            return None
        attributes = self.raw.attributes(token)
        if BOX in attributes:
            return None
        changes: dict[str, str | None] = {name: None for name in _named("attributes") if name in attributes}
        if "background" in attributes and token.name != "body":
            changes["background"] = None
        extra = self._sized(attributes, changes) if token.name == "img" else ""
        css = attributes.get("style", "")
        if token.start in self.around_tables and attributes.keys() & {"style", "class", "id"}:
            extra = "background:none"
        if "mso-" in css or token.name == "a":
            extra += self._stretched(css, token, number)
        if css or extra:
            kept = inline(css, token.name)
            changes["style"] = ";".join(filter(None, (kept, extra))) or None
        return with_attributes(self.raw, token, changes) if changes else None

    def _sized(self, attributes: Mapping[str, str], changes: dict[str, str | None]) -> str:
        """A picture is as wide as its attribute says; percent are those of the picture itself."""
        share = _PERCENT.match(attributes.get("width", ""))
        if share is not None:
            changes["width"] = None
            if float(share[1]) not in (0, 100):
                return f"zoom:{share[1]}%"
        return ""

    def _stretched(self, css: str, token: Token, number: int) -> str:
        """Links that are buttons by wide and raised blanks, as Word draws them."""
        if token.name == "a":
            raised = self._raised_inside(number)
            return f"display:inline-block;padding:{raised} 0" if raised else ""
        width = _STRETCH.match(next((each.value for each in declarations(css) if each.name == "mso-font-width"), ""))
        if width is None or width[2] != "%" or float(width[1]) <= 0:
            return ""
        blanks = self._words_behind(number)
        known = facts("word")["blanks"]
        if not blanks or any(blank not in known for blank in blanks):
            return ""
        whole = sum(known[blank] for blank in blanks)
        return f"letter-spacing:{(float(width[1]) / 100 - 1) * whole / len(blanks):.4g}em"

    def _raised_inside(self, number: int) -> str:
        """Half of what the first blank in a link is raised by: so far its text stands from either edge."""
        for token in self.tokens[number + 1 : number + 4]:
            if token.kind is Kind.START:
                css = self.raw.attributes(token).get("style", "")
                raised = next((each.value for each in declarations(css) if each.name == "mso-text-raise"), "")
                found = _STRETCH.match(raised) if token.name == "i" else None
                if found is None or float(found[1]) <= 0:
                    return ""
                return (
                    f"{float(found[1]) / 200:g}em" if found[2] == "%" else f"{float(found[1]) / 2:g}{found[2] or 'pt'}"
                )
        return ""

    def _words_behind(self, number: int) -> str:
        text = self.tokens[number + 1] if number + 1 < len(self.tokens) else None
        if text is None or text.kind is not Kind.TEXT or text.end - text.start > 2000:
            return ""
        return unescape(self.raw.text[text.start : text.end])
