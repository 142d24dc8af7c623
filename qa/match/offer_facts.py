"""Facts of the offer matched with what a build says: the mentions that are wrong, and the facts that are missing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from qa.artefacts import Mention, Mentions, Tokens
from qa.artefacts.causes import of_asked, of_mention
from qa.finding import Cause
from qa.match.amounts import role, subject, unit
from qa.match.contradictions import (
    contradictions,
    grouped,
    in_place_of,
    is_apart,
    is_bare,
    is_deadline,
    is_labelled,
    is_stale,
)
from qa.match.same_role import is_deadline_key, is_event_key, resembles, same_role
from qa.match.word_differences import answered
from qa.request import AskedAsset, AskedEmail
from qa.request.offer import Fact, facts_in
from qa.source import Place
from qa.text.moments.dates import Day, names_relative_day
from qa.text.money import Price, PromoCode
from qa.text.wording import contains

_HEADS = ("subject", "preheader", "title", "alt")
_RUNNING = ("body", "hidden", "text")


class FactInBuild:
    """One fact of the offer, held against all that a build says."""

    def __init__(self, fact: Fact, said: Sequence[Mention], asked: AskedAsset, mentions: Mentions) -> None:
        """``said``: the mentions of the request's own wording, which are read once for all facts."""
        self.fact, self.asked, self.mentions = fact, asked, mentions
        self.there = [mention for mention in mentions.found if fact.is_in(mention)]
        self.known = self.there or [mention for mention in said if fact.is_in(mention)]
        self._approved = [mention for mention in said if mention.kind == fact.kind]

    def in_its_role(self, others: Iterable[Mention]) -> list[Mention]:
        """Those that are spoken of as the fact is."""
        return [mention for mention in others if same_role(mention, self.fact, self.known)]

    def is_approved(self, mention: Mention) -> bool:
        """Whether the request itself says it somewhere: then it belongs to something else.

        What machines read says what it is: an old price of the request is wrong as the price there.
        """
        return any(said.fact.same(mention.fact) and _of_one_sort(said, mention) for said in self._approved)  # type: ignore[arg-type]

    def explains(self, mention: Mention) -> bool:
        """Whether the asset's own approved words name a second price beside the offer's: «$0 the first year, then $95».

        It is spoken of as it is there: an old price that stands as the new one is wrong. Where the offer's does not
        stand in the same words, a line of the inbox or a picture says another price than the body.
        """
        if mention.kind != "price" or mention.status == "changed" or not self.there:
            return False
        texts = {text for text, _ in _wordings(self.asked)}
        own = [said for said in self._approved if said.asked in texts]
        both = {said.asked for said in own if self.fact.is_in(said)}
        near = [said for said in own if mention.inside in _RUNNING or said.asked in both]
        return any(said.fact.same(mention.fact) and role(said) == role(mention) for said in near)  # type: ignore[arg-type]


def wrong_mentions(fact: Fact, wanted: Sequence[Fact], compared: FactInBuild) -> Iterator[Mention]:
    """The mentions that should be this fact and are another."""
    if fact.kind == "words":
        return
    mentions = compared.mentions
    others = _may_be_wrong(wanted, compared)
    free = [mention for mention in others if mention.status != "asked" and not compared.explains(mention)]
    apart = {mention: None for mention in free if is_apart(mention, mentions.near)}
    yield from _chosen(compared, [mention for mention in free if mention not in apart])
    chosen = frozenset(_chosen(compared, free)) if apart else ()
    yield from (each for each in apart if each in chosen or in_place_of(each, fact, mentions.language))


def approved_instead(wanted: Sequence[Fact], compared: FactInBuild) -> list[Mention]:
    """Mentions in words that were approved as they stand, and that say something else than the offer.

    A whole email without the fact, and one other in its place; or an inbox line or an alternative text that differs.
    """
    asked = [each for each in _may_be_wrong(wanted, compared) if each.status == "asked"]
    others = compared.in_its_role(each for each in asked if not compared.explains(each))
    heads = [mention for mention in others if mention.inside in (*_HEADS, "link")]
    found = heads if compared.there else others
    return found if len(grouped(found)) == 1 else []


def _chosen(compared: FactInBuild, others: Sequence[Mention]) -> Iterator[Mention]:
    """Those of the mentions of other facts that stand where this fact should."""
    fact, asked, mentions, there = compared.fact, compared.asked, compared.mentions, compared.there
    sure = [mention for mention in others if _surely(mention, fact, there)]
    open_ = frozenset(others)
    sure += [mention for mention in _contradicting(fact, mentions) if mention in open_]
    sure = list(dict.fromkeys(sure)) or (_tile(fact, others) if there and _is_event(fact) else [])
    sure = sure or list(_beside(compared, others))
    # Where words that must be said have the fact, a figure elsewhere need not stand in its place.
    if sure or there or _is_worded(fact, asked, mentions.language):
        yield from sure
        return
    alone = [mention for mention in others if _of_its_sort(mention, compared)]
    if asked.wording is not None:  # what approved copy does not have, other words must speak of plainly
        alone = compared.in_its_role(alone)
    if len(grouped(alone)) == 1:
        yield from alone


