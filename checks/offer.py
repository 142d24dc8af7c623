"""Facts of the offer: dates, prices, percentages and promo codes, wherever they appear."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from qa.artefacts import Mention, Mentions, Tokens
from qa.artefacts.causes import of_mention
from qa.check import check
from qa.finding import Cause, Code, Finding, Severity, Skip
from qa.match.asked_mentions import asked_mentions
from qa.match.contradictions import (
    beside_each_other,
    contradictions,
    grouped,
    is_apart,
    told_together,
)
from qa.match.offer_facts import FactInBuild, approved_instead, is_missing, lost_with, wrong_mentions
from qa.request import AskedAsset, Request
from qa.request.offer import Fact, facts_of
from qa.text.moments.dates import Day
from qa.text.wording import quoted

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
    "link": "a link",
    "structured": "the structured data",
}
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
    the tenth brings calls, refunds and an apology email. Where approved words themselves differ from the offer, the
    request contradicts itself, and that is told as well. Old prices, savings, least orders and the prices of other
    things are no contradiction; nor is a list of many prices.

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
    said = asked_mentions(request)
    findings: list[Finding] = []
    several = len(request.emails) > 1
    for fact in wanted:
        told = {cause for finding in findings for cause in finding.causes}  # 15 % is neither 20 % nor the members' 25 %
        about = list(_about(FactInBuild(fact, said, asked, mentions), wanted, tokens, several=several))
        findings += [found for found in about if found.where is None or not told.issuperset(found.causes)]
    kinds = {fact.kind for fact in wanted}
    if not findings and "words" not in kinds and kinds.isdisjoint(mention.kind for mention in mentions.found):
        raise Skip("it names nothing of the kind that the offer of the request does")
    yield from findings


def _about(built: FactInBuild, wanted: Sequence[Fact], tokens: Tokens, *, several: bool) -> Iterator[Finding]:
    """What is wrong with one fact of the offer."""
    fact, asked, mentions = built.fact, built.asked, built.mentions
    wrong = list(wrong_mentions(fact, wanted, built))
    approved = [] if wrong else approved_instead(wanted, built)
    for group in told_together(wrong or approved):
        yield _finding(fact, group, mentions, approved=bool(approved))
    if not wrong and not approved and is_missing(fact, asked, mentions, tokens):
        message = f"{quoted(fact.written)} ({fact.key} in the request) is nowhere in the email."
        about = tuple(lost_with(fact, asked, mentions))
        # One offer for several emails, and no copy that says which of them tells what: a person knows.
        open_to = asked.wording is None and several
        yield Finding("missing-offer-fact", message, None, fact.where, fact.written, review=open_to, causes=about)


def _finding(fact: Fact, group: Sequence[Mention], mentions: Mentions, *, approved: bool) -> Finding:
    first = group[0]
    lines = sorted({mention.where.line for mention in group[1:] if mention.where.line} - {first.where.line})
    more = f", and again in line {', '.join(map(str, lines[:9]))}" if lines else ""
    room = _ROOMS[first.inside]
    said = f"{room[0].upper()}{room[1:]} says {quoted(first.written)}{more}"
    message = f"{said}; the request says {quoted(fact.written)} ({fact.key}){_besides(first, mentions, approved)}."
    places, causes = (first.where, fact.where), tuple(map(of_mention, group))
    return Finding(_CODES[fact.kind], message, *places, fact.written, first.written, causes=causes)


def _besides(first: Mention, mentions: Mentions, approved: bool) -> str:
    """What else is to be known: that the words were approved, or that the weekday is wrong, too."""
    if approved:
        return " and has these words as well: it contradicts itself"
    on = first.fact.misnamed(mentions.near) if isinstance(first.fact, Day) else None
    return f"; and {on.day} {on:%B %Y} is a {on:%A}" if on else ""


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
            pair for pair in contradictions(mentions, kind) if any(each.status != "asked" for each in chain(*pair))
        ]
        for group in grouped(here[0] for here, _ in pairs):
            together = [(here, there) for here, there in pairs if here[0] in group]
            about = [cause for pair in together for cause in _at_fault(*pair, wanted, mentions)]
            yield _inconsistent(group, together[0][1][0], tuple(dict.fromkeys(about)))


def _at_fault(
    here: Sequence[Mention], there: Sequence[Mention], wanted: Sequence[Fact], mentions: Mentions
) -> list[Cause]:
    """Which of the two is wrong, where that can be told: by the offer, or by what else is wrong with it."""
    if any(fact.may_be(here[0]) for fact in wanted):
        wrong = list(there)
    elif any(fact.may_be(there[0]) for fact in wanted):
        wrong = list(here)
    else:
        wrong = [mention for mention in chain(here, there) if is_apart(mention, mentions.near)]
    return list(map(of_mention, [each for each in wrong if each.status != "asked"] or wrong or here))


def _inconsistent(group: Sequence[Mention], body: Mention, about: tuple[Cause, ...]) -> Finding:
    rooms = " and ".join(dict.fromkeys(_ROOMS[mention.inside] for mention in group))
    says = "says" if len({mention.inside for mention in group}) == 1 else "say"
    other, right = beside_each_other(group[0], body)
    message = f"{rooms[0].upper()}{rooms[1:]} {says} {quoted(other)}; the body says {quoted(right)}."
    return Finding("inconsistent-offer", message, group[0].where, None, right, other, causes=about)
