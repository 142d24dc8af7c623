"""The names of checks and codes as people write them: which there are, and what a wrong one was meant to be."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

from qa.check import Check, Registry
from qa.files.problem import nearest

WAIVER_CODES = ("expired-waiver", "unused-waiver")  # no check's own: the verdict finds them


def known_codes(known: Registry) -> frozenset[str]:
    """Every code of the checks there are, and of the verdict itself."""
    return frozenset({*known.codes(), *WAIVER_CODES})


def unknown_check(name: str, checks: Mapping[str, Check]) -> str:
    """The end of a sentence about a name that no check has: the check of that code, or the nearest there is."""
    of_code = {code.name: check.id for check in checks.values() for code in check.codes}
    if name in of_code:
        return f"is not known here: it is a code of the check `{of_code[name]}`."
    if (near := nearest(name, checks)) is not None:
        return f"is not known here; did you mean `{near}`? `qa list` names them all."
    if codes := get_close_matches(name[:60], of_code, 1, cutoff=0.8):
        return f"is not known here; `{codes[0]}` is a code of the check `{of_code[codes[0]]}`."
    return "is not known here; `qa list` names them all."
