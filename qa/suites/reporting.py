"""The reports of tests that are checks: which of them belong together, what a person must decide, what was skipped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator
from typing import Any

import pytest

from qa.suites.html import TOLD, add_cards
from qa.suites.items import CheckItem, SuiteItem
from qa.suites.suite import Suite
from qa.suites.told import CheckBroken, breakage, question


class Reporting:
    """One run of pytest: how many tests of a campaign are still to come, and all questions for a person."""

    def __init__(self) -> None:
        self._left: Counter[Suite] = Counter()
        self._questions: dict[str, list[str]] = {}

    @pytest.hookimpl(trylast=True)
    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Only what is left after every -k, -m and --lf is asked."""
        for item in session.items:
            if isinstance(item, SuiteItem):
                self._left[item.suite] += 1
            if isinstance(item, CheckItem):
                item.suite.selected.append(item.job)

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
            self._left[item.suite] -= 1
            if not self._left[item.suite]:
                item.suite.release()
        return report

    def _tell(self, item: SuiteItem, report: Any) -> None:
        assert item.judgement is not None
        questions = [question(found, item.folder) for found in item.judgement.review]
        setattr(report, TOLD, {"questions": questions})
        if item.config.getoption("htmlpath", None):
            add_cards(item, report)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logreport(self, report: Any) -> None:
        """In the process that shows them."""
        told = getattr(report, TOLD, None)
        if told and told["questions"]:
            self._questions[report.nodeid] = told["questions"]

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """The section of what passed and is still not decided."""
        if not self._questions:
            return
        number = sum(map(len, self._questions.values()))
        terminalreporter.section(f"for a person to decide ({number})", "=", purple=True)
        for nodeid, questions in self._questions.items():
            terminalreporter.write_line(nodeid)
            for each in questions:
                terminalreporter.write_line(f"  {each}")
