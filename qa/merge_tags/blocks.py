"""Blocks of template languages, {% if %} … {% endif %} and {{#if}} … {{/if}}: which are opened and never closed.

Liquid, HubL, Jinja, Django and Handlebars read alike as far as this goes. By the table qa/data/blocks.toml.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from qa.facts import facts
from qa.merge_tags.condition_ends import unclosed_conditions
from qa.merge_tags.grammar import Found, Region

_LIQUID = re.compile(r"\{%[-+]?\s*+([A-Za-z_]\w*+)((?>(?:[^%{]++|%(?!\})|\{(?!%))*))%\}")
_HANDLEBARS = re.compile(r"\{\{~?\s*+(?:([#^/])\s*+[>*]?\s*+([A-Za-z_@][\w.@-]*+)|(else\w*+|end\s?if))([^{}]*+)\}\}")
_DEEPEST = 50  # blocks in one another that are looked through
_AS_WORD = re.compile(r"\s++([A-Za-z]++)")


@dataclass(slots=True)
class _Open:
    word: str
    raw: str
    start: int


@dataclass(slots=True)
class _Reader:
    """What is open while the tags of one language are read in order."""

    platform: str
    open: list[_Open] = field(default_factory=list)
    found: list[Found] = field(default_factory=list)

    def fault(self, raw: str, start: int, word: str, says: str) -> None:
        self.found.append(Found(raw, start, self.platform, word, role="logic", fault=says))

    def unclosed(self, left: _Open, end: str) -> None:
        if left.raw:
            self.fault(left.raw, left.start, left.word, f"its {end % left.word} is missing")

    def ends(self, tag: _Open, end: str, opens: str) -> None:
        """An end tag: it closes what is open, or is a fault."""
        depth = next((n for n, one in enumerate(self._innermost()) if one.word == tag.word), None)
        if depth is not None:
            for left in self.open[len(self.open) - depth :]:
                self.unclosed(left, end)
            del self.open[len(self.open) - depth - 1 :]
        elif self.open:
            last = self.open.pop()
            self.fault(tag.raw, tag.start, tag.word, f"it stands where {last.raw} ends, and that is {end % last.word}")
        else:
            self.fault(tag.raw, tag.start, tag.word, f"no {opens % tag.word} stands before it")

    def is_inside(self, words: list[str]) -> bool:
        return any(one.word in words for one in self._innermost())

    def _innermost(self) -> Iterable[_Open]:
        return islice(reversed(self.open), _DEEPEST)


def unclosed_blocks(
    text: str, platform: str, region: Region = lambda _: "", broken: Sequence[Found] = ()
) -> list[Found]:
    """Tags that open what is never closed, close what was never opened, or stand in no block though they should.

    ``broken``: tags with a fault of their own; they open and close like others, and nothing more is said of them.
    """
    found: list[Found] = []
    if "{%" in text:
        found += _liquid(text, platform, region, broken)
    if "{{" in text:
        found += _handlebars(text, platform, region)
    found += unclosed_conditions(text, platform, region)
    return sorted(found, key=lambda tag: tag.start)


def told_of(tags: Sequence[Found], unclosed: Iterable[Found]) -> list[Found]:
    """Tags with what is wrong with their blocks: said of the tag itself where it was read."""
    faults = {tag.start: tag for tag in unclosed}
    read = [replace(tag, fault=tag.fault or faults[tag.start].fault) if tag.start in faults else tag for tag in tags]
    starts = {tag.start for tag in tags}
    return [*read, *(tag for start, tag in faults.items() if start not in starts)]


def _liquid(text: str, platform: str, region: Region, broken: Sequence[Found]) -> Iterator[Found]:
    table, reader = facts("blocks"), _Reader(platform)
    faulty = {tag.start: tag.name.strip("- ").partition(" ")[0] for tag in broken if tag.role == "logic"}
    tags = [(hit.start(), hit) for hit in _LIQUID.finditer(text) if hit.start() not in faulty]
    quiet = ""
    for start, hit in sorted([*tags, *((start, None) for start in faulty)], key=lambda one: one[0]):
        word = hit[1] if hit else faulty[start]
        if (quiet and word != f"end{quiet}") or region(start) == "sample":
            continue
        quiet = word if word in table["quiet"] else ""
        opens = word in table["closed"] or (word in table["closable"] and f"end{word}" in text)
        if opens:
            reader.open.append(_Open(word, hit[0] if hit else "", start))
        elif hit is None:
            if reader.open and word == f"end{reader.open[-1].word}":
                reader.open.pop()
        elif word in table["inside"]:
            _inside(reader, hit, table)
        elif word == "end":
            _in_two_words(reader, hit)
        elif word.startswith("end") and word[3:] in (*table["closed"], *table["closable"]):
            reader.ends(_Open(word[3:], hit[0], start), "{%% end%s %%}", "{%% %s … %%}")
    for left in reader.open:
        reader.unclosed(left, "{%% end%s %%}")
    yield from reader.found


def _inside(reader: _Reader, hit: re.Match[str], table: dict[str, Any]) -> None:
    """What may only stand inside a block: {% else %}, {% elsif %}, {% when %}."""
    word = hit[1]
    right = next((spelt for spelt, platforms in table["else_if"].items() if reader.platform in platforms), "")
    if word == "else" and (second := _AS_WORD.match(hit[2])) and second[1] == "if":
        reader.fault(hit[0], hit.start(), word, f"“else if” is written {right or 'elsif or elif'}, in one word")
    elif not reader.is_inside(table["inside"][word]):
        reader.fault(hit[0], hit.start(), word, f"no {{% {table['inside'][word][0]} … %}} stands before it")
    elif right and word in ("elsif", "elif", "elseif") and word != right:
        reader.fault(hit[0], hit.start(), word, f"the platform reads {right}, not {word}")


def _in_two_words(reader: _Reader, hit: re.Match[str]) -> None:
    """{% end if %}; Tornado's own {% end %} closes whatever is open."""
    second = _AS_WORD.match(hit[2])
    if second:
        reader.fault(hit[0], hit.start(), "end", f"it is written end{second[1]}, in one word")
    if reader.open:
        reader.open.pop()


def _handlebars(text: str, platform: str, region: Region) -> Iterator[Found]:
    reader = _Reader(platform)
    for hit in _HANDLEBARS.finditer(text):
        sign, word, raw, start = hit[1], hit[2] or hit[3], hit[0], hit.start()
        if region(start) == "sample":
            continue
        if sign == "/":
            reader.ends(_Open(word, raw, start), "{{/%s}}", "{{#%s}}")
        elif sign:
            reader.open.append(_Open(word, raw, start))
        elif reader.open and word != "else":
            says = f"“{word}” is written {{{{/if}}}}" if word.startswith("end") else "it is written {{else if …}}"
            reader.fault(raw, start, word, says)
            if word.startswith("end"):
                reader.open.pop()
        elif word == "else" and not reader.open:
            reader.fault(raw, start, word, "no {{#if …}} stands before it")
    for left in reader.open:
        reader.unclosed(left, "{{/%s}}")
    yield from reader.found
