"""Links of the plain-text part, beside those of the HTML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qa.artefacts import AlignedLinks, Link, PlainLink
from qa.artefacts.causes import of_asked_link, of_link, of_text_link
from qa.check import check
from qa.finding import Cause, Code, Finding, Severity, Skip
from qa.links.faulty.faults import is_dead
from qa.links.hosts import host_of, kind_of
from qa.links.naming import name_of
from qa.links.url import untracked
from qa.match.text_links import BothParts, TextLinks, place_of
from qa.request import AskedEmail, Request
from qa.text.phrases import listed

_SHORTEST_TEXT = 40  # characters: `plain-text` says that there is hardly any
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
    request: Request, asked: AskedEmail, both: BothParts, aligned: AlignedLinks | None
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
    plain = both.plain
    if len(plain.source.text.strip()) < _SHORTEST_TEXT:
        raise Skip("the plain-text part says next to nothing")
    parts = TextLinks(request, asked, both, aligned)
    if parts.tracked:
        raise Skip("the links go through a click tracker, which gives each part its own addresses")
    wrong = list(parts.wrong())
    for text, one in wrong:
        if _shows_where(one.link):
            right = untracked(one.link.href)
            there = f"to {right}" if right else "nowhere"
            message = f"In the plain-text part, {name_of(one.link)} leads to {text.href}; in the HTML, {there}."
            cause, where = parts.wrong_side(one, text) or of_text_link(text), text.where
            yield Finding("wrong-text-link", message, where, expected=right, actual=text.href, causes=(cause,))
    answered = {one.key for _, one in wrong}
    lost = [(one.link, parts.fault(one)) for one in parts.lost if one.key not in answered]
    for fault in dict.fromkeys(cause.kind if cause else "" for _, cause in lost):  # which may tell it better
        if some := [(link, cause) for link, cause in lost if (cause.kind if cause else "") == fault]:
            yield _lacking([link for link, _ in some], tuple(cause or of_link(link) for link, cause in some))
    told = {id(text) for text, _ in wrong}
    extra = [(text, parts.missing.get(place_of(text.href))) for text in parts.extra if id(text) not in told]
    for asked_for in (False, True):
        if more := [(text, ask) for text, ask in extra if (ask is not None) is asked_for]:
            causes = tuple(
                of_asked_link(ask) if ask else parts.faulty_twin(text) or of_text_link(text) for text, ask in more
            )
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


def _short(href: str) -> str:
    address = untracked(href)
    return address if len(address) <= _LONGEST_LABEL else address[: _LONGEST_LABEL - 1] + "…"
