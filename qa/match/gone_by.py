"""Dates gone by that are spoken of as to come, and issues of a newsletter that are long out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from qa.artefacts import Block, Body, Mention
from qa.facts import facts
from qa.match.contradictions import is_stale
from qa.source import Text
from qa.text.moments.dates import flat, months_with_year, weekday_in
from qa.text.moments.times import times

_WINDOW = 60  # characters on either side in which a word tells what a date is about
_LABEL = 30  # characters: a longer block beside a date is a sentence, and no part of an event's data
_AROUND = 2  # blocks on either side that are a date's own
_ISSUE_LINE = 80  # characters; a longer passage is about an issue, and not its name
_MONTHS, _DAYS = 12, 31
_FIGURES = re.compile(r"(?<![\d/.-])(\d{1,2})/(\d{1,2})/(?:\d{4}|\d{2})(?![\d/-]|\.\d)")
_MONTHS_OLD = 3  # an issue may be read for a while


def is_announced(mention: Mention, sent: date, body: Body) -> bool:
    """Whether a date gone by is spoken of as one to come: «until», «register», or a weekday and a time beside it."""
    if not is_stale(mention, sent):
        return False
    near = flat(mention.around[max(0, mention.at - _WINDOW) : mention.at + len(mention.written) + _WINDOW]).lower()
    words = facts("dates")["words"]
    if says(words["future"], near):
        return not says(words["past"], near)
    return _is_of_event(mention, body)


def says(words: Iterable[str], text: str) -> bool:
    """Whether one of some words, as regular expressions, stands in a text."""
    return any(re.search(rf"(?<!\w)(?:{word})(?!\w)", text) for word in words)


def _is_of_event(mention: Mention, body: Body) -> bool:
    """Whether the date is one of an event's data, a line each: its day, its weekday, its time."""
    blocks = [block for block in body.blocks if not block.hidden and not block.outlook_only]
    here = next((number for number, block in enumerate(blocks) if block.where == mention.where), None)
    if here is None or len(blocks[here].text) > len(mention.written) + _LABEL:
        return False
    beside = [_short(block) for block in blocks[max(0, here - _AROUND) : here + _AROUND + 1]]
    near = flat(" · ".join(filter(None, beside))).lower()
    told = any(times(near)) and weekday_in(near, body.lang.value if body.lang else "")
    above = " ".join(block.text for block in blocks[max(0, here - 2 * _AROUND) : here])
    return told and not says(facts("dates")["words"]["past"], f"{near} {flat(above).lower()}"[-4 * _WINDOW :])


def impossible_figures(body: Body) -> Iterator[Text]:
    """Dates in figures with neither a day nor a month that exists, 17/29/2011, where a date is meant."""
    words = [*facts("dates")["words"]["future"], *facts("dates")["labels"]["event"]]
    for block in body.blocks:
        if "/" not in block.text or block.hidden or block.outlook_only:
            continue
        for found in _FIGURES.finditer(block.text):
            alone = block.text.strip() == found[0]
            near = flat(block.text[max(0, found.start() - _WINDOW) : found.end() + _WINDOW]).lower()
            low, high = sorted(int(number) for number in found.groups())
            if low > _MONTHS and high <= _DAYS and (alone or says(words, near)):
                yield Text(found[0], block.where)


def _short(block: Block) -> str:
    return block.text if len(block.text) <= 2 * _LABEL else ""


def old_issues(body: Body, subject: Text | None, sent: date, language: str) -> Iterator[tuple[Text, str]]:
    """The lines that name the issue of a newsletter, and what they name, where it is months old.

    Where several issues are named, it is a list of them.
    """
    names = facts("dates")["words"]["issues"]
    lines = [text for text in (subject, body.title) if text is not None]
    lines += [Text(block.text, block.where) for block in body.blocks if not block.hidden and not block.outlook_only]
    found: dict[tuple[int, int], tuple[Text, str]] = {}
    for line in lines:
        flattened = flat(line.value)
        if len(flattened) <= _ISSUE_LINE and says(names, flattened.lower()):
            for start, end, month, year in months_with_year(flattened, language):
                found.setdefault((year, month), (line, line.value[start:end]))
    if len(found) == 1:
        (year, month), issue = next(iter(found.items()))
        if (sent.year - year) * 12 + sent.month - month > _MONTHS_OLD:
            yield issue
