"""Values behind the same label in two places: “Acknowledge by” in a table and in the plain-text part."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

from qa.artefacts import Block, Mentions
from qa.artefacts.causes import of_mention, of_passage
from qa.facts import compiled, facts
from qa.finding import Cause
from qa.markup.merge_tag_mask import masked
from qa.request import Request
from qa.source import Place
from qa.text.language import little_words
from qa.text.moments.dates import Day, days, flat, weekday_in
from qa.text.moments.times import TimeOfDay, times
from qa.text.money import amount, prices

_MOST = 500  # values of one part; more are a table, in which nobody can tell which belong together
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[^\W\d_])|[。！？;；\n]")
_COLON = re.compile(
    r"(?::\s+|：\s*)(?=[^\w\s]{0,2}\s?(?:[^\W\d_]{1,20}+[.,]?\s){0,3}(?:[^\W\d_]{1,20}+)?[.,]?[^\w\s]{0,2}\s?\d)"
)
_FIGURE = re.compile(r"(?<![.,/#+-])(?<![^\W\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af])\d")
_TIME = re.compile(r"\d{1,2}[:h]\d{2}|\d{1,2}(?=\s?(?:[ap]\.?m\b|uhr|h\b|時|o'clock))", re.IGNORECASE)
_TOKEN = re.compile(r"\d{1,3}(?:[ .']\d{3})+(?![\d,])|\d+(?:[.,]\d+)?|[^\W\d_]+|[$€£¥%]")
_WORD = re.compile(r"[^\W\d_]+")
_LAST_WORD = re.compile(r"(?<![^\W\d_])[^\W\d_]++$")
_IDEOGRAPH = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_ZONES = 2
_LONGEST, _VALUE, _COMPARED = 80, 60, 6  # characters of a label, of a value; words and figures of a value

_Piece = Day | TimeOfDay | str


@dataclass(frozen=True, slots=True)
class Labelled:
    """A value with a figure in it, and the label in front: of its row, before a colon, or the start of a sentence."""

    label: str
    value: str
    where: Place
    read: tuple[_Piece, ...]  # the value: days, numbers, words in lower case; a time of day it begins with
    bound: str = ""  # "least", "most": what a word in front of the figure says of it

    def differs(self, other: Labelled) -> bool:
        """Whether the same is said with another day, number or unit; where the words differ, nobody can tell."""
        if {self.bound, other.bound} == {"least", "most"}:
            return False
        different = False
        for at, (mine, yours) in enumerate(islice(zip(self.read, other.read, strict=False), _COMPARED)):
            if isinstance(mine, Day) and isinstance(yours, Day):
                different |= not mine.same(yours)
            elif isinstance(mine, TimeOfDay) and isinstance(yours, TimeOfDay):
                return _is_other_time(mine, yours)
            elif (
                not isinstance(mine, str) or not isinstance(yours, str) or mine[:1].isdecimal() != yours[:1].isdecimal()
            ):
                break
            elif mine != yours:
                counted = mine[:1].isdecimal()
                if counted and not _count_alike(self.read[at + 1 :], other.read[at + 1 :]):
                    return False
                if not counted and not {mine, yours} <= _periods():
                    break
                different = True
        return different

    def begins_with(self, other: Labelled) -> bool:
        """Whether another value is the beginning of this one, or all of it."""
        if not 0 < len(other.read) <= len(self.read) or self.differs(other):
            return False
        return all(
            mine == yours or (isinstance(mine, Day) and isinstance(yours, Day))  # which are the same, or they differed
            for mine, yours in zip(self.read, other.read, strict=False)
        )


def _count_alike(mine: Sequence[_Piece], yours: Sequence[_Piece]) -> bool:
    """Whether what stands behind two numbers may be what both count."""
    return not mine or not yours or mine[0] == yours[0] or isinstance(mine[0], Day) or isinstance(yours[0], Day)


def _is_other_time(mine: TimeOfDay, yours: TimeOfDay) -> bool:
    """Whether two times of day are not the same, "6.30" and "18:30" taken for one; in two zones, nobody can tell."""
    zones = {mine.zone.casefold(), yours.zone.casefold()} - {""}
    return len(zones) < _ZONES and ((mine.hour - yours.hour) % 12 != 0 or mine.minute != yours.minute)


def offered_in(request: Request, language: str) -> list[Labelled]:
    """The values of the request's offer, without a label."""
    written = map(str, request.offer.values())
    return [_labelled("", flat(each), Place(""), language) for each in written]


def is_offered(said: Labelled, offered: Iterable[Labelled]) -> bool:
    """Whether the offer of the request has this value."""
    return any(said.begins_with(value) for value in offered)


def causes_of(said: Labelled, mentions: Mentions, right: Labelled) -> Iterator[Cause]:
    """The dates, prices … in a value that the right one has not, with what its label ends in; or the passage."""
    label, text = len(_dense(said.label)), _dense(said.label + said.value)
    ends = {}  # where each mention ends last in label and value
    for each in mentions.found:
        written = _dense(each.written)
        if each.where == said.where and (at := text.rfind(written)) >= 0:
            ends[each] = at + len(written)
    found = [each for each, end in ends.items() if end > label]
    other = [each for each in found if _dense(each.written) not in _dense(right.label + right.value)]
    yield from map(of_mention, other or found) if found else (of_passage(said.where),)


def _dense(text: str) -> str:
    return "".join(flat(text).split())


