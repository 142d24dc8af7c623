"""Merge tags that were asked for, and their defaults."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from qa.artefacts import AlignedCopy, AlignedLinks, DeclaredEnvelope, Markup, Token, TokenPlaces
from qa.check import check
from qa.finding import Cause, Code, Finding, Severity, Skip
from qa.match.asked_tokens import AskedToken, asked_tokens, implied, lost_with, tags_of, unseen_texts
from qa.match.merge_tags import each_spelling, folded_name, is_like, stands_for
from qa.merge_tags.grammar import grammar
from qa.merge_tags.platforms import label
from qa.request import AskedAsset
from qa.text.wording import quoted


@check(
    "tokens-asked",
    Code(
        "missing-token",
        Severity.ERROR,
        "A merge tag that was asked for is not in the build.",
        "Insert it where the copy has it.",
    ),
    Code(
        "unasked-token",
        Severity.ERROR,
        "The build holds a merge tag nobody asked for.",
        "Remove it, or have it added to the request.",
    ),
    Code(
        "wrong-default",
        Severity.ERROR,
        "A merge tag has another default than was asked for.",
        "Set the default the request gives.",
    ),
)
def tokens_asked(  # noqa: PLR0913, PLR0917 - each is one place a merge tag was asked for, or can be lost with
    asked: AskedAsset,
    places: TokenPlaces,
    declared: DeclaredEnvelope,
    markup: Markup | None,
    copy: AlignedCopy | None,
    links: AlignedLinks | None,
) -> Iterator[Finding]:
    """The merge tags are exactly those that were asked for, with their defaults.

    A merge tag left over from the last campaign fills in the wrong event; a missing default greets people without a
    name as “Dear ,”. Links the platform makes itself, such as the unsubscribe link, and conditions need not be asked.

    Fails:
        campaign: {platform: marketo}
        email: {tokens: ["{{lead.First Name:default=friend}}"]}
        build: <p>Dear {{lead.First Name}},</p>

    Passes:
        campaign: {platform: marketo}
        email: {tokens: ["{{lead.First Name:default=friend}}"]}
        build: <p>Dear {{lead.First Name:default=friend}}, <a href="{{system.unsubscribeLink}}">unsubscribe</a></p>
    """
    tokens = places.tokens
    if tokens.rendered:
        raise Skip("the message was sent: its merge tags are filled in")
    wanted = list(asked_tokens(asked, tokens.platform))
    good = [t for t in tokens.built if t.platform == tokens.platform and not t.fault and t.known is not False]
    bad = [t for t in tokens.built if t not in good]
    yield from _defaults(wanted, good, tokens.platform, places)
    beside = [token for token in good if token.inside == "text" and markup is not None]
    built = {folded_name(token.name, tokens.platform) for token in good if token not in beside}
    in_text = {folded_name(token.name, tokens.platform): token for token in beside}
    unseen = tags_of(unseen_texts(asked, declared), tokens.platform)
    missing = {tag.key: tag for tag in wanted if tag.key not in built | unseen}
    known = {tag.key for tag in wanted} | implied(asked, tokens.platform)
    strange = [t for t in good if folded_name(t.name, tokens.platform) not in known]
    strange += [t for t in bad if not any(stands_for(t.name, tag.name) for tag in wanted)]
    left = dict(each_spelling(t for t in strange if t.role == "value"))
    for tag in missing.values():
        instead = _instead(tag, left, bad)
        if instead is None and len(missing) == 1:
            instead = _only_foreign(bad, tokens.platform)
        times = left.pop(instead, "") if instead else ""
        about = places.causes[instead.raw] if instead else tuple(lost_with(tag, asked, tokens.platform, copy, links))
        yield _missing(tag, instead, in_text.get(tag.key), times, about)
    for token, times in left.items():
        message = f"Nobody asked for the merge tag {quoted(token.raw)}{times}."
        place, about = asked.place("tokens"), places.causes[token.raw]
        yield Finding("unasked-token", message, token.where, place, actual=token.raw, causes=about)
    if grammar(tokens.platform) is None:
        yield _unlisted(asked, tokens.platform)


def _instead(tag: AskedToken, left: Iterable[Token], bad: Iterable[Token]) -> Token | None:
    """The merge tag that stands where one was asked for: one that nobody asked for, or one that is broken."""
    like = next((t for t in left if is_like(t.name, tag.name)), None)
    return like or next((t for t in bad if stands_for(t.name, tag.name)), None)


def _only_foreign(bad: list[Token], platform: str) -> Token | None:
    """The one merge tag of another platform, where there is one alone: it was to say what is missing."""
    spelled = {token.raw: token for token in bad if token.platform != platform}
    return next(iter(spelled.values())) if len(spelled) == 1 else None


def _unlisted(asked: AskedAsset, platform: str) -> Finding:
    """What nobody asked for is not known where nobody can list what there is."""
    whose = f"The merge tags of {label(platform)}" if platform else "The merge tags of this build"
    message = f"{whose} cannot be listed yet: only those the request names were looked for. Check for others by eye."
    return Finding("unasked-token", message, request=asked.place("tokens"), review=True)


def _missing(
    tag: AskedToken, instead: Token | None, in_text: Token | None, times: str, about: tuple[Cause, ...]
) -> Finding:
    """A tag that is missing, and the one that stands in its place, are one finding.

    ``in_text``: the one that the plain-text part kept.
    """
    if instead is None:
        where = in_text.where if in_text else None
        gone = "stands in the plain-text part alone; the HTML lost it" if in_text else "is not in the build"
        message = f"The merge tag {quoted(tag.raw)} was asked for and {gone}."
        return Finding("missing-token", message, where, tag.where, tag.raw, causes=about)
    message = f"{quoted(instead.raw)} stands where the request asks for {quoted(tag.raw)}{times}."
    return Finding("missing-token", message, instead.where, tag.where, tag.raw, instead.raw, causes=about)


def _defaults(wanted: list[AskedToken], good: list[Token], platform: str, places: TokenPlaces) -> Iterator[Finding]:
    asked: dict[str, list[AskedToken]] = {}
    for tag in wanted:
        asked.setdefault(tag.key, []).append(tag)
    others = {tag.raw for tags in asked.values() for tag in tags}
    for token, times in each_spelling(good):
        tags = asked.get(folded_name(token.name, platform), [])
        if not tags or token.raw in others or token.default in [tag.default for tag in tags]:
            continue
        has = "no default" if token.default is None else f"the default {quoted(token.default)}"
        wants = "none" if tags[0].default is None else quoted(tags[0].default)
        message = f"The merge tag {quoted(token.raw)} has {has}; the request asks for {wants}{times}."
        about, place = places.causes[token.raw], tags[0].where
        yield Finding("wrong-default", message, token.where, place, tags[0].raw, token.raw, causes=about)
