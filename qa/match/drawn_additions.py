"""Links, prices, dates, shares and codes that a browser shows on a page, and that neither source nor request name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from qa.artefacts import KnownLinks, Link, Markup
from qa.links.frame import host_role
from qa.links.roles import role_of
from qa.links.url import is_web, same_destination
from qa.match.known_links import is_named, is_of_campaign, is_of_team, is_own
from qa.request import AskedPage, Request
from qa.request.offer import facts_of, spots_in
from qa.request.texts import asked_wording
from qa.text.moments.dates import Day, flat
from qa.text.wording import contains

_APART = " \1 "
_KINDS = ("price", "date", "percentage", "code")
_CLOCK = date(2026, 1, 1)  # what a page's clock shows while it is drawn
_NEAR = timedelta(days=45)  # of it: a script made that date of today's


def added_links(asked: PagePart, source: Markup, drawn: Markup) -> list[Link]:
    """Those to sites of others, and among what was asked for also those to the own site; each destination once."""
    known, page = asked.known, asked.page
    before = [link.href for link in source.links if link.has_href]
    first, last = _among(page, drawn)
    found: list[Link] = []
    for link in drawn.links:
        if link.hidden or not link.has_href or not is_web(link.href) or role_of(link.href, link.text):
            continue
        if host_role(link.href) or is_of_campaign(known, link.href) or is_of_team(known, link.href):
            continue
        own = is_own(known, link.href)
        if own and (is_named(link, page) or not first <= (link.where.offset or 0) <= last):
            continue
        if not any(same_destination(href, link.href) for href in (*before, *(one.href for one in found))):
            found.append(link)
    return found


class PagePart:
    """What a page was asked for, as additions to it are judged by."""

    def __init__(self, page: AskedPage, request: Request, known: KnownLinks) -> None:
        self.page, self.known = page, known
        texts = [said.text for asset in (*request.pages, *request.emails) for said in asked_wording(asset)]
        self.facts = [(fact.kind, fact.fact) for fact in facts_of(request, request.language or "")]
        self.language = page.language or request.language or ""
        self.facts += [(kind, fact) for kind, _, fact in _facts(texts, self.language)]


def added_facts(asked: PagePart, source: Markup, drawn: Markup) -> list[tuple[str, str]]:
    """Each with its kind, as it is written; dates that a script makes of today's are left out."""
    language = asked.language or (source.lang.value if source.lang else "")
    alts = [image.alt or "" for image in source.images]
    known = [(kind, fact) for kind, _, fact in _facts([*(b.text for b in source.blocks), *alts], language)]
    known += asked.facts
    found: list[tuple[str, str]] = []
    for kind, written, fact in _facts([b.text for b in drawn.blocks if not b.hidden], language):
        if any(kind == other and fact.same(one) for other, one in known) or _is_of_clock(fact):
            continue
        known.append((kind, fact))
        found.append((kind, written))
    return found


def _facts(texts: Iterable[str], language: str) -> Iterator[tuple[str, str, Any]]:
    text = flat(_APART.join(texts))
    for kind, start, end, fact in spots_in(text, language):
        if kind in _KINDS:
            yield kind, text[start:end], fact


def _is_of_clock(fact: object) -> bool:
    day = fact.on(_CLOCK) if isinstance(fact, Day) else None
    return day is not None and abs(day - _CLOCK) <= _NEAR


def _among(page: AskedPage, drawn: Markup) -> tuple[int, int]:
    """Where what was asked for begins and ends in a document."""
    words = [block.text for block in page.wording or ()]
    at = [b.where.offset or 0 for b in drawn.blocks if any(contains(b.text, one) for one in words)]
    return (min(at), max(at)) if at else (0, -1)
