"""The way of one test: the first of a campaign works under all of pytest's care, the others are only reported."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Literal

import pytest
from _pytest.runner import check_interactive_exception

from qa.suites.items import SuiteItem

_MARKS = ("skip", "skipif", "xfail", "usefixtures")
_OPTIONS = ("usepdb", "trace", "setupshow", "setuponly", "setupplan")
_PHASES = ("pytest_runtest_setup", "pytest_runtest_call", "pytest_runtest_teardown")


class Protocol:
    """Spares tests that do nothing more what pytest does around each: output caught, logs kept, fixtures looked for.

    Half the time of a suite of small campaigns goes there. Who wants to hear of every test still does.
    """

    @pytest.hookimpl
    def pytest_runtest_protocol(self, item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
        """None: pytest's own way."""
        if not isinstance(item, SuiteItem) or not item.suite.is_judged or _watched(item.config):
            return None
        if any(item.get_closest_marker(mark) for mark in _MARKS):
            return None
        item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
        if _passed(item, "setup", item.setup):
            _passed(item, "call", item.runtest)
        _passed(item, "teardown", lambda: item.session._setupstate.teardown_exact(nextitem))  # what the first set up
        item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
        return True


def _passed(item: SuiteItem, when: Literal["setup", "call", "teardown"], work: Callable[[], None]) -> bool:
    """Go through a phase and report it; a setup that passed is nothing to hear of."""
    call = pytest.CallInfo.from_call(work, when, reraise=(pytest.exit.Exception, KeyboardInterrupt))
    report = item.ihook.pytest_runtest_makereport(item=item, call=call)
    if when != "setup" or not report.passed:
        item.ihook.pytest_runtest_logreport(report=report)
    if check_interactive_exception(call, report):
        item.ihook.pytest_exception_interact(node=item, call=call, report=report)
    return bool(report.passed)


@cache
def _watched(config: pytest.Config) -> bool:
    """Whether somebody besides pytest's own parts wants to hear of every phase: a conftest.py, a plugin, a debugger."""
    if any(getattr(config.option, option, False) for option in _OPTIONS):
        return True
    heard = (implementation for phase in _PHASES for implementation in getattr(config.hook, phase).get_hookimpls())
    return any(not each.function.__module__.startswith("_pytest.") for each in heard)
