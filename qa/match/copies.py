"""Passages that stand twice, for phones and for desks or in HTML and in plain text, and the figure that differs."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from qa.artefacts import Mention
from qa.match.amounts import role, subject, unit
from qa.text.likeness import likeness
from qa.text.money import Price
from qa.text.wording import alike

_FIGURE = re.compile(r"\d[\d.,:]*")
_WORD = re.compile(r"[^\W\d_]+")
_FEW, _MANY = 2, 6  # words that make two passages the same: of two versions; of two places that all may see
_SHARED = 2  # facts that both parts have, for each that one has alone: then they are versions of one another

_LIKE = 50  # of 100: a date, a time or a code that may have become another

_Pair = tuple[list[Mention], list[Mention]]


def differing_copies(found: Sequence[Mention]) -> Iterator[_Pair]:
    """Facts of a passage of which the same words stand elsewhere in the body with another: there first."""
    passages: defaultdict[tuple[str, str, int], list[Mention]] = defaultdict(list)
    for mention in found:
        if mention.inside in ("body", "hidden") and (key := _words(mention)):
            passages[key].append(mention)
    for several in passages.values():
        hidden = [mention for mention in several if mention.inside == "hidden"]
        seen = [mention for mention in several if mention.inside == "body"]
        if hidden and seen and not _any_same(hidden, seen) and _once(hidden) and _once(seen):
            yield hidden, seen
        elif not hidden and len(several) == len({mention.where for mention in several}) == 2:
            one, other = several
            if _is_long(one) and not _any_same([one], [other]) and _differ_once(one, other):
                yield [other], [one]


def in_text_alone(lost: Sequence[list[Mention]], shared: int, body: Sequence[Mention]) -> Iterator[_Pair]:
    """Facts of the plain-text part that the HTML has nowhere, where it has all others; and what it has for them."""
    if not lost or shared < _SHARED * len(lost):
        return
    for group in lost:
        likely = [mention for mention in body if _may_stand_for(mention, group[0])]
        if likely:
            nearest = max(likely, key=lambda mention: likeness(mention.written, group[0].written))
            yield group, [nearest]


def _may_stand_for(mention: Mention, other: Mention) -> bool:
    if isinstance(mention.fact, Price) and isinstance(other.fact, Price):
        mine, yours = subject(mention), subject(other)
        if not mention.fact.comparable(other.fact) or (mine and yours and not mine & yours):
            return False
        return unit(mention) == unit(other) and role(mention) == role(other)
    return bool(likeness(mention.written, other.written) >= _LIKE)


def _words(mention: Mention) -> tuple[str, str, int] | None:
    """The words of a passage without its figures, and which of the figures it is; None for too few words."""
    around = alike(mention.around)
    if len(_WORD.findall(around)) < _FEW and not mention.label:
        return None
    before = len(_FIGURE.findall(mention.around[: mention.at]))
    return alike(mention.label).casefold(), _FIGURE.sub("#", around).casefold(), before


def _once(mentions: Iterable[Mention]) -> bool:
    return len({mention.fact for mention in mentions}) == 1


def _any_same(some: Sequence[Mention], others: Sequence[Mention]) -> bool:
    return any(one.fact.same(other.fact) for one in some for other in others)  # type: ignore[arg-type]


def _is_long(mention: Mention) -> bool:
    return mention.kind in ("price", "percentage") and len(_WORD.findall(mention.around)) >= _MANY


def _differ_once(one: Mention, other: Mention) -> bool:
    """Whether one figure alone differs: «10% off from €50» and «20% off from €100» are steps of one offer."""
    mine, yours = _FIGURE.findall(one.around), _FIGURE.findall(other.around)
    return len([1 for a, b in zip(mine, yours, strict=False) if a != b]) == 1
