"""The codes that a severity or a waiver can name."""

from __future__ import annotations

from qa.check import Registry

WAIVER_CODES = ("expired-waiver", "unused-waiver")  # no check's own: the verdict finds them


def known_codes(known: Registry) -> frozenset[str]:
    """Every code of the checks there are, and of the verdict itself."""
    return frozenset({*known.codes(), *WAIVER_CODES})
