"""Pages that stand in the place of those that were asked for: another one of the site, or one in another language."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import unquote, urlsplit

from qa.artefacts.probes import Probe
from qa.links.hosts import host_of, one_owner
from qa.probing.answers.outcomes import absence_of, is_shown, login_of, page_text
from qa.text.language import can_tell, name_of_language, other_language, primary

_WORD = re.compile(r"[^\W\d_]{3,}")
_LOCALE = re.compile(r"([a-z]{2})(?:[-_][a-z]{2,4})?", re.IGNORECASE)
_INDEX = re.compile(r"(?:(?:index|default)(?:\.\w{3,5})?)?", re.IGNORECASE)
_TITLE = re.compile(r"<(?:title|h1)\b[^>]*>(.{0,600}?)</", re.IGNORECASE | re.DOTALL)
_LANG = re.compile(r"<html\b[^>]*?\blang\s*=\s*[\"']?([a-z]{2,3})\b", re.IGNORECASE)
_UNSEEN = re.compile(r"<(script|style|noscript|svg)\b.*?</\1\s*>|<!--.*?-->|<[^>]{0,2000}>", re.IGNORECASE | re.DOTALL)
_STEM = 4  # letters that two forms of a word have in common: webinar, webinars
_MOST_TEXT = 100_000  # characters of a page in which its language is looked for


def other_page(probe: Probe) -> str:
    """What stands in a page's place after redirects on the same site; "" where it may be the page itself."""
    if len(probe.hops) < 2 or not is_shown(probe) or login_of(probe) or absence_of(probe):
        return ""
    asked, final = _segments(probe.url), _segments(probe.final)
    if not asked or not final or not one_owner(host_of(probe.url), host_of(probe.final)):
        return ""
    same = urlsplit(probe.final).query in ("", urlsplit(probe.url).query)
    if final == asked[: len(final)] and len(final) < len(asked) and same:
        return "the section above it stands in its place"
    words = _words(asked[-1])
    if len(words) < 2:  # a short name for the page, as campaigns use
        return ""
    titles = " ".join(unescape(found[1]) for found in _TITLE.finditer(page_text(probe)))
    there = _words(f"{' '.join(final)} {urlsplit(probe.final).query} {titles}")
    return "" if words & there else "its address and its title say nothing of what was asked for"


def other_language_of(probe: Probe, wanted: str) -> str:
    """In which language a page is, where that is certainly not the one wanted, nor the one its address names."""
    if not is_shown(probe):
        return ""
    asked, final = _language_in(probe.url), _language_in(probe.final)
    if asked and final and asked != final:
        return f"the address asks for {name_of_language(asked)}, and it ends in {name_of_language(final)}"
    if not wanted:
        return ""
    text, named = page_text(probe)[:_MOST_TEXT], _LANG.search(page_text(probe))
    if named and primary(named[1].lower()) == primary(wanted):
        return ""
    found = other_language(unescape(_UNSEEN.sub(" ", text)), primary(wanted))
    return f"the page is in {name_of_language(found)}, not in {name_of_language(primary(wanted))}" if found else ""


def _segments(url: str) -> tuple[str, ...]:
    """The path of an address without what only names its language or its form."""
    path = unquote(urlsplit(url).path).lower().split("/")
    return tuple(re.sub(r"\.\w{2,5}$", "", each) for each in path if not _INDEX.fullmatch(each) and not _named(each))


def _named(segment: str) -> str:
    """The language that a piece of a path is named after; "" where it is not."""
    found = _LOCALE.fullmatch(segment)
    language = primary(found[1].lower()) if found else ""
    return language if can_tell(language) else ""


def _language_in(url: str) -> str:
    """The language that the first piece of a path names: /de/, /en-gb/."""
    return _named(urlsplit(url).path.lstrip("/").partition("/")[0])


def _words(text: str) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in _WORD.findall(unquote(text).lower()))
