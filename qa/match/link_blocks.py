"""The block of text each link of a document stands in."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping

from qa.artefacts import Link, Markup

_LONGEST_TAG = 5000  # characters from the start of a link to its first letter, other tags and all


def links_by_block(markup: Markup, links: Iterable[Link]) -> Mapping[int, list[Link]]:
    """Links by the number of their block; one in front of all text has the number -1."""
    starts = [block.where.offset or 0 for block in markup.blocks]
    found: dict[int, list[Link]] = {}
    for link in links:
        found.setdefault(_number(link.where.offset or 0, starts, markup), []).append(link)
    return found


def _number(at: int, starts: list[int], markup: Markup) -> int:
    """The number of the block a link stands in; a block begins with its first letter, behind the tag of such a link."""
    following = bisect_right(starts, at)
    if following == len(starts) or starts[following] - at > _LONGEST_TAG:
        return following - 1
    between = re.sub(r"<[^<>]*+>", "", markup.source.text[at : starts[following]])
    return following - 1 if between.strip() else following
