"""Do the HTML part and the plain-text part of an email lead to the same places?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from rapidfuzz import fuzz

from qa.artefacts import AlignedLinks, Link, Markup, PlainLink, PlainLinks
from qa.artefacts.causes import of_asked_link, of_link, of_passage
from qa.check import check
from qa.finding import Cause, Code, Finding, Severity, Skip
from qa.links.contact import LONGEST
from qa.links.faults import is_dead, unencoded_in
from qa.links.hosts import host_of, is_click_tracker, is_social, kind_of, wrapping_hosts
from qa.links.naming import name_of
from qa.links.roles import has_token, role_of
from qa.links.url import bare, is_web, same_destination
from qa.match.asked_links import wrong_part
from qa.merge_tags.pattern import TOKEN
from qa.request import AskedEmail, AskedLink, Request
from qa.text.phrases import listed
from qa.text.wording import loose

_SHORTEST_TEXT = 40  # characters: `plain-text` says that there is hardly any
_NEAR = 88  # of 100: two spellings of one address
_ONE_PAGE = ("privacy", "imprint")
_UNNEEDED = ("view-in-browser", "forward")  # a text part shows all of itself
_MOST = 500  # links of one part that are compared; an email with more is no email
_SHORTEST_LABEL = 3
_LONGEST_LABEL = 120  # characters; more is a paragraph


@check(
    "text-parity",
    Code(
        "missing-text-link",
        Severity.WARNING,
        "Links of the HTML are not in the plain-text part.",
        "Add them to the plain-text part.",
    ),
    Code(
        "wrong-text-link",
        Severity.ERROR,
        "The plain-text part gives another address than the HTML.",
        "Correct the address in the plain-text part.",
    ),
    Code(
        "extra-text-link",
        Severity.WARNING,
        "The plain-text part leads to a place the HTML does not.",
        "Remove the address, or correct it: it may be left from the last campaign.",
    ),
)
def text_parity(
    request: Request, asked: AskedEmail, markup: Markup, plain: PlainLinks, aligned: AlignedLinks | None
) -> Iterator[Finding]:
    """The plain-text part leads where the HTML leads.

    It is written once and cloned for years, as nobody sees it in a proof. Watches, screen readers and security
    gateways do, and so does everybody who prefers text.

    Fails:
        email: {}
        build: <p>Join us. <a href="https://acme.example/webinar">Save my seat</a></p>
        plain: "Join us for forty minutes on what changed. Save my seat: https://acme.example/winter-webinar"

    Passes:
        email: {}
        build: <p>Join us. <a href="https://acme.example/webinar?utm_content=top">Save my seat</a></p>
        plain: "Join us for forty minutes on what changed. Save my seat: https://acme.example/webinar"
    """
    if len(plain.source.text.strip()) < _SHORTEST_TEXT:
        raise Skip("the plain-text part says next to nothing")
    parts = _Parts(request, asked, markup, plain, aligned)
    if parts.tracked:
        raise Skip("the links go through a click tracker, which gives each part its own addresses")
    wrong = list(parts.wrong())
    for text, one in wrong:
        if _shows_where(one.link):
            right = bare(one.link.href)
            there = f"to {right}" if right else "nowhere"
            message = f"In the plain-text part, {name_of(one.link)} leads to {text.href}; in the HTML, {there}."
            cause, where = parts.wrong_side(one, text) or of_passage(text.where, text.href), text.where
            yield Finding("wrong-text-link", message, where, expected=right, actual=text.href, causes=(cause,))
    answered = {one.key for _, one in wrong}
    lost = [(one.link, parts.fault(one)) for one in parts.lost if one.key not in answered]
    for faulty in (False, True):  # a link that is wrong itself is told apart: its own mistake may tell it better
        if some := [(link, cause) for link, cause in lost if (cause is not None) is faulty]:
            yield _lacking([link for link, _ in some], tuple(cause or of_link(link) for link, cause in some))
    told = {id(text) for text, _ in wrong}
    extra = [(text, parts.missing.get(_key(text.href))) for text in parts.extra if id(text) not in told]
    for asked_for in (False, True):
        if more := [(text, ask) for text, ask in extra if (ask is not None) is asked_for]:
            causes = tuple(of_asked_link(ask) if ask else of_passage(text.where, text.href) for text, ask in more)
            yield _surplus([text for text, _ in more], causes)


def _lacking(lost: Sequence[Link], causes: tuple[Cause, ...]) -> Finding:
    names = listed(f"{name_of(link)} ({_short(link.href)})" for link in lost)
    message, where = f"The plain-text part has no link for {names}.", lost[0].where
    each = tuple(f"{link.text} {link.href}" for link in lost)
    return Finding("missing-text-link", message, where, expected=lost[0].href, each=each, causes=causes)


def _surplus(extra: Sequence[PlainLink], causes: tuple[Cause, ...]) -> Finding:
    message = f"The plain-text part leads to {listed(_short(text.href) for text in extra)}; the HTML does not."
    each, where = tuple(text.href for text in extra), extra[0].where
    return Finding("extra-text-link", message, where, actual=extra[0].href, each=each, causes=causes)


def _shows_where(link: Link) -> bool:
    """Whether a link of the HTML can be set beside one of the text: a merge tag or a shortener may lead to the same."""
    return (bool(host_of(link.href)) or is_dead(link, True)) and kind_of(link.href) != "shortener"


class _Shown(NamedTuple):
    """A link of the HTML, with what it is compared by."""

    link: Link
    label: str
    key: str
    role: str


@dataclass(frozen=True)
class _Parts:
    """The links of both parts, compared by what is left of an address without scheme, www. and tracking."""

    request: Request
    asked: AskedEmail
    markup: Markup
    plain: PlainLinks
    aligned: AlignedLinks | None

    @cached_property
    def shown(self) -> list[_Shown]:
        """The links of the HTML that a reader sees, each once."""
        seen = [link for link in self.markup.links if link.has_href and not (link.hidden or link.outlook_only)]
        once = list({(link.text, link.href): link for link in reversed(seen)}.values())[::-1][:_MOST]
        return [_as_shown(link) for link in once]

    @cached_property
    def tracked(self) -> bool:
        """Whether most addresses of either part are those of a click tracker."""
        html, text = [one.link.href for one in self.shown], [text.href for text in self.plain.built]
        return _mostly_tracked(html) or _mostly_tracked(text)

    @cached_property
    def in_text(self) -> frozenset[str]:
        return frozenset(_key(text.href) for text in self.plain.built)

    @cached_property
    def in_html(self) -> frozenset[str]:
        return frozenset(_key(link.href) for link in self.markup.links)

    @cached_property
    def missing(self) -> dict[str, AskedLink]:
        """Links that the request asks for and the HTML does not have, by where they should lead."""
        return {_key(ask.url): ask for ask in (self.aligned.missing if self.aligned else ())}

    @cached_property
    def unlike(self) -> dict[str, Link]:
        """The links of the HTML that should lead where they do not, by where that is."""
        pairs = self.aligned.pairs if self.aligned else ()
        return {_key(ask.url): built[0] for ask, built in pairs if _key(ask.url) not in self.in_html}

    @cached_property
    def lost(self) -> list[_Shown]:
        """Links of the HTML that a reader of the text does not get, in no form."""
        text = self.plain.source.text.casefold()
        gone = [one for one in self.shown if one.key not in self.in_text and one.key.casefold() not in text]
        return [one for one in gone if self._needed(one)]

    @cached_property
    def extra(self) -> list[PlainLink]:
        """Addresses of the text that the HTML neither leads to nor shows."""
        visible = self.markup.text
        web = [text for text in self.plain.built[:_MOST] if host_of(_whole(text.href))]
        keys = [(text, _key(text.href)) for text in web]
        new = [text for text, key in keys if key not in self.in_html and key not in visible]
        return [text for text in new if not is_social(_whole(text.href)) and self._comparable(text)]

    def _comparable(self, text: PlainLink) -> bool:
        """A platform makes its own addresses for each part; a privacy notice is one and the same in both."""
        role = role_of(text.href, _line(text))
        return not role or (role in _ONE_PAGE and any(one.role == role and is_web(one.link.href) for one in self.shown))

    def _needed(self, one: _Shown) -> bool:
        if one.role:
            here = one.role in self._roles or has_token(one.role, self.plain.source.text)
            return one.role not in _UNNEEDED and not here
        href = one.link.href.strip()
        address = is_web(href) or TOKEN.match(href) is not None
        return address and bool(one.label) and not one.link.pictures and not is_social(href)

    @cached_property
    def _roles(self) -> frozenset[str]:
        return frozenset(role_of(text.href, _line(text)) for text in self.plain.built[:_MOST])

    def fault(self, one: _Shown) -> Cause | None:
        """What is wrong with a link of the HTML itself; None for nothing."""
        link, ask = one.link, self._asked_as(one.link)
        if ask is not None and not same_destination(ask.url, link.href):
            return wrong_part(link, ask, self.request)
        unasked = ask is None and self.asked.links is not None and not one.role
        repeated = any(
            other.label == one.label and other.key in self.in_text and other.key != one.key for other in self.shown
        )
        return of_link(link) if unasked or repeated or _is_faulty(link) else None

    def _asked_as(self, link: Link) -> AskedLink | None:
        """The link of the request that one of the HTML answers."""
        return next((ask for ask, built in (self.aligned.pairs if self.aligned else ()) if link in built), None)

    def wrong_side(self, one: _Shown, text: PlainLink) -> Cause | None:
        """What is wrong with the link of the HTML, where that is the wrong one of the two; None where the text is."""
        ask = self._asked_as(one.link)
        if ask is not None:
            right = _key(text.href) == _key(ask.url)
            return wrong_part(one.link, ask, self.request) if right else None
        return of_link(one.link) if _is_faulty(one.link) else None

    def wrong(self) -> Iterator[tuple[PlainLink, _Shown]]:
        """Addresses of the text that stand where another belongs, with the link of the HTML they should be."""
        for text in self.extra:
            words, key, role = loose(text.label[-_LONGEST_LABEL:]), _key(text.href), role_of(text.href, _line(text))
            one = _as_shown(self.unlike[key]) if key in self.unlike else None
            called = [one for one in self.shown if _ends_with(words, one.label)]
            # Of several that are called so, those that the text leads to are answered already.
            one = one or next((one for one in called if len(called) == 1 or one.key not in self.in_text), None)
            one = one or next((one for one in self.shown if role and one.role == role), None)
            one = one or next((one for one in self.lost if fuzz.ratio(key, one.key) >= _NEAR), None)
            if one is not None:
                yield text, one


def _as_shown(link: Link) -> _Shown:
    return _Shown(link, loose(link.text), _key(link.href), role_of(link.href, link.text))


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


def _key(href: str) -> str:
    """What two spellings of one address have in common."""
    text = bare(_whole(href.strip()))
    return text.removeprefix("https://").removeprefix("www.").rstrip("/")


def _short(href: str) -> str:
    address = bare(href)
    return address if len(address) <= _LONGEST_LABEL else address[: _LONGEST_LABEL - 1] + "…"


def _line(text: PlainLink) -> str:
    """The line in front of an address, or the one above where it stands alone."""
    return loose(text.label.rpartition("\n")[2][-_LONGEST_LABEL:])


def _ends_with(words: str, label: str) -> bool:
    """Whether what stands in front of an address ends with the words of a link."""
    if len(label) < _SHORTEST_LABEL or not words.endswith(label):
        return False
    before = words[: -len(label)]
    return not before or not before[-1].isalnum()
