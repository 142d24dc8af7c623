"""The sender's postal address as merge tags print it, and what of it is lost (qa/data/addresses.toml)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from qa.facts import compiled, facts
from qa.markup.merge_tag_mask import BLOT, masked
from qa.text.postal_address import has_street, has_town

_BESIDE = 120  # characters behind the street in which a town may be written by hand
_WORD = re.compile(r"[^\W\d_]{3}")
_NEXT = re.compile(rf"[\]}}%{BLOT}]{{0,60}} ?,\s?[^\W\d_]{{2}}")


@dataclass(frozen=True, slots=True)
class LostPart:
    """A part of an address whose other parts are printed by merge tags."""

    part: str  # "street" or "town"
    name: str  # of the tag that should print it, small letters
    standing: str  # the name of one that does stand there, as written
    certain: bool


def has_address_token(text: str) -> bool:
    """Whether a merge tag that prints the sender's address stands in the text."""
    known = facts("addresses")["tokens"]
    tags = (text[run.start() : run.end()].lower() for run in re.finditer(f"{BLOT}++", masked(text)))
    names = [tag for tag in tags if not any(other in tag for other in known["others"])]
    plain = text.lower()
    return (
        any(name in tag for tag in names for name in known["names"])
        or any(token in plain for token in known["plain"])
        or any(_names(*family["street"], *family["town"]).search(text) for family in facts("addresses")["in_parts"])
    )


def names_part(tag: str) -> bool:
    """Whether a merge tag, however it is written, is about the sender's address or a part of it."""
    known, name = facts("addresses"), tag.lower()
    if any(other in name for other in known["tokens"]["others"]):
        return False
    parts = (one for family in known["in_parts"] for part in family.values() for one in part)
    return any(one in name for one in (*known["tokens"]["names"], *parts))


def lost_parts(text: str) -> Iterator[LostPart]:
    """The street or the town of an address whose other tags are there, and which nobody wrote beside them."""
    plain = masked(text)
    for family in facts("addresses")["in_parts"]:
        streets, towns, others = (list(_names(*family[part]).finditer(text)) for part in ("street", "town", "others"))
        standing = min((*streets, *towns, *others), key=lambda hit: hit.start(), default=None)
        if standing is None:
            continue
        if not streets and not has_street("\n".join(plain[: standing.start()].splitlines()[-2:])):
            yield LostPart("street", family["street"][0], standing[0], True)
        elif streets and not towns and not _town_is_written(plain, streets[0].end(), others):
            # the tag of the street, where it stands alone, may hold all of the address
            yield LostPart("town", family["town"][0], streets[0][0], bool(others))


def _town_is_written(plain: str, end: int, others: Iterable[re.Match[str]]) -> bool:
    """Whether words that may be the town follow the tag of the street."""
    following = next((other.start() for other in others if other.start() > end), None)
    words = _NEXT.match(plain, end) if following is None else _WORD.search(plain, end, following)
    return words is not None or has_town(plain[end : end + _BESIDE])


@cache
def _names(*names: str) -> re.Pattern[str]:
    return compiled(rf"(?<![\w@])(?:{'|'.join(map(re.escape, names))})(?!\w)", re.IGNORECASE)
