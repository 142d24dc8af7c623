"""Whether a mention is spoken of as a fact of the offer would be: then it should be that fact."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from qa.artefacts import Mention
from qa.facts import compiled, facts
from qa.match.amounts import of_another_thing, role, role_of
from qa.match.contradictions import is_deadline, is_labelled, is_plain
from qa.request.offer import Fact
from qa.text.likeness import likeness
from qa.text.moments.dates import Day, flat
from qa.text.money import Percentage, Price, PromoCode

_INBOX = ("subject", "preheader", "title")
_SAME_CODE = 75  # of 100: a code that was mistyped, or is that of another season
_NEAR = 40  # characters in front of a date in which it is said to be the day of the event


def same_role(mention: Mention, fact: Fact, known: Sequence[Mention]) -> bool:
    """Whether a mention of the same kind would be this fact, were it not another; ``known``: where the fact stands."""
    if isinstance(mention.fact, PromoCode):
        return mention.fact.labelled or resembles(mention.fact.word, fact.fact.word)
    if isinstance(mention.fact, Price | Percentage):
        roles = {role(each) for each in known} or {role_of(fact)}
        if isinstance(mention.fact, Price) and not mention.fact.comparable(fact.fact):
            return False
        return role(mention) in roles and not of_another_thing(mention, known)
    if isinstance(mention.fact, Day):
        if is_deadline_key(fact.key):
            return is_deadline(mention)
        return not is_deadline(mention) and not is_begin_key(fact.key) and _is_of_an_event(mention)
    return mention.inside in _INBOX


def resembles(one: str, other: str) -> bool:
    """Whether one promo code may be another mistyped, or that of another season."""
    same_stem = one.rstrip("0123456789").casefold() == other.rstrip("0123456789").casefold()
    return (same_stem and not one.isalpha()) or likeness(one.casefold(), other.casefold()) >= _SAME_CODE


def is_deadline_key(key: str) -> bool:
    """Whether a fact of the offer is an end, by its name."""
    return not _words(key).isdisjoint(facts("dates")["keys"]["deadline"])


def is_begin_key(key: str) -> bool:
    """Whether a fact of the offer is a beginning, by its name."""
    return not _words(key).isdisjoint(facts("dates")["keys"]["begin"]) and not is_event_key(key)


def is_event_key(key: str) -> bool:
    """Whether a fact of the offer is the day of the thing itself, by its name."""
    return key.lower() in facts("dates")["keys"]["event"]


def _words(key: str) -> set[str]:
    return set(re.split(r"[\W_]+", key.lower()))


def _is_of_an_event(mention: Mention) -> bool:
    if is_labelled(mention) or (mention.inside in _INBOX and mention.status != "asked" and is_plain(mention)):
        return True
    before = flat(mention.around[max(0, mention.at - _NEAR) : mention.at]).lower()
    return _inviting().search(before) is not None


@cache
def _inviting() -> re.Pattern[str]:
    words = "|".join(facts("dates")["words"]["inviting"])
    return compiled(rf"(?<!\w)(?:{words})\W*(?:\w+\W+){{0,3}}$")
