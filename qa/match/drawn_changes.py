"""Differences between a page as its source says it and as a browser has it once its scripts ran."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from qa.artefacts import AlignedCopy, AlignedFields, AlignedLinks, Block, Link, Markup
from qa.artefacts.causes import of_asked, of_asked_link, of_field, of_form, of_link, of_passage
from qa.finding import Cause
from qa.links.url import bare, is_web, same_destination
from qa.match.labels import label_likeness
from qa.request import AskedLink, AskedPage
from qa.source import Place
from qa.text.likeness import likeness
from qa.text.wording import alike, contains, loose
from qa.text.wording import changed_words as word_changes

_BESIDE = re.compile(r"\s*\([^()]*\)")  # what a style sheet tells of a link: (PDF), (opens in a new tab)
_FIGURE = re.compile(r"\d[\d.,:]*\s*[^\W\d_]*")  # with its unit: a countdown, a counter
_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]{2,}")
_LIKE = 40  # of 100: words less alike are others


@dataclass(frozen=True, slots=True)
class DrawnChange:
    """One asked thing that the source has right and a browser shows otherwise; ``after`` is "" where it is gone."""

    name: str
    before: str
    after: str
    where: Place
    request: Place | None
    causes: tuple[Cause, ...]
    unsure: bool = False  # what moves, and may have been met on its way


@dataclass(frozen=True)
class DrawnText:
    """The words of a document, by its blocks and as a whole."""

    markup: Markup

    @cached_property
    def blocks(self) -> tuple[str, ...]:
        return tuple(alike(block.text) for block in self.markup.blocks if not block.outlook_only)

    @cached_property
    def whole(self) -> str:
        return " ".join(self.blocks)


def changed_links(aligned: AlignedLinks | None, source: Markup, drawn: Markup) -> Iterator[DrawnChange]:
    """The asked links that are right in the source, and under their own words lead elsewhere or are gone."""
    there = [link for link in drawn.links if link.has_href]
    for ask, built in aligned.pairs if aligned else ():
        right = [one for one in built if _is_named(ask, one) and same_destination(ask.url, one.href)]
        right = [one for one in right if not one.hidden and not one.outlook_only]
        if right and (after := _other_link(ask, source, there)) is not None:
            about = (of_asked_link(ask), *map(of_link, right))
            name, before = f"the link “{ask.text}”", right[0].href
            yield DrawnChange(name, before, after, right[0].where, ask.place("url"), about)


def _other_link(ask: AskedLink, source: Markup, there: Sequence[Link]) -> str | None:
    """Where an asked link leads instead, or what it is called; "" where it is gone, None where nothing changed."""
    before = {bare(link.href) for link in source.links if _is_named(ask, link)}
    named = [link for link in there if _is_named(ask, link)]
    wrong = [link for link in named if not same_destination(ask.url, link.href) and bare(link.href) not in before]
    if wrong:
        return wrong[0].href
    if any(same_destination(ask.url, link.href) for link in named):
        return None
    called = {loose(link.text) for link in source.links if same_destination(ask.url, link.href)}
    renamed = [one for one in there if same_destination(ask.url, one.href) and loose(one.text) not in called]
    return renamed[0].text if renamed else ""


def _is_named(ask: AskedLink, link: Link) -> bool:
    return 1 in (label_likeness(ask.text, link.text), label_likeness(ask.text, _BESIDE.sub("", link.text)))


def _asked_words(asked: AskedPage, copy: AlignedCopy | None) -> Iterator[tuple[str, Place | None]]:
    """The words of the request that the source must have word for word to be compared: copy, wording, heading."""
    for block, _, likeness_ in copy.pairs if copy else ():
        if likeness_ == 1:
            yield block.text, block.where
    for number, words in enumerate(asked.must_include or ()):
        yield words, asked.place("must_include", number)
    if asked.heading:
        yield asked.heading, asked.place("heading")


def changed_words(asked: AskedPage, copy: AlignedCopy | None, source: Markup, drawn: Markup) -> Iterator[DrawnChange]:
    """The asked words that stand in the source, and are others in a browser, or have others added to them."""
    before, after = DrawnText(source), DrawnText(drawn)
    told = set[str]()
    for words, place in _asked_words(asked, copy):
        first = next((b for b in source.blocks if not b.outlook_only and contains(b.text, words)), None)
        if words in told or (first is None and not contains(before.whole, words)):
            continue
        told.add(words)
        found = _other_words(words, first, before, after)
        if found is not None:
            where = first.where if first else source.source.place(0)
            about = (of_asked(place, words), of_passage(where, first.text if first else words))
            yield DrawnChange("", words, found, where, place, about, unsure=is_on_its_way(words, found))


def _other_words(words: str, block: Block | None, before: DrawnText, after: DrawnText) -> str | None:
    """What stands there instead; "" where nothing does, None where nothing changed."""
    if not contains(after.whole, words):
        new = [text for text in after.blocks if text not in before.blocks]
        nearest = max(new, key=lambda text: likeness(alike(words), text), default="")
        if not nearest or likeness(alike(words), nearest) < _LIKE:
            return ""
        return None if _is_filled(words, nearest) else nearest
    if block is None:
        return None
    holding = [text for text in after.blocks if contains(text, words)]
    if not holding or any(contains(before.whole, text) or not _adds(block.text, text) for text in holding):
        return None
    return holding[0]


def _adds(before: str, after: str) -> bool:
    """Whether words were added; what stands in brackets, and figures with their units, are not counted."""
    gains = " ".join(more for less, more in word_changes(before, _BESIDE.sub("", after)) if len(more) > len(less))
    return bool(_WORD.search(_FIGURE.sub("", gains)))


def _is_filled(before: str, after: str) -> bool:
    """Whether nothing was left out, and nothing added but figures: the year of a copyright, a count."""
    lost = any(re.search(r"\w", less) for less, _ in word_changes(before, after))
    return not lost and not _adds(before, after)


def is_on_its_way(before: str, after: str) -> bool:
    """Whether a text may be one that types itself, or a number one that counts up, met half way."""
    if after and alike(before).startswith(after.rstrip(" |_▌")):
        return True
    old, new = _NUMBER.findall(before), _NUMBER.findall(after)
    if len(old) != len(new) or old == new or _NUMBER.sub("0", alike(before)) != _NUMBER.sub("0", alike(after)):
        return False
    return all(int(b) <= int(a) and (a == b or int(b) == 0) for a, b in zip(old, new, strict=True))


def changed_title(asked: AskedPage, source: Markup, drawn: Markup) -> Iterator[DrawnChange]:
    """The title that was asked for, where the source has it and the browser's tab another."""
    if asked.title is None or source.title is None or drawn.title is None:
        return
    was, now = alike(source.title.value), alike(drawn.title.value)
    if was == alike(asked.title) != now:
        place = asked.place("title")
        about = (of_asked(place, asked.title),)
        yield DrawnChange("the title", asked.title, drawn.title.value, source.title.where, place, about)


def changed_form(fields: AlignedFields | None, drawn: Markup) -> Iterator[DrawnChange]:
    """The asked fields that are gone, and a form that sends elsewhere."""
    if fields is None:
        return
    names = {field.name for form in drawn.forms for field in (*form.fields, *form.hidden)}
    for ask, built in fields.pairs:
        if built.name and built.name not in names:
            name, about = f"the field “{ask.label or ask.name}”", (of_field(built),)
            yield DrawnChange(name, built.name, "", built.where, ask.place(), about)
    built_names = {field.name for field in (*fields.form.fields, *fields.form.hidden) if field.name}
    same = [form for form in drawn.forms if built_names & {field.name for field in form.fields}]
    action = fields.form.action
    if same and is_web(action) and all(not same_destination(action, form.action) for form in same):
        about = (of_form(fields.form),)
        yield DrawnChange("what the form sends to", action, same[0].action, fields.form.where, None, about)
