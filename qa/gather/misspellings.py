"""The misspelt words in what nobody approved."""

from __future__ import annotations

import re
from collections import Counter

from qa.artefacts import Inventory, KnownLinks, Misspelling, Misspellings, Passages
from qa.check import gatherer
from qa.finding import Skip
from qa.gather.lexicons import Lexicons
from qa.request import Request
from qa.request.texts import texts_of
from qa.source import Place
from qa.text.spelling import Slip, Word, slips_in, words_of
from qa.text.wording import alike

_LETTERS = re.compile(r"[^\W\d_]+")
_TERM = 5  # a word that stands there as often is meant


@gatherer()
def misspellings(
    passages: Passages, request: Request, known: KnownLinks, read: Inventory, lexicons: Lexicons
) -> Misspellings:
    """Each word once, but for those the request has anywhere, names, and terms that come back again and again."""
    spelt = [(passage, words_of(passage.text)) for passage in passages.found]
    right = _terms([word for _, words in spelt for word in words]) | _in_request(request) | _in_addresses(known, read)
    found: dict[Slip, list[Place]] = {}
    could_tell = False
    for passage, words in spelt:
        if lexicon := lexicons.of(passage.language):
            could_tell = True
            for slip in slips_in(words, lexicon, right):
                if not _is_compared(passage.text, slip, passages.asked):
                    found.setdefault(slip, []).append(passage.where)
    if not could_tell:
        raise Skip("there is no text that nobody approved, or in no language we have a dictionary of")
    return Misspellings(tuple(Misspelling(slip.word, slip.meant, tuple(at)) for slip, at in found.items()))


def _is_compared(text: str, slip: Slip, asked: str) -> bool:
    """Whether the request has the text as it should be: who compares the two tells it."""
    return alike(text).casefold().replace(slip.word, slip.meant) in asked


def _terms(words: list[Word]) -> set[str]:
    """What is written with and without capitals, as names are in places, or comes back too often to be a slip."""
    often = Counter(word.small for word in words)
    capital = {word.small for word in words if word.is_name}
    small = {word.small for word in words if not word.is_name}
    return (capital & small) | {word for word, times in often.items() if times >= _TERM}


def _in_request(request: Request) -> set[str]:
    return {word.lower() for said in texts_of(request) for word in _LETTERS.findall(said.text)}


def _in_addresses(known: KnownLinks, read: Inventory) -> set[str]:
    """Names of the brand's hosts, and of what the build links to and shows: “acme” of acme.example."""
    built = read.markup
    addresses = [*known.owners]
    if built is not None:
        addresses += [*(link.href for link in built.links), *(image.src for image in built.images)]
    return set(_LETTERS.findall("\n".join(addresses).lower()))
