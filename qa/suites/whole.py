"""Campaigns that go whole to a process of pytest-xdist: all tests of one are run at once, and told in one message.

Message by message, a test that takes no time costs xdist more than all that campaign-qa does for it.
"""

from __future__ import annotations

import pickle
from collections import defaultdict
from typing import Any

import pytest

from qa.suites.items import SuiteItem
from qa.suites.places import campaign_of
from qa.suites.processes import REST
from qa.suites.protocol import is_told

_OF_XDIST = "WorkerInteractor"  # its plugin in a worker, which sends whatever it hears of at once
_SENT = ("pytest_runtest_logstart", "pytest_runtest_logreport", "pytest_runtest_logfinish")


class Unsent:
    """The hooks of a test, as everybody hears them but the plugin that would send each report by itself."""

    def __init__(self, hooks: Any, config: pytest.Config, sender: object) -> None:
        self._hooks = hooks
        for name in _SENT:
            setattr(self, name, config.pluginmanager.subset_hook_caller(name, [sender]))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._hooks, name)


class Running:
    """In a process that runs tests."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._sender: Any = None
        self._campaigns: dict[str | None, list[SuiteItem]] = defaultdict(list)
        self._kept: list[pytest.TestReport] | None = None

    @pytest.hookimpl(trylast=True)
    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """What is left after every -k, -m and --lf, by campaign, as the process that hands out work has it."""
        plugins = self._config.pluginmanager.get_plugins()
        self._sender = next(each for each in plugins if type(each).__name__ == _OF_XDIST)
        hooks: dict[object, Unsent] = {}
        for item in session.items:
            if isinstance(item, SuiteItem):
                self._campaigns[campaign_of(self._config.rootpath, item.nodeid)].append(item)
                if item.ihook not in hooks:
                    hooks[item.ihook] = Unsent(item.ihook, self._config, self._sender)
                item.ihook = hooks[item.ihook]

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
        """Asked to run the first test of a campaign, run them all. ``nextitem`` is the first of the next unit."""
        if not isinstance(item, SuiteItem) or self._kept is not None:
            return None
        tests = self._campaigns[campaign_of(self._config.rootpath, item.nodeid)]
        self._kept = []
        try:
            for test, following in zip(tests, (*tests[1:], nextitem), strict=True):
                if not is_told(test, following):
                    self._config.hook.pytest_runtest_protocol(item=test, nextitem=following)
                if item.session.shouldfail or item.session.shouldstop:
                    break
        finally:
            kept, self._kept = self._kept, None
            self._send(kept)
        return True

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A report that xdist did not hear of."""
        if self._kept is not None:
            self._kept.append(report)

    def _send(self, reports: list[pytest.TestReport]) -> None:
        if reports:
            dumped = self._config.hook.pytest_report_to_serializable
            rest = [dumped(config=self._config, report=each) for each in reports[1:]]
            setattr(reports[0], REST, pickle.dumps(rest))
            self._sender.pytest_runtest_logreport(report=reports[0])
