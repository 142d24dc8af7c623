"""Links with the same words that lead to different places."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from qa.artefacts import Link, Links
from qa.artefacts.causes import of_link
from qa.check import check
from qa.facts import facts
from qa.finding import Code, Finding, Severity, Skip
from qa.links.contact import is_contact
from qa.links.faulty.faults import is_dead
from qa.links.hosts import host_of, is_click_tracker, is_opaque, is_social, kind_of, wrapping_hosts
from qa.links.naming import known_labels, lines, name_of
from qa.links.roles import role_of
from qa.links.url import MalformedUrl, is_web, parse, untracked
from qa.match.asked_links import is_as_asked
from qa.match.unread import judged, readable
from qa.request import AskedAsset, AskedPage
from qa.text.likeness import likeness
from qa.text.phrases import begun
from qa.text.wording import loose

_SLIP = 60  # of 100: names less alike are those of two things; an old year or a typing error leaves more in common
_WORD = 4  # letters of one that tells things apart
_NUMBER = re.compile(r"\d{5,}")  # of an article; four digits may be a year
_INDEX = re.compile(r"/(?:(?:index|default)\.\w{3,5})?$", re.IGNORECASE)


@check(
    "repeated-links",
    Code(
        "diverging-link",
        Severity.WARNING,
        "Links with the same label lead to different places.",
        "Let all of them lead to the same place, or tell them apart by their words.",
    ),
)
def repeated_links(asked: AskedAsset, links: Links) -> Iterator[Finding]:
    """Links with the same words lead to the same place.

    The button at the top was corrected, the one at the bottom was forgotten: both work, and half of the readers land
    on the wrong page. Where the request names the links, `link-destination` compares each with it; labels that every
    card of a list has, such as “Read more”, are left alone.

    Fails:
        email: {}
        build: |
          <a href="https://acme.example/webinar">Save my seat</a>
          <a href="https://acme.example/webinar-2025">Save my seat</a>

    Passes:
        email: {}
        build: |
          <a href="https://acme.example/webinar?utm_content=top">Save my seat</a>
          <a href="https://acme.example/webinar?utm_content=end">Save my seat</a>
    """
    if not links.built:
        raise Skip("the build has no link")
    yield from judged(_diverging(asked, readable(links.built)), links.built)


def _diverging(asked: AskedAsset, links: Sequence[Link]) -> Iterator[Finding]:
    in_email = not isinstance(asked, AskedPage)
    wrapping = wrapping_hosts(link.href for link in links)
    compared = [link for link in links if _comparable(link, in_email) and host_of(link.href) not in wrapping]
    live = [link for link in compared if not _is_nowhere(link, in_email)]
    said: set[str] = set()
    for group in _same_label([link for link in compared if not link.outlook_only]):
        there = [link for link in group if link in live]
        targets = Counter(_target(link) for link in live if _target(link) in set(map(_target, there)))
        coded = all(is_opaque(link.href) for link in there)  # nobody can read where such addresses end
        cards = len(targets) > 2 or coded or _are_products(targets, group, asked)
        if len(targets) == 2 and not cards and (odd := _odd(there, asked, targets)):
            said.add(loose(group[0].text))
            yield _divergence(odd, next(link for link in there if link not in odd), group, asked)
        if 1 <= len(targets) <= 2 and (nowhere := [link for link in group if link not in live]):
            said.add(loose(group[0].text))
            yield _divergence(nowhere, there[0], group, asked)
    for twin, link in _twins([link for link in compared if loose(link.text) not in said]):
        if not (is_as_asked(asked, twin) and is_as_asked(asked, link)):
            yield _other_in_outlook(twin, link, asked)


def _are_products(targets: Counter[str], group: Sequence[Link], asked: AskedAsset) -> bool:
    """Whether one label stands once over each of two things of a kind: other names, or other numbers, in one place."""
    if len(targets) != 2 or max(targets.values()) > 1 or any(is_as_asked(asked, link) for link in group):
        return False
    one, other = (target.removesuffix("?#").rstrip("/") for target in targets)
    folder, _, name = one.rpartition("/")
    beside, _, twin = other.rpartition("/")
    said = [word for word in loose(group[0].text).split() if len(word) >= _WORD]
    meant = [any(word in address for word in said) for address in (name.lower(), twin.lower())]
    if not (name and twin) or folder != beside or any(meant):
        return False  # «Read the story from Kendal» says which of the two is right
    return likeness(name, twin) < _SLIP or _NUMBER.sub("", name) == _NUMBER.sub("", twin)


def _odd(group: Sequence[Link], asked: AskedAsset, targets: Counter[str]) -> list[Link]:
    """The links of one label that should lead where the others do: as the request says, else as most links."""
    right = {_target(link) for link in group if is_as_asked(asked, link)}
    usual = right or {targets.most_common(1)[0][0]}
    return [link for link in group if _target(link) not in usual]


def _divergence(odd: Sequence[Link], usual: Link, group: Sequence[Link], asked: AskedAsset) -> Finding:
    one = odd[0]
    message = f"{begun(name_of(one))} {_leads(one)}, and elsewhere to {untracked(usual.href)}{lines(group)}."
    # Who is to know which one is right, where the request does not say?
    sure = any(is_as_asked(asked, link) for link in group) or any(_is_nowhere(link, True) for link in odd)
    causes = tuple(map(of_link, odd if sure else group))
    where, wanted, found = one.where, untracked(usual.href), untracked(one.href)
    return Finding("diverging-link", message, where, expected=wanted, actual=found, causes=causes)


def _other_in_outlook(twin: Link, link: Link, asked: AskedAsset) -> Finding:
    message = f"In Outlook on Windows (VML), {name_of(twin)} {_leads(twin)}; for everybody else it {_leads(link)}."
    wrong = [one for one in (twin, link) if not is_as_asked(asked, one)]
    causes = tuple(map(of_link, [one for one in wrong if _is_nowhere(one, True)] or wrong))
    where, wanted, found = twin.where, untracked(link.href), untracked(twin.href)
    return Finding("diverging-link", message, where, expected=wanted, actual=found, causes=causes)


def _leads(link: Link) -> str:
    return f"leads to {untracked(link.href)}" if link.href.strip() else "leads nowhere (its address is empty)"


def _comparable(link: Link, in_email: bool) -> bool:
    """Whether it shows where a reader ends: a click tracker, a network and a merge tag do not."""
    if link.hidden or not link.has_href or is_social(link.href) or is_click_tracker(link.href):
        return False
    known = bool(is_web(link.href) and host_of(link.href) and _target(link)) or _is_nowhere(link, in_email)
    return known and not is_contact(link.href) and not role_of(link.href, link.text)


def _is_nowhere(link: Link, in_email: bool) -> bool:
    """Whether a link leads to no page made for readers."""
    return is_dead(link, in_email) or bool(kind_of(link.href))


def _same_label(seen: Sequence[Link]) -> Iterator[list[Link]]:
    """Links with the same words, of the labels that mean one thing."""
    groups: dict[str, list[Link]] = {}
    for link in seen:
        label = loose(link.text)
        if " " in label and label not in known_labels("vague") and label not in known_labels("repeated"):
            groups.setdefault(label, []).append(link)
    yield from (group for group in groups.values() if len(group) > 1)


def _target(link: Link) -> str:
    """Where a link leads, whatever it tells the site about the click; "" where that cannot be read."""
    try:
        url = parse(link.href)
    except MalformedUrl:
        return ""
    ignored = facts("link_labels")["click"]["parameters"]
    kept = sorted(f"{name}={value}" for name, value in url.parameters if not name.lower().startswith(tuple(ignored)))
    return f"{url.host.removeprefix('www.')}{_INDEX.sub('', url.path)}?{'&'.join(kept)}#{url.fragment}"


def _twins(judged: Sequence[Link]) -> Iterator[tuple[Link, Link]]:
    """Each VML button that leads elsewhere than its twin: the link with its label that follows, or else precedes it."""
    for before, button, after in zip([None, *judged], judged, [*judged[1:], None], strict=False):
        if button.outlook_only:
            beside = [link for link in (after, before) if link is not None and not link.outlook_only]
            twin = next((link for link in beside if loose(link.text) == loose(button.text)), None)
            if twin is not None and _target(button) != _target(twin):
                yield button, twin
