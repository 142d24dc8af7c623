"""The structure of a document's tags before any parser repairs them, in one pass over its tokens."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qa.artefacts import Flaw, Inventory, RawTokens, Structure
from qa.check import gatherer
from qa.finding import Skip
from qa.gather.document.walk import for_outlook
from qa.gather.tag_flaws.balance import Balance
from qa.gather.tag_flaws.conditions import closes, condition_flaws, condition_of
from qa.gather.tag_flaws.formatting import unclosed_formatting
from qa.markup.merge_tag_mask import BLOT
from qa.markup.tokeniser import Kind, Token
from qa.source import Place, Source, Text

_SHAPES = frozenset(("v:roundrect", "v:rect", "v:oval", "v:shape", "v:group", "v:textbox", "xml"))
_BARE = frozenset(("roundrect", "oval", "fill", "textbox", "anchorlock", "stroke", "imagedata"))  # of "v:", "w:"
_ONCE = frozenset(("html", "body"))
_SAYING = frozenset(("style", "class", "href", "src", "alt"))
_RUNNING = frozenset(
    ("", "module", "text/javascript", "application/javascript", "text/ecmascript", "application/ecmascript")
)
# An attribute that holds an address, a style or a measure holds no markup, unless the quote before it never ended.
_NAMES = "href|src|style|class|width|height|align|valign|target|bgcolor|border"
_INSIDE = r"<(?:/[a-z]|[a-z]++\s)"
_SWALLOWED = re.compile(
    rf"\s(?:{_NAMES})\s*+=\s*+(?:\"[^\"<]*+{_INSIDE}[^\"]*+\"|'[^'<]*+{_INSIDE}[^']*+')", re.IGNORECASE
)
# src="hero.png alt="Hero": the value of one attribute runs on into the next, and the quotes are of an odd number.
_RUN_ON = re.compile(r"=\"[^\"<>]*?\s[a-z-]{2,20}=\"(?=\w)", re.IGNORECASE)


@gatherer()
def structure(read: Inventory) -> Structure:
    """The structure of the HTML part; Skip or Fault where there is none."""
    if read.markup is None or read.read is None:
        raise read.reason or Skip("the build has no HTML part")
    return Reader(read.markup.source, read.read).structure()


class Reader:
    """Reads the tokens of one document."""

    def __init__(self, source: Source, read: RawTokens) -> None:
        self.source, self.raw, self.tokens = source, read.raw, read.tokens
        self.comments = [token for token in self.tokens if token.kind in (Kind.COMMENT, Kind.DECLARATION)]

    def structure(self) -> Structure:
        """Everything there is to say about the tags of the document."""
        balance = Balance(self.source, self.raw)
        balance.over(self.tokens)
        starts = [token for token in self.tokens if token.kind is Kind.START]
        return Structure(
            tables=tuple(balance.tables),
            table_flaws=tuple(balance.table_flaws or self._for_outlook()),
            link_flaws=tuple(balance.link_flaws),
            formatting_flaws=tuple(unclosed_formatting(self.source, self.raw, self.tokens)),
            conditions=tuple(condition_flaws(self.source, self.raw, self.comments)),
            shapes=tuple(self._shapes()),
            comment=self._unclosed_comment(),
            quotes=tuple(self._quotes(starts)),
            repeated=tuple(self._repeated(starts)),
            second_attributes=tuple(self._second_attributes(starts)),
            scripts=tuple(self._scripts()),
            sheets=tuple(self._sheets(starts)),
        )

    def _for_outlook(self) -> Sequence[Flaw]:
        """Flaws in what Outlook on Windows reads: what conditional comments hold, without what they keep from it."""
        if not any(condition_of(self.raw, comment) for comment in self.comments):
            return ()
        balance = Balance(self.source, self.raw, outlook_only=True)
        balance.over(list(self._outlook_tokens()))
        return balance.table_flaws

    def _outlook_tokens(self) -> Iterator[Token]:
        kept_away = False
        for token in self.tokens:
            if token.kind is not Kind.COMMENT and token.kind is not Kind.DECLARATION:
                if not kept_away:
                    yield token
            elif (condition := condition_of(self.raw, token)) is not None:
                closing = self.raw.masked.rfind("[endif", condition.end(), token.end)
                if closing < 0:
                    kept_away = not for_outlook(condition[1])
                elif for_outlook(condition[1]):
                    yield from self.raw.tokens(condition.end(), self.raw.masked.rfind("<", 0, closing))
            elif closes(self.raw, token):
                kept_away = False

    def _shapes(self) -> Iterator[Flaw]:
        """Shapes of VML that are not closed, not opened, or lost their prefix; and Word's settings."""
        if not any(condition_of(self.raw, comment) for comment in self.comments):
            return
        still_open: list[Token] = []
        for token in self._outlook_tokens():
            if token.name in _BARE and token.kind in (Kind.START, Kind.END) and self._only_outlook(token):
                yield Flaw("bare", self._tag(token), self.source.place(token.start), True)
            elif token.name not in _SHAPES or token.closed:
                continue
            elif token.kind is Kind.START:
                still_open.append(token)
            elif token.name in (names := [one.name for one in still_open]):
                last = len(names) - 1 - names[::-1].index(token.name)
                for lost in still_open[last + 1 :]:
                    yield Flaw("unclosed", self._tag(lost), self.source.place(lost.start), True)
                del still_open[last:]
            else:
                yield Flaw("unopened", self._tag(token), self.source.place(token.start), True)
        for token in still_open:
            yield Flaw("unclosed", self._tag(token), self.source.place(token.start), True)

    def _only_outlook(self, token: Token) -> bool:
        return any(comment.start <= token.start < comment.end for comment in self.comments)

    def _tag(self, token: Token) -> str:
        return f"</{token.name}>" if token.kind is Kind.END else f"<{token.name}>"

    def _unclosed_comment(self) -> Place | None:
        last = self.tokens[-1] if self.tokens else None
        if last is None or last.kind is not Kind.COMMENT or last.end < len(self.raw.text):
            return None
        return self.source.place(last.start - 4)

    def _quotes(self, starts: Sequence[Token]) -> Iterator[Flaw]:
        """Tags that swallowed what stands behind them, and one that swallowed all the rest."""
        masked = self.raw.masked
        for token in starts:
            swallowed = masked.find("<", token.start + 1, token.end) > 0 and _SWALLOWED.search(masked, *token[1:3])
            odd = masked.count('"', token.start, token.end) % 2
            if swallowed or (odd and _RUN_ON.search(masked, token.start, token.end)):
                yield Flaw("unclosed", f"<{token.name}>", self.source.place(token.start))
        end = self.tokens[-1].end if self.tokens else 0
        rest = re.compile(r"[->!]{0,4}<(/?[A-Za-z][A-Za-z0-9]*+)").match(masked, end)
        if rest is not None:
            yield Flaw("endless", f"<{rest[1]}", self.source.place(rest.start(1) - 1))

    def _repeated(self, starts: Sequence[Token]) -> Iterator[Text]:
        seen: set[str] = set()
        for token in starts:
            if token.name in _ONCE:
                if token.name in seen:
                    yield Text(f"<{token.name}>", self.source.place(token.start))
                seen.add(token.name)

    def _second_attributes(self, starts: Sequence[Token]) -> Iterator[Text]:
        """What browsers drop; where merge tags stand in a tag, a condition may choose one of the two."""
        for token in starts:
            written = self.raw.masked[token.start : token.end]
            if written.count("style") + written.count("class") + written.count("src") + written.count("href") < 2:
                continue
            first: dict[str, str] = {}
            for name, _, _, start, end in self.raw.places(token) if BLOT not in written else ():
                value = re.sub(r"[\s;]+", "", self.raw.text[start:end].lower())
                if name in _SAYING and value and first.setdefault(name, value) != value:
                    yield Text(f"<{token.name}> {name}", self.source.place(token.start))

    def _scripts(self) -> Iterator[Text]:
        for number, token in enumerate(self.tokens):
            if token.name == "script" and token.kind is Kind.START:
                attributes = self.raw.attributes(token)
                if attributes.get("type", "").strip().lower() in _RUNNING:
                    content = self.tokens[number + 1] if number + 1 < len(self.tokens) else token
                    inside = self.raw.text[content.start : content.end] if content.kind is Kind.RAW else ""
                    yield Text(attributes.get("src", "") or inside.strip()[:200], self.source.place(token.start))

    def _sheets(self, starts: Sequence[Token]) -> Iterator[Text]:
        for token in starts:
            if token.name == "link":
                attributes = self.raw.attributes(token)
                if "stylesheet" in attributes.get("rel", "").lower().split():
                    yield Text(attributes.get("href", ""), self.source.place(token.start))
