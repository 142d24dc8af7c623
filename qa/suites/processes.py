"""The processes of one run: the only one, one that hands out work (pytest-xdist), or a worker and what it is told."""

from __future__ import annotations

from typing import Any

import pytest

SPREAD = pytest.StashKey[bool]()
REST = "campaign_qa_rest"  # what the first report of a campaign carries from its worker: all others
_TOLD, _WHOLE, _END = "campaign_qa", "whole", "end"
# Whoever hears of reports and does nothing at the end of a test that passed; all others do, or may.
_DEAF = (
    "_pytest.cacheprovider",
    "_pytest.logging",
    "_pytest.main",
    "_pytest.stepwise",
    "_pytest.terminal",
    "qa.suites.",
)


def hands_out(config: pytest.Config) -> bool:
    """Whether this process runs no test itself."""
    option = config.option
    return getattr(option, "dist", "no") != "no" and bool(option.tx) and not option.collectonly


def tell(node: Any) -> None:
    """To a worker: whether campaigns are its own as a whole, and whether anybody hears of the end of a test."""
    node.workerinput[_TOLD] = {_WHOLE: node.config.stash[SPREAD], _END: hears_the_end(node.config)}


def is_whole(config: pytest.Config) -> bool:
    """Whether this is a worker that is asked for a campaign by its first test."""
    return bool(_told(config).get(_WHOLE))


def hears_the_end(config: pytest.Config) -> bool:
    """Whether somebody does something when a test that passed is over, as whoever writes a file of results does."""
    told = _told(config).get(_END)
    if told is not None:
        return told
    heard = config.hook.pytest_runtest_logreport.get_hookimpls()
    return any(not each.function.__module__.startswith(_DEAF) for each in heard)


def _told(config: pytest.Config) -> dict[str, bool]:
    told: dict[str, bool] = getattr(config, "workerinput", {}).get(_TOLD, {})
    return told
