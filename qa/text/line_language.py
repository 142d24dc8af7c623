"""The language of one short line, told by phrases that stand in every email, or by the words such lines are made of."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache

from qa.facts import facts
from qa.text.language import FILLER, alike_languages, without_tags
from qa.text.wording import folded

_FACTS = facts("language_words")
_LONGEST = 14  # words; more are told by `other_language`
_FEWEST_KINDS = 3  # different little words of two letters and more
_FEWEST_ENGLISH = 4  # «state of the art», «do it yourself» are said everywhere
_SHORTEST_SPOKEN = 4  # words of a line that speaks to its reader: then one kind fewer will do
_SHARE = 0.4  # of the words of the line
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_ROLES = ("unsubscribe", "preferences", "view-in-browser", "forward")  # "privacy policy" is a loan in many languages
_QUOTES = '“”„«»"‘'


def language_of_line(text: str, expected: str, names: Collection[str] = ()) -> str:
    """The language of a short line where it is certainly not the expected one; "" otherwise.

    Names of works and quotations are left alone: they are as they are in every language. So are the switch to another
    language, and what every language has borrowed. ``names``, in small letters, are no words of any language.
    """
    own = without_tags(folded(text))
    words = _WORD.findall(own.lower() if own.isupper() else own)
    if not words or len(words) > _LONGEST or any(mark in own for mark in _QUOTES) or "@" in own or "//" in own:
        return ""
    lowered = [word.lower().replace("’", "'") for word in words]
    if not _switches().isdisjoint(lowered):
        return ""
    own_ones = alike_languages(expected)
    said = set(_saying(" ".join(lowered)))
    if said:
        return "" if said & own_ones else _one_of(said)
    return _by_words([word for word in words if word.lower() not in names], own_ones)


def names_among(text: str) -> frozenset[str]:
    """Words with a capital that no language makes its lines of, in small letters: names, as a rule."""
    words = {word.lower() for word in _WORD.findall(text) if word[0].isupper()}
    return frozenset(words).difference(*_known().values())


def _saying(line: str) -> Iterator[str]:
    """The languages that have a phrase of the frame in this line, or a label that is all of it."""
    yield from _labels().get(line, ())
    padded = f" {line} "
    yield from (language for phrase, language in _phrases() if phrase in padded)


def _one_of(languages: set[str]) -> str:
    """One of several languages that say the same: an English word in Danish lists is English."""
    return "en" if "en" in languages else min(languages)


def _may_be_title(words: list[str], language: str, spare: int) -> bool:
    """Whether a line may be a title or hold a name: «Casa de las Flores».

    ``spare``: how many more words tell the language than are needed: as many may be names. German writes nouns as
    others write names.
    """
    capitals = [word.lower() for word in words[1:] if word[0].isupper() and word != "I"]
    if language == "de":
        return len(capitals) > len(words) / 2
    names = [word for word in capitals if word not in _known()[language]]
    return len(names) > spare or (len(names) < len(capitals) and not spare)


def _by_words(words: list[str], own: frozenset[str]) -> str:
    """The language whose little words, and those that lines are made of, a line has by far the most of."""
    free = _borrowed().sub(" ", " ".join(words).lower().replace("’", "'")).split()
    found = {
        language: {word for word in free if word in known and len(word) > 1} for language, known in _known().items()
    }
    if not words or any(found.get(language) for language in own):
        return ""
    best = max(sorted(found), key=lambda language: len(found[language]))
    kinds, spoken = len(found[best]), len(words) >= _SHORTEST_SPOKEN and not found[best].isdisjoint(_speaking(best))
    least = (_FEWEST_ENGLISH if best == "en" else _FEWEST_KINDS) - spoken
    share = sum(word in _known()[best] for word in free) / len(words)
    rivals = [language for language in found if language != best and language not in alike_languages(best)]
    if kinds < least or share < _SHARE or any(len(found[language]) >= kinds for language in rivals):
        return ""
    return "" if _may_be_title(words, best, spoken * (kinds - least)) else best


@cache
def _switches() -> frozenset[str]:
    return frozenset(_FACTS["switches"]["names"])


@cache
def _known() -> dict[str, frozenset[str]]:
    """The words that tell a language in a short line."""
    words, more = _FACTS["words"], _FACTS["line_words"]
    return {
        language: frozenset(f"{known} {more.get(language, '')}".split())
        for language, known in words.items()
        if language != FILLER
    }


@cache
def _speaking(language: str) -> frozenset[str]:
    return frozenset(_FACTS["speaking"].get(language, "").split())


@cache
def _borrowed() -> re.Pattern[str]:
    return re.compile(rf"(?<!\S)(?:{'|'.join(map(re.escape, _FACTS['borrowed']['phrases']))})(?!\S)")


@cache
def _phrases() -> tuple[tuple[str, str], ...]:
    """What links of the frame say, with a space on either side, and the language."""
    return tuple(
        (f" {phrase} ", language)
        for role in _ROLES
        for language, phrases in facts("system_links")[role]["words"].items()
        for phrase in phrases
    )


@cache
def _labels() -> dict[str, frozenset[str]]:
    """Labels of buttons of two words and more, and the languages that have them: "shop now" is said by many."""
    found: dict[str, set[str]] = {}
    tables = facts("link_labels")
    for kind in ("vague", "repeated"):
        for language, labels in tables[kind].items():
            for label in labels:
                if " " in label:
                    found.setdefault(label, set()).add(language)
    return {label: frozenset(languages) for label, languages in found.items()}
