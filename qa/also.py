"""A finding speaks of the first place; how does it say that there are more, and where?"""

from __future__ import annotations

from collections.abc import Sequence

from qa.source import Place

_MOST_LINES = 10
_MOST_NUMBERS = 12


def in_lines(places: Sequence[Place]) -> str:
    """« (lines 12, 40)»: where things stand, if they stand in several lines."""
    numbers = list(dict.fromkeys(place.line for place in places if place.line))
    if len(numbers) < 2:
        return ""
    more = ", …" if len(numbers) > _MOST_NUMBERS else ""
    return f" (lines {', '.join(map(str, numbers[:_MOST_NUMBERS]))}{more})"


def also(places: Sequence[Place]) -> str:
    """« (and 2 more, in lines 8, 12)», or nothing for one."""
    rest = places[1:]
    if not rest:
        return ""
    lines = list(dict.fromkeys(str(place.line) for place in rest if place.line))[:_MOST_LINES]
    return f" (and {len(rest)} more, in line{'s' if len(lines) > 1 else ''} {', '.join(lines)})"
