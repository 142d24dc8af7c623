"""The addresses of an asset that can be asked, and why some are not to be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from qa.artefacts import Block, Link, Parts, PlainLink, ProbedLink
from qa.links.hosts import host_of
from qa.links.list_header import addresses_in
from qa.links.naming import known_labels
from qa.links.roles import mentions, role_in_words
from qa.links.url import in_one_line, is_address, is_web
from qa.markup.merge_tag_mask import BLOT, masked
from qa.probing.never import LEAVING_ROLES, OF_HEADER, OF_REQUEST, OF_SENTENCE, why_never, why_never_by_words
from qa.text.wording import loose


@dataclass
class Addresses:
    """The addresses of an asset with the links that lead there, and why some are not to be asked."""

    blocks: tuple[Block, ...]
    leaving: frozenset[str] = frozenset()  # labels of the request's own links that sign off
    asked: dict[str, ProbedLink] = field(default_factory=dict)
    withheld: dict[str, str] = field(default_factory=dict)

    def add(self, links: Iterable[Link]) -> None:
        """Links of the document."""
        links = list(links)
        leaving = [link for link in links if role_in_words(link.text) in LEAVING_ROLES]
        for link in links:
            if url := askable(link.asked):
                before = self.asked.get(url, ProbedLink(url))
                self.asked[url] = replace(before, links=(*before.links, link))
                why = why_never_by_words(link.text) or why_never(link.href) or self._by_sentence(link, leaving)
                self._withhold(url, why or (OF_REQUEST if loose(link.text) in self.leaving else ""))

    def add_text(self, links: Iterable[PlainLink]) -> None:
        """Addresses of the plain-text part."""
        for link in links:
            if url := askable(link.asked):
                before = self.asked.get(url, ProbedLink(url))
                self.asked[url] = replace(before, text_links=(*before.text_links, link))
                self._withhold(url, why_never_by_words((link.label.splitlines() or [""])[-1]))

    @property
    def to_ask(self) -> list[str]:
        """Those that may be asked."""
        return [url for url in self.asked if url not in self.withheld]

    def add_headers(self, parts: Parts) -> None:
        """What the List-Unsubscribe header names is not asked."""
        self.withheld |= dict.fromkeys(_of_header(parts), OF_HEADER)

    def _withhold(self, url: str, why: str) -> None:
        if why := why or why_never(url):
            self.withheld.setdefault(url, why)

    @cached_property
    def _of_leaving(self) -> tuple[str, ...]:
        """The passages that speak of leaving."""
        return tuple(block.text for block in self.blocks if any(mentions(role, block.text) for role in LEAVING_ROLES))

    def _by_sentence(self, link: Link, leaving: Iterable[Link]) -> str:
        """Why a link is not asked whose own words do not say what it is for: by the sentence it stands in.

        So is one that says «click here», and one of a click tracker where no other link there is the way to leave.
        """
        around = [text for text in self._of_leaving if link.text and link.text in text]
        if not around:
            return ""
        vague = not link.text.strip() or loose(link.text) in known_labels("vague")
        coded = link.unread and not any(other.text in text for text in around for other in leaving)
        return OF_SENTENCE if vague or coded else ""


def askable(href: str) -> str:
    """An address as it is asked; "" where nobody can ask it: no web address, or one that a merge tag completes."""
    url = web_address(href)
    return url if url and is_address(url) else ""


def web_address(written: str) -> str:
    """An address of the web as browsers read it, without its fragment; "" where it is none, or a merge tag is in it."""
    url = in_one_line(written).partition("#")[0]
    return url if is_web(url) and host_of(url) and BLOT not in masked(written) else ""


def _of_header(parts: Parts) -> Iterator[str]:
    for header in parts.headers or ():
        if header.name.lower() == "list-unsubscribe":
            yield from filter(None, map(askable, addresses_in(header.value)))