def labelled(blocks: Iterable[Block], language: str) -> list[Labelled]:
    """Every value that a label stands in front of, and its label in front of one value alone."""
    found: dict[str, list[Labelled]] = {}
    for each in islice(_each(blocks, language), _MOST):
        found.setdefault(squeezed(each.label), []).append(each)
    return [several[0] for several in found.values() if not any(several[0].differs(other) for other in several[1:])]


def differing(here: Sequence[Labelled], there: Sequence[Labelled]) -> Iterator[tuple[Labelled, Labelled]]:
    """Values with the same label that differ."""
    known = {squeezed(each.label): each for each in there}
    for each in here:
        other = known.get(squeezed(each.label))
        if other is not None and each.differs(other):
            yield each, other


def _each(blocks: Iterable[Block], language: str) -> Iterator[Labelled]:
    row, cells = -1, list[str]()
    for block in blocks:
        start = block.cell[0] if block.cell else -1
        if start != row:
            row, cells = start, []
        if not block.hidden and not block.outlook_only:
            yield from _in_block(block, ", ".join(cells), language)
        if block.cell:
            cells.append(block.text)


def _in_block(block: Block, row: str, language: str) -> Iterator[Labelled]:
    text = flat(masked(block.text))
    for number, sentence in enumerate(_SENTENCE.split(text)):
        if sentence is None or not _FIGURE.search(sentence):
            continue
        colon = list(_COLON.finditer(sentence))
        at = colon[0].end() if len(colon) == 1 else _start(sentence, language)
        label = sentence[:at].strip(" :：")
        if _in_front().fullmatch(f"{label} "):
            at, label = 0, ""
        in_row = number == 0 and not label and row
        if _tells(row if in_row else label, in_row=bool(in_row or colon)):
            value = sentence[at : at + _VALUE].strip()
            yield _labelled(row if in_row else label, value, block.where, language)


def _labelled(label: str, value: str, where: Place, language: str) -> Labelled:
    """A value behind a label, without the words between that leave the figure what it is: "only", "from", "ca."."""
    ahead, behind = _at_the_end().search(label), _in_front().match(value)
    named = label[: ahead.start()] if ahead and label[: ahead.start()].strip() else label
    said = value[behind.end() :] if behind else value
    words = {hit[1].lower().rstrip(".") for hit in (ahead, behind) if hit}
    bounds = (name for name in ("least", "most") if not words.isdisjoint(_qualifiers()[name]))
    return Labelled(named, value, where, tuple(_read(said, language)), next(bounds, ""))


def _start(sentence: str, language: str) -> int:
    """Where the first figure of a sentence begins: with the month, the weekday or the sign in front of it."""
    first = _FIGURE.search(sentence)
    assert first is not None
    spans = [(start, end) for found in (days, prices) for start, end, _ in found(sentence, language)]
    at = next((start for start, end in spans if start <= first.start() < end), first.start())
    before = sentence[:at].rstrip(" ,.(€$£¥")
    last = _LAST_WORD.search(before)
    if last and weekday_in(last[0].lower(), language):
        return last.start()
    return len(before)


def _tells(label: str, *, in_row: bool) -> bool:
    """Whether a label says of what: the whole of one, or some words of which one is not little."""
    key = squeezed(label)
    east = _IDEOGRAPH.search(label) is not None
    if len(label) > _LONGEST:
        return False
    if in_row:
        return len(key) >= (2 if east else 3)
    words = [word.lower() for word in _WORD.findall(label)]
    return len(key) >= (5 if east else 10) and (
        east or (len(words) > 1 and any(word not in little_words() for word in words))
    )


def _read(value: str, language: str) -> Iterator[_Piece]:
    """Up to the first time of day: it is written in many ways, and behind a date other checks compare it."""
    first = next(times(value), None)
    if first is not None and first[0] == 0:
        yield first[2]
        return
    value, at = _TIME.sub("\0", value), 0
    for start, end, day in [*days(value, language), (len(value), len(value), None)]:
        said, time, _ = value[at:start].partition("\0") if start >= at else ("", "", "")
        for token in _TOKEN.findall(said):
            if not weekday_in(token.lower(), language):
                yield str(amount(token).normalize()) if token[0].isdecimal() else token.lower()
        if time:
            return
        if day is not None:
            yield day
        at = max(at, end)


def squeezed(text: str) -> str:
    """The letters and digits of a text, case aside, as labels are compared."""
    return re.sub(r"[\W_]+", "", text).casefold()


def _qualifiers() -> dict[str, list[str]]:
    words: dict[str, list[str]] = facts("labels")["before_figures"]
    return words


@cache
def _qualifier() -> str:
    words = sorted({word for several in _qualifiers().values() for word in several}, key=len, reverse=True)
    spaced = "|".join(re.escape(word) for word in words if not _IDEOGRAPH.search(word))
    return rf"({spaced}|{'|'.join(word for word in words if _IDEOGRAPH.search(word))})"


@cache
def _in_front() -> re.Pattern[str]:
    """Such words at the beginning of a value."""
    return compiled(rf"{_qualifier()}(?:\.?\s+|\.?(?=[^\w\s]?\d)|(?<=[^\x00-\u2fff]))", re.IGNORECASE)


@cache
def _at_the_end() -> re.Pattern[str]:
    """Such words at the end of a label."""
    return compiled(rf"(?<!\w){_qualifier()}\.?$", re.IGNORECASE)


@cache
def _periods() -> frozenset[str]:
    """Words for what a price is for each of: a month, a year, a night."""
    return frozenset(word for name, words in facts("money")["units"].items() if name != "per" for word in words)
