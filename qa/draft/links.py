"""Drafted links: those of a build that a request would name, and their tracking parameters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from qa.artefacts import Link, Links, Tokens
from qa.links.faulty.faults import fault_of, is_refused
from qa.links.roles import role_of
from qa.links.url import MalformedUrl, bare, is_web, matches, parse, runs_script, untracked
from qa.match.labels import label_likeness
from qa.match.links import aligned_links
from qa.merge_tags.pattern import TOKEN
from qa.request import AskedEmail, AskedLink, Utm
from qa.text.wording import loose

MOST_LINKS = 200  # different ones; matching more takes minutes, and nobody writes so many into a request
_NO_DESTINATION = ("mailto:", "tel:", "sms:", "#")
_ENCODED = re.compile(r"amp;|%3f|%26utm_|utm_\w{1,30}%3d", re.IGNORECASE)
_FIELDS = frozenset(f"utm_{name}" for name in Utm.model_fields)


@dataclass
class DraftedLink:
    """A link as a request would name it, and the built ones that answer it."""

    text: str
    url: str
    built: tuple[Link, ...] = ()
    times: int = 1
    utm: dict[str, str] = field(default_factory=dict)  # of all its built links alike

    @property
    def web(self) -> list[str]:
        return [link.href.strip() for link in self.built if is_web(link.href)]


@dataclass(frozen=True)
class Plan:
    """Tracking parameters of the whole campaign, and the patterns of the addresses that carry none."""

    utm: dict[str, str]
    exempt: tuple[str, ...] = ()


def drafted_links(links: Links, in_email: bool) -> list[DraftedLink] | str:
    """The links a request would name; or the reason why naming some would not do justice to the rest."""
    groups: dict[tuple[str, str], list[Link]] = {}
    for link in links.built:
        if link.has_href:
            groups.setdefault(_key(link), []).append(link)
    worth = {key: [link for link in group if _worth_naming(link, in_email)] for key, group in groups.items()}
    named = {key for key, group in worth.items() if any(map(_visible, group))}
    while len(named) <= MOST_LINKS:
        drafted = _aligned([_drafted(group) for key, group in groups.items() if key in named], links)
        misled = {_key(link) for draft in drafted for link in draft.built if _misled(draft, link, in_email)}
        missed = [link for link in pairs_left(drafted, links) if link in worth[_key(link)] and is_web(link.href)]
        missed += [groups[key][0] for key in misled if not any(map(_visible, groups[key]))]
        if missed:
            return f"“{missed[0].text[:60]}” leads to {bare(missed[0].href)[:200]} where most readers do not see it"
        if misled <= named:
            unlike = next((draft for draft in drafted if not _faithful(draft)), None)
            return f"“{unlike.text[:60]}” cannot be told apart from another link" if unlike else drafted
        named |= misled
    return f"there are more than {MOST_LINKS} of them"


def pairs_left(pairs: Sequence[DraftedLink], links: Links) -> list[Link]:
    """The built links that answer none of the drafted ones."""
    answered = {_key(link) for draft in pairs for link in draft.built}
    return [link for link in links.built if link.has_href and _key(link) not in answered]


def _aligned(drafted: list[DraftedLink], links: Links) -> list[DraftedLink]:
    """The drafted links with the built ones a run would match them with."""
    asked = tuple(AskedLink(text=draft.text, url=draft.url) for draft in drafted)
    if not asked:
        return []
    as_built = {(link.where, link.href): link for link in links.built}  # matching takes words off the lines of a text
    answers = {
        id(ask): tuple(as_built[link.where, link.href] for link in built)
        for ask, built in aligned_links(AskedEmail(name="draft", links=asked), links, Tokens("", ())).pairs
    }
    for ask, draft in zip(asked, drafted, strict=True):
        draft.built = answers.get(id(ask), ())
        draft.times = sum(_visible(link) for link in draft.built if label_likeness(draft.text, link.text) == 1)
        draft.utm = _common([_tracking(href) or {} for href in draft.web])
    return drafted


def _drafted(group: list[Link]) -> DraftedLink:
    link = next(filter(_visible, group))
    return DraftedLink(link.text.strip(), without_utm(link.href.strip()))


def _key(link: Link) -> tuple[str, str]:
    return loose(link.text), bare(link.href)


def _visible(link: Link) -> bool:
    return not link.hidden and not link.outlook_only


def _worth_naming(link: Link, in_email: bool) -> bool:
    """Whether a request names such a link: no system link, no mail or phone link, none that leads nowhere."""
    href = link.href.strip()
    if not href or href.lower().startswith(_NO_DESTINATION) or runs_script(href) or role_of(href, link.text):
        return False
    return not _dead(link, in_email)


def _dead(link: Link, in_email: bool) -> bool:
    fault = None if is_refused(link.href) else fault_of(link, in_email)
    return fault is not None and not fault.review and fault.code not in ("insecure-link", "relative-link")


def _misled(draft: DraftedLink, link: Link, in_email: bool) -> bool:
    """Whether a link would be taken for a drafted one that leads elsewhere."""
    return bare(draft.url) != bare(link.href) and (is_web(link.href) or not _dead(link, in_email))


def _faithful(draft: DraftedLink) -> bool:
    """Whether a run would find every built link that answers a drafted one as it was drafted."""
    try:
        tracked = bool(parse(draft.url).tracking) and bool(draft.web)
    except MalformedUrl:
        tracked = False
    return draft.times > 0 and not tracked and all(bare(draft.url) == bare(href) for href in draft.web)


def without_utm(href: str) -> str:
    """An address without its utm_ parameters, otherwise as written."""
    if "utm_" not in href.lower():
        return href
    plain = untracked(href)
    return bare(href) if "utm_" in plain.lower() else plain


def _tracking(href: str) -> dict[str, str] | None:
    """The parameters a link carries; None where they are written so that not all of them can be read."""
    masked = TOKEN.sub("token", href)
    if "utm_" not in masked.lower():
        return {}
    try:
        tracking = parse(href).tracking
    except MalformedUrl:
        return None
    names = [name for name, _ in tracking]
    well = all(name == name.lower() for name in names) and len(set(names)) == len(names) and names
    values = [TOKEN.sub("token", value) for _, value in tracking]
    readable = all(value and not re.search(r"\s", value) for value in values) and "%20" not in masked
    path, _, query = masked.lower().partition("#")[0].partition("?")
    elsewhere = "utm_" in path or "utm_" in masked.lower().partition("#")[2] or "?" in query
    if not well or not readable or elsewhere or "+" in masked or _ENCODED.search(masked):
        return None
    return {name: value for name, value in tracking if name in _FIELDS}


def _common(each: Iterable[dict[str, str]]) -> dict[str, str]:
    first, *rest = list(each) or [{}]
    return {name: value for name, value in first.items() if all(other.get(name) == value for other in rest)}


def tracking_plan(drafted: Iterable[DraftedLink]) -> Plan | None:
    """What is common to all tracked links; None where there is nothing, or where it cannot be said of all links."""
    hrefs = list(dict.fromkeys(href for draft in drafted for href in draft.web))
    found = {href: _tracking(href) for href in hrefs}
    tracked = {href: utm for href, utm in found.items() if utm}
    common = _common(tracked.values()) if tracked else {}
    if not common or any(utm is None for utm in found.values()):
        return None
    exempt: dict[str, None] = {}
    for href in (href for href in hrefs if not found[href] and not role_of(href, "")):
        if not any(matches(href, pattern) for pattern in exempt):
            pattern = _pattern(href, list(tracked))
            if pattern is None:
                return None
            exempt[pattern] = None
    return Plan(common, tuple(exempt))


def _pattern(href: str, tracked: list[str]) -> str | None:
    """A host, else the whole address, that covers a link and none of the tracked ones."""
    try:
        host = parse(href).host
    except MalformedUrl:
        return None
    for pattern in (host, f"*{host}*" if TOKEN.search(host) else "", href, bare(href)):
        if pattern and matches(href, pattern) and not any(matches(other, pattern) for other in tracked):
            return pattern
    return None


def own_utm(draft: DraftedLink, plan: Plan | None) -> dict[str, str]:
    """The parameters of one link beside those of the campaign."""
    return {name: value for name, value in draft.utm.items() if plan is None or plan.utm.get(name) != value}
