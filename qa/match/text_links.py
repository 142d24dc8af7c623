"""Links of the HTML part matched with those of the plain-text part."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from qa.artefacts import AlignedLinks, Link, LinkRoles, Markup, PlainLink, PlainLinks
from qa.artefacts.causes import of_link
from qa.check import gatherer
from qa.finding import Cause
from qa.links.contact import LONGEST
from qa.links.faulty.faults import is_dead, unencoded_in
from qa.links.hosts import host_of, is_click_tracker, is_social, kind_of, wrapping_hosts
from qa.links.roles import has_token, role_of
from qa.links.url import bare, is_web, same_destination
from qa.match.asked_links import wrong_part
from qa.merge_tags.pattern import TOKEN, TOKEN_OR_HALF
from qa.request import AskedEmail, AskedLink, Request
from qa.text.likeness import likeness
from qa.text.wording import loose

_NEAR = 88  # of 100: two spellings of one address
_ONE_PAGE = ("privacy", "imprint")
_UNNEEDED = ("view-in-browser", "forward")  # a text part shows all of itself
_BY_LAW = ("unsubscribe", "imprint")  # what every part must have, asked for or not
_FRAME = ("logo", "navigation", "service", "app-store", "official", "platform")  # a text part has none
_MOST = 500  # links of one part that are compared; an email with more is no email
_SHORTEST_LABEL = 3
_LONGEST_LABEL = 120  # characters; more is a paragraph


class ShownLink(NamedTuple):
    """A link of the HTML, with what it is compared by."""

    link: Link
    label: str
    key: str
    role: str


@dataclass(frozen=True)
class BothParts:
    """The HTML of an email, with the parts its links play, and its plain text."""

    markup: Markup
    plain: PlainLinks
    roles: LinkRoles


@gatherer()
def both_parts(markup: Markup, plain: PlainLinks, roles: LinkRoles) -> BothParts:
    """Both parts; Skip where there is but one."""
    return BothParts(markup, plain, roles)


@dataclass(frozen=True)
class TextLinks:
    """The links of both parts, compared by what is left of an address without scheme, www. and tracking."""

    request: Request
    asked: AskedEmail
    both: BothParts
    aligned: AlignedLinks | None

    @cached_property
    def shown(self) -> list[ShownLink]:
        """The links of the HTML that a reader sees, each once."""
        seen = [link for link in self.both.markup.links if link.has_href and not (link.hidden or link.outlook_only)]
        once = list({(link.text, link.href): link for link in reversed(seen)}.values())[::-1][:_MOST]
        return [_as_shown(link) for link in once]

    @cached_property
    def tracked(self) -> bool:
        """Whether most addresses of either part are those of a click tracker."""
        if any(one.link.unread for one in self.shown) or any(text.unread for text in self.both.plain.built):
            return True
        html, text = [one.link.href for one in self.shown], [text.href for text in self.both.plain.built]
        return _mostly_tracked(html) or _mostly_tracked(text)

    @cached_property
    def in_text(self) -> frozenset[str]:
        return frozenset(place_of(text.href) for text in self.both.plain.built)

    @cached_property
    def in_html(self) -> frozenset[str]:
        return frozenset(place_of(link.href) for link in self.both.markup.links)

    @cached_property
    def missing(self) -> dict[str, AskedLink]:
        """Links that the request asks for and the HTML does not have, by where they should lead."""
        return {place_of(ask.url): ask for ask in (self.aligned.missing if self.aligned else ())}

    @cached_property
    def unlike(self) -> dict[str, Link]:
        """The links of the HTML that should lead where they do not, by where that is."""
        pairs = self.aligned.pairs if self.aligned else ()
        return {place_of(ask.url): built[0] for ask, built in pairs if place_of(ask.url) not in self.in_html}

    def faulty_twin(self, text: PlainLink) -> Cause | None:
        """The link of the HTML to the same page elsewhere, of a site for tests perhaps; None where there is none."""
        page = _page(text.href)
        return next((of_link(one.link) for one in self.shown if page and _page(one.link.href) == page), None)

    @cached_property
    def lost(self) -> list[ShownLink]:
        """Links of the HTML that a reader of the text does not get, in no form."""
        text = self.both.plain.source.text.casefold()
        gone = [one for one in self.shown if one.key not in self.in_text and one.key.casefold() not in text]
        return [one for one in gone if self._needed(one)]

    @cached_property
    def extra(self) -> list[PlainLink]:
        """Addresses of the text that the HTML neither leads to nor shows."""
        visible = self.both.markup.text
        web = [text for text in self.both.plain.built[:_MOST] if host_of(_whole(text.href))]
        keys = [(text, place_of(text.href)) for text in web]
        new = [text for text, key in keys if key not in self.in_html and key not in visible]
        return [text for text in new if not is_social(_whole(text.href)) and self._comparable(text)]

    def _comparable(self, text: PlainLink) -> bool:
        """A platform makes its own addresses for each part; a privacy notice is one and the same in both."""
        role = role_of(text.href, _line(text))
        return not role or (role in _ONE_PAGE and any(one.role == role and is_web(one.link.href) for one in self.shown))

    def _needed(self, one: ShownLink) -> bool:
        if one.role:
            here = one.role in self._roles or has_token(one.role, self.both.plain.source.text)
            needed = one.role in _BY_LAW or self._asked_as(one.link) is not None
            return needed and one.role not in _UNNEEDED and not here
        href = one.link.href.strip()
        address = is_web(href) or TOKEN.match(href) is not None
        named = address and bool(one.label) and not one.link.pictures and not is_social(href)
        return named and (self.both.roles.of(one.link) not in _FRAME or self._asked_as(one.link) is not None)

    @cached_property
    def _roles(self) -> frozenset[str]:
        return frozenset(role_of(text.href, _line(text)) for text in self.both.plain.built[:_MOST])

    def fault(self, one: ShownLink) -> Cause | None:
        """What is wrong with a link of the HTML itself, or stands in its place in the text; None for nothing."""
        link, ask = one.link, self._asked_as(one.link)
        if ask is not None and not same_destination(ask.url, link.href):
            return wrong_part(link, ask, self.request)
        unasked = ask is None and self.asked.links is not None and not one.role
        repeated = any(
            other.label == one.label and other.key in self.in_text and other.key != one.key for other in self.shown
        )
        return of_link(link) if unasked or repeated or _is_faulty(link) else self._tag_instead(link)

    def _tag_instead(self, link: Link) -> Cause | None:
        """The merge tag that stands behind a link's words in the text, half a one too, where the link should."""
        words = r"\W+".join(re.findall(r"\w+", link.text))
        found = re.search(rf"\b{words}[\W_]*?({TOKEN_OR_HALF.pattern})", self.both.plain.source.text, re.IGNORECASE)
        return Cause("merge-tag", found[1], found[1]) if words and found else None

    def _asked_as(self, link: Link) -> AskedLink | None:
        """The link of the request that one of the HTML answers."""
        return next((ask for ask, built in (self.aligned.pairs if self.aligned else ()) if link in built), None)

    def wrong_side(self, one: ShownLink, text: PlainLink) -> Cause | None:
        """What is wrong with the link of the HTML, where that is the wrong one of the two; None where the text is."""
        ask = self._asked_as(one.link)
        if ask is not None:
            right = place_of(text.href) == place_of(ask.url)
            return wrong_part(one.link, ask, self.request) if right else None
        return of_link(one.link) if _is_faulty(one.link) else None

    def wrong(self) -> Iterator[tuple[PlainLink, ShownLink]]:
        """Addresses of the text that stand where another belongs, with the link of the HTML they should be."""
        for text in self.extra:
            words, key, role = loose(text.label[-_LONGEST_LABEL:]), place_of(text.href), role_of(text.href, _line(text))
            one = _as_shown(self.unlike[key]) if key in self.unlike else None
            called = [one for one in self.shown if _ends_with(words, one.label)]
            # Of several that are called so, those that the text leads to are answered already.
            one = one or next((one for one in called if len(called) == 1 or one.key not in self.in_text), None)
            one = one or next((one for one in self.shown if role and one.role == role), None)
            one = one or next((one for one in self.lost if likeness(key, one.key) >= _NEAR), None)
            if one is not None:
                yield text, one


