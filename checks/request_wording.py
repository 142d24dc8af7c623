"""Wording of a request: what was never filled in, and what is both wanted and ruled out."""

from __future__ import annotations

from collections.abc import Iterator

from qa.artefacts.causes import of_asked
from qa.check import check
from qa.finding import Code, Finding, Severity, Skip
from qa.links.hosts import sample_address_in
from qa.merge_tags.pattern import TOKEN
from qa.request import AskedEmail, AskedVariant, Request
from qa.request.brief import AssetBrief, BriefPart
from qa.request.texts import Said, asked_wording, texts_of
from qa.source import Place
from qa.text.placeholders import placeholders_in, unanswered_in
from qa.text.wording import alike, find, quoted

# Wording ruled out may name what nobody wants; conditions, options and tags are code, and URLs have codes of their own.
_NOT_READ = (
    "must_not_include",
    "where",
    "options",
    "tokens",
    "url",
    "canonical",
    "thank_you",
    "robots",
    "type",
    "when",
    "hidden",
)
_Banned = tuple[str, Place | None]


@check(
    "request-samples",
    Code("sample-value", Severity.ERROR, "A sample value was left in.", "Ask for the real one."),
)
def request_samples(brief: BriefPart) -> Iterator[Finding]:
    """No field of the request holds a sample or a promise instead of its value.

    “TBD” in a request is built as “TBD”: it is what was approved, so the comparison finds nothing wrong with it.

    Fails:
        campaign: {emails: [{name: invite, subject: TBD}]}

    Passes:
        campaign: {emails: [{name: invite, subject: Save your seat}]}
    """
    assets = ("emails", "pages") if isinstance(brief.part, Request) else ()  # judged on their own
    seen: set[str] = set()
    for said in texts_of(brief.part, (*_NOT_READ, *assets)):
        sample = _sample(alike(TOKEN.sub(" ", said.text)))
        if sample and sample.casefold() not in seen:
            seen.add(sample.casefold())
            message = f"`{said.field}` says {quoted(sample)}: a placeholder instead of the real value."
            yield Finding("sample-value", message, request=said.where, actual=sample)


def _sample(text: str) -> str:
    """What of a text is a sample; "" where nothing is."""
    left = next((each.said for each in placeholders_in(text) if each.sort != "doubtful"), "")
    return unanswered_in(text) or left or sample_address_in(text)


@check(
    "request-wording",
    Code(
        "wording-clash",
        Severity.ERROR,
        "The same wording is asked for and ruled out.",
        "Ask which of the two is meant.",
    ),
)
def request_wording(brief: AssetBrief) -> Iterator[Finding]:
    """No wording that the request rules out is asked for elsewhere in it.

    Whatever is built then, one of two people who both signed the request finds it wrong.

    Fails:
        campaign: {emails: [{name: invite, subject: Our winter sale, must_not_include: [Winter]}]}

    Passes:
        campaign: {emails: [{name: invite, subject: Our spring sale, must_not_include: [Winter]}]}
    """
    asset, legal = brief.asset, brief.request.legal
    variants = asset.variants if isinstance(asset, AskedEmail) else ()
    banned = [(word, asset.place("must_not_include", n)) for n, word in enumerate(asset.must_not_include or ())]
    if not banned and not any(variant.must_not_include for variant in variants):
        raise Skip("the request rules no wording out")
    wanted = list(asked_wording(asset))
    if isinstance(asset, AskedEmail):
        wanted += [Said("legal", text, legal.place("must_include")) for text in legal.must_include]
    for variant in variants:
        yield from _clashes([*banned, *_banned_by(variant)], list(asked_wording(variant)))
    yield from _clashes(banned, wanted)


def _banned_by(variant: AskedVariant) -> Iterator[_Banned]:
    for number, word in enumerate(variant.must_not_include):
        yield word, variant.place("must_not_include", number)


def _clashes(banned: list[_Banned], wanted: list[Said]) -> Iterator[Finding]:
    for word, place in banned:
        said = next((each for each in wanted if word and find(TOKEN.sub(" ", each.text), word)), None)
        if said is not None:
            line = f" (line {said.where.line} of {said.where.file})" if said.where and said.where.line else ""
            message = f"{quoted(word)} is ruled out, and `{said.field}` asks for it: {quoted(said.text)}{line}."
            causes = (of_asked(place, word),)  # the message holds a line, which is no part of what is wrong
            yield Finding("wording-clash", message, request=place, actual=said.text, causes=causes)
