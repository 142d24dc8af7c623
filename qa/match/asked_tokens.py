"""Merge tags of the request: those it lists, those in its other texts, and what each is lost with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from qa.artefacts import AlignedCopy, AlignedLinks, DeclaredEnvelope
from qa.artefacts.causes import of_asked_link, of_link, of_lost_token
from qa.finding import Cause
from qa.match.merge_tags import folded_name
from qa.match.word_differences import answered
from qa.merge_tags.grammar import grammar
from qa.request import AskedAsset
from qa.source import Place


@dataclass(frozen=True, slots=True)
class AskedToken:
    """A merge tag of the request."""

    raw: str
    name: str
    key: str
    default: str | None
    where: Place | None


def lost_with(
    tag: AskedToken, asked: AskedAsset, platform: str, copy: AlignedCopy | None, links: AlignedLinks | None
) -> Iterator[Cause]:
    """What else of the request has the tag in it, and was lost: blocks of copy, addresses; or the tag alone."""
    blocks = [block for block in (copy.missing if copy else ()) if tag.key in tags_of([block.text], platform)]
    addresses = [
        (ask, built) for ask, built in (links.pairs if links else ()) if tag.key in tags_of([ask.url], platform)
    ]
    gone = [ask for ask in (links.missing if links else ()) if tag.key in tags_of([ask.url, ask.text], platform)]
    yield from (answered(asked, block, links) for block in blocks)
    yield from (of_link(link) for _, built in addresses for link in built)
    yield from map(of_asked_link, gone)
    if not (blocks or addresses or gone):
        yield of_lost_token(tag.key)


def unseen_texts(asked: AskedAsset, declared: DeclaredEnvelope) -> list[str]:
    """What was asked of lines of the inbox that the build does not show, so that nobody sees what stands in them."""
    shown = {inside for inside, _ in declared.texts}
    lines = {name: getattr(asked, name, None) for name in ("subject", "sender", "reply_to")}
    parts = {"sender": "from", "reply_to": "reply-to"}
    unseen = {name: line for name, line in lines.items() if line is not None and parts.get(name, name) not in shown}
    return list(_texts({name: getattr(line, "__dict__", line) for name, line in unseen.items()}))


def asked_tokens(asked: AskedAsset, platform: str) -> Iterator[AskedToken]:
    """The merge tags that the request lists."""
    for number, raw in enumerate(asked.require("tokens")):
        known, where = grammar(platform), asked.place("tokens", number)
        read = known.read(raw)[0] if known else []
        for tag in read:
            yield AskedToken(raw, tag.name, folded_name(tag.name, platform), tag.default, where)
        if not read:
            yield AskedToken(raw, raw.strip(), folded_name(raw, platform), None, where)


def implied(asked: AskedAsset, platform: str) -> set[str]:
    """The tags in what else was asked for, in a subject line, say: they need not be named again."""
    return tags_of(_texts(asked.model_dump(exclude={"tokens", "variants"})), platform)


def tags_of(texts: Iterable[str], platform: str) -> set[str]:
    """The merge tags in texts, by their names as the platform compares them."""
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
