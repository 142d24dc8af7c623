"""What the wording of a request says otherwise than its offer: facts of the same kind, spoken of in the same role."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from qa.artefacts import Mention
from qa.match.asked_mentions import asked_mentions, mentions_of
from qa.match.contradictions import grouped
from qa.match.same_role import same_role
from qa.request import AskedAsset, Request
from qa.request.offer import Fact, facts_of
from qa.request.texts import Said

Clash = list[tuple[Said, Mention]]  # where the same other fact is said


def clashes(asset: AskedAsset, request: Request) -> Iterator[tuple[Fact, Clash]]:
    """Every fact of the offer with what one email or page says in its stead, each other fact apart."""
    language = asset.language or request.language or ""
    wanted = [fact for fact in facts_of(request, language) if fact.kind != "words"]
    said = list(mentions_of(asset, language))
    everywhere = asked_mentions(request)
    for fact in wanted:
        known = [mention for mention in everywhere if fact.is_in(mention)]
        others = [one for one in said if _may_clash(one[1], fact, wanted) and same_role(one[1], fact, known)]
        heads, instead = _heads(others, fact, said), _instead(others, fact, said)
        found = [one for one in others if one in heads or one in instead]
        for group in grouped(mention for _, mention in found):
            yield fact, [one for one in found if one[1] in group]


def _may_clash(mention: Mention, fact: Fact, wanted: Sequence[Fact]) -> bool:
    return mention.kind == fact.kind and not any(each.is_in(mention) for each in wanted)


def _heads(others: Clash, fact: Fact, said: Clash) -> Clash:
    """Lines that are read alone, and do not have the fact: a subject line, an alternative text, a label, an address."""
    right = {one.where for one, mention in said if fact.is_in(mention)}
    heads = [one for one in others if one[0].field != "copy" and one[0].field != "must_include"]
    found = [one for one in heads if one[0].where not in right]
    several = len(grouped(mention for _, mention in found)) > 1
    return [] if several and right else found


def _instead(others: Clash, fact: Fact, said: Clash) -> Clash:
    """The one other fact of an email that has the right one nowhere."""
    if any(fact.is_in(mention) for _, mention in said) or len(grouped(mention for _, mention in others)) != 1:
        return []
    return others


def fields(clash: Clash) -> list[str]:
    """The fields that say it, each once."""
    return list(dict.fromkeys(chain.from_iterable([one.field] for one, _ in clash)))
