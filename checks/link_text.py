"""Do the links say where they lead, and does one label lead to one place?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from urllib.parse import unquote

from qa.artefacts import Link, Links
from qa.check import check
from qa.facts import facts
from qa.finding import Code, Finding, Severity, Skip
from qa.hosts import host_of, is_click_tracker, is_domain, is_social, kind_of, one_owner, owner_of, wrapping_hosts
from qa.link_names import begun, lines, listed, name_of
from qa.request import AskedAsset
from qa.said_once import is_compared
from qa.system_links import role_of
from qa.url import TOKEN, MalformedUrl, bare, is_web, parse
from qa.wording import loose, quoted

_HOST = r"((?:[\w-]++\.)++[a-z]{2,24})(?![\w.-]*@)"
_ADDRESS = re.compile(rf"(?:https?://)?+{_HOST}(?:[:/?#]\S*+)?", re.IGNORECASE)
_ADDRESS_INSIDE = re.compile(rf"(?<![\w@./-])(?:https?://|www\.){_HOST}", re.IGNORECASE)
_MAIL = re.compile(r"[\w.+'-]++@(?:[\w-]++\.)++[a-z]{2,24}", re.IGNORECASE)
_PHONE = re.compile(r"[+(\d][\d\s().,/–-]{6,30}")
_INDEX = re.compile(r"/(?:(?:index|default)\.\w{3,5})?$", re.IGNORECASE)
_SAME_DIGITS = 7  # a number with and without its country code


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
    if asked.links is not None:
        raise Skip("the request names the links; link-destination and unasked-links compare each")
    if not links.built:
        raise Skip("the build has no link")
    judged = [link for link in links.built if _comparable(link)]
    seen = [link for link in judged if not link.outlook_only]
    said: set[str] = set()
    for group in _same_label(seen):
        targets = Counter(_target(link) for link in group)
        if len(targets) == 2:  # three and more are a list of cards
            said.add(loose(group[0].text))
            votes = Counter(_target(link) for link in judged if _target(link) in targets)
            usual = votes.most_common(1)[0][0]
            first = next(link for link in group if _target(link) == usual)
            odd = next(link for link in group if _target(link) != usual)
            message = f"{begun(name_of(odd))} leads to {bare(odd.href)}, and elsewhere to {bare(first.href)}"
            yield _divergence(f"{message}{lines(group)}.", odd, first)
    for twin, link in _twins([link for link in judged if loose(link.text) not in said]):
        message = f"In Outlook on Windows (VML), {name_of(twin)} leads to {bare(twin.href)}"
        yield _divergence(f"{message}; for everybody else it leads to {bare(link.href)}.", twin, link)


def _divergence(message: str, odd: Link, usual: Link) -> Finding:
    return Finding("diverging-link", message, odd.where, expected=bare(usual.href), actual=bare(odd.href))


def _comparable(link: Link) -> bool:
    """Whether it shows where a reader ends, and nothing else is wrong with it that another check says."""
    if (
        link.hidden
        or not is_web(link.href)
        or kind_of(link.href)
        or is_social(link.href)
        or is_click_tracker(link.href)
    ):
        return False
    return bool(host_of(link.href) and _target(link)) and not role_of(link.href, link.text)


def _same_label(seen: Sequence[Link]) -> Iterator[list[Link]]:
    """Links with the same words, of the labels that mean one thing."""
    groups: dict[str, list[Link]] = {}
    for link in seen:
        label = loose(link.text)
        if " " in label and label not in _labels("vague") and label not in _labels("repeated"):
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


@cache
def _labels(kind: str) -> frozenset[str]:
    return frozenset(label for labels in facts("link_labels")[kind].values() for label in labels)


@check(
    "link-text",
    Code(
        "misleading-link",
        Severity.WARNING,
        "The text of a link shows one address, and the link leads to another.",
        "Let the link lead to the address it shows, or show the one it leads to.",
    ),
    Code(
        "vague-link",
        Severity.INFO,
        "Links that say nothing of where they lead.",
        "Say what the reader gets: “Read the report” instead of “Click here”.",
    ),
)
def link_text(asked: AskedAsset, links: Links) -> Iterator[Finding]:
    """Every link leads where its text says.

    A link that shows one address and leads to another is what mail filters take for fraud, and is most often a
    leftover of the last campaign. “Click here” says nothing to a reader who hears the links one by one.

    Fails:
        email: {}
        build: <p>See <a href="https://www.borealis.example/">www.acme.example</a></p>

    Passes:
        email: {}
        build: <p>See <a href="https://events.acme.example/spring">www.acme.example</a></p>
    """
    if not links.built:
        raise Skip("the build has no link")
    wrapping = wrapping_hosts(link.href for link in links.built)
    said: set[tuple[str, str]] = set()
    for link in links.built:
        shown, leads = _contradiction(link, wrapping)
        if shown and (shown, leads) not in said and not is_compared(asked, link):
            said.add((shown, leads))
            message = f"{begun(name_of(link))} shows {shown} and leads to {leads}."
            yield Finding("misleading-link", message, link.where, expected=shown, actual=link.href)
    vague = [link for link in links.built if link.has_href and link.tag in ("a", "area") and _is_vague(link)]
    if vague:
        labels = {loose(link.text): quoted(link.text) for link in vague}
        verb = "says" if len(labels) == 1 else "say"
        message = f"{listed(labels.values())} {verb} nothing of where the link leads{lines(vague)}."
        each = tuple(f"{link.text} {link.href}" for link in vague)
        yield Finding("vague-link", message, vague[0].where, actual=vague[0].text, each=each)


def _is_vague(link: Link) -> bool:
    return loose(link.text) in _labels("vague") and not role_of(link.href, "")


def _contradiction(link: Link, wrapping: frozenset[str]) -> tuple[str, str]:
    """What a link shows and where it leads, if these are two places; ("", "") otherwise."""
    text, href = link.text.strip().rstrip(".,;:!)"), link.href.strip()
    scheme, _, address = href.partition(":")
    if not text or TOKEN.search(text):
        return "", ""
    if scheme.lower() == "mailto":
        return _other_mailbox(text, unquote(address.partition("?")[0]))
    if scheme.lower() in ("tel", "sms"):
        return _other_number(text, address)
    host, shown = host_of(href), _shown_host(text)
    if not host or not shown or one_owner(shown, host) or kind_of(href) or is_click_tracker(href) or host in wrapping:
        return "", ""
    if owner_of(shown).partition(".")[0] in unquote(href).lower():
        return "", ""  # passed on, or a page of theirs on somebody else's site
    return shown, host


def _shown_host(text: str) -> str:
    """The host a text shows: of the address it is, or of the one address it holds; "" where it shows none."""
    if whole := _ADDRESS.fullmatch(text):
        host = whole[1].lower()
        return host if is_domain(host) or text.lower().startswith(("http", "www.")) else ""
    inside = {found[1].lower() for found in _ADDRESS_INSIDE.finditer(text)}
    return inside.pop() if len(inside) == 1 else ""


def _other_mailbox(text: str, address: str) -> tuple[str, str]:
    """An e-mail address that is shown, and another that is written to."""
    if not _MAIL.fullmatch(text) or "@" not in address or TOKEN.search(address):
        return "", ""
    wanted = {mailbox.strip().lower() for mailbox in re.split("[,;]", address)}
    return ("", "") if text.lower() in wanted else (text, address.strip())


def _other_number(text: str, address: str) -> tuple[str, str]:
    """A phone number that is shown, and another that is called."""
    if not _PHONE.fullmatch(text) or TOKEN.search(address):
        return "", ""
    shown = re.sub(r"\D", "", text.replace("(0)", ""))[-_SAME_DIGITS:]
    called = re.sub(r"\D", "", re.split("[;,pwx]", unquote(address))[0])[-_SAME_DIGITS:]
    if shown == called or min(len(shown), len(called)) < _SAME_DIGITS:
        return "", ""
    return text, unquote(address)
