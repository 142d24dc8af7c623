"""Spelling: words no list of a language knows that are one slip of the keyboard away from a common one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from typing import Protocol

from qa.facts import facts
from qa.markup.merge_tag_mask import BLOT, masked

_FACTS = facts("spelling")
_LIMITS: dict[str, float] = _FACTS["limits"]
_NAMED_LIKE = tuple(_FACTS["endings_of_names"])
# Addresses, file names, handles, codes and what has a digit in it, and words joined by hyphens, are nobody's spelling.
_NO_WORDS = re.compile(r"[\d@#/\\_=&<>{}()\[\]*+|~^$%]|\w[.:]\w|\w[-‐‑]|[-‐‑]\w")
_BETWEEN_BLANKS = re.compile(r"\S+")
_QUOTED = re.compile(r"(?<!\w)([\"“„«‘'])[^\"”“»’']{1,40}[\"”“»’'](?!\w)")
_WORD = re.compile(r"(?<![^\W_])[^\W\d_]++(?>(?:['’][^\W\d_]++)*)(?![^\W_])")
_SHORTENED = re.compile(r"\.(?:['’]|\s+[^\W\dA-ZÀ-Þ_])")
_ENDS = re.compile(r"[.!?:…•|–—]\W*\Z")


class Lexicon(Protocol):
    """What is known of the words of one language."""

    @property
    def letters(self) -> str:
        """Those its words are written with."""

    @property
    def capitalises(self) -> bool:
        """Whether every noun has a capital, so that it says nothing of names."""

    def frequency(self, word: str) -> float:
        """How often a word is written, from 0 (never) to 1."""

    def knows(self, word: str) -> bool:
        """Whether a dictionary of its forms has the word; slower, asked last."""


@dataclass(frozen=True, slots=True)
class Slip:
    """A word as it stands there, in small letters, and the one that was probably meant."""

    word: str
    meant: str


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a passage. ``begins``: with it begins a sentence, so that its capital says nothing."""

    said: str
    begins: bool

    @property
    def small(self) -> str:
        return self.said.lower().replace("’", "'")

    @property
    def is_name(self) -> bool:
        """Whether its capitals say that it is a name, an abbreviation or a title's."""
        return not (self.said.islower() or (self.begins and self.said[1:].islower()))


def words_of(text: str) -> list[Word]:
    """The words of a passage, without merge tags, addresses, codes and what is quoted."""
    unquoted = _QUOTED.sub("\0", masked(text).replace(BLOT, "\0"))
    own = _BETWEEN_BLANKS.sub(lambda found: "\0" if _NO_WORDS.search(found[0]) else found[0], unquoted)
    first = len(own) - len(own.lstrip())
    return [
        Word(
            found[0],
            found.start() <= first or bool(_ENDS.search(own, max(0, found.start() - 4), found.start())),
        )
        for found in _WORD.finditer(own)
        if "\0" not in own[max(0, found.start() - 1) : found.end() + 1] and not _SHORTENED.match(own, found.end())
    ]


def slips_in(words: list[Word], lexicon: Lexicon, right: Set[str] = frozenset()) -> Iterator[Slip]:
    """The words of a passage in the language of the lexicon that are probably misspelt; ``right`` are others."""
    of_the_language = [lexicon.frequency(word.small) >= _LIMITS["familiar"] for word in words if not word.is_name]
    known, read = sum(of_the_language), len(of_the_language)
    for word in words:
        own = lexicon.frequency(word.small)
        if word.small in right or own > _LIMITS["rare"] or not _is_judged(word, own, lexicon):
            continue
        itself = not word.is_name
        # A line in another language is full of words nobody knows.
        if known - (itself and own >= _LIMITS["familiar"]) < _LIMITS["share"] * (read - itself):
            continue
        meant = _nearest(word.small, own, lexicon)
        if meant and not _is_capital_without_accent(word, meant) and not lexicon.knows(word.small):
            yield Slip(word.small, meant)


def _is_judged(word: Word, own: float, lexicon: Lexicon) -> bool:
    """Whether a word may be told of: a short one says little, and one with a capital may be a name."""
    if len(word.said) > _LIMITS["longest"] or "'" in word.small:
        return False
    if word.small.endswith(_NAMED_LIKE) or word.small in _FACTS["right"]:
        return False
    if word.is_name:
        is_noun = lexicon.capitalises and own == 0 and word.said.istitle()
        return is_noun and len(word.said) >= _LIMITS["shortest_noun"]
    return len(word.said) >= _LIMITS["shortest" if word.said.islower() else "shortest_first"]


def _is_capital_without_accent(word: Word, meant: str) -> bool:
    """“Evénement” at the beginning of a sentence, as French typewriters had it."""
    return word.said[0].isupper() and not meant[0].isascii() and word.small[1:] == meant[1:]


def _nearest(word: str, own: float, lexicon: Lexicon) -> str:
    """The commonest word one slip away, where it is far commoner; "" where there is none."""
    least = max(_LIMITS["common"], _LIMITS["times"] * own)
    found = {each: lexicon.frequency(each) for each in _one_slip_away(word, lexicon.letters)}
    best = max(found, key=lambda each: found[each], default="")
    return best if best and found[best] >= least else ""


def _one_slip_away(word: str, letters: str) -> Iterator[str]:
    """Words from which a letter was left out, or to which one was added, or with one taken for another or two swapped.

    Not at the end, where words are bent: “offer” and “offers” are two words, whichever is commoner. Nor with one letter
    too many in front, which makes another word in many languages: Italian “scollega”, Danish “ugemte”.
    """
    for at in range(len(word)):
        before, after = word[:at], word[at:]
        last = at == len(word) - 1
        if not last and after[0] != after[1]:
            yield before + after[1] + after[0] + after[2:]
        if (at and not last) or (last and after == before[-1:]):
            yield before + after[1:]
        for letter in letters:
            yield before + letter + after
            if not last and letter != after[0]:
                yield before + letter + after[1:]