def _as_shown(link: Link) -> ShownLink:
    return ShownLink(link, loose(link.text), place_of(link.href), role_of(link.href, link.text))


def _is_faulty(link: Link) -> bool:
    """Whether something is wrong with a link, whatever the request and the text say."""
    badly_written = len(link.href) > LONGEST or bool(unencoded_in(link.href))
    return badly_written or bool(kind_of(link.href)) or is_dead(link, True)


def _mostly_tracked(hrefs: Sequence[str]) -> bool:
    web = [_whole(href) for href in hrefs if is_web(_whole(href))]
    wrapping = wrapping_hosts(web)
    return 2 * sum(is_click_tracker(href) or host_of(href) in wrapping for href in web) > len(web)


def _whole(href: str) -> str:
    return f"https://{href}" if href.lower().startswith("www.") else href


def place_of(href: str) -> str:
    """What two spellings of one address have in common."""
    text = bare(_whole(href.strip()))
    return text.removeprefix("https://").removeprefix("www.").rstrip("/")


def _line(text: PlainLink) -> str:
    """The line in front of an address, or the one above where it stands alone."""
    return loose(text.label.rpartition("\n")[2][-_LONGEST_LABEL:])


def _ends_with(words: str, label: str) -> bool:
    """Whether what stands in front of an address ends with the words of a link."""
    if len(label) < _SHORTEST_LABEL or not words.endswith(label):
        return False
    before = words[: -len(label)]
    return not before or not before[-1].isalnum()


def _page(href: str) -> str:
    """The path of an address, without the site; "" for that of a home page."""
    return href.partition("//")[2].partition("/")[2].partition("?")[0].strip("/")
