"""The walk over an HTML document: each element once, in order, known by its offset in the source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from qa.artefacts import RawTokens
from qa.gather.document.collected import MOST_LISTENING, VML_SHAPES, Found, in_drawing
from qa.gather.document.inheritance import inherit
from qa.gather.document.text_blocks import Blocks, Capture, selector
from qa.gather.document.tree import Element, steps
from qa.gather.visibility.matched_rules import Tree
from qa.gather.visibility.styles import Styles
from qa.markup.tokeniser import Kind, RawHtml, Token, nesting
from qa.source import Place, Source, Text
from qa.text.wording import folded

_BLOCK = nesting()["block"]
_GAPS = frozenset(("br", "img", "input", "select", "textarea", "iframe", "video", "object"))
_FORM_PARTS = frozenset(("form", "fieldset", "legend", "label", "input", "select", "textarea", "datalist", "option"))
_CONDITION = re.compile(r"\[if\s([^\]]*+)\]>", re.IGNORECASE)
_NOT_OUTLOOK = re.compile(r"!\s*+\(?\s*+(?:[gl]te?\s++)?(?:mso|vml|true)", re.IGNORECASE)
_OUTLOOK = re.compile(r"mso|vml|\btrue\b", re.IGNORECASE)
_LABELLED_BY = re.compile(r"\baria-labelledby\s*+=\s*+[\"']?([^\"'<>]{1,500})", re.IGNORECASE)
_CELLS = frozenset(("td", "th", "caption", "table"))
_NOTHING = Element(Token(Kind.START, 0, 0), {}, None)


@dataclass(frozen=True, slots=True)
class Document:
    """What is walked over."""

    source: Source
    raw: RawHtml
    styles: Styles
    scripted: bool  # is read where scripts run, so that a reader does not see <noscript>
    browsed: bool = False  # is read in a browser, which plays films and shows no fallback for them
    found: Found = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "found", Found(self.browsed))


def walked(source: Source, read: RawTokens | None = None, *, browsed: bool = False) -> Found:
    """Walk over a whole document; ``read``: what its tokeniser made of it, where that was asked already.

    ``browsed``: it is a page, which is read in a browser.
    """
    raw = read.raw if read else RawHtml(source.text)
    tokens = read.tokens if read else raw.tokens()
    scripted = any(token.kind is Kind.RAW and token.name == "script" for token in tokens)
    tree = list(steps(tokens))
    document = Document(
        source, raw, Styles(_sheets(raw, tokens), Tree(raw, tree), scripted), scripted or browsed, browsed
    )
    document.found.forms.named_by = frozenset(" ".join(_LABELLED_BY.findall(raw.text)).split())
    Walk(document).over(tokens, tree)
    found = document.found
    if found.straddling is not None:  # never closed: what it was to hold, nobody knows
        found.straddling.text, found.straddling.alts = Capture(), []
    return found


def for_outlook(condition: str) -> bool:
    """Whether Outlook on Windows reads what a conditional comment holds: "gte mso 9", "true", not "!mso"."""
    return _OUTLOOK.search(_NOT_OUTLOOK.sub("", condition)) is not None


def _sheets(raw: RawHtml, tokens: Sequence[Token]) -> Iterator[tuple[str, str]]:
    """The media of every style sheet, and what it says."""
    for tag, content in pairwise(tokens):
        if content.kind is Kind.RAW and content.name == "style":
            yield raw.attributes(tag).get("media", "").strip(), raw.masked[content.start : content.end]


class Walk:
    """One walk over a document, or over what stands in a comment that only Outlook on Windows reads."""

    def __init__(self, document: Document, outlook_only: bool = False) -> None:
        self.document = document
        self.raw, self.found, self.forms = document.raw, document.found, document.found.forms
        self.outlook_only = outlook_only
        self.inner = _NOTHING  # the innermost element that is open
        self.blocks = Blocks(document.source, outlook_only)
        self.found.blocks.append(self.blocks)
        self.captures: dict[Element, Capture] = {}
        self._slotted: set[Element] = set()  # what holds a place for what stands beside a shadow root
        self._spaced = self._bounded = False  # whether the last words were followed by a gap, by the edge of a block

    def over(self, tokens: Sequence[Token], tree: Iterable[Token | None]) -> None:
        """Walk over tokens, in the order of their tree."""
        for token in tree:
            if token is None:
                closed, self.inner = self.inner, self.inner.parent or _NOTHING
                self.closed(closed)
            elif token.kind is Kind.START:
                if token.name == "a":
                    self._end_link()
                self.inner = Element(token, self.raw.attributes(token), self.inner)
                self.opened(self.inner)
            elif token.kind is Kind.TEXT:
                self._text(token)
            else:
                self._met(token)
        if self.outlook_only:
            self._note_straddling(tokens)
        self.blocks.boundary()

    # Elements.

    def opened(self, element: Element) -> None:
        """A start tag, now in its place."""
        element.style = self.document.styles.of(element.tag.start, element.name, element.attributes)
        self._inherit(element)
        element.cell = _cell(element)
        if element.name in _BLOCK:
            self._boundary()
        elif element.name in _GAPS:
            self._gap()
        if element.excluded:
            return
        if element.name == "slot":
            self._slotted.update(_around(element))
        self.found.opened(element, self._place, self.outlook_only)
        if (element.name in _FORM_PARTS or self._names_a_field(element)) and not self.outlook_only:
            capture = self.forms.opened(element, self._place(element))
            if capture is not None and len(self.captures) < MOST_LISTENING:
                self.captures[element] = capture

    def _names_a_field(self, element: Element) -> bool:
        return bool(self.forms.named_by) and element.attributes.get("id") in self.forms.named_by

    def _inherit(self, element: Element) -> None:
        document, parent = self.document, element.parent or _NOTHING
        inherit(element, parent, scripted=document.scripted, browsed=document.browsed)
        template = element.name == "template" and not self._is_shadow(element)
        element.excluded = parent.excluded or template or self._settings_of_word(element)

    def _is_shadow(self, element: Element) -> bool:
        """Whether a template is shown in the place of what its element holds: a browser makes a shadow root of it."""
        return self.document.browsed and element.attributes.get("shadowrootmode", "").lower() in ("open", "closed")

    def closed(self, element: Element) -> None:
        """The end of an element."""
        if element.name == "template" and element.parent is not None and self._is_shadow(element):
            element.parent.gone |= element not in self._slotted
        capture = self.captures.pop(element, None)
        self.found.closed(element)
        if element.name in _FORM_PARTS and not self.outlook_only:
            self.forms.closed(element, capture)
        if element.name in _BLOCK:
            self._boundary()

    def _note_straddling(self, tokens: Sequence[Token]) -> None:
        """A VML button that one comment opens and another closes holds what stands between the two."""
        shapes = [token for token in tokens if token.name in VML_SHAPES and not token.closed]
        depth = sum(1 if token.kind is Kind.START else -1 for token in shapes)
        if depth > 0:
            starts = {token.start for token in shapes}
            self.found.straddling = next((d for d in reversed(self.found.links) if d.element.tag.start in starts), None)
        elif depth < 0:
            self.found.straddling = None

    def _end_link(self) -> None:
        """A link ends here, whatever is left open in it; but none that stands around this cell of a table."""
        inside, element = [], self.inner
        while element.link is not None and element.name not in _CELLS:
            inside.append(element)
            if element.name == "a" and element.own_link is not None:
                element.own_link = None
                for inner in reversed(inside):
                    self._inherit(inner)
                return
            element = element.parent or _NOTHING

    def _settings_of_word(self, element: Element) -> bool:
        return self.outlook_only and element.name == "xml"

    # Tokens.

    def _met(self, token: Token) -> None:
        if token.kind is Kind.END:
            self._end(token)
        elif token.kind is Kind.COMMENT:
            self._comment(token)
        elif token.kind is Kind.RAW:
            self._raw_text(token)
        else:
            self._declaration(token)

    def _end(self, token: Token) -> None:
        """An end tag, its element closed already; or one of nothing."""
        if token.name == "p":
            self._boundary()
        elif token.name == "br":
            self._gap()
        elif token.name == "a":
            self._end_link()
        elif token.name == "form" and not self.outlook_only:
            self.forms.ended()

    def _text(self, token: Token) -> None:
        written = self.raw.text[token.start : token.end]
        if written.isspace() or not (words := self.raw.words(token.start, token.end)).strip():
            self._gap()
            return
        own = self.raw.own_words(token.start, token.end)
        if self.inner.excluded or (self.inner.name == "head" and not own.strip()):  # merge tags between <meta>s
            return
        if self.forms.choosing and not self.outlook_only:
            if self.inner in self.captures:
                self.captures[self.inner].add(words, False)
                self._spaced = self._bounded = False
            return
        self._words(words, own, token.start + len(written) - len(written.lstrip()))

    def _words(self, words: str, own: str, offset: int) -> None:
        inner, self._spaced, self._bounded = self.inner, False, False
        hidden = inner.gone or inner.tiny or inner.transparent or inner.invisible
        self.blocks.add(words, own, offset, inner, hidden)
        for capture in self._listening():
            capture.add(words, hidden, inner.doubt)

    def _listening(self) -> list[Capture]:
        listening = [draft.text for draft in self.found.drafts(self.inner, self.outlook_only)]
        listening += self.captures.values()
        if not self.outlook_only and self.forms.behind is not None:
            listening.append(self.forms.behind)
        return listening

    def _gap(self) -> None:
        if self._spaced:
            return
        self._spaced = True
        self.blocks.space()
        for capture in self._listening():
            capture.add(" ", False)

    def _boundary(self) -> None:
        if not self.outlook_only:
            self.forms.boundary()
        if not self._bounded:
            self._bounded = True
            self._gap()
            self.blocks.boundary()

    def _raw_text(self, token: Token) -> None:
        inner = self.inner
        if self.outlook_only or inner.excluded:
            return
        where = self._place(inner)
        if token.name == "script":
            if "src" not in inner.attributes:
                self.found.scripts.append(Text(self.raw.text[token.start : token.end], where))
        elif token.name == "title":
            if self.found.title is None and not in_drawing(inner):
                self.found.title = Text(folded(self.raw.words(token.start, token.end)), where)
        elif token.name == "textarea":
            self.forms.content(self.raw.words(token.start, token.end))

    def _comment(self, token: Token) -> None:
        condition = _CONDITION.match(self.raw.masked, token.start, token.end)
        if condition is None or self.outlook_only:
            return
        if for_outlook(condition[1]):
            end = self.raw.masked.rfind("<![endif]", condition.end(), token.end)
            inner = self.raw.tokens(condition.end(), end if end >= 0 else token.end)
            Walk(self.document, outlook_only=True).over(inner, steps(inner))
            self._spaced = self._bounded = False

    def _declaration(self, token: Token) -> None:
        if not self.found.doctype and self.raw.text[token.start : token.start + 9].lower() == "<!doctype":
            self.found.doctype = folded(self.raw.text[token.start + 9 : token.end].removesuffix(">"))

    def _place(self, element: Element) -> Place:
        return self.document.source.place(element.tag.start, selector(element))


def _around(element: Element) -> Iterator[Element]:
    around = element.parent
    while around is not None:
        yield around
        around = around.parent


def _cell(element: Element) -> tuple[int, int] | None:
    """The cell of a table an element stands in: the innermost."""
    around = element.parent
    if element.name in ("td", "th") and around is not None and around.name == "tr":
        around.cells += 1
        return around.tag.start, around.cells
    return around.cell if around else None
