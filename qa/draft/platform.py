"""The platform of builds, told by their merge tags, else by what its editor and its hosts leave in the markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from qa.facts import compiled, facts

_TAG = re.compile(r"<[^<>]{1,3000}>")


def platforms_by_markup(documents: Iterable[str]) -> list[str]:
    """Every platform that has left a sign of its own in one of some documents."""
    tags = "\n".join(tag for document in documents for tag in _TAG.findall(document))  # words are for readers
    return [name for name, sign in _signs().items() if sign.search(tags)]


@cache
def _signs() -> Mapping[str, re.Pattern[str]]:
    return {name: compiled("|".join(signs), re.IGNORECASE) for name, signs in facts("platform_signs")["signs"].items()}
