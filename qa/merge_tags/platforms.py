"""The platform a build was made for, and merge tags of another. Every mark is in qa/data/tokens.toml."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from qa.facts import facts
from qa.markup.merge_tag_mask import masked
from qa.merge_tags.grammar import Found, Region, blank, matches

_LOGIC = re.compile(r"-?\s*(?:end)?(?:if|for|unless|case|capture|assign|set|else|elsif|elif|when)\b")
_EDGES = re.compile(r"^\W++|(?<!\W)\W++$")


@dataclass(frozen=True)
class Marker:
    """What one platform alone writes, or a family of them."""

    platforms: tuple[str, ...]
    label: str
    fact: dict[str, Any]


def foreign(text: str, platform: str, region: Region = lambda _: "") -> tuple[list[Found], str]:
    """What only other platforms write; and the text with those places blanked."""
    found: list[Found] = []
    for marker in markers():
        if not platform or platform in (*marker.platforms, *marker.fact.get("also", ())):
            continue
        hits = [hit for hit in matches(marker.fact, text) if not region(hit.start())]
        found += [Found(hit.group(), hit.start(), marker.label, _EDGES.sub("", hit.group())) for hit in hits]
        text = blank(text, (hit.span() for hit in hits))
    return found, text


def unbalanced(text: str, platform: str, region: Region = lambda _: "") -> list[Found]:
    """What no platform can read, whichever it is: a merge tag with a brace too few, or with encoded ones."""
    found: list[Found] = []
    text = masked(text)
    for fact in facts("tokens")["unbalanced"]:
        hits = [hit for hit in matches(fact, text) if not region(hit.start())]
        for hit in hits:
            body = next(filter(None, hit.groupdict().values()), "").strip()
            found.append(Found(hit[0].strip(), hit.start(), platform, body, role=_role(body), fault=fact["says"]))
        text = blank(text, (hit.span() for hit in hits))
    return found


def wide(text: str, platform: str, region: Region = lambda _: "") -> list[Found]:
    """What no platform can read, as its signs are the wide ones of Chinese and Japanese keyboards."""
    hits = [(hit, fact["says"]) for fact in facts("tokens")["wide"] for hit in matches(fact, text)]
    hits = sorted((one for one in hits if not region(one[0].start())), key=lambda one: one[0].start())
    bodies = [next(filter(None, hit.groups()), "") for hit, _ in hits]
    return [
        Found(hit[0], hit.start(), platform, body, fault=says) for (hit, says), body in zip(hits, bodies, strict=True)
    ]


def stray(text: str, platform: str, region: Region = lambda _: "") -> list[Found]:
    """Half a merge tag that is left where all others are blanked."""
    text = masked(text)
    hits = [(hit, fact["says"]) for fact in facts("tokens")["stray"] for hit in matches(fact, text)]
    halves = [(hit["body"], hit.start("body"), says) for hit, says in hits if not region(hit.start("body"))]
    return [Found(half, start, platform, half, role="logic", fault=says) for half, start, says in halves]


def _role(body: str) -> str:
    return "logic" if _LOGIC.match(body) else "value"


def detect(texts: Sequence[str]) -> str:
    """The platform whose own marks stand most often in the texts; "" where there are none."""
    counts: Counter[str] = Counter()
    for marker in markers():
        if len(marker.platforms) == 1:
            counts[marker.platforms[0]] += sum(1 for text in texts for _ in matches(marker.fact, text))
    (best, most), *_ = counts.most_common(1)
    return best if most else ""


def label(platform: str) -> str:
    """A platform's name as people know it."""
    return str(facts("tokens")["labels"].get(platform, platform))


@cache
def markers() -> tuple[Marker, ...]:
    return tuple(
        Marker(tuple(fact["platforms"]), fact.get("label") or label(fact["platforms"][0]), fact)
        for fact in facts("tokens")["marker"]
    )
