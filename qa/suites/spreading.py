"""The spreading of campaigns over the processes of pytest-xdist: each goes whole to one, so that it is drawn once."""

from __future__ import annotations

import pickle
from collections.abc import Generator, Mapping
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

from qa.suites.places import campaign_of
from qa.suites.processes import REST


class ByCampaign(LoadScopeScheduling):  # type: ignore[misc]
    """All tests of a campaign are one unit of work, every other test is one by itself.

    A unit is asked for by its first test alone: the process that gets it goes through all of it (`whole`). So there are
    as many messages as units, and units are counted, where xdist's own order of work counts tests over and over.
    """

    def _split_scope(self, nodeid: str) -> str:
        return campaign_of(self.config.rootpath, nodeid) or nodeid

    def mark_test_complete(self, node: Any, item_index: int, duration: float = 0) -> None:
        """The unit that this test stands for is done."""
        del self.assigned_work[node][self._split_scope(self.registered_collections[node][item_index])]
        self._reschedule(node)

    def _assign_work_unit(self, node: Any) -> None:
        unit, tests = self.workqueue.popitem(last=False)
        self.assigned_work[node][unit] = tests
        node.send_runtest_some([self.registered_collections[node].index(next(iter(tests)))])

    def _pending_of(self, workload: Mapping[str, object]) -> int:
        return len(workload)

    def _reschedule(self, node: Any) -> None:
        """A process begins a unit only when it knows of one that follows; who is asked for more has to wait for it."""
        if len(self.assigned_work[node]) < 2:
            super()._reschedule(node)


class Spreading:
    """Chooses that order of work."""

    @pytest.hookimpl(tryfirst=True)
    def pytest_xdist_make_scheduler(self, config: pytest.Config, log: object) -> ByCampaign:
        """In the process that only hands out work."""
        return ByCampaign(config, log)


class Unfolding:
    """In the process that hands out work: every report is heard of there, as if it had come by itself."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_logreport(self, report: Any) -> Generator[None, object, object]:
        """After the report that carries them, those that it carries."""
        rest = report.__dict__.pop(REST, None)
        if rest is None:
            return (yield)
        self._config.hook.pytest_runtest_logstart(nodeid=report.nodeid, location=report.location)
        heard = yield
        session, read = (
            self._config.pluginmanager.getplugin("dsession"),
            self._config.hook.pytest_report_from_serializable,
        )
        before = report
        for dumped in pickle.loads(rest):
            each = read(config=self._config, data=dumped)
            each.worker_id, each.testrun_uid = report.worker_id, report.testrun_uid
            if each.nodeid != before.nodeid:
                self._config.hook.pytest_runtest_logfinish(nodeid=before.nodeid, location=before.location)
                self._config.hook.pytest_runtest_logstart(nodeid=each.nodeid, location=each.location)
            session.worker_testreport(report.node, each)  # which counts the failures, too
            before = each
        self._config.hook.pytest_runtest_logfinish(nodeid=before.nodeid, location=before.location)
        return heard
