"""The reports of tests that are checks, as they are made: which of them belong together, what was skipped and why."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import pytest

from qa.suites.html import TOLD, add_cards
from qa.suites.items import CheckItem, SuiteItem
from qa.suites.told import CheckBroken, breakage, question


class Reporting:
    """In a process that runs tests."""

    @pytest.hookimpl(trylast=True)
    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Only what is left after every -k, -m and --lf is asked."""
        for item in session.items:
            if isinstance(item, SuiteItem):
                item.suite.expect(item.job if isinstance(item, CheckItem) else None)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """What is said of a result, in words that travel between processes."""
        report = yield
        if not isinstance(item, SuiteItem):
            return report
        if item.judgement and call.excinfo is not None and isinstance(call.excinfo.value, CheckBroken):
            report.longrepr = breakage(item.judgement, item.path)  # of a setup, pytest asks for a traceback alone
        if report.skipped and isinstance(report.longrepr, tuple):
            report.longrepr = (str(item.path), 1, report.longrepr[2])  # not the line of this plugin that skips
        if item.judgement and (report.when == "call" or not report.passed):
            self._tell(item, report)
        if report.when == "teardown":
            item.suite.tell()
        return report

    def _tell(self, item: SuiteItem, report: Any) -> None:
        assert item.judgement is not None
        questions = [question(found, item.folder) for found in item.judgement.review]
        setattr(report, TOLD, {"questions": questions})
        if item.config.getoption("htmlpath", None):
            add_cards(item, report)
