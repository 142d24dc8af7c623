"""The spreading of campaigns over the processes of pytest-xdist: each goes whole to one, so that it is drawn once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from xdist.scheduler import LoadScopeScheduling

from qa.suites.places import asset_path, request_of


class ByCampaign(LoadScopeScheduling):  # type: ignore[misc]
    """All tests of a campaign are one unit of work, every other test is one by itself.

    As --dist=loadgroup does, but for the «@group» it puts behind every name, which --lf of a run without -n would not
    know again.
    """

    def _split_scope(self, nodeid: str) -> str:
        where = nodeid.rpartition("::")[0]
        return _campaign(self.config.rootpath / where) or nodeid


@cache
def _campaign(where: Path) -> str | None:
    """The campaign folder a test belongs to, by where its name says it is."""
    if request_of(where):
        return str(where)
    found = None if where.exists() else asset_path(where)
    return str(found[0].parent) if found else None


class Spreading:
    """Chooses that order of work."""

    @pytest.hookimpl
    def pytest_xdist_make_scheduler(self, config: pytest.Config, log: object) -> ByCampaign:
        """In the process that only hands out work."""
        return ByCampaign(config, log)
