"""Hosts of links: sites for tests, editors, samples, shorteners and trackers, and the owner of each."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from qa.facts import compiled, facts
from qa.merge_tags.pattern import TOKEN

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

_HOST = re.compile(r"https?:[/\\]{2}+(?>(?:[^/?#@\\\s]*+@)?)(\[[0-9a-f:.]*+\]|[^/?#:@\\\s\[\]]++)", re.IGNORECASE)
_ADDRESS = re.compile(
    r"[\w.+-]{1,64}@(?P<mail>[a-z0-9-]++(?:\.[a-z0-9-]++)+)|https?://(?P<web>[^\s/?#:@<>()\"']++)", re.IGNORECASE
)
_MOST_TEXT = 100_000  # characters of a text in which addresses are looked for
_FEW_LINKS = 3  # fewer on one host say nothing about the host
_LONGEST = 4000  # characters of an address that are looked at; what follows is tracking
_NUMBERS = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}")
_CODE = re.compile(r"[A-Za-z0-9]{16,}+|\b[0-9a-f]{8}-[0-9a-f]{4}-", re.IGNORECASE)
_LONG_CODE = 40  # characters: no words, even without a digit
_KINDS = ("editor", "sample", "staging", "shortener")


@dataclass(frozen=True)
class _Kind:
    """One table of hosts."""

    hosts: frozenset[str]
    below: frozenset[str]
    host: re.Pattern[str] | None
    address: re.Pattern[str] | None
    public: tuple[str, ...]

    def holds(self, host: str, address: str) -> bool:
        if any(address.startswith((name, f"www.{name}")) for name in self.public):
            return False
        if is_below(host, self.hosts) or is_below(host.removeprefix("www.").partition(".")[2], self.below):
            return True
        if self.host is not None and self.host.fullmatch(host) is not None:
            return True
        return self.address is not None and self.address.search("//" + address) is not None


@lru_cache(maxsize=4096)
def host_of(href: str) -> str:
    """The host of a web address, lower case; "" where a merge tag prints it, or where there is none."""
    found = _HOST.match(TOKEN.sub("{}", href[:_LONGEST].strip()))
    host = found[1].lower().rstrip(".")[:255] if found else ""
    return "" if "{" in host or "}" in host else host


@lru_cache(maxsize=4096)
def kind_of(href: str) -> str:
    """What a host is that no reader should be sent to: "staging", "editor", "sample", "shortener", or ""."""
    host = host_of(href)
    if not host:
        return ""
    if host[0] == "[" or _NUMBERS.fullmatch(host):
        return "staging"
    address = host + href[:_LONGEST].lower().partition(host)[2]
    found = next((kind for kind in _KINDS if _kind(kind).holds(host, address)), "")
    return found or ("staging" if _is_staging(host) and host not in _kind("staging").public else "")


def sample_address_in(text: str) -> str:
    """The first e-mail or web address of a text that stands for the real one; "" where there is none."""
    for found in _ADDRESS.finditer(text[:_MOST_TEXT]):
        host = (found["mail"] or found["web"]).lower().removeprefix("www.")
        if kind_of(f"https://{host}") == "sample" or host in facts("placeholders")["links"]["hosts"]:
            return found[0]
    return ""


def is_social(href: str) -> bool:
    """Whether a link leads to a network on which brands have pages."""
    return is_below(host_of(href), _kind("social").hosts)


@lru_cache(maxsize=4096)
def is_wrapper(href: str) -> bool:
    """Whether an address is the one that a mail gateway or a network puts around every link it passes on."""
    host = host_of(href)
    return bool(host) and _kind("wrapper").holds(host, host + href[:_LONGEST].lower().partition(host)[2])


@lru_cache(maxsize=4096)
def is_click_tracker(href: str) -> bool:
    """Whether an address leads through a click tracker, and so does not show where it ends."""
    host = host_of(href)
    return _kind("click").holds(host, "") or (_kind("perhaps_click").holds(host, "") and is_opaque(href))


def is_opaque(href: str) -> bool:
    """Whether what follows the host holds a long code instead of words."""
    rest = TOKEN.sub("", href[:_LONGEST]).partition("//")[2].partition("/")[2]
    return any(
        len(code) >= _LONG_CODE or (any(map(str.isdigit, code)) and any(map(str.isalpha, code)))
        for code in _CODE.findall(rest)
    )


def wrapping_hosts(hrefs: Iterable[str]) -> frozenset[str]:
    """Hosts through which all clicks of an email seem to go: whatever is on them is a code."""
    codes: dict[str, list[bool]] = {}
    for href in hrefs:
        if host := host_of(href):
            codes.setdefault(host, []).append(is_opaque(href))
    return frozenset(host for host, opaque in codes.items() if len(opaque) >= _FEW_LINKS and all(opaque))


def owner_of(host: str) -> str:
    """What somebody registered, also with a house that hosts for others: www.acme.co.uk is acme.co.uk, a.b.github.io is
    b.github.io; the host itself where nobody can register it."""
    return _registered(host, private=True)


def one_owner(host: str, other: str) -> bool:
    """Whether two hosts belong together: one registered name, the same name under two countries, or known twins."""
    mine, theirs = owner_of(host), owner_of(other)
    if mine == theirs or mine.partition(".")[0] == theirs.partition(".")[0]:
        return True
    return any(mine in group and theirs in group for group in facts("hosts")["same"]["groups"])


def is_domain(name: str) -> bool:
    """Whether a bare name, without https:// and www., ends like a domain and not like a file."""
    ending, suffixes = name.rpartition(".")[2].lower(), facts("hosts")["suffixes"]
    return ending in suffixes["long"] or (len(ending) == 2 and ending.isalpha() and ending not in suffixes["files"])


