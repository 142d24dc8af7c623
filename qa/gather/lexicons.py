"""Lexicons: how often the words of a language are written, and which forms of them there are.

From two packages that only an extra of ours installs: wordfreq (how often people write a word) and simplemma (tables
of word forms). Both read their tables from the disk when a language is first asked for.
"""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Mapping
from functools import cached_property
from importlib.util import find_spec
from itertools import chain, islice
from pathlib import Path

from qa.check import resource
from qa.facts import facts
from qa.finding import Skip
from qa.profile.model import Profile

_FACTS = facts("spelling")
PACKAGES = ("wordfreq", "simplemma")
HOW_TO_GET = f"python -m pip install {' '.join(PACKAGES)}"


def installed() -> bool:
    """Whether the packages are there."""
    return all(find_spec(package) for package in PACKAGES)


def frequencies(language: str, least: float) -> Mapping[str, float]:
    """How often the words of a language are written, from 0 to 1, the commonest first, down to the least.

    The tables of wordfreq are read as `wordfreq.read_cBpack` says they are, but only as far as wanted: three in four
    words are rarer, and to import the package takes longer than its table.
    """
    from msgpack import Unpacker

    found: dict[str, float] = {}
    with gzip.open(_table(language), "rb") as file:
        lists = Unpacker(file, raw=False)
        number = lists.read_array_header()
        if lists.unpack() != {"format": "cB", "version": 1}:
            raise ValueError(f"wordfreq's table of {language} is in a format that is not known")
        for centibels in range(number - 1):
            frequency = 10 ** (-centibels / 100)
            if frequency < least:
                break
            found.update(dict.fromkeys(lists.unpack(), frequency))
    return found


def _table(language: str) -> Path:
    """The larger one of its two, where there are two."""
    package = find_spec("wordfreq")
    assert package is not None and package.submodule_search_locations  # asked for where it is installed
    tables = Path(package.submodule_search_locations[0], "data")
    large = tables / f"large_{language}.msgpack.gz"
    return large if large.exists() else tables / f"small_{language}.msgpack.gz"


class LanguageLexicon:
    """The words of one language."""

    def __init__(self, language: str, lexicons: Lexicons) -> None:
        self.language = language
        self.capitalises = language in _FACTS["capitalise"]
        self._lexicons = lexicons
        # A rarer word counts as one that stands in no list, but where that says of a noun that it is none.
        limits = _FACTS["limits"]
        least = 0 if self.capitalises else limits["common"] / limits["times"]
        self._frequencies = frequencies(language, least)

    @cached_property
    def letters(self) -> str:
        """Those its common words are written with."""
        counted = Counter(chain.from_iterable(map(set, islice(self._frequencies, 20_000))))  # the commonest come first
        return "".join(each for each, words in counted.items() if words >= 60 and each.isalpha())  # fewer: borrowed

    def frequency(self, word: str) -> float:
        return self._frequencies.get(word, 0.0)

    def knows(self, word: str) -> bool:
        from simplemma import is_known

        return is_known(word, self.language) or self._is_borrowed(word) or self._is_built(word) or self._is_bent(word)

    def _is_borrowed(self, word: str) -> bool:
        """An English word, as marketing has them in every language."""
        english = self._lexicons.of("en") if self.language != "en" else None
        return english is not None and english.frequency(word) >= _FACTS["limits"]["borrowed"]

    def _is_built(self, word: str) -> bool:
        """Two words written as one, where the language does so."""
        shortest = _FACTS["compounds"]["shortest"]
        return self.language in _FACTS["compounds"]["languages"] and any(
            self._is_common(word[:at]) and self._is_common(word[at:])
            for at in range(shortest, len(word) - shortest + 1)
        )

    def _is_bent(self, word: str) -> bool:
        """A verb with a pronoun written onto it: “confermarti”."""
        endings: list[str] = _FACTS["pronouns"].get(self.language, [])
        stems = (word.removesuffix(each) for each in endings if word.endswith(each))
        return any(self._is_common(stem) or self._is_common(f"{stem}e") for stem in stems)

    def _is_common(self, word: str) -> bool:
        return self.frequency(word) >= float(_FACTS["limits"]["familiar"])


class Lexicons:
    """The lexicons that were asked for, each read once."""

    def __init__(self) -> None:
        self._read: dict[str, LanguageLexicon] = {}

    def of(self, language: str) -> LanguageLexicon | None:
        """That of a language, by its primary tag; None where we have none that is good enough."""
        if not installed():
            raise Skip(f"the dictionaries are not installed: {HOW_TO_GET}")
        if language not in _FACTS["languages"]:
            return None
        if language not in self._read:
            self._read[language] = LanguageLexicon(language, self)
        return self._read[language]

    def close(self) -> None:
        self._read.clear()


@resource(key=lambda profile: None)  # languages are the same for every team
def lexicons(profile: Profile) -> Lexicons:
    """Nothing is read until a language is asked for."""
    return Lexicons()
