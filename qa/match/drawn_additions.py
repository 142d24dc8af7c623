"""Links, prices, dates, shares and codes that a browser shows on a page, and that neither source nor request name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from qa.artefacts import KnownLinks, Link, Markup
from qa.artefacts.causes import of_passage
from qa.links.frame import host_role
from qa.links.roles import role_of
from qa.links.url import is_web, same_destination
from qa.match.drawn_changes import DrawnChange, is_on_its_way
from qa.match.fact_spots import Spot, asked_facts, fact_spots, is_among
from qa.match.known_links import is_named, is_of_campaign, is_of_team, is_own
from qa.request import AskedPage, Request
from qa.text.moments.dates import Day
from qa.text.wording import contains

_CLOCK = date(2026, 1, 1)  # what a page's clock shows while it is drawn
_NEAR = timedelta(days=45)  # of it: a script made that date of today's


class PagePart:
    """What a page was asked for, as additions to it are judged by."""

    def __init__(self, page: AskedPage, request: Request, known: KnownLinks) -> None:
        self.page, self.known = page, known
        self.language = page.language or request.language or ""
        self.facts = asked_facts(request, self.language)


def added_links(asked: PagePart, source: Markup, drawn: Markup) -> list[Link]:
    """Those to sites of others, and among what was asked for also those to the own site; each destination once."""
    before = [link.href for link in source.links if link.has_href]
    first, last = _among(asked.page, drawn)
    found: list[Link] = []
    for link in drawn.links:
        if link.hidden or not link.has_href or not is_web(link.href) or _is_known(link, asked.known):
            continue
        among = first <= (link.where.offset or 0) <= last
        if is_own(asked.known, link.href) and (is_named(link, asked.page) or not among):
            continue
        if not any(same_destination(href, link.href) for href in (*before, *(one.href for one in found))):
            found.append(link)
    return found


def _is_known(link: Link, known: KnownLinks) -> bool:
    framed = role_of(link.href, link.text) or host_role(link.href)
    return bool(framed) or is_of_campaign(known, link.href) or is_of_team(known, link.href)


def _among(page: AskedPage, drawn: Markup) -> tuple[int, int]:
    """Where what was asked for begins and ends in a document."""
    words = [block.text for block in page.wording or ()]
    at = [b.where.offset or 0 for b in drawn.blocks if any(contains(b.text, one) for one in words)]
    return (min(at), max(at)) if at else (0, -1)


def added_facts(asked: PagePart, source: Markup, drawn: Markup) -> list[Spot]:
    """Those a browser shows; dates that a script makes of today's are left out."""
    alts = [image.alt or "" for image in source.images]
    known = [(spot.kind, spot.fact) for spot in fact_spots([*(b.text for b in source.blocks), *alts], asked.language)]
    known += asked.facts
    found: list[Spot] = []
    for spot in fact_spots([b.text for b in drawn.blocks if not b.hidden], asked.language):
        if not is_among(spot, known) and not _is_of_clock(spot.fact):
            known.append((spot.kind, spot.fact))
            found.append(spot)
    return found


def changed_facts(asked: PagePart, source: Markup, drawn: Markup, added: Iterable[Spot]) -> Iterator[DrawnChange]:
    """Those of the source that are gone, where others of their kind have come: of the added ones."""
    there = [(spot.kind, spot.fact) for spot in fact_spots([block.text for block in drawn.blocks], asked.language)]
    left = list(added)
    for block in source.blocks:
        if block.hidden or block.outlook_only or not left:
            continue
        for spot in fact_spots([block.text], asked.language):
            came = next((one for one in left if one.kind == spot.kind), None)
            if came is not None and not is_among(spot, there):
                left.remove(came)
                about = (of_passage(block.where, block.text),)
                unsure = is_on_its_way(spot.written, came.written)
                name = f"the {spot.kind}"
                yield DrawnChange(name, spot.written, came.written, block.where, None, about, unsure)


def _is_of_clock(fact: object) -> bool:
    day = fact.on(_CLOCK) if isinstance(fact, Day) else None
    return day is not None and abs(day - _CLOCK) <= _NEAR
