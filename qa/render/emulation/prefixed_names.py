"""Classes and ids as a client renames them, so that a message's styles reach nothing but the message.

The prefixes and their oddities, with sources: qa/data/emulation.toml.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from qa.artefacts import View
from qa.facts import facts
from qa.markup.css import Part, selectors_of
from qa.markup.tokeniser import Kind, RawHtml, Token
from qa.render.emulation.edits import Edit, edited, quoted, read
from qa.render.emulation.style_sheets import judged
from qa.render.emulation.unsupported import tested_as

_NAMING = re.compile(r"\b(?:class|id|for)\s*=", re.IGNORECASE)
_SELECTED = re.compile(r"(?:\[[^\]]*+\]?+|\"[^\"]*+\"?+|'[^']*+'?+)|([.#])((?>(?:[\w-]|\\.|[^\x00-\x7f])+))")
_WORDED = re.compile(r"(\[\s*class\s*~=\s*[\"']?)(?=[\w-])", re.IGNORECASE)


def prefixed_names(html: str, view: View) -> str:
    """The document with the names its client gives classes and ids, in tags and style sheets."""
    tested = tested_as(view.client)
    rules = next((row for row in facts("emulation")["prefixes"] if tested in row["clients"]), None)
    if rules is None:
        return html
    raw, tokens = read(html)
    edits: list[Edit] = []
    for token in tokens:
        if token.kind is Kind.START and _NAMING.search(raw.text, token.start, token.end):
            edits += _of_tag(raw, token, rules)
        elif token.kind is Kind.RAW and token.name == "style":
            sheet, masked = raw.text[token.start : token.end], raw.masked[token.start : token.end]
            edits.append(Edit(token.start, token.end, judged(sheet, masked, lambda part: _of_part(part, rules))))
    return edited(html, edits)


def _of_tag(raw: RawHtml, token: Token, rules: dict[str, Any]) -> list[Edit]:
    found = []
    for name, start, end, value, stop in raw.places(token):
        if name == "class" and token.name in rules.get("classless", ()):
            found.append(Edit(start, end))
        elif name in ("class", "id", "for") and stop > value:
            words = raw.value(value, stop).split()
            renamed = " ".join(_named(word, rules["prefix"]) for word in words)
            found.append(Edit(start, end, f"{name}={quoted(renamed)}"))
    return found


def _of_part(part: Part, rules: dict[str, Any]) -> str | None:
    if not part.body or part.text.startswith("@"):
        return None
    renamed = _renamed(part.text, rules["prefix"], rules.get("first_alone", False), rules.get("drops", "^(?!)"))
    return None if renamed == part.text else renamed


@lru_cache(maxsize=8192)
def _renamed(selectors: str, prefix: str, first_alone: bool, drops: str) -> str:
    return ",".join(
        _selector(re.sub(drops, "", each.strip()), prefix, first_alone) if each.strip() else each
        for each in selectors_of(selectors)
    )


def _selector(selector: str, prefix: str, first_alone: bool) -> str:
    last = -1

    def rename(found: re.Match[str]) -> str:
        nonlocal last
        if found[1] is None:
            return _WORDED.sub(rf"\g<1>{prefix}", found[0]) if prefix not in found[0] else found[0]
        chained, last = found.start() == last, found.end()
        return found[0] if first_alone and chained else found[1] + _named(found[2], prefix)

    return _SELECTED.sub(rename, selector)


def _named(name: str, prefix: str) -> str:
    return name if name.startswith(prefix) else prefix + name
