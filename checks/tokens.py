"""Are the merge tags of a build well written, known to its platform, and the ones that were asked for?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from qa.artefacts import AlignedCopy, AlignedLinks, Token, Tokens, Written
from qa.artefacts.causes import of_asked_link, of_link, of_lost_token, of_token
from qa.check import check
from qa.finding import Cause, Code, Finding, Severity, Skip
from qa.match.differences import answered
from qa.match.merge_tags import folded_name, is_like, stands_for
from qa.merge_tags.grammar import grammar
from qa.merge_tags.platforms import label
from qa.request import AskedAsset
from qa.source import Place
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
def token_syntax(tokens: Tokens) -> Iterator[Finding]:
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
    platform = label(tokens.platform)
    for token, times in _distinct(t for t in tokens.built if t.platform != tokens.platform):
        message = f"{quoted(token.raw)} is a merge tag of {token.platform}, but this is built for {platform}{times}."
        yield Finding("foreign-token", message, token.where, actual=token.raw, causes=(of_token(token),))
    for token, times in _distinct(t for t in tokens.built if t.fault):
        who = f"{platform} cannot" if platform else "No platform can"
        message = f"{who} read the merge tag {quoted(token.raw)}: {token.fault}{times}."
        yield Finding("malformed-token", message, token.where, actual=token.raw, causes=(of_token(token),))
    if not any(t.fault or t.platform != tokens.platform for t in tokens.built):
        _refuse_unknown(tokens.platform)


def _refuse_unknown(platform: str) -> None:
    """Skip where nothing was found, as nobody knows how the platform writes its merge tags."""
    if platform and grammar(platform) is None:
        raise Skip(f"how {label(platform)} writes its merge tags is not known here yet")


@check(
    "token-names",
    Code(
        "unknown-token",
        Severity.ERROR,
        "A merge tag names a field the platform does not know.",
        "Correct the name, or insert the merge tag again with the platform's own menu.",
    ),
)
def token_names(tokens: Tokens) -> Iterator[Finding]:
    """Every merge tag names something the platform knows.

    A misspelt name is not an error to the platform: it prints the merge tag as it stands, leaves a gap, or does not
    send at all, and only for real people, not in the editor.

    Fails:
        campaign: {platform: marketo}
        build: <p>Dear {{lead.Frist Name}},</p>

    Passes:
        campaign: {platform: marketo}
        build: <p>Dear {{lead.First Name}}, your seat in {{my.Event City}} is kept.</p>
    """
    _refuse_unknown(tokens.platform)
    known = grammar(tokens.platform)
    for token, times in _distinct(t for t in tokens.built if t.known is False):
        meant = (
            f"{quoted(token.nearest)} is probably meant" if token.nearest else known.facts["unknown"] if known else ""
        )
        message = f"{label(tokens.platform)} knows no merge tag {quoted(token.raw)}{times}. {meant}."
        yield Finding("unknown-token", message, token.where, actual=token.raw, causes=(of_token(token),))


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
def tokens_asked(
    asked: AskedAsset, tokens: Tokens, written: Written, copy: AlignedCopy | None, links: AlignedLinks | None
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
    wanted = list(_wanted(asked, tokens.platform))
    good = [t for t in tokens.built if t.platform == tokens.platform and not t.fault and t.known is not False]
    bad = [t for t in tokens.built if t not in good]
    yield from _defaults(wanted, good, tokens.platform)
    built = {folded_name(token.name, tokens.platform) for token in good}
    unseen = _tags_of(_unseen(asked, written), tokens.platform)
    missing = {tag.key: tag for tag in wanted if tag.key not in built | unseen}
    known = {tag.key for tag in wanted} | _implied(asked, tokens.platform)
    left = dict(_distinct(t for t in good if t.role == "value" and folded_name(t.name, tokens.platform) not in known))
    left |= dict(_distinct(t for t in bad if t.role == "value" and not any(stands_for(t.name, w.name) for w in wanted)))
    for tag in missing.values():
        instead = next((t for t in left if is_like(t.name, tag.name)), None)
        if instead is None:
            instead = next((t for t in bad if stands_for(t.name, tag.name)), None)
        times = left.pop(instead, "") if instead else ""
        yield _missing(tag, instead, times, tuple(_lost_with(tag, asked, tokens.platform, copy, links)))
    for token, times in left.items():
        message = f"Nobody asked for the merge tag {quoted(token.raw)}{times}."
        about = (of_token(token),)
        yield Finding("unasked-token", message, token.where, asked.place("tokens"), actual=token.raw, causes=about)
    if grammar(tokens.platform) is None:
        whose = f"The merge tags of {label(tokens.platform)}" if tokens.platform else "The merge tags of this build"
        message = (
            f"{whose} cannot be listed yet: only those the request names were looked for. Check for others by eye."
        )
        yield Finding("unasked-token", message, request=asked.place("tokens"), review=True)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A merge tag of the request."""

    raw: str
    name: str
    key: str
    default: str | None
    where: Place | None


