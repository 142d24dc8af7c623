"""Figures of the emails beside those of the pages they lead to."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import islice

from qa.artefacts import Block, Body, CampaignAssets, Mentions
from qa.artefacts.causes import of_mention, of_passage
from qa.check import check
from qa.finding import Code, Finding, Severity, Skip
from qa.links.url import same_destination
from qa.match.asked_mentions import asked_mentions
from qa.match.labelled import causes_of, differing, is_offered, labelled, offered_in
from qa.match.offer_facts import FactInBuild, wrong_mentions
from qa.match.same_sentence import Figure, figures
from qa.request import AskedAsset, AskedPage, Request
from qa.request.offer import facts_of
from qa.source import Place
from qa.text.likeness import likeness
from qa.text.wording import alike, quoted

_MOST = 500
_SAME_BLOCK = 60  # of 100: a passage that other checks hold against the approved copy


@check(
    "continuity",
    Code(
        "wrong-figure",
        Severity.ERROR,
        "A page says another number than the offer of the request and the email that leads there.",
        "Correct the page.",
    ),
    Code(
        "diverging-figure",
        Severity.WARNING,
        "A page says another number than the email that leads there, in the same words.",
        "Find out which is right, and correct the other.",
    ),
)
def continuity(request: Request, assets: CampaignAssets) -> Iterator[Finding]:
    """The page says the same numbers as the email that leads there.

    The email promises 36 pages, the page has 48; one gift is doubled up to 50,000, or up to 30,000. The offer of the
    request may name neither. Only numbers among the same words are compared.

    Fails:
        campaign:
          emails: [{name: guide, build: build/guide.html}]
          pages: [{name: page, build: build/page.html, url: "https://acme.example/guide"}]
        files:
          build/guide.html: <p>Our guide shows on 36 pages how to plan.</p><a href="https://acme.example/guide">Go</a>
          build/page.html: <p>The guide shows on 48 pages how to plan a season.</p>

    Passes:
        campaign:
          emails: [{name: guide, build: build/guide.html}]
          pages: [{name: page, build: build/page.html, url: "https://acme.example/guide"}]
        files:
          build/guide.html: <p>Our guide shows on 36 pages how to plan.</p><a href="https://acme.example/guide">Go</a>
          build/page.html: <p>The guide shows on 36 pages how to plan a season.</p>
    """
    if not request.pages or not request.emails:
        raise Skip("the campaign has no email with a page")
    built = list(zip(assets.gather(AskedAsset), assets.gather(Body), assets.gather(Mentions), strict=True))
    emails = [(body, mentions) for asked, body, mentions in built if not isinstance(asked, AskedPage)]
    for page, shown, mentions in built:
        if isinstance(page, AskedPage):
            leading = [each for each in emails if _leads_to(each[0], page)]
            there = _figures(shown) if leading else []
            told: set[Figure] = set()
            for body, _ in leading if there else ():
                for said, figure in _diverging(there, _figures(body)):
                    if figure not in told and not _is_approved(page, figure.block.text):
                        told.add(figure)
                        yield _finding(said, figure, mentions, request)
            if leading:
                yield from _unequal_labels(page, shown, mentions, leading, request, there, told)


def _figures(body: Body) -> list[Figure]:
    """The figures of a text; more than these are a table, in which nobody can tell which belong together."""
    return list(islice(figures(body.blocks), _MOST))


def _leads_to(body: Body, page: AskedPage) -> bool:
    """Whether an email leads to a page; one without an address may be any of the campaign's."""
    return page.url is None or any(same_destination(page.url, link.href) for link in body.links)


def _diverging(there: Sequence[Figure], here: Sequence[Figure]) -> Iterator[tuple[Figure, Figure]]:
    """A figure of the email and the one of the page that should be the same; in a list, nobody can tell."""
    for figure in there:
        if any(figure.number == other.number and figure.counts_as(other) for other in here):
            continue
        same = [other for other in here if other.stands_as(figure)]
        said = {other.number for other in same}
        elsewhere = any(figure.counts_as(other) and other.number in said for other in there)
        if len(said) == 1 and not elsewhere:
            yield same[0], figure


def _unequal_labels(  # noqa: PLR0913, PLR0917 - a page, what it says, and all it is held against
    page: AskedPage,
    shown: Body,
    mentions: Mentions,
    leading: Sequence[tuple[Body, Mentions]],
    request: Request,
    figures_there: Sequence[Figure],
    told: Collection[Figure],
) -> Iterator[Finding]:
    """A date or number of the page behind the label of another one in the email, but for what offer-facts tells."""
    wanted, said = facts_of(request, mentions.language), asked_mentions(request)
    wrong = [each for fact in wanted for each in wrong_mentions(fact, wanted, FactInBuild(fact, said, page, mentions))]
    known = {*(one.block.where for one in told), *(each.where for each in wrong)}
    offered = offered_in(request, mentions.language)
    values, numbers = labelled(shown.blocks, mentions.language), {figure.number for figure in figures_there}
    for body, theirs in leading:
        for here, there in differing(values, labelled(body.blocks, theirs.language)):
            if there.read[0] in numbers or here.where in known or _is_approved(page, f"{here.label} {here.value}"):
                continue
            known.add(here.where)
            sure = is_offered(there, offered)
            message = f"The page says {quoted(f'{here.label} {here.value}', 80)}; {there.where.file} says "
            message += f"{quoted(there.value, 60)}{', and so does the offer of the request' if sure else ''}."
            code, about = "wrong-figure" if sure else "diverging-figure", tuple(causes_of(here, mentions, there))
            yield Finding(code, message, here.where, None, there.value, here.value, causes=about)


def _is_approved(page: AskedPage, passage: str) -> bool:
    """Whether the passage stands in the page's own approved copy, which it is compared with."""
    text = alike(passage)
    return any(likeness(alike(block.text), text) >= _SAME_BLOCK for block in page.wording or ())


def _finding(there: Figure, here: Figure, mentions: Mentions, request: Request) -> Finding:
    key = next((key for key, value in request.offer.items() if _is_offered(there, str(value))), "")
    said = f"{there.block.where.file} says {quoted(there.written)} in the same words"
    said += f", and so does the request ({key})" if key else ""
    message = f"The page says {quoted(here.written)}; {said}."
    where, place = here.block.where, request.place("offer", key) if key else None
    causes = [of_mention(each) for each in mentions.found if each.where == where and here.is_in(each.written)]
    about = tuple(causes) or (of_passage(where, here.block.text),)
    code = "wrong-figure" if key else "diverging-figure"
    return Finding(code, message, where, place, there.written, here.written, causes=about)


def _is_offered(figure: Figure, value: str) -> bool:
    return any(each.number == figure.number and each.counts_as(figure) for each in figures([Block(value, Place(""))]))
