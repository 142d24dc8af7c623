"""A finding speaks of the first place; how does it say that there are more, and where?"""

from __future__ import annotations

from collections.abc import Sequence

from qa.source import Place

_MOST_LINES = 10


def also(places: Sequence[Place]) -> str:
    """« (and 2 more, in lines 8, 12)», or nothing for one."""
    rest = places[1:]
    if not rest:
        return ""
    lines = list(dict.fromkeys(str(place.line) for place in rest if place.line))[:_MOST_LINES]
    return f" (and {len(rest)} more, in line{'s' if len(lines) > 1 else ''} {', '.join(lines)})"
