"""Passages that stand twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qa.artefacts import Block, Body
from qa.artefacts.causes import of_passage
from qa.check import check
from qa.finding import Code, Finding, Severity, Skip
from qa.request import AskedEmail
from qa.source import Source
from qa.text.phrases import and_more
from qa.text.placeholders import placeholders_in
from qa.text.wording import alike, quoted

_FEWEST_WORDS, _SHORTEST = 8, 60  # a line under each of several products is meant
_LOGIC = re.compile(r"\{%|%%\[|\*\|(?:IF|END|ELSE|INTERESTED)|\{\{[#/^]|<%|eloqua", re.IGNORECASE)


@check(
    "repeated-passages",
    Code(
        "repeated-passage",
        Severity.WARNING,
        "The same paragraph stands twice.",
        "Take one of the two out.",
    ),
)
def repeated_passages(asked: AskedEmail, body: Body) -> Iterator[Finding]:
    """No paragraph and no footer stands twice.

    A module that was copied to be changed and was not, or a footer that the template brings along as well: readers
    stumble, and see that nobody read the email to its end.

    Fails:
        email: {}
        build: |
          <p>Join us on Tuesday for forty minutes on planning, with time for questions.</p>
          <p>Join us on Tuesday for forty minutes on planning, with time for questions.</p>

    Passes:
        email: {}
        build: |
          <p>Join us on Tuesday for forty minutes on planning, with time for questions.</p>
          <p>Join us on Thursday for forty minutes on planning, with time for questions.</p>
    """
    blocks = [block for block in body.blocks if not (block.hidden or block.outlook_only or block.tag == "pre")]
    if not blocks:
        raise Skip("the email has no text")
    wanted = [alike(block.text) for block in asked.wording or ()]
    first: dict[str, Block] = {}
    twice: list[Block] = []
    for block in blocks:
        text = alike(block.text)
        if len(text) < _SHORTEST or len(text.split()) < _FEWEST_WORDS or wanted.count(text) > 1:
            continue
        if any(placeholders_in(block.text)):  # what nobody wrote yet is all the same
            continue
        before = first.setdefault(text, block)
        if before is not block and not _is_one_of_two(body.source, before, block):
            twice.append(block)
    if twice:
        yield _told(twice, first)


def _is_one_of_two(source: Source, one: Block, other: Block) -> bool:
    """Whether a condition of the platform stands between two passages, and readers get one of them."""
    return _LOGIC.search(source.text, one.where.offset or 0, other.where.offset or 0) is not None


def _told(twice: Sequence[Block], first: dict[str, Block]) -> Finding:
    block = twice[0]
    line = first[alike(block.text)].where.line
    stands = f"stands in line {line} already" if line else "stands there already"
    message = f"{quoted(block.text)} {stands}{and_more([one.where for one in twice])}."
    each = tuple(one.text for one in twice)
    about = tuple(of_passage(first[alike(text)].where, text) for text in each)
    return Finding("repeated-passage", message, block.where, actual=block.text, each=each, causes=about)