def is_top_level(name: str) -> bool:
    """Whether sites can end so: com, de, co of co.uk alone not; in letters or in Punycode."""
    return bool(name) and any(not rule.startswith("//") for rule in _rules_below(_in_letters(name)))


def _registered(host: str, private: bool) -> str:
    """The end of a host that one party owns; ``private``: also below netlify.app, whose names are other people's."""
    letters = _in_letters(host)
    owned = _suffixes(letters.rstrip(".").rpartition(".")[2].lower(), private).privatesuffix(letters)
    return ".".join(host.split(".")[-len(owned.split(".")) :]) if owned else host


def _in_letters(host: str) -> str:
    """A host without Punycode, as the list of suffixes spells it."""
    try:
        return host.encode("ascii").decode("idna") if "xn--" in host else host
    except UnicodeError:
        return host


@cache
def _suffixes(top: str, private: bool) -> PublicSuffixList:
    """The rules of https://publicsuffix.org/ below one top-level domain: all would take 20 times as long to read."""
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList(_rules_below(top), accept_encoded_idn=False, only_icann=not private)


@cache
def _rules_below(top: str) -> list[str]:
    """Its rules in the list, and the headings that tell private ones from others."""
    own = re.escape(top)
    return re.findall(rf"\n([^\n]*\.{own}|{own}|// ===[^\n]*)(?=\n)", _rules())


@cache
def _rules() -> str:
    """The list as the package brings it, a rule a line. To make a string of each would take as long as to search."""
    from publicsuffixlist import PSLFILE

    return Path(PSLFILE).read_text("utf-8")


def is_below(host: str, names: frozenset[str]) -> bool:
    """Whether a host is one of these or below one: walks up its labels."""
    while host:
        if host in names:
            return True
        host = host.partition(".")[2]
    return False


def _is_staging(host: str) -> bool:
    certain, likely = _staging_words()
    below = host.removesuffix(_registered(host, private=False)).rstrip(".")  # acme-staging.netlify.app is no own domain
    for label in filter(None, below.split(".")):
        pieces = [piece.rstrip("0123456789") for piece in label.split("-")]
        if certain.intersection(pieces) or label.rstrip("-0123456789") in likely:
            return True
        if pieces[-1] in likely or (len(pieces) > 2 and pieces[-1] == "" and pieces[-2] in likely):
            return True
    return False


@cache
def _staging_words() -> tuple[frozenset[str], frozenset[str]]:
    table = facts("hosts")["staging"]
    return frozenset(table["certain"]), frozenset(table["likely"])


@cache
def _kind(name: str) -> _Kind:
    table = facts("hosts")[name]
    return _Kind(
        frozenset(table["hosts"]),
        frozenset(table.get("below", ())),
        _alternatives(table.get("patterns", ())),
        _alternatives(table.get("addresses", ())),
        tuple(table.get("public", ())),
    )


def _alternatives(patterns: list[str]) -> re.Pattern[str] | None:
    return compiled("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE) if patterns else None
