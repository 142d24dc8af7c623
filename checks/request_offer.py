"""Facts of a request's offer against its own wording."""

from __future__ import annotations

from collections.abc import Iterator

from qa.artefacts.causes import of_asked
from qa.check import check
from qa.finding import Code, Finding, Severity, Skip
from qa.match.offer_clashes import clashes, fields
from qa.request.brief import AssetBrief
from qa.request.offer import facts_of
from qa.text.phrases import listed
from qa.text.wording import quoted


@check(
    "request-offer-wording",
    Code(
        "offer-clash",
        Severity.ERROR,
        "The wording says otherwise than the offer.",
        "Ask which of the two is right, and correct the other before anything is built.",
    ),
)
def request_offer_wording(brief: AssetBrief) -> Iterator[Finding]:
    """Wording, labels, alternative texts and links say what the offer says.

    “20 %” in the subject line and 25 % in the offer cannot both be built rightly: whatever the builder takes, one of
    two people who signed the request finds it wrong. Old prices, savings, least orders, the prices of other things and
    lists of many prices are no contradiction.

    Fails:
        campaign: {emails: [{name: sale, subject: 20% off all parasols}], offer: {discount: 25 %}}

    Passes:
        campaign: {emails: [{name: sale, subject: 25% off all parasols}], offer: {discount: 25 %}}
    """
    if not any(fact.kind != "words" for fact in facts_of(brief.request)):
        raise Skip("the request names no offer")
    for fact, clash in clashes(brief.asset, brief.request):
        said, mention = clash[0]
        where = listed([f"`{field}`" for field in fields(clash)])
        says = "say" if len(fields(clash)) > 1 else "says"
        message = f"{where} {says} {quoted(mention.written)}; the offer says {quoted(fact.written)} ({fact.key})."
        about = tuple(of_asked(each.where, each.text) for each, _ in clash)
        yield Finding("offer-clash", message, None, said.where, fact.written, mention.written, causes=about)
