"""Facts of the offer matched with what a build says: the mentions that are wrong, and the facts that are missing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from qa.artefacts import Mention, Mentions, Tokens
from qa.artefacts.causes import of_asked, of_mention
from qa.facts import facts
from qa.finding import Cause
from qa.match.contradictions import (
    beside,
    contradictions,
    grouped,
    in_place_of,
    is_apart,
    is_bare,
    is_deadline,
    is_stale,
)
from qa.match.word_differences import answered
from qa.request import AskedAsset, AskedEmail
from qa.request.offer import Fact, facts_in
from qa.text.dates import Day, names_relative_day
from qa.text.money import PromoCode
from qa.text.wording import contains

_SAME_CODE = 75  # of 100: a code that was mistyped, or is that of another season


def wrong_mentions(fact: Fact, wanted: Sequence[Fact], asked: AskedAsset, mentions: Mentions) -> Iterator[Mention]:
    """The mentions that should be this fact and are another."""
    if fact.kind == "words":
        return
    others = [mention for mention in mentions.found if _may_be_wrong(mention, fact, wanted, mentions)]
    apart = [mention for mention in others if is_apart(mention, mentions.near)]
    yield from _chosen(fact, [mention for mention in others if mention not in apart], asked, mentions)
    chosen = list(_chosen(fact, others, asked, mentions)) if apart else []
    yield from (each for each in apart if each in chosen or in_place_of(each, fact, mentions.language))


def _chosen(fact: Fact, others: Sequence[Mention], asked: AskedAsset, mentions: Mentions) -> Iterator[Mention]:
    """Those of the mentions of other facts that stand where this fact should."""
    there = [mention for mention in mentions.found if fact.is_in(mention)]
    sure = [mention for mention in others if _surely(mention, fact, there)]
    open_ = frozenset(others)
    sure += [mention for mention in _contradicting(fact, mentions) if mention in open_]
    sure = list(dict.fromkeys(sure)) or (_tile(fact, others) if there and _is_event(fact) else [])
    # Where words that must be said have the fact, a figure elsewhere need not stand in its place.
    if sure or there or asked.wording is not None or _is_worded(fact, asked, mentions.language):
        yield from sure
    elif len(grouped(alone := [mention for mention in others if _of_its_sort(mention, fact)])) == 1:
        yield from alone


def _may_be_wrong(mention: Mention, fact: Fact, wanted: Sequence[Fact], mentions: Mentions) -> bool:
    if mention.kind != fact.kind or mention.status == "asked":
        return False
    if is_stale(mention, mentions.sent) and not _same_but_for_year(mention, fact):
        return False
    return not any(each.is_in(mention) for each in wanted)


def _surely(mention: Mention, fact: Fact, there: Sequence[Mention]) -> bool:
    """Told by the mention alone: the day in another year, a code one letter off, «Date: 26 March»."""
    if isinstance(mention.fact, PromoCode):
        return _resembles(mention.fact.word, fact.fact.word)
    if mention.kind != "date":
        return False
    return _same_but_for_year(mention, fact) or (bool(there) and _is_event(fact) and _labelled(mention))


def _tile(fact: Fact, others: Sequence[Mention]) -> list[Mention]:
    """The one other date of the build, where it stands alone as in the tile of the event: «Thu 26 March».

    A date line at the head of a newsletter and the date of an invoice have their year and no weekday.
    """
    groups = grouped(mention for mention in others if not is_deadline(mention))
    if len(groups) != 1 or not all(map(is_bare, groups[0])):
        return []
    day = groups[0][0].fact
    near = isinstance(day, Day) and day.month == fact.fact.month and (day.weekday is not None or day.year is None)
    return groups[0] if near else []


def _resembles(one: str, other: str) -> bool:
    same_stem = one.rstrip("0123456789").casefold() == other.rstrip("0123456789").casefold()
    return (same_stem and not one.isalpha()) or fuzz.ratio(one.casefold(), other.casefold()) >= _SAME_CODE


def _same_but_for_year(mention: Mention, fact: Fact) -> bool:
    day, asked = mention.fact, fact.fact
    if fact.kind != "date" or day.year is None or asked.year is None or day.year == asked.year:  # type: ignore[union-attr]
        return False
    return (day.month, day.day) == (asked.month, asked.day)  # type: ignore[union-attr]


def _is_event(fact: Fact) -> bool:
    return fact.key.lower() in ("date", "event", "event_date", "webinar_date", "datum", "start", "start_date")


def _labelled(mention: Mention) -> bool:
    """«Date: 26 March», and nothing between the label and the date but a weekday."""
    before = re.search(r"([^\W\d_]+)\s?:\s*(?:[^\W\d_]+\.?,?\s*)?$", mention.around[: mention.at])
    return before is not None and before[1].lower() in facts("dates")["labels"]["event"]


def _contradicting(fact: Fact, mentions: Mentions) -> Iterator[Mention]:
    """Mentions in one part where another part has the fact as it was asked for."""
    for here, there in contradictions(mentions, fact.kind):
        if fact.is_in(here[0]):
            yield from there
        elif fact.is_in(there[0]):
            yield from here


def _is_worded(fact: Fact, asked: AskedAsset, language: str) -> bool:
    """Whether words that must be said have the fact."""
    return any(_named(fact, words, language) for words, _ in _wordings(asked))


def _wordings(asked: AskedAsset) -> Iterator[tuple[str, Cause]]:
    """What must be said word for word."""
    yield from ((block.text, answered(asked, block)) for block in asked.wording or ())
    for number, words in enumerate(asked.must_include or ()):
        yield words, of_asked(asked.place("must_include", number), words)


def _named(fact: Fact, words: str, language: str) -> bool:
    found = (one for kind, one, _ in facts_in(words, language) if kind == fact.kind)
    return contains(words, fact.written) or any(one.same(fact.fact) for one in found)


def lost_with(fact: Fact, asked: AskedAsset, mentions: Mentions) -> Iterator[Cause]:
    """What a fact was lost with: the words that have it; or what may stand for it, and is wrong by itself."""
    lost = [cause for words, cause in _wordings(asked) if _named(fact, words, mentions.language)]
    alike = [mention for mention in mentions.found if mention.kind == fact.kind]
    wrong = [each for each in alike if is_apart(each, mentions.near) or is_stale(each, mentions.sent)]
    yield from lost or map(of_mention, wrong)


def _of_its_sort(mention: Mention, fact: Fact) -> bool:
    """Whether a mention is spoken of as the fact would be: a deadline, an event, a price and not a saving."""
    if mention.kind == "date":
        return is_deadline(mention) == _is_deadline_key(fact.key)
    if mention.kind == "price":
        saving = not set(beside(mention)).isdisjoint(facts("money")["labels"]["discount"])
        return saving == any(word in fact.key.lower() for word in ("discount", "saving", "rabatt"))
    return not isinstance(mention.fact, PromoCode) or mention.fact.labelled


def _is_deadline_key(key: str) -> bool:
    parts = key.lower().replace("-", "_").split("_")
    return not {"until", "deadline", "end", "ends", "valid", "by", "expires", "expiry", "close", "closes"}.isdisjoint(
        parts
    )


def is_missing(fact: Fact, asked: AskedAsset, mentions: Mentions, tokens: Tokens) -> bool:
    """Whether a fact is nowhere in an email that should have it."""
    if not isinstance(asked, AskedEmail):
        return False
    if asked.wording is not None and not _is_worded(fact, asked, mentions.language):
        return False  # approved copy says what must be said
    if any(map(fact.is_in, mentions.found)):
        return False
    if fact.kind == "words":
        return not contains(mentions.words, fact.written)
    if fact.kind == "code" and fact.fact.word.casefold() in mentions.words.casefold():
        return False
    if fact.kind == "date" and names_relative_day(mentions.words):
        return False
    words = {fact.kind, *(word for word in re.split(r"[\W_]+", fact.key.lower()) if len(word) > 3)}
    printed = (token.name.lower() for token in tokens.built if token.role == "value")
    return not any(word in name for name in printed for word in words)
