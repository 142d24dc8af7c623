"""Things of the request that readers must see, and what answers them in the source: links, wording, the way out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa.artefacts import AlignedCopy, AlignedLinks, Link, Markup
from qa.artefacts.causes import of_asked, of_asked_link, of_link, of_passage
from qa.artefacts.document import UNTIL
from qa.check import gatherer
from qa.finding import Cause
from qa.links.roles import role_in_words, role_of
from qa.match.labels import label_likeness
from qa.request import AskedAsset, AskedEmail, Request
from qa.source import Place
from qa.text.wording import contains, quoted


@dataclass(frozen=True, slots=True)
class AskedThing:
    """One thing the request wants readers to see, and what answers it in the source; what is not there is none."""

    name: str  # "The link “Book”"
    causes: tuple[Cause, ...]
    links: tuple[Link, ...] = ()
    words: str = ""
    where: Place | None = None
    request: Place | None = None
    doubt: str = ""  # why the source alone does not tell whether it is seen

    @property
    def may_open(self) -> bool:
        """Whether a reader may bring it forth: by a click, or a script."""
        return UNTIL in self.doubt


@dataclass(frozen=True)
class AskedWords:
    """The words that must be said and the way out, and what every asked thing is looked up in."""

    markup: Markup
    things: tuple[AskedThing, ...]

    def with_aligned(self, links: AlignedLinks | None, copy: AlignedCopy | None) -> list[AskedThing]:
        """All that is in the source, as far as that tells: the asked links and the copy first."""
        return [*_links(links), *_copy(copy, self.markup), *self.things]


@gatherer()
def asked_words(asked: AskedAsset, request: Request, markup: Markup) -> AskedWords:
    """What is in the source, as far as that tells."""
    found = [*_wording(asked, request, markup), *(_way_out(markup) if isinstance(asked, AskedEmail) else ())]
    return AskedWords(markup, tuple(found))


def _links(aligned: AlignedLinks | None) -> Iterator[AskedThing]:
    """The asked links under their own words: another link to the same place does not stand for them."""
    for ask, built in aligned.pairs if aligned else ():
        there = [link for link in built if not link.hidden]
        named = tuple(link for link in there if label_likeness(ask.text, link.text) == 1) or tuple(there)
        if named and any(not link.outlook_only for link in named):
            causes = (of_asked_link(ask), *map(of_link, named))
            name = f"The link {quoted(ask.text)}" if ask.text.strip() else f"The link to {quoted(ask.url)}"
            yield AskedThing(name, causes, named, "", named[0].where, ask.place("text"), _doubt(named))


def _copy(aligned: AlignedCopy | None, markup: Markup) -> Iterator[AskedThing]:
    for block, built, _ in aligned.pairs if aligned else ():
        causes = (of_passage(built.where, built.value),)
        doubt = _doubt_of_words(built.value, markup)
        yield AskedThing(f"“{_short(block.text)}”", causes, (), built.value, built.where, block.where, doubt)


def _wording(asked: AskedAsset, request: Request, markup: Markup) -> Iterator[AskedThing]:
    wanted = [(text, asked.place("must_include", n)) for n, text in enumerate(asked.must_include or ())]
    if isinstance(asked, AskedEmail):
        legal = request.legal
        wanted += [(text, legal.place("must_include", n)) for n, text in enumerate(legal.must_include)]
    for words, place in wanted:
        where = next((block.where for block in markup.blocks if contains(block.text, words)), None)
        if where is not None:
            doubt = _doubt_of_words(words, markup)
            yield AskedThing(f"“{_short(words)}”", (of_asked(place, words),), (), words, where, place, doubt)


def _way_out(markup: Markup) -> Iterator[AskedThing]:
    links = [link for link in markup.links if link.has_href and not link.hidden and not link.outlook_only]
    leaving = tuple(
        link for link in links if "unsubscribe" in (role_of(link.href, link.text), role_in_words(link.text))
    )
    if leaving:
        causes = tuple(map(of_link, leaving))
        yield AskedThing("The unsubscribe link", causes, leaving, "", leaving[0].where, None, _doubt(leaving))


def _doubt(links: Sequence[Link]) -> str:
    """Why nobody can tell that one of them is seen; "" where one of them is."""
    seen = [link for link in links if not link.outlook_only]
    return seen[0].doubt if seen and all(link.doubt for link in seen) else ""


def _doubt_of_words(words: str, markup: Markup) -> str:
    shown = [block for block in markup.blocks if not (block.hidden or block.outlook_only)]
    doubts = [block.doubt for block in shown if block.doubt and contains(block.text, words)]
    if not doubts or contains(" ".join(block.text for block in shown if not block.doubt), words):
        return ""
    return doubts[0]


def _short(words: str) -> str:
    return words if len(words) <= 60 else f"{words[:59]}…"
