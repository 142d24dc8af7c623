"""Does every reader see the same, whatever the mail program?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from qa.artefacts import Element, Link, Markup, Rendering, Shot
from qa.check import check
from qa.dates import flat
from qa.facts import facts
from qa.finding import Code, Finding, Severity, Skip
from qa.mask import masked
from qa.money import Percentage, Price, percentages, prices
from qa.request import AskedEmail
from qa.sight import Blocks, calls, contrast, legible
from qa.url import bare
from qa.views import View
from qa.wording import loose, quoted

_CLIP = facts("limits")["clipping"]["most"]  # bytes; what Gmail shows of a message is message-size's to say
_CONTRAST, _TEXT = facts("seen")["contrast"], facts("seen")["text"]
_NARROW = facts("seen")["phone"]["narrow"]
_WORD = re.compile(r"\w{3,}")
Amount = Price | Percentage


@check(
    "views",
    Code(
        "lost-view",
        Severity.WARNING,
        "A picture of the build could not be taken.",
        "Open the build in a browser: does it hang there, too? Else run the check once more.",
    ),
)
def views(rendering: Rendering) -> Iterator[Finding]:
    """Every view that was wanted is drawn.

    A view that was not drawn was not looked at: what is broken in it, the reader finds.

    Fails:
        page: {}
        build: <body><p>Save your seat<script>onresize = () => { if (innerWidth > 900) for (;;); }</script></body>

    Passes:
        page: {}
        build: <body><p>Save your seat</body>
    """
    for view, reason in rendering.lost:
        yield Finding("lost-view", f"{view.title} was not drawn: {reason}", view=view.name)
    if rendering.missing and not rendering.lost:
        reasons = dict.fromkeys(reason for _, reason in rendering.missing)
        raise Skip(f"not drawn: {_titles([view for view, _ in rendering.missing])}. {' '.join(reasons)}")


@check(
    "view-content",
    Code(
        "unseen-link",
        Severity.WARNING,
        "A link is seen in some mail programs and not in others.",
        "Show it in both: look for display:none, media queries, conditional comments and colours around it.",
    ),
    Code(
        "unseen-text",
        Severity.WARNING,
        "A passage is seen in some mail programs and not in others.",
        "Show it in both: look for display:none, media queries, conditional comments and colours around it.",
    ),
)
def view_content(rendering: Rendering, markup: Markup, asked: AskedEmail) -> Iterator[Finding]:
    """What one reader sees, every reader can see.

    Responsive emails carry things twice, for phones and for desks, and Outlook's buttons stand in comments that nobody
    else reads: where one of the two is forgotten or hidden by mistake, the readers of one mail program get an email
    without its button.

    Fails:
        email: {}
        build: >-
          <html><head><style>@media (max-width: 500px) { .cta { display: none } }</style></head><body> <p>Join
          us in spring.</p><a class="cta" href="https://acme.example/webinar">Save my seat</a></body></html>

    Passes:
        email: {}
        build: >-
          <html><head><style>@media (max-width: 500px) { .cta { color: red } }</style></head><body> <p>Join us
          in spring.</p><a class="cta" href="https://acme.example/webinar">Save my seat</a></body></html>
    """
    clipped = len(markup.source.text.encode("utf-8", "replace")) > _CLIP
    shots = [s for s in rendering.shots if s.view.images and not (clipped and "gmail-clip" in s.view.transforms)]
    if len(shots) < 2:
        raise Skip("only one view with pictures was drawn: there is nothing to compare")
    sights = [_sight(shot, markup, _on_pictures(shots)) for shot in shots]
    lacking: dict[tuple[str, ...], _Lack] = {}
    for link in _once(markup.links):
        without = [sight for sight in sights if not sight.shows(link)]
        if not _left_out(link, without, sights, markup):
            _note(link, without, lacking, len(sights))
    for passage in _passages(sights, markup):
        _note(passage, [sight for sight in sights if not sight.says(passage)], lacking, len(sights))
    told = {e.offset for lack in lacking.values() for e in lack.passages}
    told |= {link.where.offset or 0 for lack in lacking.values() for link in lack.links}
    for amount, element in _amounts(sights, markup).items():
        if element.offset not in told:
            _note(element, [s for s in sights if not s.names(amount, element)], lacking, len(sights))
    for lack in lacking.values():
        yield _unseen(lack, shots, markup)


@dataclass(frozen=True, slots=True)
class _Sight:
    """What a view shows, in the forms it is looked up by."""

    shot: Shot
    seen: frozenset[int]  # offsets
    faded: frozenset[int]  # of text in the colour of what is behind it
    goals: frozenset[str]  # of the links that are seen
    texts: frozenset[str]  # whole pieces of text, as `loose` makes them
    words: frozenset[str]
    measured: int  # the offset up to which was looked
    amounts: Mapping[Amount, Element]  # prices and percentages, each with its words where it stands first

    def names(self, amount: Amount, element: Element) -> bool:
        """Whether an amount is seen, wherever that may be."""
        return amount in self.amounts or element.offset > self.measured

    def shows(self, link: Link) -> bool:
        """Whether a link is seen, or another with its words or to its place; what was not measured may be seen."""
        if (link.where.offset or 0) > self.measured or bare(link.href) in self.goals:
            return True
        return bool(link.text.strip()) and loose(link.text) in self.texts

    def says(self, passage: Element) -> bool:
        """Whether a passage is seen, or nearly all of its words are elsewhere: in its version for phones, say."""
        if passage.offset in self.seen or passage.offset > self.measured:
            return True
        words = _words(passage.text)
        return bool(len(words & self.words) >= _TEXT["same"] * len(words))


def _left_out(link: Link, without: Sequence[_Sight], sights: Sequence[_Sight], markup: Markup) -> bool:
    """Whether only phones do without it, and it is none of the calls to action, which they show: as with menus."""
    if not all(sight.shot.view.width <= _NARROW and _calls(markup.links, sight) for sight in without):
        return False
    if any(link.where.offset in sight.faded for sight in without):
        return False
    return not any(_calls([link], sight) for sight in sights)


def _calls(links: Iterable[Link], sight: _Sight) -> bool:
    """Whether one of the links looks like a call to action."""
    pictured = {link.where.offset: bool(link.pictures) for link in links}
    drawn = [e for e in sight.shot.elements if e.visible and e.offset in pictured]
    return any(calls(element, pictured=pictured[element.offset]) for element in drawn)


@dataclass(slots=True)
class _Lack:
    """What a number of views do not show."""

    missing: list[View]
    links: list[Link]
    passages: list[Element]


def _note(what: Link | Element, without: list[_Sight], lacking: dict[tuple[str, ...], _Lack], most: int) -> None:
    """Put down what some views do not show; what none shows is hidden on purpose."""
    if 0 < len(without) < most:
        views = [sight.shot.view for sight in without]
        lack = lacking.setdefault(tuple(view.name for view in views), _Lack(views, [], []))
        if isinstance(what, Link):
            lack.links.append(what)
        else:
            lack.passages.append(what)


def _sight(shot: Shot, markup: Markup, on_pictures: frozenset[int]) -> _Sight:
    faded = frozenset(e.offset for e in shot.elements if e.offset not in on_pictures and _faded(e, shot.view))
    read = [e for e in shot.elements if e.visible and e.offset not in faded]
    seen = frozenset(element.offset for element in read)
    texts = frozenset(loose(element.text) for element in read if element.text)
    words = frozenset(word for element in read for word in _words(element.text))
    unloaded = [e.offset for e in shot.elements if e.tag == "img" and e.natural == (0, 0)]
    goals = {bare(link.href) for link in markup.links if link.where.offset in seen or _pending(link, unloaded, markup)}
    partly = "only the first" in shot.note
    measured = max((e.offset for e in shot.elements), default=0) if partly else len(markup.source.text)
    amounts = {amount: replace(e, text=said) for e in reversed(read) for amount, said in _named(e.text)}
    return _Sight(shot, seen, faded, frozenset(goals), texts, words, measured, amounts)


@lru_cache(maxsize=10_000)
def _named(text: str) -> Sequence[tuple[Amount, str]]:
    """The prices and percentages of a text, with their words; those of merge tags are code."""
    even = flat(masked(text))
    return tuple((amount, even[start:end]) for found in (prices, percentages) for start, end, amount in found(even))


def _faded(element: Element, view: View) -> bool:
    """Text in the colour of what is behind it. In dark mode, dark-mode-text says so."""
    found = contrast(element)
    return not view.dark and found is not None and found < _CONTRAST["hidden"]


def _on_pictures(shots: Iterable[Shot]) -> frozenset[int]:
    """Text that has a picture behind it somewhere: what is left without the picture, background-pictures says."""
    return frozenset(e.offset for shot in shots for e in shot.elements if e.picture_behind)


def _pending(link: Link, unloaded: Sequence[int], markup: Markup) -> bool:
    """Whether a link is a picture that did not load: it has no size, and nobody knows what the reader will see."""
    if not link.pictures or link.where.offset is None:
        return False
    inside = {i.where.offset for i in markup.images if i.link == link.href and i.src in link.pictures}
    return any(offset in inside for offset in unloaded)


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))


def _once(links: Iterable[Link]) -> Iterable[Link]:
    """The first of the links that lead to the same place, those left out that are hidden in the source.

    What only Outlook on Windows reads comes last.
    """
    goals: dict[str, Link] = {}
    for link in sorted(links, key=lambda link: link.outlook_only):
        if link.href.strip()[:1] not in ("", "#") and not link.hidden and (link.text.strip() or link.pictures):
            goals.setdefault(bare(link.href), link)
    return sorted(goals.values(), key=lambda link: link.where.offset or 0)


def _passages(sights: Sequence[_Sight], markup: Markup) -> Iterable[Element]:
    """Whole passages and headings that some view shows, those left out that are hidden in the source."""
    blocks = Blocks(markup)
    found: dict[int, Element] = {}
    for sight in sights:
        for element in sight.shot.elements:
            if element.offset in sight.seen and legible(element) and _told(element):
                found.setdefault(element.offset, element)
    hidden: Mapping[int, bool] = {o: bool((block := blocks.of(e)) and block.hidden) for o, e in found.items()}
    return [element for offset, element in sorted(found.items()) if not hidden[offset]]


def _amounts(sights: Sequence[_Sight], markup: Markup) -> Mapping[Amount, Element]:
    """What some view names of the offer, what is hidden in the source left out: it may be there for some alone."""
    blocks = Blocks(markup)
    found: dict[Amount, Element] = {}
    for sight in sights:
        for amount, element in sight.amounts.items():
            found.setdefault(amount, element)
    hidden = {element.offset for element in found.values() if (block := blocks.of(element)) and block.hidden}
    return {amount: element for amount, element in found.items() if element.offset not in hidden}


def _told(element: Element) -> bool:
    """Whether it tells a reader something: enough words that are no merge tags."""
    least = _TEXT["heading" if element.tag in ("h1", "h2", "h3") else "passage"]
    return bool(sum(map(str.isalnum, masked(element.text))) >= least)


def _unseen(lack: _Lack, shots: Sequence[Shot], markup: Markup) -> Finding:
    others = [shot.view for shot in shots if shot.view not in lack.missing]
    if lack.links:
        first = lack.links[0]
        code, place = "unseen-link", first.where
        name = f"The link {quoted(first.text if first.text.strip() else first.href, 60)}"
    else:
        code, place = "unseen-text", markup.source.place(lack.passages[0].offset)
        name = quoted(lack.passages[0].text, 60)
    rest = [(len(lack.links), "link"), (len(lack.passages), "passage")]
    rest[0 if lack.links else 1] = rest[0 if lack.links else 1][0] - 1, rest[0 if lack.links else 1][1]
    more = " and ".join(f"{count} more {noun}{'s' * (count > 1)}" for count, noun in rest if count)
    nor = f", nor can {more}" if more else ""
    message = f"{name} cannot be seen in {_titles(lack.missing)}{nor}; it can in {_titles(others)}."
    goals = "\n".join(link.href for link in lack.links[:10]) or None
    return Finding(code, message, place, actual=goals, view=others[0].name)


def _titles(views: Sequence[View], most: int = 3) -> str:
    """« Gmail on the web, Outlook on Windows and 2 more »."""
    titles = list(dict.fromkeys(view.title for view in views))
    if len(titles) > most + 1:
        return f"{', '.join(titles[:most])} and {len(titles) - most} more"
    return " and ".join(filter(None, (", ".join(titles[:-1]), titles[-1])))
