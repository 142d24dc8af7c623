"""Do the links say where they lead, and does one label lead to one place?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from urllib.parse import unquote

from qa.artefacts import Link, Links
from qa.artefacts.causes import of_label, of_link
from qa.check import check
from qa.facts import facts
from qa.finding import Code, Finding, Severity, Skip
from qa.links.contact import is_contact
from qa.links.faults import is_dead
from qa.links.hosts import host_of, is_click_tracker, is_domain, is_social, kind_of, one_owner, owner_of, wrapping_hosts
from qa.links.naming import lines, name_of
from qa.links.roles import role_of
from qa.links.url import MalformedUrl, bare, is_web, parse
from qa.match.asked_links import is_as_asked, is_compared
from qa.merge_tags.pattern import TOKEN
from qa.request import AskedAsset, AskedPage
from qa.text.phrases import begun, listed
from qa.text.wording import loose, quoted

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
    if not links.built:
        raise Skip("the build has no link")
    in_email = not isinstance(asked, AskedPage)
    judged = [link for link in links.built if _comparable(link, in_email)]
    live = [link for link in judged if not _is_nowhere(link, in_email)]
    said: set[str] = set()
    for group in _same_label([link for link in judged if not link.outlook_only]):
        there = [link for link in group if link in live]
        targets = Counter(_target(link) for link in live if _target(link) in set(map(_target, there)))
        if len(targets) == 2 and (odd := _odd(there, asked, targets)):  # three and more are a list of cards
            said.add(loose(group[0].text))
            yield _divergence(odd, next(link for link in there if link not in odd), group, asked)
        if 1 <= len(targets) <= 2 and (nowhere := [link for link in group if link not in live]):
            said.add(loose(group[0].text))
            yield _divergence(nowhere, there[0], group, asked)
    for twin, link in _twins([link for link in judged if loose(link.text) not in said]):
        if not (is_as_asked(asked, twin) and is_as_asked(asked, link)):
            yield _other_in_outlook(twin, link, asked)


def _odd(group: Sequence[Link], asked: AskedAsset, targets: Counter[str]) -> list[Link]:
    """The links of one label that should lead where the others do: as the request says, else as most links."""
    right = {_target(link) for link in group if is_as_asked(asked, link)}
    usual = right or {targets.most_common(1)[0][0]}
    return [link for link in group if _target(link) not in usual]


def _divergence(odd: Sequence[Link], usual: Link, group: Sequence[Link], asked: AskedAsset) -> Finding:
    one = odd[0]
    message = f"{begun(name_of(one))} {_leads(one)}, and elsewhere to {bare(usual.href)}{lines(group)}."
    # Who is to know which one is right, where the request does not say?
    sure = any(is_as_asked(asked, link) for link in group) or any(_is_nowhere(link, True) for link in odd)
    causes = tuple(map(of_link, odd if sure else group))
    where, wanted, found = one.where, bare(usual.href), bare(one.href)
    return Finding("diverging-link", message, where, expected=wanted, actual=found, causes=causes)


def _other_in_outlook(twin: Link, link: Link, asked: AskedAsset) -> Finding:
    message = f"In Outlook on Windows (VML), {name_of(twin)} {_leads(twin)}; for everybody else it {_leads(link)}."
    wrong = [one for one in (twin, link) if not is_as_asked(asked, one)]
    causes = tuple(map(of_link, [one for one in wrong if _is_nowhere(one, True)] or wrong))
    where, wanted, found = twin.where, bare(link.href), bare(twin.href)
    return Finding("diverging-link", message, where, expected=wanted, actual=found, causes=causes)


def _leads(link: Link) -> str:
    return f"leads to {bare(link.href)}" if link.href.strip() else "leads nowhere (its address is empty)"


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
    in_email = not isinstance(asked, AskedPage)
    wrapping = wrapping_hosts(link.href for link in links.built)
    misleading: dict[tuple[str, str, bool], list[Link]] = {}
    for link in links.built:
        shown, leads = _contradiction(link, wrapping, in_email)
        if shown and not is_as_asked(asked, link):
            misleading.setdefault((shown, leads, is_compared(asked, link)), []).append(link)
    for (shown, leads, _), same in misleading.items():
        message = f"{begun(name_of(same[0]))} shows {shown} and leads {leads}."
        where, actual, causes = same[0].where, same[0].href, tuple(map(of_link, same))
        yield Finding("misleading-link", message, where, expected=shown, actual=actual, causes=causes)
    vague = [link for link in links.built if link.has_href and link.tag in ("a", "area") and _is_vague(link)]
    if vague:
        labels = {loose(link.text): quoted(link.text) for link in vague}
        verb = "says" if len(labels) == 1 else "say"
        message = f"{listed(labels.values())} {verb} nothing of where the link leads{lines(vague)}."
        each = tuple(f"{link.text} {link.href}" for link in vague)
        causes = tuple(map(of_label, vague))
        yield Finding("vague-link", message, vague[0].where, actual=vague[0].text, each=each, causes=causes)


def _is_vague(link: Link) -> bool:
    return loose(link.text) in _labels("vague") and not role_of(link.href, "")


def _contradiction(link: Link, wrapping: frozenset[str], in_email: bool) -> tuple[str, str]:
    """What a link shows and where it leads instead (“to …”, “nowhere”); ("", "") where it leads there."""
    text, href = link.text.strip().rstrip(".,;:!)"), link.href.strip()
    scheme, _, address = href.partition(":")
    if not text or TOKEN.search(text):
        return "", ""
    if scheme.lower() == "mailto":
        return _other_mailbox(text, unquote(address.partition("?")[0]))
    if scheme.lower() in ("tel", "sms"):
        return _other_number(text, address)
    host, shown = host_of(href), _shown_host(text)
    if shown and link.has_href and href in ("", "#") and is_dead(link, in_email):
        return shown, "nowhere"
    if not host or not shown or one_owner(shown, host) or is_click_tracker(href) or host in wrapping:
        return "", ""
    if owner_of(shown).partition(".")[0] in unquote(href).lower():
        return "", ""  # passed on, or a page of theirs on somebody else's site
    return shown, f"to {host}"


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
    return ("", "") if text.lower() in wanted else (text, f"to {address.strip()}")


def _other_number(text: str, address: str) -> tuple[str, str]:
    """A phone number that is shown, and another that is called."""
    if not _PHONE.fullmatch(text) or TOKEN.search(address):
        return "", ""
    shown = re.sub(r"\D", "", text.replace("(0)", ""))[-_SAME_DIGITS:]
    called = re.sub(r"\D", "", re.split("[;,pwx]", unquote(address))[0])[-_SAME_DIGITS:]
    if shown == called or min(len(shown), len(called)) < _SAME_DIGITS:
        return "", ""
    return text, f"to {unquote(address)}"
