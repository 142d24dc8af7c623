"""Spelling and names of merge tags, as their platform reads them."""

from __future__ import annotations

from collections.abc import Iterator

from qa.artefacts import TokenPlaces, Tokens
from qa.check import check
from qa.finding import Code, Finding, Severity, Skip
from qa.match.merge_tags import each_spelling
from qa.merge_tags.grammar import grammar
from qa.merge_tags.platforms import label
from qa.text.wording import quoted


@check(
    "token-syntax",
    Code(
        "malformed-token",
        Severity.ERROR,
        "A merge tag is not written as its platform reads it.",
        "Insert the merge tag again with the platform's own menu, not by hand.",
    ),
    Code(
        "foreign-token",
        Severity.ERROR,
        "A merge tag of another platform stands in the build.",
        "Replace it with the merge tag of the platform this is sent from.",
    ),
)
def token_syntax(places: TokenPlaces) -> Iterator[Finding]:
    """Every merge tag is written as the platform reads it.

    A brace too few, a tag around half of a name, a space nobody sees: the platform prints the raw code, and thousands
    of people are greeted as “{{lead.First Name}”. Two platforms' tags in one build come from copying an older email.

    Fails:
        campaign: {platform: marketo}
        build: <p>Dear {{lead.First Name},</p>

    Passes:
        campaign: {platform: marketo}
        build: <p>Dear {{lead.First Name:default=friend}}, 50% off</p>
    """
    tokens, platform = places.tokens, label(places.tokens.platform)
    for token, times in each_spelling(t for t in tokens.built if t.platform != tokens.platform):
        message = f"{quoted(token.raw)} is a merge tag of {token.platform}, but this is built for {platform}{times}."
        yield Finding("foreign-token", message, token.where, actual=token.raw, causes=places.causes[token.raw])
    for token, times in each_spelling(t for t in tokens.built if t.fault):
        who = f"{platform} cannot" if platform else "No platform can"
        message = f"{who} read the merge tag {quoted(token.raw)}: {token.fault}{times}."
        yield Finding("malformed-token", message, token.where, actual=token.raw, causes=places.causes[token.raw])
    if not any(t.fault or t.platform != tokens.platform for t in tokens.built):
        _refuse_unread(tokens)


def _refuse_unread(tokens: Tokens) -> None:
    """Skip where nobody knows the platform, and so how it writes its merge tags."""
    if tokens.unread:
        raise Skip("merge tags stand in it, and neither the request nor the build tells of which platform")


@check(
    "token-names",
    Code(
        "unknown-token",
        Severity.ERROR,
        "A merge tag names a field the platform does not know.",
        "Correct the name, or insert the merge tag again with the platform's own menu.",
    ),
    Code(
        "unset-variable",
        Severity.ERROR,
        "A merge tag prints a variable that nothing in the build sets.",
        "Correct its name, or set it before it is printed.",
    ),
)
def token_names(places: TokenPlaces) -> Iterator[Finding]:
    """Every merge tag names something the platform knows.

    A misspelt name is not an error to the platform: it prints the merge tag as it stands, leaves a gap, or does not
    send at all, and only for real people, not in the editor. A field of your own may have any name: only a name that is
    nearly one the platform knows is told.

    Fails:
        campaign: {platform: marketo}
        build: <p>Dear {{lead.Frist Name}},</p>

    Passes:
        campaign: {platform: marketo}
        build: <p>Dear {{lead.First Name}}, your seat in {{my.Event City}} is kept.</p>
    """
    tokens = places.tokens
    _refuse_unread(tokens)
    known = grammar(tokens.platform)
    for token, times in each_spelling(t for t in tokens.built if t.known is False and t.role == "variable"):
        meant = f"; {quoted(token.nearest)} is probably meant" if token.nearest else ""
        message = f"{quoted(token.raw)} uses a variable that nothing in the build sets{meant}{times}."
        yield Finding("unset-variable", message, token.where, actual=token.raw, causes=places.causes[token.raw])
    for token, times in each_spelling(t for t in tokens.built if t.known is False and t.role != "variable"):
        meant = (
            f"{quoted(token.nearest)} is probably meant" if token.nearest else known.facts["unknown"] if known else ""
        )
        message = f"{label(tokens.platform)} knows no merge tag {quoted(token.raw)}{times}. {meant}."
        yield Finding("unknown-token", message, token.where, actual=token.raw, causes=places.causes[token.raw])
