"""The words of [network] in qa.toml: hosts that may be asked, and how long an answer counts."""

from __future__ import annotations

import re

from qa.network.guard import is_host

LONGEST_KEPT = 7 * 86_400  # seconds
_TIME = re.compile(r"(\d{1,5})([mhd])")
_SECONDS = {"m": 60, "h": 3600, "d": 86_400}


def as_hosts(written: tuple[str, ...]) -> tuple[str, ...]:
    """Hosts as a guard knows them; ValueError with the first that is none."""
    if wrong := [host for host in written if not is_host(host)]:
        raise ValueError(wrong[0])
    return tuple(host.lower().strip("[].") for host in written)


def as_seconds(written: str) -> float:
    """«30m», «1h», «7d» in seconds; ValueError where it is no time, or too long."""
    found = _TIME.fullmatch(written)
    seconds = float(found[1]) * _SECONDS[found[2]] if found else -1
    if not 0 <= seconds <= LONGEST_KEPT:
        raise ValueError(written)
    return seconds
