"""The language of one short line, told by phrases that stand in every email, or by its little words alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from qa.facts import facts
from qa.text.language import alike_languages, without_tags
from qa.text.wording import folded

_LONGEST = 14  # words; more are told by `other_language`
_FEWEST_KINDS = 3  # different little words of two letters and more
_FEWEST_ENGLISH = 4  # «state of the art», «do it yourself» are said everywhere
_SHARE = 0.4  # of the words of the line
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_ROLES = ("unsubscribe", "preferences", "view-in-browser", "forward")  # "privacy policy" is a loan in many languages
_QUOTES = '“”„«»"‘'


def language_of_line(text: str, expected: str) -> str:
    """The language of a short line where it is certainly not the expected one; "" otherwise.

    Names of works, quotations and slogans in capitals are left alone: they are as they are in every language.
    """
    own = without_tags(folded(text))
    words = _WORD.findall(own)
    if not words or len(words) > _LONGEST or any(mark in own for mark in _QUOTES) or "@" in own or "//" in own:
        return ""
    lowered = [word.lower().replace("’", "'") for word in words]
    own_ones = alike_languages(expected)
    said = set(_saying(" ".join(lowered)))
    if said:
        return "" if said & own_ones else _one_of(said)
    found = _by_little_words(lowered, own_ones)
    return "" if _holds_name(words, found) else found


def _saying(line: str) -> Iterator[str]:
    """The languages that have a phrase of the frame in this line, or a label that is all of it."""
    yield from _labels().get(line, ())
    padded = f" {line} "
    yield from (language for phrase, language in _phrases() if phrase in padded)


def _one_of(languages: set[str]) -> str:
    """One of several languages that say the same: an English word in Danish lists is English."""
    return "en" if "en" in languages else min(languages)


def _holds_name(words: list[str], language: str) -> bool:
    """Whether a line may be a title or hold a name: «Casa de las Flores». German writes nouns as others write names."""
    capitals = [word for word in words[1:] if word[0].isupper() and word != "I"]
    return len(capitals) > len(words) / 2 or (bool(capitals) and language != "de")


def _by_little_words(words: list[str], own: frozenset[str]) -> str:
    counts = {language: [word for word in words if word in known] for language, known in _little_words().items()}
    if any(len(word) > 1 for language in own for word in counts.get(language, ())):
        return ""
    kinds = {language: len({word for word in found if len(word) > 1}) for language, found in counts.items()}
    best = max(sorted(kinds), key=lambda language: kinds[language])
    least = _FEWEST_ENGLISH if best == "en" else _FEWEST_KINDS
    sure = kinds[best] >= least and len(counts[best]) >= _SHARE * len(words)
    rivals = [language for language in kinds if language != best and language not in alike_languages(best)]
    return best if sure and all(kinds[language] < kinds[best] for language in rivals) else ""


@cache
def _little_words() -> dict[str, frozenset[str]]:
    words: dict[str, str] = facts("language_words")["words"]
    return {language: frozenset(known.split()) for language, known in words.items() if language != "la"}


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