def _beside(compared: FactInBuild, others: Sequence[Mention]) -> Iterator[Mention]:
    """One other fact that is spoken of as the right one is, which stands there too; of several, it is a list."""
    if not compared.there:
        return
    strange = [mention for mention in others if not compared.is_approved(mention)]
    heads = [mention for mention in strange if mention.inside in _HEADS]
    for some in (strange, heads, [mention for mention in strange if mention.inside == "structured"]):
        found = compared.in_its_role(some) or [mention for mention in some if _for_as_long(mention, compared.there)]
        if len(grouped(found)) == 1:
            yield from found
            return


def _of_one_sort(one: Mention, other: Mention) -> bool:
    return other.inside != "structured" or one.kind not in ("price", "percentage") or role(one) == role(other)


def _for_as_long(mention: Mention, there: Iterable[Mention]) -> bool:
    """A price for each month beside that of the offer for each month, and only one of them says of what."""
    if not isinstance(mention.fact, Price) or not unit(mention) or role(mention) != "now":
        return False
    alike = [each for each in there if unit(each) == unit(mention)]
    return any(not subject(each) or not subject(mention) for each in alike)


def _may_be_wrong(wanted: Sequence[Fact], compared: FactInBuild) -> list[Mention]:
    """The mentions of the kind of a fact that are none of the offer's."""
    fact, mentions = compared.fact, compared.mentions
    spans = {_span(mention) for mention in compared.there}
    return [
        mention
        for mention in mentions.found
        if mention.kind == fact.kind
        and (not is_stale(mention, mentions.sent) or _same_but_for_year(mention, fact))
        and (mention.kind != "date" or _span(mention) not in spans)
        and not any(each.is_in(mention) for each in wanted)
    ]


def _span(mention: Mention) -> tuple[Place, str, int]:
    """The same for the first and the last day of one span: 15 to 20 December."""
    return mention.where, mention.around, mention.at


def _surely(mention: Mention, fact: Fact, there: Sequence[Mention]) -> bool:
    """Told by the mention alone: the day in another year, a code one letter off, «Date: 26 March»."""
    if isinstance(mention.fact, PromoCode):
        in_address = mention.inside in ("link", "structured") and mention.fact.labelled
        return in_address or resembles(mention.fact.word, fact.fact.word)
    if mention.kind != "date":
        return False
    return _same_but_for_year(mention, fact) or (bool(there) and _is_event(fact) and is_labelled(mention))


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


def _same_but_for_year(mention: Mention, fact: Fact) -> bool:
    day, asked = mention.fact, fact.fact
    if fact.kind != "date" or day.year is None or asked.year is None or day.year == asked.year:  # type: ignore[union-attr]
        return False
    return (day.month, day.day) == (asked.month, asked.day)  # type: ignore[union-attr]


def _is_event(fact: Fact) -> bool:
    return is_event_key(fact.key)


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


def _of_its_sort(mention: Mention, compared: FactInBuild) -> bool:
    """Whether a mention is spoken of as the fact would be: a deadline, an event, a price and not a saving."""
    fact = compared.fact
    if mention.kind == "date":
        return is_deadline(mention) == is_deadline_key(fact.key)
    if mention.kind in ("price", "percentage"):
        return same_role(mention, fact, compared.known)
    return not isinstance(mention.fact, PromoCode) or mention.fact.labelled


def is_missing(fact: Fact, asked: AskedAsset, mentions: Mentions, tokens: Tokens) -> bool:
    """Whether a fact is nowhere in an email that should have it."""
    return must_say(fact, asked, mentions.language) and not is_said(fact, mentions, tokens)


def must_say(fact: Fact, asked: AskedAsset, language: str) -> bool:
    """Whether a fact of the offer must be in an email: what has approved copy says what that says."""
    return isinstance(asked, AskedEmail) and (asked.wording is None or _is_worded(fact, asked, language))


def is_said(fact: Fact, mentions: Mentions, tokens: Tokens) -> bool:
    """Whether a build says a fact, in whatever words, or a merge tag may print it."""
    if any(map(fact.is_in, mentions.found)):
        return True
    if fact.kind == "words":
        return contains(mentions.words, fact.written) or contains(mentions.addresses, fact.written)
    if fact.kind == "code" and fact.fact.word.casefold() in mentions.words.casefold():
        return True
    if fact.kind == "date" and names_relative_day(mentions.words):
        return True
    words = {fact.kind, *(word for word in re.split(r"[\W_]+", fact.key.lower()) if len(word) > 3)}
    printed = (token.name.lower() for token in tokens.built if token.role == "value")
    return any(word in name for name in printed for word in words)
