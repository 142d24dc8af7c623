"""The zones of a document: its header, its content, its footer, by what stands in them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.artefacts import Block, Body
from qa.links.roles import mentions, role_of
from qa.source import Place
from qa.text.wording import dense_letters

_COPY_WORDS = 12  # a block of so many words was written to be read
_COPY_LETTERS = 30  # the same in scripts without spaces between words
_RIGHTS = re.compile(r"©|\(c\) ?(?:19|20)\d\d|all rights reserved", re.IGNORECASE)
_FOOTER_ROLES = ("unsubscribe", "preferences", "privacy", "imprint")
_EARLIEST = 0.4  # of a document's blocks: a footer does not begin before


@dataclass(frozen=True, slots=True)
class Zones:
    """Where the content of a document begins and where it ends, in characters of its source."""

    begins: int
    ends: int

    @classmethod
    def of(cls, body: Body) -> Zones:
        """The zones of a document; without any copy all of it is content."""
        blocks = [block for block in body.blocks if not (block.hidden or block.outlook_only)]
        copy = [_at(block.where) for block in blocks if _is_copy(block)]
        heads = [_at(text.where) for _, text in body.headings if len(text.value.split()) > 1]
        if not copy and not heads:
            return cls(0, len(body.source.text))
        begins = min([*copy, *heads])
        marks = [
            _at(block.where) for block in blocks if _RIGHTS.search(block.text) or mentions("unsubscribe", block.text)
        ]
        marks += [_at(link.where) for link in body.links if role_of(link.href, link.text) in _FOOTER_ROLES]
        earliest = _at(blocks[int(len(blocks) * _EARLIEST)].where) if blocks else 0
        first = min((mark for mark in marks if mark > max(begins, earliest)), default=len(body.source.text))
        last_copy = max((at for at in copy if at < first), default=begins)
        return cls(begins, last_copy)

    def in_header(self, where: Place) -> bool:
        """Whether a place is above the first words of the content."""
        return _at(where) < self.begins

    def in_frame(self, where: Place) -> bool:
        """Whether a place is above the content, or below its last paragraph."""
        return self.in_header(where) or _at(where) > self.ends


def _is_copy(block: Block) -> bool:
    long = len(block.text.split()) >= _COPY_WORDS or dense_letters(block.text) >= _COPY_LETTERS
    return long and not mentions("view-in-browser", block.text)


def _at(where: Place) -> int:
    return where.offset or 0
