"""What screen readers cannot read aloud: hidden documents, frames without a name, empty headings, lost image maps."""

from __future__ import annotations

from collections.abc import Iterator

from qa.artefacts import Inventory, Markup
from qa.check import check
from qa.finding import Code, Finding, Severity
from qa.markup.tokeniser import Kind, RawHtml, Token
from qa.source import Text
from qa.text.phrases import and_more
from qa.text.wording import quoted

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


@check(
    "reading-aloud",
    Code(
        "hidden-document",
        Severity.ERROR,
        "The whole document is hidden from screen readers.",
        'Take aria-hidden="true" off the <body>.',
    ),
    Code(
        "missing-map",
        Severity.ERROR,
        "A picture's links stand in a map that is not there.",
        "Put the <map> with that name into the document.",
    ),
    Code("untitled-frame", Severity.INFO, "A frame has no title.", "Say in its title what it holds: a form, a film."),
    Code("empty-heading", Severity.INFO, "A heading says nothing.", "Take it out: use styles to set things apart."),
)
def reading_aloud(read: Inventory, markup: Markup) -> Iterator[Finding]:
    """Everything that is there can be read aloud and clicked.

    A document that says it is hidden is silent to people who hear it; a frame without a title is “frame”. A picture
    whose map was lost looks as it should, and no click on it leads anywhere.

    Fails:
        email: {}
        build: <html><body aria-hidden="true"><h1>Save your seat</h1></body></html>

    Passes:
        email: {}
        build: <html><body><h1>Save your seat</h1></body></html>
    """
    assert read.read is not None  # where there is markup, it was read from tags
    raw, tokens = read.read.raw, read.read.tokens
    starts = [token for token in tokens if token.kind is Kind.START]
    told = (
        ("hidden-document", "The {} says that it is hidden", _hidden(raw, starts)),
        ("missing-map", "No map is called {}, so a click on the picture leads nowhere", _mapless(raw, starts)),
        ("untitled-frame", "The frame {} has no title", _untitled(raw, starts)),
        ("empty-heading", "The heading {} says nothing", _empty(raw, tokens)),
    )
    for code, says, found in told:
        slips = [Text(what, markup.source.place(token.start)) for token, what in found]
        if slips:
            first, each = slips[0], tuple(slip.value for slip in slips)
            message = f"{says.format(quoted(first.value))}{and_more([slip.where for slip in slips])}."
            yield Finding(code, message, first.where, actual=first.value, each=each)


_Found = Iterator[tuple[Token, str]]


def _hidden(raw: RawHtml, starts: list[Token]) -> _Found:
    for token in starts:
        if token.name in ("html", "body") and raw.attributes(token).get("aria-hidden", "").strip().lower() == "true":
            yield token, f"<{token.name}>"


def _mapless(raw: RawHtml, starts: list[Token]) -> _Found:
    named = [(token, raw.attributes(token)) for token in starts if token.name in ("map", "img", "object")]
    maps = {value.casefold() for token, attributes in named if token.name == "map" for value in attributes.values()}
    for token, attributes in named:
        wanted = attributes.get("usemap", "").strip()
        if token.name != "map" and wanted and wanted.removeprefix("#").casefold() not in maps:
            yield token, wanted


def _untitled(raw: RawHtml, starts: list[Token]) -> _Found:
    """Frames that are seen; trackers load theirs hidden, or as small as a dot."""
    for token in starts:
        if token.name == "iframe":
            attributes = raw.attributes(token)
            named = any(attributes.get(name, "").strip() for name in ("title", "aria-label", "aria-labelledby"))
            small = not {"0", "1"}.isdisjoint(attributes.get(side, "").strip() for side in ("width", "height"))
            unseen = "hidden" in attributes or "display:none" in attributes.get("style", "").replace(" ", "").lower()
            if not (named or small or unseen or attributes.get("aria-hidden", "").strip().lower() == "true"):
                yield token, attributes.get("src", "").strip() or "<iframe>"


def _empty(raw: RawHtml, tokens: tuple[Token, ...]) -> _Found:
    for number, token in enumerate(tokens):
        if token.kind is Kind.START and token.name in _HEADINGS and "id" not in raw.attributes(token):
            following = tokens[number + 1 : number + 3]
            ends = [one for one in following if one.kind is Kind.END and one.name == token.name]
            between = following[: following.index(ends[0])] if ends else ()
            if ends and all(one.kind is Kind.TEXT and not raw.words(one.start, one.end).strip() for one in between):
                yield token, f"<{token.name}>"
