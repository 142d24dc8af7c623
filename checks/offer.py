"""Do the facts of the offer agree wherever they appear: dates, prices, percentages, promo codes?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from rapidfuzz import fuzz

from qa.artefacts import Mention, Mentions, Tokens
from qa.artefacts.causes import of_asked, of_mention
from qa.check import check
from qa.facts import facts
from qa.finding import Cause, Code, Finding, Severity, Skip
from qa.match.contradictions import (
    beside,
    contradictions,
    grouped,
    in_place_of,
    is_apart,
    is_bare,
    is_deadline,
    is_stale,
    told_together,
)
from qa.match.differences import answered
from qa.request import AskedAsset, AskedEmail, Request
from qa.request.offer import Fact, facts_in, facts_of
from qa.text.dates import Day, names_relative_day
from qa.text.money import PromoCode
from qa.text.wording import contains, quoted

_CODES = {
    "date": "wrong-date",
    "price": "wrong-price",
    "percentage": "wrong-percentage",
    "code": "wrong-promo-code",
}
_ROOMS = {
    "subject": "the subject line",
    "preheader": "the preheader",
    "title": "the title",
    "alt": "an alternative text",
    "text": "the plain-text part",
    "hidden": "the body",
    "body": "the body",
}
_SAME_CODE = 75  # of 100: a code that was mistyped, or is that of another season
_FIX = "Correct it, or have the request corrected."


@check(
    "offer-facts",
    Code("wrong-date", Severity.ERROR, "A date is not the one the request gives.", _FIX),
    Code("wrong-price", Severity.ERROR, "A price is not the one the request gives.", _FIX),
    Code("wrong-percentage", Severity.ERROR, "A percentage is not the one the request gives.", _FIX),
    Code("wrong-promo-code", Severity.ERROR, "A promo code is not the one the request gives.", _FIX),
    Code("missing-offer-fact", Severity.WARNING, "A fact of the offer is nowhere in the email.", "Add it."),
)
def offer_facts(request: Request, asked: AskedAsset, mentions: Mentions, tokens: Tokens) -> Iterator[Finding]:
    """Dates, prices, percentages and promo codes are those of the request, wherever they appear.

    One fact stands in ten places: subject line, hero, alternative text, plain-text part. It is corrected in nine, and
    the tenth brings calls, refunds and an apology email. Words that were approved as they stand are not doubted.

    Fails:
        campaign: {offer: {event_date: "2026-03-24", promo_code: SPRING26}}
        build: <p>Join us on 26 March 2026 with the code SPRING25.</p>

    Passes:
        campaign: {offer: {event_date: "2026-03-24", promo_code: SPRING26}}
        build: <p>Join us on 24 March with the code SPRING26.</p>
    """
    wanted = [fact for fact in facts_of(request, mentions.language) if fact.kind != "time"]
    if not wanted:
        raise Skip("the request names no offer")
    for fact in wanted:
        wrong = list(_wrong(fact, wanted, asked, mentions))
        for group in told_together(wrong):
            yield _finding(fact, group)
        if not wrong and _is_missing(fact, asked, mentions, tokens):
            message = f"{quoted(fact.written)} ({fact.key} in the request) is nowhere in the email."
            about = tuple(_lost_with(fact, asked, mentions))
            yield Finding("missing-offer-fact", message, None, fact.where, fact.written, causes=about)


def _finding(fact: Fact, group: Sequence[Mention]) -> Finding:
    first = group[0]
    lines = sorted({mention.where.line for mention in group[1:] if mention.where.line} - {first.where.line})
    more = f", and again in line {', '.join(map(str, lines[:9]))}" if lines else ""
    room = _ROOMS[first.inside]
    said = f"{room[0].upper()}{room[1:]} says {quoted(first.written)}{more}"
    message = f"{said}; the request says {quoted(fact.written)} ({fact.key})."
    places, causes = (first.where, fact.where), tuple(map(of_mention, group))
    return Finding(_CODES[fact.kind], message, *places, fact.written, first.written, causes=causes)


def _wrong(fact: Fact, wanted: Sequence[Fact], asked: AskedAsset, mentions: Mentions) -> Iterator[Mention]:
    """The mentions that should be this fact and are another."""
    if fact.kind not in _CODES:
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
    if mention.kind != fact.kind or mention.standing == "asked":
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


def _lost_with(fact: Fact, asked: AskedAsset, mentions: Mentions) -> Iterator[Cause]:
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


def _is_missing(fact: Fact, asked: AskedAsset, mentions: Mentions, tokens: Tokens) -> bool:
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


@check(
    "offer-consistency",
    Code(
        "inconsistent-offer",
        Severity.WARNING,
        "One part of the build names another date, time, price, percentage or code than the body.",
        "Find out which is right, and correct the other.",
    ),
)
def offer_consistency(request: Request, mentions: Mentions) -> Iterator[Finding]:
    """Subject line, alternative texts, plain-text part and body agree on the facts of the offer.

    Each part is edited in a place of its own, and the plain-text part is the one nobody looks at. Readers who see 20 %
    in the inbox and 25 % below it take the better one and complain about the other.

    Fails:
        sidecar: {subject: 20% off all parasols}
        build: <p>Take 25% off all parasols.</p>

    Passes:
        sidecar: {subject: 20% off all parasols}
        build: <p>Take 20 % off all parasols, and 5% off deliveries.</p>
    """
    if not mentions.found:
        raise Skip("the build names no date, time, price, percentage or code")
    wanted = facts_of(request, mentions.language)
    for kind in ("date", "time", "price", "percentage", "code"):
        pairs = [
            pair for pair in contradictions(mentions, kind) if any(each.standing != "asked" for each in chain(*pair))
        ]
        for group in grouped(here[0] for here, _ in pairs):
            together = [(here, there) for here, there in pairs if here[0] in group]
            about = [cause for pair in together for cause in _at_fault(*pair, wanted, mentions)]
            yield _inconsistent(group, together[0][1][0], tuple(dict.fromkeys(about)))


def _at_fault(
    here: Sequence[Mention], there: Sequence[Mention], wanted: Sequence[Fact], mentions: Mentions
) -> list[Cause]:
    """Which of the two is wrong, where that can be told: by the offer, or by what else is wrong with it."""
    if any(fact.is_in(here[0]) for fact in wanted):
        wrong = list(there)
    elif any(fact.is_in(there[0]) for fact in wanted):
        wrong = list(here)
    else:
        wrong = [mention for mention in chain(here, there) if is_apart(mention, mentions.near)]
    return list(map(of_mention, [each for each in wrong if each.standing != "asked"] or wrong or here))


def _inconsistent(group: Sequence[Mention], body: Mention, about: tuple[Cause, ...]) -> Finding:
    rooms = " and ".join(dict.fromkeys(_ROOMS[mention.inside] for mention in group))
    says = "says" if len({mention.inside for mention in group}) == 1 else "say"
    message = f"{rooms[0].upper()}{rooms[1:]} {says} {quoted(group[0].written)}; the body says {quoted(body.written)}."
    return Finding("inconsistent-offer", message, group[0].where, None, body.written, group[0].written, causes=about)
