"""Figures of the emails beside those of the pages they lead to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from qa.artefacts import Block, Body, CampaignAssets, Mentions
from qa.artefacts.causes import of_mention, of_passage
from qa.check import check
from qa.finding import Cause, Code, Finding, Severity, Skip
from qa.links.url import same_destination
from qa.match.asked_mentions import asked_mentions
from qa.match.labelled import Labelled, causes_of, differing, is_offered, labelled, offered_in
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
            for difference in _Beside(page, shown, mentions, request).differences(leading):
                yield _finding(difference, request)


def _leads_to(body: Body, page: AskedPage) -> bool:
    """Whether an email leads to a page; one without an address may be any of the campaign's."""
    return page.url is None or any(same_destination(page.url, link.href) for link in body.links)


@dataclass(frozen=True, slots=True)
class _Difference:
    """What a page says otherwise than an email that leads there."""

    said: str  # with its label, where it has one
    written: str
    where: Place
    right: str
    email: Place
    how: str  # it is known that both are about the same
    offered: str  # the key of the offer that says so too; "" where none does
    causes: tuple[Cause, ...]


@dataclass(frozen=True, slots=True)
class _Beside:
    """A page beside the emails that lead there."""

    page: AskedPage
    shown: Body
    mentions: Mentions
    request: Request

    def differences(self, emails: Sequence[tuple[Body, Mentions]]) -> Iterator[_Difference]:
        """Numbers among the same words, then values behind the same label; each passage is told once."""
        if not emails:
            return
        there = _figures(self.shown)
        told: set[tuple[Place, str]] = set()
        for difference in chain.from_iterable(self._in_same_words(there, _figures(body)) for body, _ in emails):
            if (difference.where, difference.written) not in told:
                told.add((difference.where, difference.written))
                yield difference
        known = {where for where, _ in told} | set(self._told_of_the_offer())
        values, numbers = labelled(self.shown.blocks, self.mentions.language), {figure.number for figure in there}
        for body, theirs in emails:
            for here, right in differing(values, labelled(body.blocks, theirs.language)):
                passage = f"{here.label} {here.value}"
                if right.read[0] not in numbers and here.where not in known and not self._is_approved(passage):
                    known.add(here.where)
                    yield self._behind_same_label(here, right)

    def _in_same_words(self, there: Sequence[Figure], here: Sequence[Figure]) -> Iterator[_Difference]:
        for right, figure in _diverging(there, here):
            where = figure.block.where
            if not self._is_approved(figure.block.text):
                named = [one for one in self.mentions.found if one.where == where and figure.is_in(one.written)]
                about = tuple(map(of_mention, named)) or (of_passage(where, figure.block.text),)
                key = next((key for key, value in self.request.offer.items() if _is_offered(right, str(value))), "")
                said, email, how = figure.written, right.block.where, "in the same words"
                yield _Difference(said, said, where, right.written, email, how, key, about)

    def _behind_same_label(self, here: Labelled, right: Labelled) -> _Difference:
        offered = zip(self.request.offer, offered_in(self.request, self.mentions.language), strict=True)
        key = next((key for key, value in offered if is_offered(right, [value])), "")
        about = tuple(causes_of(here, self.mentions, right))
        said, how = f"{here.label} {here.value}", "behind the same label"
        return _Difference(said, here.value, here.where, right.value, right.where, how, key, about)

    def _told_of_the_offer(self) -> Iterator[Place]:
        """Where another check holds the page against the offer."""
        wanted, said = facts_of(self.request, self.mentions.language), asked_mentions(self.request)
        for fact in wanted:
            for each in wrong_mentions(fact, wanted, FactInBuild(fact, said, self.page, self.mentions)):
                yield each.where

    def _is_approved(self, passage: str) -> bool:
        """Whether the passage stands in the page's own approved copy, which it is compared with."""
        text = alike(passage)
        return any(likeness(alike(block.text), text) >= _SAME_BLOCK for block in self.page.wording or ())


def _figures(body: Body) -> list[Figure]:
    """The figures of a text; more than these are a table, in which nobody can tell which belong together."""
    return list(islice(figures(body.blocks), _MOST))


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


def _finding(found: _Difference, request: Request) -> Finding:
    says = f"{found.email.file} says {quoted(found.right, 60)} {found.how}"
    says += f", and so does the offer of the request ({found.offered})" if found.offered else ""
    message = f"The page says {quoted(found.said, 80)}; {says}."
    place = request.place("offer", found.offered) if found.offered else None
    code = "wrong-figure" if found.offered else "diverging-figure"
    return Finding(code, message, found.where, place, found.right, found.written, causes=found.causes)


def _is_offered(figure: Figure, value: str) -> bool:
    return any(each.number == figure.number and each.counts_as(figure) for each in figures([Block(value, Place(""))]))
