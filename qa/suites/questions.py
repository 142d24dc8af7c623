"""The section of a run that lists what a person must decide."""

from __future__ import annotations

from typing import Any

import pytest

from qa.suites.html import TOLD


class Questions:
    """In the process that shows results: what passed and is still not decided."""

    def __init__(self) -> None:
        self._questions: dict[str, list[str]] = {}

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logreport(self, report: Any) -> None:
        """From whichever process it comes."""
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
