"""What an amount is, by the words around it: the price, the old one, a saving, a least order; and of what."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from qa.artefacts import Mention
from qa.facts import compiled, facts
from qa.request.offer import Fact
from qa.text.moments.dates import flat
from qa.text.money import Percentage, Price, prices
from qa.text.wording import alike

_SHORT = "".join(rf"(?<!\b{word})" for word in ("ord", "reg", "norm", "min", "max", "mind", "p.v", "w.v", "zzgl"))
_CLAUSE = re.compile(rf"{_SHORT}[.;!?|•()\[\]\n](?:\s|$)|[()\[\]|•*]|\s[-+]\s|[\d€$£¥%]")
_SENTENCE = re.compile(rf"{_SHORT}[.;!?|•()\[\]\n](?:\s|$)|[()\[\]|•*]|[€$£¥%]\s?\d*|\d\s?[€$£¥%]")
_NEAR = 34  # characters in which a word tells what an amount is
_WORD = re.compile(r"[^\W\d_]+")
_NAMES = 4  # words in front of an amount that may name what it is the price of
_BARE = 3  # words beside a share that stands alone: a badge, «25% OFF»


def role(mention: Mention) -> str:
    """What a price or a share is: "now", "was", "saving", "threshold", "extra", "limit"; of a share "other", too."""
    before, behind = _clause(mention)
    if mention.struck or (isinstance(mention.fact, Price) and _leads_to_another(mention)):
        return "was"
    for name in ("limit", "was", "saving", "threshold", "extra"):
        if name == "limit" and isinstance(mention.fact, Price):
            continue
        if name in ("threshold", "extra") and isinstance(mention.fact, Percentage):
            continue
        front, back = _patterns(name)
        if front.search(before) or back.match(behind):
            return name
    if isinstance(mention.fact, Price):
        return "now"
    return "saving" if _is_badge(mention) else "other"


def role_of(fact: Fact) -> str:
    """What the offer says a fact is, by its name and its own words."""
    words = set(re.split(r"[\W_]+", fact.key.lower()))
    own = flat(fact.written).lower()
    if isinstance(fact.fact, Percentage) and _patterns("limit")[0].search(own.partition(str(fact.fact.amount))[0]):
        return "limit"
    table = facts("money")["keys"]
    for name in ("was", "threshold", "extra", "saving"):
        if not words.isdisjoint(table[name]):
            return name
    if isinstance(fact.fact, Price):
        return "saving" if _patterns("saving")[1].search(own) else "now"
    return "saving" if words.isdisjoint(table["other_share"]) else "other"


def unit(mention: Mention) -> str:
    """What a price is for each of: "month", "night" …; "" where it does not say."""
    behind = flat(mention.around[mention.at + len(mention.written) :]).lower()[:_NEAR]
    found = _units().match(behind)
    return next((name for name, said in found.groupdict().items() if said), "") if found else ""


def subject(mention: Mention) -> frozenset[str]:
    """The words that name what an amount is the price of: in front of it, over it, or behind a saving; often none."""
    if mention.label:
        return frozenset(_WORD.findall(alike(mention.label).lower())) - _plain()
    words = _WORD.findall(_before(mention, _SENTENCE))[-_NAMES:]
    if isinstance(mention.fact, Percentage):
        words = _WORD.findall(_goes_on().split(_clause(mention)[1])[0])[:_NAMES]
    return frozenset(word for word in words if len(word) > 1) - _plain()


def of_another_thing(mention: Mention, others: Iterable[Mention]) -> bool:
    """Whether an amount names what it is the price of, and none of the others names the same; of no others, no.

    A discount for members, or for a first order, is none of the campaign's, unless that is what the others are.
    """
    others = list(others)
    if _is_standing(mention) and others and not any(map(_is_standing, others)):
        return True
    mine, theirs = subject(mention), [subject(other) for other in others]
    return bool(mine and theirs) and not any(mine & each for each in theirs)


def _is_standing(mention: Mention) -> bool:
    if not isinstance(mention.fact, Percentage):
        return False
    start, end = max(0, mention.at - 2 * _NEAR), mention.at + len(mention.written) + _NEAR
    near = flat(mention.around).lower()[start:end]
    return _standing().search(near) is not None


def _clause(mention: Mention) -> tuple[str, str]:
    """The words in front of an amount and behind it, as far as the next figure or the end of the clause."""
    text = flat(mention.around).lower()
    before = _before(mention, _CLAUSE)
    if mention.label and not _WORD.search(before):
        before = f"{flat(mention.label).lower()[-_NEAR:]} {before}"
    behind = text[mention.at + len(mention.written) :][:_NEAR]
    cut = _CLAUSE.search(behind)
    return before, behind[: cut.start()] if cut else behind


def _before(mention: Mention, cut: re.Pattern[str]) -> str:
    before = flat(mention.around).lower()[max(0, mention.at - _NEAR) : mention.at]
    cuts = list(cut.finditer(before))
    return before[cuts[-1].end() if cuts else 0 :]


def _leads_to_another(mention: Mention) -> bool:
    """The first of two prices, the second of which is the new one: «from £9 to £11», «9 → 11 €», «$128 $96»."""
    before = flat(mention.around[max(0, mention.at - _NEAR) : mention.at]).lower()
    behind = flat(mention.around[mention.at + len(mention.written) :])
    if found := _leading().match(behind.lower()):
        return not found["word"] or bool(_changing().search(before))
    start, _, price = next(iter(prices(behind[:_NEAR])), (1, 0, mention.fact))
    return not behind[:start].strip() and isinstance(price, Price) and _is_less(price, mention.fact)


def _is_less(price: Price, other: object) -> bool:
    return isinstance(other, Price) and price.comparable(other) and price.amount < other.amount


def _is_badge(mention: Mention) -> bool:
    """A share that stands alone, or with a minus in front."""
    before, behind = mention.around[: mention.at], mention.around[mention.at + len(mention.written) :]
    if re.search(r"(?:^|\s)-\s?$", flat(before)):
        return True
    return mention.inside == "body" and len(_WORD.findall(before + behind)) == 0


@cache
def _patterns(name: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    table = facts("money")["roles"][name]
    front, back = "|".join(table["before"]), "|".join(table["behind"])
    articles = "|".join(facts("money")["plain"]["articles"])
    between = rf"[\s:,>~-]*(?:(?:{articles})\s)?"
    return compiled(rf"(?<!\w)(?:{front}){between}$"), compiled(rf"[\s,*-]{{0,2}}(?:{back})")


@cache
def _plain() -> frozenset[str]:
    return frozenset(facts("money")["plain"]["words"])


@cache
def _goes_on() -> re.Pattern[str]:
    """Where the words behind a share stop naming what it is off: «20% off parasols with the code …»."""
    return compiled(rf"(?<!\w)(?:{'|'.join(facts('money')['plain']['goes_on'])})(?!\w)")


@cache
def _standing() -> re.Pattern[str]:
    return compiled(rf"(?<!\w)(?:{'|'.join(map(re.escape, facts('money')['plain']['standing']))})")


@cache
def _leading() -> re.Pattern[str]:
    words = [re.escape(word) for word in facts("money")["plain"]["to"]]
    spelled = "|".join(word for word in words if word[0].isalpha())
    signs = "|".join(word for word in words if not word[0].isalpha())
    return compiled(rf"(?:\s?(?:{signs})|\s(?P<word>{spelled}))\s?(?:[a-z]{{0,3}}[^\w\s]?\s?)?\d")


@cache
def _changing() -> re.Pattern[str]:
    return compiled(rf"(?<!\w)(?:{'|'.join(facts('money')['plain']['change'])})(?!\w)")


@cache
def _units() -> re.Pattern[str]:
    table = facts("money")["units"]
    per = "|".join(sorted(map(re.escape, set(table["per"])), key=len, reverse=True))
    each = "|".join(f"(?P<{name}>{'|'.join(words)})" for name, words in table.items() if name != "per")
    return compiled(rf"\s?(?:(?:{per})\s?)?(?:{each})(?!\w)")
