"""How does a message speak of links: of one, and of several?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from qa.also import in_lines
from qa.artefacts import Link
from qa.wording import quoted


def name_of(link: Link, most: int = 80) -> str:
    """A link by its text, or by what it is where it has none."""
    if link.text.strip():
        return quoted(link.text, most)
    picture = next(iter(link.pictures), "")
    name = "" if picture.startswith("data:") else picture.partition("?")[0].rpartition("/")[2]
    if picture:
        return f"the linked picture {quoted(name, most)}" if name else "the linked picture"
    return "a link without text"


def begun(sentence: str) -> str:
    """A sentence with its first letter a capital."""
    return sentence[:1].upper() + sentence[1:]


def listed(items: Iterable[str], most: int = 5) -> str:
    """«a, b and c», or «a, b and 7 more»: each once, in order."""
    different = list(dict.fromkeys(items))
    shown = different[:most] if len(different) <= most + 1 else [*different[:most], f"{len(different) - most} more"]
    if len(different) == most + 1:
        shown = different
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def lines(links: Sequence[Link]) -> str:
    """« (lines 12, 40)»: where links stand, if there are several."""
    return in_lines([link.where for link in links])
