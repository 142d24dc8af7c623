"""Character references that are seen as text: &amp;nbsp; written twice over, and &nsbp; misspelt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html.entities import html5

from qa.facts import compiled, facts
from qa.markup.merge_tag_mask import masked
from qa.text.likeness import slips_between

_NAMED = re.compile(r"&([A-Za-z]{2,8});")
_SHORTEST_MISSPELT = 4  # letters; "&at;" may be anything


def references_in(text: str) -> Iterator[re.Match[str]]:
    """Every reference in a text that readers see as it stands; those in merge tags are the platform's own."""
    if "&" not in text:
        return
    plain = masked(text)
    yield from _known().finditer(plain)
    yield from (found for found in _NAMED.finditer(plain) if misspelt(found[1]))


@cache
def misspelt(name: str) -> str:
    """The name of a reference that this one is a slip of; "" where it is right, or may be anything."""
    known = facts("typography")["references"]["names"]
    if f"{name};" in html5 or len(name) < _SHORTEST_MISSPELT:
        return ""
    near = (one for one in known if len(one) >= _SHORTEST_MISSPELT - 1 and one[0] == name[0])
    return next((one for one in near if slips_between(name, one, 1) <= 1), "")


@cache
def _known() -> re.Pattern[str]:
    names = "|".join(map(re.escape, facts("typography")["references"]["names"]))
    return compiled(rf"&(?:{names}|#\d{{2,5}}|#[xX][0-9A-Fa-f]{{2,5}});")
