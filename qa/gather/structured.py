"""Structured data of a build, read from JSON-LD and microdata.

https://json-ld.org/spec/latest/json-ld/ and https://html.spec.whatwg.org/multipage/microdata.html; what Gmail reads of
it: https://developers.google.com/workspace/gmail/promotab
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from qa.artefacts import Inventory, Markup, StructuredData, StructuredItem
from qa.check import gatherer
from qa.markup.merge_tag_mask import BLOT, masked
from qa.markup.tokeniser import Kind
from qa.source import Place, Text

_JSON_LD = re.compile(r"""<script\b[^>]*?\btype\s*=\s*["']?application/ld\+json["']?[^>]*>""", re.IGNORECASE)
_DEEPEST = 40  # things in things: more is no description
_MOST = 500  # things


@gatherer()
def structured_data(read: Inventory) -> StructuredData:
    """Everything, in order; nothing where there is no HTML."""
    if read.markup is None:
        return StructuredData()
    items: list[StructuredItem] = []
    unreadable: list[Text] = []
    for content, start in _scripts(read.markup):
        place = read.markup.source.place(start)
        try:
            found = json.loads(content, strict=False)
        except (ValueError, RecursionError) as error:
            if BLOT not in masked(content):  # a platform writes the rest of it
                unreadable.append(Text(str(error).partition(":")[0], place))
            continue
        reader = _Reader(read.markup, content, start)
        items += reader.things(found)
    return StructuredData((*items, *_microdata(read))[:_MOST], tuple(unreadable))


def _scripts(markup: Markup) -> Iterator[tuple[str, int]]:
    text = markup.source.text
    for tag in _JSON_LD.finditer(text):
        end = text.find("</script", tag.end())
        if end > 0 and (content := text[tag.end() : end]).strip():
            yield content, tag.end()


class _Reader:
    """Reads one script; the values are looked for in order, so that each has its own place."""

    def __init__(self, markup: Markup, content: str, start: int) -> None:
        self.markup, self.content, self.start = markup, content, start
        self._behind = 0

    def things(self, found: Any, name: str = "", depth: int = 0) -> Iterator[StructuredItem]:
        """The things in a piece of JSON, those inside others too."""
        if depth > _DEEPEST:
            return
        if isinstance(found, list):
            for each in found:
                yield from self.things(each, name, depth + 1)
        elif isinstance(found, Mapping):
            yield from self._thing(found, name, depth)

    def _thing(self, found: Mapping[str, Any], name: str, depth: int) -> Iterator[StructuredItem]:
        called = found.get("name")
        name = called if isinstance(called, str) else name
        values = [
            (key, Text(str(value), self._place(key, value)))
            for key, value in found.items()
            if isinstance(value, str | int | float) and not key.startswith("@")
        ]
        kind = found.get("@type", "")
        kind = kind[0] if isinstance(kind, list) and kind else kind
        if values:
            yield StructuredItem(str(kind), name, tuple(values), values[0][1].where)
        for value in found.values():
            if isinstance(value, list | Mapping):
                yield from self.things(value, name, depth + 1)

    def _place(self, key: str, value: Any) -> Place:
        written = re.escape(value) if isinstance(value, str) else re.escape(json.dumps(value))
        pattern = re.compile(rf'"{re.escape(key)}"\s*:\s*"?{written}')
        hit = pattern.search(self.content, self._behind) or pattern.search(self.content)
        if hit:
            self._behind = hit.end()
        return self.markup.source.place(self.start + (hit.start() if hit else 0))


def _microdata(read: Inventory) -> Iterator[StructuredItem]:
    """Things of microdata, by the tag that begins each; what is said in text is not read, only in attributes."""
    if read.read is None or read.markup is None or "itemprop" not in read.read.raw.text:
        return
    raw, source = read.read.raw, read.markup.source
    kind, where, values = "", source.place(0), list[tuple[str, Text]]()
    for token in read.read.tokens:
        if token.kind is not Kind.START:
            continue
        attributes = raw.attributes(token)
        place = source.place(token.start)
        if "itemtype" in attributes:
            yield from _item(kind, values, where)
            kind, where, values = attributes["itemtype"].rstrip("/").rpartition("/")[2], place, []
        value = attributes.get("content") or attributes.get("datetime") or ""
        if "itemprop" in attributes and value:
            values.append((attributes["itemprop"], Text(value, place)))
    yield from _item(kind, values, where)


def _item(kind: str, values: list[tuple[str, Text]], where: Place) -> Iterator[StructuredItem]:
    if values:
        name = next((text.value for key, text in values if key == "name"), "")
        yield StructuredItem(kind, name, tuple(values), where)
