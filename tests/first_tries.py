"""The first tries as people read them: a table, newest batch first, with the exact interval of each share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import comb
from typing import Any

from tests.unseen import first_tries

_CONFIDENCE = 0.95
_HALVINGS = 60  # of the interval 0 to 1: beyond what a float can tell

EXPLAINED = """Campaigns written without knowledge of the checks, each with mistakes planted by its writer; the product was run on a
batch **once** before anybody looked at why. These figures are never improved. What was mended afterwards is held by the
regression tests, not counted here. *Found*: a new message of the severity asked for, about the right asset, that says one
of the words its writer expects; in brackets the 95 % interval (Clopper–Pearson). *False*: warnings and errors on the clean
campaigns. Nothing was drawn (`--no-render`), nothing asked on the web.
"""


def interval(found: int, planted: int) -> tuple[float, float]:
    """The exact 95 % interval of a share (Clopper and Pearson, Biometrika 26, 1934)."""
    tail = (1 - _CONFIDENCE) / 2
    low = _where(lambda share: _at_least(found, planted, share) >= tail) if found else 0.0
    high = _where(lambda share: _at_least(found + 1, planted, share) >= 1 - tail) if found < planted else 1.0
    return low, high


def _at_least(found: int, planted: int, share: float) -> float:
    """How likely it is to find so many or more, where each is found with this probability."""
    return sum(comb(planted, k) * share**k * (1 - share) ** (planted - k) for k in range(found, planted + 1))


def _where(is_beyond: Callable[[float], bool]) -> float:
    """The share from which on something holds that holds from there on upwards."""
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if is_beyond(middle) else (middle, high)
    return high


def table() -> str:
    """Every first try as Markdown, newest batch first."""
    head = "| batch | day, commit | campaigns | found of planted | false per clean asset |\n|---|---|---|---|---|\n"
    return head + "".join(map(_row, reversed(first_tries())))


def _row(tried: Mapping[str, Any]) -> str:
    found, planted = tried["found"], tried["planted"]
    low, high = (100 * bound for bound in interval(found, planted))
    share = f"{found} of {planted}: **{100 * found / planted:.0f} %** ({low:.0f}–{high:.0f} %)"
    false = f"{tried['alarms']} on {tried['assets']}: **{tried['alarms'] / tried['assets']:.1f}**"
    return f"| {tried['batch']} | {tried['date']}, {tried['commit']} | {tried['campaigns']} | {share} | {false} |\n"
