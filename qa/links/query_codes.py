"""Promo codes in the query of an address: ?coupon=SPRING26."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from qa.facts import compiled, facts
from qa.text.money import PromoCode

_WORD = r"[A-Za-z0-9][A-Za-z0-9_-]{2,30}"


def promo_codes_in(url: str) -> Iterator[tuple[int, int, PromoCode]]:
    """Every promo code that an address hands over, with where it stands; ``code=…`` may be anything else."""
    for found in _parameters().finditer(url):
        yield found.start(2), found.end(2), PromoCode(found[2], labelled=found[1].lower() != "code")


@cache
def _parameters() -> re.Pattern[str]:
    names = "|".join(map(re.escape, facts("money")["query"]["code"]))
    return compiled(rf"[?&;]({names})=({_WORD})(?=[&;#]|$)", re.IGNORECASE)
