"""The language of a text, told by the little words every sentence is made of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from qa.facts import compiled, facts
from qa.markup.merge_tag_mask import BLOT, masked
from qa.text.wording import quoted

_FACTS = facts("language_words")
_SHORTEST = 12  # words; a line with fewer may be a slogan, a title, a name
_WORD = re.compile(r"[^\W\d_]+")
_TELLING = 0.2  # share of words that are little ones of the language; running text of any has 0.3 to 0.6
_FAR_BEHIND = 0.4  # what the expected language may have of that, at most
FILLER = "la"  # lorem ipsum, as a rule
_FEWEST_LETTERS = {"han": 12, "kana": 4, "hangul": 12}  # of a script; elsewhere 20: a name is shorter
_SCRIPT = 0.6  # share of letters in a script from which it is the text's


@dataclass(frozen=True, slots=True)
class _Text:
    """What a text is made of: its words, and how many letters stand in which script."""

    words: int
    hits: Mapping[str, int]  # language → how many of the words are its little ones
    kinds: Mapping[str, int]  # language → how many different ones


@cache
def little_words() -> frozenset[str]:
    """Words that say nothing by themselves, of every language: and, the, für, de."""
    return frozenset(word for words in _FACTS["words"].values() for word in words.split())


def is_too_short(text: str) -> bool:
    """Whether a text has too few words to tell its language."""
    return len(_WORD.findall(text)) < _SHORTEST and not _script(text)


def other_language(text: str, expected: str) -> str:
    """The language of a text where it is certainly not the expected one; "" otherwise."""
    if text.isascii() and text.count(" ") < _SHORTEST - 1:
        return ""
    own = without_tags(text)
    if script := _script(own):
        return "" if expected in _FACTS["scripts"][script] else _of_script(script, own)
    measured = _measured(own)
    if measured.words < _SHORTEST or not measured.hits:
        return ""
    best = max(sorted(measured.hits), key=lambda language: measured.hits[language])
    share = measured.hits[best] / measured.words
    theirs = max(measured.hits.get(language, 0) for language in alike_languages(expected))
    if share < _least(best) or measured.kinds[best] < 4 or theirs > _FAR_BEHIND * measured.hits[best]:
        return ""
    return best


def is_surely(text: str, expected: str) -> bool:
    """Whether a text is certainly in a language: a line of another one is foreign there."""
    own = without_tags(text)
    if script := _script(own):
        return expected in _FACTS["scripts"][script]
    measured = _measured(own)
    if not measured.hits:
        return False
    most = max(measured.hits.values())
    theirs = max(alike_languages(expected), key=lambda language: measured.hits.get(language, 0))
    return (
        measured.hits.get(theirs, 0) == most and most >= _least(theirs) * measured.words and measured.kinds[theirs] > 3
    )


def _least(language: str) -> float:
    return _TELLING / 2 if language in _FACTS["sparse"] else _TELLING


def _of_script(script: str, own: str) -> str:
    """The language of a text in a script the expected one does not use."""
    languages: list[str] = _FACTS["scripts"][script]
    if len(languages) == 1 or script == "han":
        return languages[0]
    measured = _measured(own)
    known = [language for language in languages if language in measured.hits]
    best = max(known, key=lambda language: measured.hits[language], default="")
    return best if best and measured.hits[best] >= _least(best) * measured.words else script


def _script(own: str) -> str:
    """The script other than Latin that most letters are of, "" where it is Latin."""
    if own.isascii():
        return ""
    letters = sum(map(str.isalpha, own))
    for name, pattern in _scripts().items():
        found = len(pattern.findall(own))
        if found >= _FEWEST_LETTERS.get(name, 20) and found >= (0.1 if name == "kana" else _SCRIPT) * letters:
            return name
    return ""


@cache
def _scripts() -> dict[str, re.Pattern[str]]:
    order = sorted(_FACTS["ranges"], key=lambda name: name != "kana")  # Japanese has ideographs as well
    return {name: compiled(f"[{_FACTS['ranges'][name]}]") for name in order}


def _measured(own: str) -> _Text:
    words = _WORD.findall(own.lower())
    counted = Counter(words)
    hits: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    table = _languages_of()
    for word in counted.keys() & table.keys():
        for language in table[word]:
            hits[language] += counted[word]
            kinds[language] += len(word) > 1  # single letters are also initials, options and l e t t e r s set apart
    return _Text(len(words), hits, kinds)


def without_tags(text: str) -> str:
    """The text without merge tags and addresses."""
    words = masked(text).replace(BLOT, " ").split()
    return " ".join(word for word in words if not ("://" in word or "@" in word or word.startswith("www.")))


@cache
def _languages_of() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for language, words in _FACTS["words"].items():
        for word in dict.fromkeys(words.split()):
            found.setdefault(word, []).append(language)
    return {word: tuple(languages) for word, languages in found.items()}


def can_tell(language: str) -> bool:
    """Whether its little words or its script are known."""
    return language in _FACTS["words"] or any(language in languages for languages in _FACTS["scripts"].values())


def alike_languages(language: str) -> frozenset[str]:
    """A language and those that nobody can tell from it by a few little words."""
    return frozenset([language]).union(*(group for group in _FACTS["alike"] if language in group))


def primary(tag: str) -> str:
    """The language of a tag such as "pt-BR"."""
    first = re.split("[-_]", tag.strip().lower())[0]
    same: dict[str, str] = facts("languages")["same"]
    return same.get(first, first)


def name_of_language(language: str) -> str:
    """A language as people call it."""
    return str(_FACTS["names"].get(language, quoted(language)))
