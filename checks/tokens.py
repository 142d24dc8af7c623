"""Are the merge tags of a build well written, known to its platform, and the ones that were asked for?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz.fuzz import ratio

from qa.artefacts import Token, Tokens
from qa.check import check
from qa.finding import Code, Finding, Severity
from qa.grammar import grammar
from qa.naming import fold
from qa.platforms import label
from qa.request import AskedAsset
from qa.source import Place
from qa.wording import quoted

ALIKE = 80  # of 100: two folded names this near are one name and a slip of it ("firstname", "fristname")


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
        yield Finding("foreign-token", message, token.where, actual=token.raw)
    for token, times in _distinct(t for t in tokens.built if t.fault):
        who = f"{platform} cannot" if platform else "No platform can"
        message = f"{who} read the merge tag {quoted(token.raw)}: {token.fault}{times}."
        yield Finding("malformed-token", message, token.where, actual=token.raw)


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
    known = grammar(tokens.platform)
    for token, times in _distinct(t for t in tokens.built if t.known is False and not t.fault):
        meant = (
            f"{quoted(token.nearest)} is probably meant" if token.nearest else known.facts["unknown"] if known else ""
        )
        message = f"{label(tokens.platform)} knows no merge tag {quoted(token.raw)}{times}. {meant}."
        yield Finding("unknown-token", message, token.where, actual=token.raw)


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
def tokens_asked(asked: AskedAsset, tokens: Tokens) -> Iterator[Finding]:
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
    yield from _differences(wanted, good, bad, asked, tokens.platform)
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


def _wanted(asked: AskedAsset, platform: str) -> Iterator[_Wanted]:
    for number, raw in enumerate(asked.require("tokens")):
        known, where = grammar(platform), asked.place("tokens", number)
        read = known.read(raw)[0] if known else []
        for tag in read:
            yield _Wanted(raw, tag.name, _key(tag.name, platform), tag.default, where)
        if not read:
            yield _Wanted(raw, raw.strip(), _key(raw, platform), None, where)


def _key(name: str, platform: str) -> str:
    """A name as the platform compares it."""
    known = grammar(platform)
    return known.fold(" ".join(name.split())) if known else "".join(name.split())


def _defaults(wanted: list[_Wanted], good: list[Token], platform: str) -> Iterator[Finding]:
    asked: dict[str, list[_Wanted]] = {}
    for tag in wanted:
        asked.setdefault(tag.key, []).append(tag)
    others = {tag.raw for tags in asked.values() for tag in tags}
    for token, times in _distinct(good):
        tags = asked.get(_key(token.name, platform), [])
        if not tags or token.raw in others or token.default in [tag.default for tag in tags]:
            continue
        has = "no default" if token.default is None else f"the default {quoted(token.default)}"
        wants = "none" if tags[0].default is None else quoted(tags[0].default)
        message = f"The merge tag {quoted(token.raw)} has {has}; the request asks for {wants}{times}."
        yield Finding("wrong-default", message, token.where, tags[0].where, tags[0].raw, token.raw)


def _differences(
    wanted: list[_Wanted], good: list[Token], bad: list[Token], asked: AskedAsset, platform: str
) -> Iterator[Finding]:
    """What is missing and what is left over; a missing tag and one that stands in its place are one finding."""
    built = {_key(token.name, platform) for token in good}
    implied = _implied(asked, platform)
    keys = {tag.key for tag in wanted}
    missing = {tag.key: tag for tag in wanted if tag.key not in built | implied}
    missing = {key: tag for key, tag in missing.items() if not any(_stands_for(token, tag) for token in bad)}
    extra = [t for t in good if t.role == "value" and _key(t.name, platform) not in keys | implied]
    left = dict(_distinct(extra))
    for tag in missing.values():
        instead = next((token for token in left if _alike(token.name, tag.name)), None)
        if instead is None:
            message = f"The merge tag {quoted(tag.raw)} was asked for and is not in the build."
            yield Finding("missing-token", message, request=tag.where, expected=tag.raw)
        else:
            times = left.pop(instead)
            message = f"{quoted(instead.raw)} stands where the request asks for {quoted(tag.raw)}{times}."
            yield Finding("missing-token", message, instead.where, tag.where, tag.raw, instead.raw)
    for token, times in left.items():
        message = f"Nobody asked for the merge tag {quoted(token.raw)}{times}."
        yield Finding("unasked-token", message, token.where, asked.place("tokens"), actual=token.raw)


def _implied(asked: AskedAsset, platform: str) -> set[str]:
    """The tags in what else was asked for: in a subject line, say, where another check looks for them."""
    known = grammar(platform)
    if known is None:
        return set()
    texts = _texts(asked.model_dump(exclude={"tokens", "variants"}))
    return {_key(tag.name, platform) for text in texts for tag in known.read(text)[0]}


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from _texts(list(value.values()))
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _texts(item)


def _stands_for(token: Token, tag: _Wanted) -> bool:
    """Whether a broken, unknown or foreign tag is what was built for an asked one: that one is reported already."""
    near = _alike(token.name, tag.name) or ratio(token.name.casefold(), tag.name.casefold()) >= ALIKE
    return near or fold(tag.name) in fold(token.name)


def _alike(one: str, other: str) -> bool:
    return ratio(fold(one), fold(other)) >= ALIKE


def _distinct(tokens: Iterable[Token]) -> Iterator[tuple[Token, str]]:
    """Each spelling once, at its first place, with how often it stands there in words."""
    first: dict[str, Token] = {}
    counts: dict[str, int] = {}
    for token in tokens:
        first.setdefault(token.raw, token)
        counts[token.raw] = counts.get(token.raw, 0) + 1
    for raw, token in first.items():
        yield token, f" (it stands there {counts[raw]} times)" if counts[raw] > 1 else ""
