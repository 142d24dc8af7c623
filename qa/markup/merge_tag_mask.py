"""Markup with its merge tags blotted out, character for character, so that no tokeniser reads HTML in them."""

from __future__ import annotations

import re
from functools import cache

from qa.facts import compiled
from qa.markup.merge_tag_signs import families

BLOT = "\ue000"  # private use: a build that holds it anyway loses nothing, as text is always cut from the original

_FAMILIES = families(in_markup=True)
# What several of them begin or end with is looked for once, by a pattern: that is three times quicker than "in".
_SIGNS = (
    (re.compile(r"\{[{%#]"), ("{{", "{%", "{#")),
    (re.compile(r"\$!?\{"), ("${",)),
    (re.compile(r"%[%>]"), ("%%[", "%%=", "<%")),
    (re.compile(r"\|\*"), ("*|",)),
)
_WORDS = ("fallback=", "eloquaemail", "[if:", "%if")  # in any case


@cache
def _pattern(openers: tuple[str, ...]) -> re.Pattern[str]:
    return compiled("|".join(_FAMILIES[opener] for opener in openers))


def masked(text: str) -> str:
    """The text with every merge tag replaced by as many blots, so that offsets hold in both."""
    openers = [
        opener for sign, some in _SIGNS if sign.search(text) for opener in some if len(some) == 1 or opener in text
    ]
    lowered = text.lower()
    openers += [word for word in _WORDS if word in lowered]
    if not openers:
        return text
    return _pattern(tuple(openers)).sub(lambda found: BLOT * (found.end() - found.start()), text)
