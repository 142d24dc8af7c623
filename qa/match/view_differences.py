"""What some views of an email lack and others show."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from qa.artefacts import Element, Link, Markup, Screenshot
from qa.facts import facts
from qa.links.url import bare
from qa.markup.merge_tag_mask import masked
from qa.match.view_contents import Amount, Seen, Unseen, ViewContent, leads_nowhere, seen_in
from qa.text.wording import loose
from qa.views.legibility import ElementBlocks, calls, legible

_TEXT = facts("view_limits")["text"]
_NARROW = facts("view_limits")["phone"]["narrow"]


@dataclass(slots=True)
class Lack:
    """What a number of views do not show, for one reason, and others do."""

    why: Unseen
    missing: list[Seen]
    others: list[Seen]
    links: list[Link] = field(default_factory=list)
    passages: list[Element] = field(default_factory=list)


def lacks(screenshots: Sequence[Screenshot], markup: Markup) -> list[Lack]:
    """What some of the screenshots of an email lack, and why."""
    views, lacking = seen_in(screenshots, markup), _Lacking()
    whole = [one.there for one in views if not one.clipped]
    for link in _once(markup.links):
        without = [one.there for one in views if one.lacks(link) is Unseen.HIDDEN]
        lacking.note(link, views, left_out=_left_out(link, without, whole, markup))
    for passage in _passages(whole, markup):
        lacking.note(passage, views)
    told = lacking.offsets()
    for amount, element in _amounts(whole, markup).items():
        lacking.note(element, views, amount, told=told)
    return list(lacking.found.values())


def _left_out(link: Link, without: Sequence[ViewContent], contents: Sequence[ViewContent], markup: Markup) -> bool:
    """Whether only phones do without it, and it is none of the calls to action, which they show: as with menus."""
    if not all(content.screenshot.view.width <= _NARROW and _calls(markup.links, content) for content in without):
        return False
    if any(link.where.offset in content.faded for content in without):
        return False
    return not any(_calls([link], content) for content in contents)


def _calls(links: Iterable[Link], content: ViewContent) -> bool:
    """Whether one of the links looks like a call to action."""
    pictured = {link.where.offset: bool(link.pictures) for link in links}
    drawn = [e for e in content.screenshot.elements if e.visible and e.offset in pictured]
    return any(calls(element, pictured=pictured[element.offset]) for element in drawn)


class _Lacking:
    """What some views do not show, those together that the same views lack for the same reason."""

    def __init__(self) -> None:
        self.found: dict[tuple[Unseen, tuple[str, ...]], Lack] = {}

    def note(
        self,
        thing: Link | Element,
        views: Sequence[Seen],
        amount: Amount | None = None,
        *,
        left_out: bool = False,
        told: Collection[tuple[Unseen, int]] = (),
    ) -> None:
        """Put down what some views do not show; what none shows is hidden on purpose."""
        offset = thing.where.offset or 0 if isinstance(thing, Link) else thing.offset
        reasons = [one.lacks(thing, amount) for one in views]
        for why in Unseen:
            missing = [one for one, reason in zip(views, reasons, strict=True) if reason is why]
            others = [one for one, reason in zip(views, reasons, strict=True) if reason is None]
            if why is Unseen.HIDDEN:  # what has faded, or was cut off, is there
                others = [one for one in views if not one.clipped and one not in missing]
            if missing and others and not (left_out and why is Unseen.HIDDEN) and (why, offset) not in told:
                key = why, tuple(one.view.name for one in missing)
                lack = self.found.setdefault(key, Lack(why, missing, others))
                if isinstance(thing, Link):
                    lack.links.append(thing)
                else:
                    lack.passages.append(thing)

    def offsets(self) -> set[tuple[Unseen, int]]:
        """Where the links and passages begin that some views lack, and why."""
        links = {(lack.why, link.where.offset or 0) for lack in self.found.values() for link in lack.links}
        return links | {(lack.why, element.offset) for lack in self.found.values() for element in lack.passages}


def _once(links: Iterable[Link]) -> Iterable[Link]:
    """The first of the links that lead to the same place, those left out that are hidden in the source.

    What only Outlook on Windows reads comes last. Links that lead nowhere yet are the same where their words are.
    """
    goals: dict[str, Link] = {}
    for link in sorted(links, key=lambda link: link.outlook_only):
        if link.hidden or not link.has_href:
            continue
        if leads_nowhere(link):
            if link.text.strip() and not link.pictures:
                goals.setdefault(f"words {loose(link.text)}", link)
        elif not link.href.strip().startswith("#") and (link.text.strip() or link.pictures):
            goals.setdefault(bare(link.href), link)
    return sorted(goals.values(), key=lambda link: link.where.offset or 0)


def _passages(contents: Sequence[ViewContent], markup: Markup) -> Iterable[Element]:
    """Whole passages and headings that some view shows, those left out that are hidden in the source."""
    blocks = ElementBlocks(markup)
    found: dict[int, Element] = {}
    for content in contents:
        for element in content.screenshot.elements:
            if element.offset in content.seen and legible(element) and _told(element):
                found.setdefault(element.offset, element)
    hidden: Mapping[int, bool] = {o: bool((block := blocks.of(e)) and block.hidden) for o, e in found.items()}
    return [element for offset, element in sorted(found.items()) if not hidden[offset]]


def _amounts(contents: Sequence[ViewContent], markup: Markup) -> Mapping[Amount, Element]:
    """What some view names of the offer, what is hidden in the source left out: it may be there for some alone."""
    blocks = ElementBlocks(markup)
    found: dict[Amount, Element] = {}
    for content in contents:
        for amount, element in content.amounts.items():
            found.setdefault(amount, element)
    hidden = {element.offset for element in found.values() if (block := blocks.of(element)) and block.hidden}
    return {amount: element for amount, element in found.items() if element.offset not in hidden}


def _told(element: Element) -> bool:
    """Whether it tells a reader something: enough words that are no merge tags."""
    least = _TEXT["heading" if element.tag in ("h1", "h2", "h3") else "passage"]
    return bool(sum(map(str.isalnum, masked(element.text))) >= least)
