"""Names of fields, compared: «First Name», «first_name» and «FNAME» are one field, «Frist Name» is a slip of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from qa.facts import facts
from qa.text.likeness import slips_between

_NOT_DIGIT = re.compile(r"\D+")
_NOT_WORD = re.compile(r"[\W_]+")


def nearest_name(name: str, known: Iterable[str], spaces_matter: bool = True) -> str:
    """The known name this one is a slip of; "" where it may well be a name of its own.

    A slip keeps the first letter, adds no digit and no plural, and changes one letter, or two of nine and more.
    """
    candidates = tuple(known)
    same = next((candidate for candidate in candidates if _squashed(candidate) == _squashed(name)), None)
    if same is not None:
        return same if spaces_matter else ""
    return next((candidate for candidate in candidates if _slip(name.casefold(), candidate.casefold())), "")


def _slip(name: str, known: str) -> bool:
    if len(known) < 4 or name[:1] != known[:1] or _NOT_DIGIT.sub("", name) != _NOT_DIGIT.sub("", known):
        return False
    if name.rstrip("s") == known.rstrip("s"):
        return False
    allowed = 2 if min(len(name), len(known)) >= 9 else 1
    return slips_between(name, known, allowed) <= allowed


def fold(name: str) -> str:
    """A field's name without what platforms and lists write differently: «First Name», «first_name», «FNAME»."""
    plain = _squashed(re.split(r"[.:]", name)[-1])
    return str(_synonyms().get(plain, plain))


@lru_cache(maxsize=2048)
def _squashed(name: str) -> str:
    return _NOT_WORD.sub("", name).casefold()


@cache
def _synonyms() -> dict[str, str]:
    return dict(facts("tokens")["synonyms"])
