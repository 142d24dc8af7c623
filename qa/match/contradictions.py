"""Facts of the request's offer, and the mentions in a build that contradict each other or them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from qa.artefacts import Mention, Mentions
from qa.facts import facts
from qa.match.amounts import role
from qa.match.copies import differing_copies, in_text_alone
from qa.request.offer import Fact, facts_in
from qa.text.moments.dates import Day
from qa.text.moments.times import TimeOfDay
from qa.text.moments.zones import same_moment
from qa.text.money import Percentage, Price, PromoCode

STALE = timedelta(days=30)  # a date further back than this was not meant to be read now
_WORD = re.compile(r"[^\W\d_]{2,}")
_MANY = 200  # facts of one kind: a price list, in which nobody can tell which belong together
_ROOMS = ("subject", "preheader", "title", "alt", "text")


def grouped(mentions: Iterable[Mention]) -> list[list[Mention]]:
    """Mentions of the same fact together, in the order of their first."""
    equal: dict[Any, list[Mention]] = {}
    for mention in mentions:
        equal.setdefault(mention.fact, []).append(mention)
    if len(equal) > _MANY:
        return list(equal.values())
    groups: list[list[Mention]] = []
    for fact, several in equal.items():
        group = next((group for group in groups if group[0].fact.same(fact)), None)
        if group is None:
            groups.append(several)
        else:
            group += several
    return groups


def told_together(mentions: Iterable[Mention]) -> list[list[Mention]]:
    """Mentions of the same fact together, but those whose words were changed apart: there the words are wrong."""
    several = list(mentions)
    free = grouped(mention for mention in several if mention.became is None)
    return free + grouped(mention for mention in several if mention.became is not None)


def is_apart(mention: Mention, near: date | None) -> bool:
    """Whether something else is wrong with it: its words were changed, or the calendar knows no such date.

    It counts in no comparison of others: what it says may be anything.
    """
    if mention.status == "changed":
        return True
    return isinstance(mention.fact, Day) and (not mention.fact.possible or mention.fact.misnamed(near) is not None)


def beside_each_other(one: Mention | Fact, other: Mention | Fact) -> tuple[str, str]:
    """Two different facts as they are written; times with their zones where these differ."""
    zones = [each.fact.zone if isinstance(each.fact, TimeOfDay) else "" for each in (one, other)]
    if zones[0].casefold() == zones[1].casefold():
        return one.written, other.written
    return with_zone(one), with_zone(other)


def with_zone(each: Mention | Fact) -> str:
    """A time as it is written, with the zone it is read in; anything else as it is written."""
    return f"{each.written} {each.fact.zone}".rstrip() if isinstance(each.fact, TimeOfDay) else each.written


def in_place_of(mention: Mention, fact: Fact, language: str) -> bool:
    """Whether the words a mention was made of have the fact."""
    return _has(mention.asked, fact, language)


@lru_cache(maxsize=256)  # a long subject line is asked for once, and mentions a thousand things
def _has(words: str, fact: Fact, language: str) -> bool:
    return any(kind == fact.kind and found.same(fact.fact) for kind, found, _ in facts_in(words, language))


def is_stale(mention: Mention, sent: date | None) -> bool:
    """Whether a date, its year given, had long passed when the email went out."""
    if not isinstance(mention.fact, Day) or mention.fact.year is None or sent is None:
        return False
    on = mention.fact.on(sent)
    return on is not None and sent - on > STALE


def contradictions(mentions: Mentions, kind: str) -> Iterator[tuple[list[Mention], list[Mention]]]:
    """A fact outside the body that the body has otherwise: the mentions there, and those in the body.

    Only where there is one such fact on either side, and both are spoken of in the same way: in a newsletter with
    five prices, nobody can tell which belong together. A line of the plain-text part is known by its words.
    """
    found = [each for each in mentions.found if each.kind == kind and _counts(each, mentions.sent)]
    body = [each for each in found if each.inside in ("body", "hidden")]
    if len(found) > _MANY:
        return
    yield from differing_copies(found)
    for room in _ROOMS:
        here = [each for each in found if each.inside == room]
        rest = [each for each in found if each.inside != room]
        lost = grouped(each for each in here if not _in(each, rest))
        # The plain-text part repeats the body: what both say is left out. The others repeat one fact of it.
        other = grouped(each for each in body if room != "text" or not _in(each, here))
        if len(lost) == len(other) == 1 and _comparable(lost[0], other[0], room):
            yield lost[0], other[0]
        elif room == "text" and here:
            known = list(_same_words(lost, body))
            yield from known
            swapped = _same_words(grouped(each for each in body if not _in(each, here)), here, both=True)
            yield from ((text, html) for html, text in swapped)
            rest_lost = [group for group in lost if not any(group is told for told, _ in known)]
            shared = len(grouped(here)) - len(lost)
            yield from in_text_alone(rest_lost, shared, body)


def _same_words(
    lost: Iterable[list[Mention]], there: Sequence[Mention], *, both: bool = False
) -> Iterator[tuple[list[Mention], list[Mention]]]:
    """Facts of one part that the other lacks, and the one fact that stands there beside the same words."""
    for group in lost:
        before, behind = beside(group[0])
        twins = grouped(each for each in there if _twins((before, behind), beside(each), both))
        if len(twins) == 1 and _comparable(group, twins[0], "text"):
            yield group, twins[0]


def _twins(one: tuple[str, str], other: tuple[str, str], both: bool) -> bool:
    if both:
        return any(one) and one == other
    return any(mine and mine == yours for mine, yours in zip(one, other, strict=True))


def _counts(mention: Mention, sent: date | None) -> bool:
    fact = mention.fact
    if isinstance(fact, TimeOfDay):
        return not fact.ends
    if isinstance(fact, Percentage):
        return fact.amount != 100
    if isinstance(fact, PromoCode):
        return fact.labelled
    return not is_stale(mention, sent)


def _in(mention: Mention, others: Iterable[Mention]) -> bool:
    return any(other.fact.same(mention.fact) for other in others)  # type: ignore[arg-type]


def _comparable(here: Sequence[Mention], there: Sequence[Mention], room: str) -> bool:
    """Whether two different facts are spoken of in the same way."""
    one, other = here[0].fact, there[0].fact
    if isinstance(one, TimeOfDay) and isinstance(other, TimeOfDay):
        return not same_moment(one, other)
    if isinstance(one, PromoCode):
        return True
    if isinstance(one, Price) and isinstance(other, Price) and one.currency != other.currency:
        return False
    if isinstance(one, Price | Percentage) and room != "text" and role(here[0]) != role(there[0]):
        return False
    if isinstance(one, Day) and room != "text":
        return is_deadline(here[0]) == is_deadline(there[0]) and is_plain(here[0]) and is_plain(there[0])
    return any(_alike(mine, yours) for mine in here for yours in there)


def _alike(mine: Mention, yours: Mention) -> bool:
    """Whether the word in front or behind is the same, or there is none."""
    (before, behind), (prior, next_) = beside(mine), beside(yours)
    if not (before or behind) or not (prior or next_):
        return True
    return bool(before and before == prior) or bool(behind and behind == next_)


def beside(mention: Mention) -> tuple[str, str]:
    """The words in front of a mention and behind it, lower case; "" where there is none."""
    before = _WORD.findall(mention.around[: mention.at])
    if isinstance(mention.fact, Day) and mention.fact.weekday is not None:
        before = before[:-1]  # its weekday
    behind = _WORD.search(mention.around, mention.at + len(mention.written))
    return before[-1].lower() if before else "", behind[0].lower() if behind else ""


def is_bare(mention: Mention) -> bool:
    """Whether a mention stands alone in its passage, give or take a label or a zone: the tile of an event."""
    rest = mention.around[: mention.at] + mention.around[mention.at + len(mention.written) :]
    return len(_WORD.findall(rest)) <= 2


def is_labelled(mention: Mention) -> bool:
    """«Date: 26 March», and nothing between the label and the date but a weekday."""
    before = re.search(r"([^\W\d_]+)\s?:\s*(?:[^\W\d_]+\.?,?\s*)?$", mention.around[: mention.at])
    return before is not None and before[1].lower() in facts("dates")["labels"]["event"]


def is_plain(mention: Mention) -> bool:
    """Whether a date is the day of the thing itself: «on 24 March», not «arriving 24 March»."""
    before, _ = beside(mention)
    table = facts("dates")
    return before in ("", *table["words"]["plain"], *table["labels"]["event"], *table["labels"]["deadline"])


def is_deadline(mention: Mention) -> bool:
    """Whether the words in front of a date make it the end of something."""
    before = _WORD.findall(mention.around[: mention.at].lower())[-3:]
    return not set(before).isdisjoint(facts("dates")["labels"]["deadline"])
