"""The further parts of a message, AMP or a second HTML, with what they say that its HTML and its text do not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from qa.artefacts import Block, Body, FurtherPart, FurtherVersion, FurtherVersions, Markup, Parts
from qa.check import gatherer
from qa.facts import facts
from qa.finding import Fault
from qa.gather.body import plain_body
from qa.gather.inventory import inventory
from qa.links.hosts import is_click_tracker
from qa.links.url import bare
from qa.merge_tags.pattern import TOKEN
from qa.source import Source
from qa.text.placeholders import placeholders_in
from qa.text.wording import loose

_COMMAND = re.compile(r"<param>.{0,200}?</param>|</?[A-Za-z-]{1,60}>", re.IGNORECASE | re.DOTALL)
_FOLD = re.compile(r"\r?\n[ \t]")  # of a calendar: the line goes on
_FILLED_BY_AMP = re.compile(r"<template\b.*?(?:</template\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_MOST_PLACES = 100  # of the same words, that are looked at
_MOST_COMPARED = 1_000_000_000  # characters; a long email has a hundredth of that


@dataclass(frozen=True)
class _Said:
    """What a part says: its words, addresses and pictures, each with how it is shown."""

    words: dict[str, str]
    links: dict[str, str]
    pictures: dict[str, str]
    text: str  # as it stands in the source


@gatherer()
def further_versions(parts: Parts, body: Body) -> FurtherVersions:
    """Every further part that says anything, held against what was read."""
    if not parts.further:
        return FurtherVersions(())
    read = _of_body(body, body.blocks)
    beside = plain_body(body.beside) if body.beside else None
    return FurtherVersions(tuple(_versions(parts, read, _of_body(beside, beside.blocks) if beside else None)))


def _versions(parts: Parts, html: _Said, plain: _Said | None) -> Iterator[FurtherVersion]:
    known = [each for each in (html, plain) if each]
    for part in parts.further:
        if part.source is None:
            yield FurtherVersion(part)
            continue
        try:
            said = _said(part.source, part.content_type)
        except Fault:  # too deep or too long to be walked through
            yield FurtherVersion(replace(part, source=None))
            continue
        if said.words or said.links or said.pictures:
            yield _held_against(part, said, known)


def _held_against(part: FurtherPart, said: _Said, known: list[_Said]) -> FurtherVersion:
    blocks = {word for each in known for word in each.words}
    words, text = "\n".join(blocks), "\n".join(each.text for each in known)
    words = words if len(words) * len(said.words) <= _MOST_COMPARED else ""  # then word by word the same, or told
    links = _without(said.links, [link for each in known for link in each.links])
    pictures = _without(said.pictures, [picture for each in known for picture in each.pictures])
    lacks = []
    if part.instead and part.content_type in facts("shown_parts")["marked_up"]:
        # Where it leads elsewhere, the address that is not there is the other side of the same.
        lacks = _without(known[0].words, said.words) + ([] if links else _without(known[0].links, said.links))
    return FurtherVersion(
        part,
        words=tuple(shown for key, shown in said.words.items() if key not in blocks and not _stands_in(words, key)),
        links=tuple(links),
        pictures=tuple(pictures),
        leftovers=tuple(each for each in _leftovers(said) if each not in text),
        lacks=tuple(lacks),
    )


def _stands_in(text: str, words: str) -> bool:
    """Whether words stand in a text, and not in the midst of a longer word or number: «save 5» is not in «save 50»."""
    at = -1
    for _ in range(_MOST_PLACES):
        if (at := text.find(words, at + 1)) < 0:
            break
        end = at + len(words)
        if not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum()):
            return True
    return False


def _without(these: dict[str, str], those: Iterable[str]) -> list[str]:
    there = set(those)
    return [shown for key, shown in these.items() if key not in there]


def _said(source: Source, kind: str) -> _Said:
    table = facts("shown_parts")
    if kind in table["marked_up"]:
        markup = inventory(source)
        return _of_body(markup, markup.blocks)
    text = source.text
    if kind in table["enriched"]:
        text = _COMMAND.sub("", text).replace("<<", "<")
    elif kind == "text/calendar":
        text = _of_calendar(text)
    plain = plain_body(Source(source.file, text, source.encoding, source.part))
    return _of_body(plain, plain.blocks)


def _of_body(markup: Markup, blocks: Iterable[Block]) -> _Said:
    """Addresses of click trackers are left out: each part has its own."""
    links = [link.href.strip() for link in markup.links if link.href.strip() and not is_click_tracker(link.href)]
    text = _FILLED_BY_AMP.sub("", markup.source.text)
    return _Said(
        {key: block.text for block in blocks if any(map(str.isalnum, key := loose(block.text)))},
        {bare(href): href for href in links if not href.startswith("#")},
        {image.src.strip(): image.src.strip()[:120] for image in markup.images if image.src.strip()},
        text,
    )


def _of_calendar(text: str) -> str:
    """What an invitation shows, a paragraph each."""
    shown = set(facts("shown_parts")["calendar"])
    lines = (line.partition(":") for line in _FOLD.sub("", text).splitlines())
    values = [value for name, _, value in lines if name.partition(";")[0].upper() in shown]
    plain = (value.replace("\\n", "\n\n").replace("\\N", "\n\n") for value in values)
    return "\n\n".join(re.sub(r"\\(.)", r"\1", value) for value in plain)


def _leftovers(said: _Said) -> Iterator[str]:
    yield from dict.fromkeys(hit[0] for hit in TOKEN.finditer(said.text))
    yield from (found.said for found in placeholders_in("\n".join(said.words.values())))
