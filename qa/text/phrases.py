"""Phrases for several places: a finding speaks of the first and says how many more there are, and where."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

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


def and_more(places: Sequence[Place]) -> str:
    """« (and 2 more, in lines 8, 12)», or nothing for one."""
    rest = places[1:]
    if not rest:
        return ""
    lines = list(dict.fromkeys(str(place.line) for place in rest if place.line))[:_MOST_LINES]
    return f" (and {len(rest)} more, in line{'s' if len(lines) > 1 else ''} {', '.join(lines)})"


def begun(sentence: str) -> str:
    """A sentence with its first letter a capital."""
    return sentence[:1].upper() + sentence[1:]


def listed(items: Iterable[str], most: int = 5) -> str:
    """«a, b and c», or «a, b and 7 more»: each once, in order; the last alone is named rather than counted."""
    shown = list(dict.fromkeys(items))
    if (more := len(shown) - most) > 1:
        shown = [*shown[:most], f"{more} more"]
    return " and ".join(filter(None, (", ".join(shown[:-1]), *shown[-1:])))


def lowered(reason: str) -> str:
    """A reason as it stands inside a sentence; an abbreviation keeps its capitals."""
    return reason[:1].lower() + reason[1:] if reason[1:2].islower() else reason


def sentence(text: str) -> str:
    """A text with a full stop at its end."""
    return text if text.endswith((".", "!", "?")) else f"{text}."
