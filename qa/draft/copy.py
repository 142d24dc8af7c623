"""Drafted copy: the text of a build that a request would hold as approved copy or as legal wording."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa.artefacts import Block, Body, Tokens
from qa.match.copy import aligned_copy
from qa.merge_tags.pattern import TOKEN
from qa.merge_tags.tagless import as_plain
from qa.request import AskedEmail, CopyBlock
from qa.request.copy_document import names_file, text_blocks
from qa.request.offer import facts_in
from qa.source import Place, Source
from qa.text.language import primary
from qa.text.moments.dates import flat, weekday_in
from qa.text.postal_address import has_address
from qa.text.wording import alike, contains, extent

_LEAST_WORDS = 3
_LEAST_LETTERS = 8  # where a script has no spaces between words
MOST_BLOCKS = 400  # a longer text is better handed over as a document
_MOST_LEGAL = 20
_LONGEST = 2000  # characters of a block; what is longer is code, or a page without any paragraphs
_LEGAL = re.compile(r"©|\bcopyright\b|\ball rights reserved\b|\balle rechte\b|\btous droits\b", re.IGNORECASE)
_MARKS = re.compile(r"([\\`*_~\[\]<>#|!&+=-])")
_BULLET = re.compile(r"^[•*+-]\s+")


@dataclass(frozen=True)
class DraftedCopy:
    """Entries for ``copy`` and ``must_include``, and how many blocks were left out for which reason."""

    entries: tuple[str, ...]
    legal: tuple[str, ...]
    left: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class _Entry:
    block: Block
    written: str
    text: str
    level: int


def drafted_copy(body: Body, plain: Source | None) -> DraftedCopy:
    """The visible text, block by block: without labels of links, and without what the plain-text part has otherwise."""
    every_block = list(_blocks(body))
    spoken = as_plain(plain.text).casefold() if plain and plain.text.strip() else None
    blocks = [block for block in every_block if spoken is None or extent(spoken, as_plain(block.text).casefold())]
    unlike = len(every_block) - len(blocks)
    said = alike(body.text)
    legal = [block for block in blocks if _is_legal(block)][:_MOST_LEGAL]
    legal = [block for block in legal if contains(said, block.text)]
    entries = [entry for block in blocks if block not in legal and (entry := _entry(block))]
    told = len(entries)
    entries = _in_place(_not_repeated(entries[:MOST_BLOCKS], said), body)
    left = (
        (unlike, "stand otherwise, or not at all, in the plain-text part; name here what is approved"),
        (max(0, told - MOST_BLOCKS), "come after the first 400; hand the copy over as a document instead"),
        (min(told, MOST_BLOCKS) - len(entries), "stand there more than once, or as a part of others"),
    )
    return DraftedCopy(
        tuple(entry.written for entry in entries),
        tuple(dict.fromkeys(block.text for block in legal)),
        tuple((number, why) for number, why in left if number),
    )


def _blocks(body: Body) -> Iterator[Block]:
    """The blocks that say something of their own."""
    seen = [block for block in body.blocks if not block.hidden and not block.outlook_only]
    starts = [block.where.offset or 0 for block in seen]
    labels: dict[int, list[str]] = {}
    for link in body.links:
        labels.setdefault(bisect_right(starts, link.where.offset or 0) - 1, []).append(alike(link.text))
        labels.setdefault(bisect_right(starts, link.where.offset or 0), []).append(alike(link.text))
    every = {alike(link.text) for link in body.links}
    language = primary(body.lang.value) if body.lang else ""
    for number, block in enumerate(seen):
        text = alike(TOKEN.sub(" ", block.text))
        if (
            len(text) <= _LONGEST
            and text not in every
            and _says_enough(_without(text, labels.get(number, ())), language)
        ):
            yield block


def _without(text: str, labels: Sequence[str]) -> str:
    for label in sorted(labels, key=len, reverse=True):
        if label:
            text = text.replace(label, " ", 1)
    return text


def _says_enough(text: str, language: str) -> bool:
    """Whether a line is worth approving: it is more than a few words, or one of them is a fact."""
    return _is_long(text) or _holds_fact(text, language)


def _is_long(text: str) -> bool:
    words = [word for word in text.split() if any(map(str.isalnum, word))]
    no_spaces = sum(character > "\u0dff" for character in text) >= _LEAST_LETTERS
    return len(words) >= _LEAST_WORDS or no_spaces


def _holds_fact(text: str, language: str) -> bool:
    return weekday_in(flat(text).lower(), language) or any(facts_in(text, language))


def _is_legal(block: Block) -> bool:
    return bool(_LEGAL.search(block.text)) or has_address(block.text)


def _entry(block: Block) -> _Entry | None:
    """A block as it is typed into a request so that exactly its text is read there; None where it cannot be."""
    level = int(block.tag[1]) if re.fullmatch("h[1-6]", block.tag) else 0
    text = _BULLET.sub("", block.text)
    for said in (text, _escaped(text)):
        written = f"{'#' * level} {said}" if level else said
        if names_file(written):
            continue
        read = [found for found, _ in text_blocks(written, Place("", 1))]
        if len(read) == 1 and read[0].level == level and alike(read[0].text) == alike(text):
            return _Entry(block, written, read[0].text, level)
    return None


def _escaped(text: str) -> str:
    """With a backslash before whatever Markdown would take for a mark; merge tags as they are."""
    pieces, at = [], 0
    for token in TOKEN.finditer(text):
        pieces += [_MARKS.sub(r"\\\1", text[at : token.start()]), token[0]]
        at = token.end()
    return "".join([*pieces, _MARKS.sub(r"\\\1", text[at:])])


def _not_repeated(entries: list[_Entry], said: str) -> list[_Entry]:
    """Without what stands in the build more often than in blocks of its own; a short line that is a fact stays."""
    often = Counter(alike(entry.text) for entry in entries)
    return [
        entry
        for entry in entries
        if said.count(alike(entry.text)) <= often[alike(entry.text)] or not _is_long(entry.text)
    ]


def _in_place(entries: list[_Entry], body: Body) -> list[_Entry]:
    """Without what a run would find in another place than its own."""
    for _ in range(5):
        asked = tuple(CopyBlock(text=entry.text, level=entry.level) for entry in entries)
        if not asked:
            break
        aligned = aligned_copy(_asking(asked), body, Tokens("", ()))
        found = {id(block): text for block, text, likeness in aligned.pairs if likeness == 1}
        places = [found[id(block)].where if id(block) in found else None for block in asked]
        kept = [entry for entry, where in zip(entries, places, strict=True) if where == entry.block.where]
        ordered = [entry for before, entry in zip([None, *kept], kept, strict=False) if _follows(before, entry)]
        if len(ordered) == len(entries):
            break
        entries = ordered
    return entries


def _follows(before: _Entry | None, entry: _Entry) -> bool:
    return before is None or (before.block.where.offset or 0) <= (entry.block.where.offset or 0)


def _asking(blocks: tuple[CopyBlock, ...]) -> AskedEmail:
    return AskedEmail.model_validate({"name": "draft", "copy": blocks})
