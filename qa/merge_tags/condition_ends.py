"""Conditions that are opened and never closed, where a platform writes them in signs of its own: %IF …% … %/IF%.

By the tables qa/data/conditions.toml (how its tags are found) and qa/data/blocks.toml (what opens and closes).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from qa.facts import compiled, facts
from qa.merge_tags.grammar import Found, Region

_STRINGS = re.compile(r"\"[^\"\n]*+\"|'[^'\n]*+'")


def unclosed_conditions(text: str, platform: str, region: Region = lambda _: "") -> Iterator[Found]:
    """Tags that open a condition nothing closes, or close one that nothing opened."""
    for family in facts("conditions")["family"]:
        rules = facts("blocks")["signed"].get(family.get("name", ""))
        if rules and (platform == family["name"] or re.search(rules["only"], text)):
            yield from _of_family(text, platform, region, family["pattern"], rules)


def _of_family(text: str, platform: str, region: Region, pattern: str, rules: dict[str, Any]) -> Iterator[Found]:
    steps = compiled(f"(?P<opens>{rules['opens']})|(?P<closes>{rules['closes']})")
    waiting: list[re.Match[str]] = []
    for tag in re.finditer(pattern, text):
        if region(tag.start()) == "sample":
            continue
        for step in steps.finditer(_STRINGS.sub(" ", tag["code"]).strip()):
            if step["opens"]:
                waiting.append(tag)
            elif waiting:
                waiting.pop()
            else:
                yield _fault(tag, platform, f"no {rules['opening']} stands before it")
                break
    for tag in dict.fromkeys(waiting):
        yield _fault(tag, platform, f"its {rules['closing']} is missing")


def _fault(tag: re.Match[str], platform: str, says: str) -> Found:
    return Found(tag[0], tag.start(), platform, " ".join(tag["code"].split()), role="logic", fault=says)
