"""A preheader beside another one: the envelope's, or that of another email of the campaign."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa.artefacts import Body, CampaignAssets, DeclaredEnvelope, Email, Markup
from qa.artefacts.causes import of_asked, of_passage
from qa.check import check
from qa.finding import Cause, Code, Finding, Severity, Skip
from qa.links.roles import mentions
from qa.markup.merge_tag_mask import BLOT, masked
from qa.match.hidden_texts import hidden_at_the_top
from qa.request import AskedAsset, AskedEmail
from qa.source import Text
from qa.text.language import little_words
from qa.text.wording import alike, contains, loose, quoted

_WORD = re.compile(r"\w+")
_SHORTEST = 4  # letters of a word that says what a text is about; figures of any length do
_TELLING = 2  # words of a preheader that only the other email has below it


@check(
    "preheader-in-html",
    Code(
        "diverging-preheader",
        Severity.WARNING,
        "The HTML has another preheader than the platform's field.",
        "Find out which is right, and correct or remove the other: the inbox shows both, one behind the other.",
    ),
)
def preheader_in_html(asked: AskedEmail, email: Email, declared: DeclaredEnvelope, markup: Markup) -> Iterator[Finding]:
    """The preheader of the HTML is the one in the platform's field.

    It can be written in two places. A clone gets a new one in the field and keeps the last campaign's in the HTML, and
    the inbox shows the one behind the other.

    Fails:
        email: {}
        sidecar: {subject: Save your seat, preheader: "Forty minutes, free"}
        build: <div style="display:none">The winter sale ends today</div><p>Hello</p>

    Passes:
        email: {}
        sidecar: {subject: Save your seat, preheader: "Forty minutes, free"}
        build: <div style="display:none">Forty minutes, free</div><p>Hello</p>
    """
    field = declared.envelope.preheader
    if field is None or not field.value.strip():
        raise Skip(f"{email.name} has no preheader besides the one of its HTML")
    hidden = [Text(block.text, block.where) for block in hidden_at_the_top(markup.blocks) if not block.outlook_only]
    hidden = [text for text in hidden if not mentions("view-in-browser", text.value)]
    if not hidden or any(_says(field.value, text.value) for text in hidden):
        return
    message = f"The preheader of the HTML is {quoted(hidden[0].value)}; the platform's field has {quoted(field.value)}."
    about = _causes(asked, hidden[0])
    yield Finding("diverging-preheader", message, hidden[0].where, None, field.value, hidden[0].value, causes=about)


def _says(one: str, other: str) -> bool:
    """Whether two texts are the same, one is the beginning or a part of the other, or a merge tag decides."""
    return BLOT in masked(one + other) or contains(loose(one), loose(other)) or contains(loose(other), loose(one))


def _causes(asked: AskedEmail, built: Text) -> tuple[Cause, ...]:
    if asked.preheader:
        return (of_asked(asked.place("preheader"), asked.preheader),)
    return (of_passage(built.where, built.value),)


@dataclass(frozen=True, slots=True)
class _Opening:
    """An email: the preheaders it was given (asked for, in the platform's field), that of its HTML, its text."""

    asked: AskedEmail
    given: tuple[str, ...]
    built: Text | None
    text: str

    @property
    def name(self) -> str:
        """Of the email; its variants are versions of it."""
        return self.asked.name.split(" / ")[0]


@check(
    "campaign-preheaders",
    Code(
        "leftover-preheader",
        Severity.WARNING,
        "The preheader in the HTML is that of another email of the campaign.",
        "Put in the email's own: the other's was left over when it was cloned.",
    ),
)
def campaign_preheaders(assets: CampaignAssets) -> Iterator[Finding]:
    """No email has the preheader of another one of its campaign.

    The reminder is cloned from the invitation, and its hidden text is the one line nobody sees in the editor. Emails
    that are about the same may share a preheader; it is left over where it tells what only the other email has.

    Fails:
        campaign:
          emails:
            - {name: invite, build: build/a.html, preheader: Your seat for Tuesday}
            - {name: thanks, build: build/b.html}
        files:
          build/a.html: <div style="display:none">Your seat for Tuesday</div><p>Your seat is held until Tuesday.</p>
          build/b.html: <div style="display:none">Your seat for Tuesday</div><p>Thank you for coming.</p>

    Passes:
        campaign:
          emails:
            - {name: invite, build: build/a.html, preheader: Your seat for Tuesday}
            - {name: thanks, build: build/b.html}
        files:
          build/a.html: <div style="display:none">Your seat for Tuesday</div><p>Your seat is held until Tuesday.</p>
          build/b.html: <div style="display:none">See it again</div><p>Thank you for coming.</p>
    """
    found = zip(assets.gather(AskedAsset), assets.gather(DeclaredEnvelope), assets.gather(Body), strict=True)
    openings = [_opening(asked, *more) for asked, *more in found if isinstance(asked, AskedEmail)]
    if len({each.name for each in openings}) < 2:
        raise Skip("the campaign has no two emails")
    for here in openings:
        if here.built is None or any(_says(each, here.built.value) for each in here.given):
            continue
        owners = [there for there in openings if there.name != here.name and _is_of(here.built.value, there)]
        for there in [each for each in owners if _belongs(here.built.value, each, here)][:1]:
            sure = bool(here.given) or any(_says(each, here.built.value) for each in there.given)
            message = f"The preheader in the HTML, {quoted(here.built.value)}, is that of {quoted(there.asked.name)}."
            where, about = here.built.where, _causes(here.asked, here.built)
            yield Finding("leftover-preheader", message, where, actual=here.built.value, review=not sure, causes=about)


def _opening(asked: AskedEmail, declared: DeclaredEnvelope, body: Body) -> _Opening:
    field = declared.envelope.preheader
    given = tuple(text for text in (asked.preheader, field.value if field else None) if text)
    top = hidden_at_the_top(body.blocks)
    built = Text(top[0].text, top[0].where) if top and BLOT not in masked(top[0].text) else None
    return _Opening(asked, given, built, body.text)


def _is_of(preheader: str, there: _Opening) -> bool:
    """Whether an email was given a preheader, or has it in its HTML."""
    own = (*there.given, there.built.value) if there.built else there.given
    return any(loose(each) == loose(preheader) for each in own)


def _belongs(preheader: str, there: _Opening, here: _Opening) -> bool:
    """Whether a preheader tells what stands in the text of one email, and not in that of the other."""
    about = {word for word in _words(preheader) if len(word) >= _SHORTEST or word.isdigit()} - little_words()
    there_alone = about & set(_words(there.text)) - set(_words(here.text))
    here_alone = about & set(_words(here.text)) - set(_words(there.text))
    return len(there_alone) >= _TELLING and not here_alone


def _words(text: str) -> Sequence[str]:
    return _WORD.findall(alike(text).casefold())
