"""Facts of the offer over all emails and pages of a campaign."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from qa.artefacts import CampaignAssets, Mention, Mentions, Tokens
from qa.check import check
from qa.finding import Code, Finding, Severity, Skip
from qa.match.amounts import role, unit
from qa.match.asked_mentions import asked_mentions
from qa.match.offer_facts import FactInBuild, is_said, must_say, wrong_mentions
from qa.request import AskedAsset, Request
from qa.request.offer import facts_of
from qa.text.money import Price
from qa.text.wording import loose, quoted

_Priced = dict[tuple[str, str, str], list[Mention]]  # name, unit and currency → the prices that stand there


@check(
    "campaign-offer",
    Code(
        "diverging-price",
        Severity.WARNING,
        "One thing costs this in one email or page, and that in another.",
        "Find out which is right, and correct the other.",
    ),
    Code(
        "unused-offer-fact",
        Severity.WARNING,
        "A fact of the offer is in no email and on no page.",
        "Have it put into the copy, or take it out of the offer.",
    ),
)
def campaign_offer(request: Request, assets: CampaignAssets) -> Iterator[Finding]:
    """A campaign names one price for one thing, and every fact of its offer somewhere.

    The page is made by another team in another week. A reader who clicks on $96 and finds $99 leaves, or pays the lower
    price and a refund is due. And a fact that nobody is told is a promo code that nobody uses.

    Fails:
        campaign: {offer: {promo_code: SPRING26}}
        email: {copy: [Our new parasols are here.]}
        build: <p>Our new parasols are here.</p>

    Passes:
        campaign: {offer: {promo_code: SPRING26}}
        email: {copy: [Our new parasols are here.]}
        build: <p>Our new parasols are here.</p><p>Your code is SPRING26.</p>
    """
    built, tokens = assets.gather(Mentions), assets.gather(Tokens)
    facts = [fact for fact in facts_of(request, request.language or "") if fact.kind != "words"]
    if len(built) < 2 and not facts:
        raise Skip("the request names no offer, and the campaign is one email or page")
    for fact in facts:
        told = any(must_say(fact, asset, request.language or "") for asset in request.emails)
        if not told and not any(is_said(fact, *one) for one in zip(built, tokens, strict=True)):
            message = f"{quoted(fact.written)} ({fact.key}) is in no email and on no page of the campaign."
            yield Finding("unused-offer-fact", message, request=fact.where, expected=fact.written)
    said = asked_mentions(request)
    wrong = {
        mention
        for asked, mentions in zip(assets.gather(AskedAsset), built, strict=True)
        for fact in facts
        for mention in wrong_mentions(fact, facts, FactInBuild(fact, said, asked, mentions))
    }
    yield from _diverging([_priced(mentions, wrong) for mentions in built])


def _priced(mentions: Mentions, wrong: Collection[Mention]) -> _Priced:
    """The things of one asset that have one price, now, by the name over it; but for those told to be wrong."""
    found: defaultdict[tuple[str, str, str], list[Mention]] = defaultdict(list)
    for mention in mentions.found:
        if isinstance(mention.fact, Price) and mention.label and role(mention) == "now" and mention not in wrong:
            found[loose(mention.label), unit(mention), mention.fact.currency].append(mention)
    return {key: several for key, several in found.items() if len({mention.fact for mention in several}) == 1}


def _diverging(assets: Sequence[_Priced]) -> Iterator[Finding]:
    first: dict[tuple[str, str, str], Mention] = {}
    for priced in assets:
        for key, several in priced.items():
            there, here = first.setdefault(key, several[0]), several[0]
            if here.fact != there.fact:
                said = f"{quoted(here.label)} costs {here.written} in {here.where.file}"
                message = f"{said}, and {there.written} in {there.where.file}."
                yield Finding("diverging-price", message, here.where, None, there.written, here.written)
