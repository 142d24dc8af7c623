"""Figures of two texts that stand among the same words: pages of a guide, the sum up to which a gift is doubled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from qa.artefacts import Block
from qa.markup.merge_tag_mask import masked
from qa.text.language import little_words
from qa.text.moments.dates import flat
from qa.text.money import amount

_NUMBER = re.compile(
    r"(?<![\w.,:/+-])\d{1,3}(?:[ .,']\d{3}){1,4}(?![\d.,:/-]*\d)|(?<![\w.,:/+-])\d+(?:[.,]\d{1,2})?(?![\w:/-]|[.,]\d)"
)
_WORD = re.compile(r"[^\W\d_]+|[$€£¥%]")
_REACH = 3  # words on either side
_WINDOW = 80  # characters in which they stand
_ALIKE = 4  # of these that must be the same, without a gap
_TELLING = 2  # of those, words that say something


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a text, as it is written with what it counts, and the words next to it, the nearest first."""

    number: str
    written: str
    before: tuple[str, ...]
    behind: tuple[str, ...]
    block: Block

    def stands_as(self, other: Figure) -> bool:
        """Whether another number is said of the same thing, in the same words."""
        before, behind = _common(self.before, other.before), _common(self.behind, other.behind)
        telling = [word for word in (*before, *behind) if word not in little_words()]
        return bool(behind) and len(before) + len(behind) >= _ALIKE and len(telling) >= _TELLING

    def is_in(self, written: str) -> bool:
        """Whether a date, a price … as it is written has this number."""
        return any(_number(found[0]) == self.number for found in _NUMBER.finditer(flat(written)))

    def counts_as(self, other: Figure) -> bool:
        """Whether another number counts the same, be it as many or not."""
        return self.behind[:1] == other.behind[:1]


def figures(blocks: Iterable[Block]) -> Iterator[Figure]:
    """Every number in the text that a reader sees, but for those within dates, times, numbers of phones and norms."""
    for block in blocks:
        if block.hidden or block.outlook_only or not any(map(str.isdigit, block.text)):
            continue
        text = flat(masked(block.text))
        for found in _NUMBER.finditer(text):
            before = tuple(
                word.lower()
                for word in _WORD.findall(text[max(0, found.start() - _WINDOW) : found.start()])[-_REACH:][::-1]
            )
            behind = tuple(word.lower() for word in _WORD.findall(text[found.end() : found.end() + _WINDOW])[:_REACH])
            unit = _WORD.search(text, found.end())
            end = unit.end() if unit and not text[found.end() : unit.start()].strip() else found.end()
            yield Figure(_number(found[0]), text[found.start() : end], before, behind, block)


def _number(written: str) -> str:
    return str(amount(written).normalize())


def _common(one: tuple[str, ...], other: tuple[str, ...]) -> list[str]:
    same: list[str] = []
    for mine, yours in zip(one, other, strict=False):
        if mine != yours:
            break
        same.append(mine)
    return same
