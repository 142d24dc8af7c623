"""Labels of links beside the last words of addresses: which of several pages of one kind a label names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from urllib.parse import unquote

from qa.links.naming import known_labels
from qa.links.url import MalformedUrl, bare, parse
from qa.text.language import little_words

_WORD = re.compile(r"[^\W_]+")
_EXTENSION = re.compile(r"\.\w{2,5}$")
_SHORTEST = 3  # letters of a word that tells pages apart
_ENDING = 2  # letters that a word of a label may have more or less than that of the address: beanie, beanies
_STEM = 4
_SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "å": "aa", "æ": "ae"})


@dataclass(frozen=True, slots=True)
class _Page:
    place: str
    folder: str  # host and path above: pages of one kind stand together
    words: frozenset[str]


class NamedPages:
    """Pages whose addresses end in words, each with the labels of the links that lead there."""

    def __init__(self, links: Iterable[tuple[str, str]]) -> None:
        """``links``: label and address of each, those of the request as well."""
        self._labels: dict[_Page, set[str]] = {}
        for label, href in links:
            if (page := _page(href)) is not None:
                self._labels.setdefault(page, set()).add(label)

    def other_page(self, label: str, href: str) -> str:
        """The page that a label names, where its link leads to another page of the kind; "" otherwise.

        Only where links to both pages are called by the words of their addresses: then a label means what it says.
        """
        here = _page(href)
        said = _telling(label)
        if here is None or not said or self._is_called(here, without=label) is False:
            return ""
        named = [page for page in self._kinds.get(here.folder, ()) if page != here and _names(said, page, here)]
        called = [page for page in named if self._is_called(page, without="")]
        return called[0].place if len(named) == len(called) == 1 else ""

    @cached_property
    def _kinds(self) -> dict[str, list[_Page]]:
        found: dict[str, list[_Page]] = {}
        for page in self._labels:
            found.setdefault(page.folder, []).append(page)
        return found

    def _is_called(self, page: _Page, without: str) -> bool:
        """Whether another link to a page has a word of its address in the label."""
        labels = self._labels.get(page, set()) - {without}
        return any(_is_in(word, page.words) for label in labels for word in _telling(label))


def _names(said: frozenset[str], page: _Page, here: _Page) -> bool:
    """Whether all words that tell two pages apart are of one of them, and none of the other."""
    apart = [word for word in said if not (_is_in(word, page.words) and _is_in(word, here.words))]
    return bool(apart) and all(_is_in(word, page.words) for word in apart)


def _is_in(word: str, words: frozenset[str]) -> bool:
    spellings = {word.translate(_SPELLED), _plain(word)}
    return any(_is_same(spelling, other) for spelling in spellings for other in words)


def _is_same(one: str, other: str) -> bool:
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    near = len(short) >= _STEM and len(long) - len(short) <= _ENDING
    return near and not any(map(str.isdigit, long)) and long.startswith(short)


def _page(href: str) -> _Page | None:
    """The page an address leads to, where it ends in words; a query or a place in it may say which is meant."""
    try:
        url = parse(href)
    except MalformedUrl:
        return None
    folder, _, slug = unquote(url.path).rstrip("/").lower().rpartition("/")
    words = frozenset(word for word in _WORD.findall(_EXTENSION.sub("", slug)) if _tells(word))
    place = bare(href)
    if not words or "?" in place or "#" in place or "{" in place or "%%" in place:
        return None
    return _Page(place, f"{url.host.removeprefix('www.')}{folder}", words)


def _telling(label: str) -> frozenset[str]:
    """The words of a label, but for those that every label and every sentence has."""
    words = {word for word in _WORD.findall(label.lower()) if _tells(word)}
    return frozenset(words - _everyday())


def _tells(word: str) -> bool:
    return len(word) >= _SHORTEST or any(map(str.isdigit, word))


def _plain(word: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKD", word) if not unicodedata.combining(letter))


@cache
def _everyday() -> frozenset[str]:
    """The little words of all languages, and those of labels that every card has: "shop", "entdecken"."""
    usual = {word for kind in ("vague", "repeated") for label in known_labels(kind) for word in label.split()}
    return little_words() | usual