def _missing(tag: _Wanted, instead: Token | None, times: str, lost_with: tuple[Cause, ...]) -> Finding:
    """A tag that is missing, and the one that stands in its place, are one finding."""
    if instead is None:
        message = f"The merge tag {quoted(tag.raw)} was asked for and is not in the build."
        return Finding("missing-token", message, request=tag.where, expected=tag.raw, causes=lost_with)
    message = f"{quoted(instead.raw)} stands where the request asks for {quoted(tag.raw)}{times}."
    about = (of_token(instead),)
    return Finding("missing-token", message, instead.where, tag.where, tag.raw, instead.raw, causes=about)


def _lost_with(
    tag: _Wanted, asked: AskedAsset, platform: str, copy: AlignedCopy | None, links: AlignedLinks | None
) -> Iterator[Cause]:
    """What else of the request has the tag in it, and was lost: blocks of copy, addresses; or the tag alone."""
    blocks = [block for block in (copy.missing if copy else ()) if tag.key in _tags_of([block.text], platform)]
    addresses = [
        (ask, built) for ask, built in (links.pairs if links else ()) if tag.key in _tags_of([ask.url], platform)
    ]
    gone = [ask for ask in (links.missing if links else ()) if tag.key in _tags_of([ask.url, ask.text], platform)]
    yield from (answered(asked, block, links) for block in blocks)
    yield from (of_link(link) for _, built in addresses for link in built)
    yield from map(of_asked_link, gone)
    if not (blocks or addresses or gone):
        yield of_lost_token(tag.key)


def _unseen(asked: AskedAsset, written: Written) -> list[str]:
    """What was asked of lines of the inbox that the build does not show, so that nobody sees what stands in them."""
    shown = {inside for inside, _ in written.texts}
    lines = {name: getattr(asked, name, None) for name in ("subject", "sender", "reply_to")}
    parts = {"sender": "from", "reply_to": "reply-to"}
    unseen = {name: line for name, line in lines.items() if line is not None and parts.get(name, name) not in shown}
    return list(_texts({name: getattr(line, "__dict__", line) for name, line in unseen.items()}))


def _wanted(asked: AskedAsset, platform: str) -> Iterator[_Wanted]:
    for number, raw in enumerate(asked.require("tokens")):
        known, where = grammar(platform), asked.place("tokens", number)
        read = known.read(raw)[0] if known else []
        for tag in read:
            yield _Wanted(raw, tag.name, folded_name(tag.name, platform), tag.default, where)
        if not read:
            yield _Wanted(raw, raw.strip(), folded_name(raw, platform), None, where)


def _defaults(wanted: list[_Wanted], good: list[Token], platform: str) -> Iterator[Finding]:
    asked: dict[str, list[_Wanted]] = {}
    for tag in wanted:
        asked.setdefault(tag.key, []).append(tag)
    others = {tag.raw for tags in asked.values() for tag in tags}
    for token, times in _distinct(good):
        tags = asked.get(folded_name(token.name, platform), [])
        if not tags or token.raw in others or token.default in [tag.default for tag in tags]:
            continue
        has = "no default" if token.default is None else f"the default {quoted(token.default)}"
        wants = "none" if tags[0].default is None else quoted(tags[0].default)
        message = f"The merge tag {quoted(token.raw)} has {has}; the request asks for {wants}{times}."
        about = (of_token(token),)
        yield Finding("wrong-default", message, token.where, tags[0].where, tags[0].raw, token.raw, causes=about)


def _implied(asked: AskedAsset, platform: str) -> set[str]:
    """The tags in what else was asked for, in a subject line, say: they need not be named again."""
    return _tags_of(_texts(asked.model_dump(exclude={"tokens", "variants"})), platform)


def _tags_of(texts: Iterable[str], platform: str) -> set[str]:
    known = grammar(platform)
    return {folded_name(tag.name, platform) for text in texts for tag in known.read(text)[0]} if known else set()


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from _texts(list(value.values()))
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _texts(item)


def _distinct(tokens: Iterable[Token]) -> Iterator[tuple[Token, str]]:
    """Each spelling once, at its first place, with how often it stands there in words."""
    first: dict[str, Token] = {}
    counts: dict[str, int] = {}
    for token in tokens:
        first.setdefault(token.raw, token)
        counts[token.raw] = counts.get(token.raw, 0) + 1
    for raw, token in first.items():
        yield token, f" (it stands there {counts[raw]} times)" if counts[raw] > 1 else ""
