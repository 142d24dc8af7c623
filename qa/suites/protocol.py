"""The way of one test: the first of a campaign works under all of pytest's care, the others are only reported."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from time import time
from typing import Any, Literal

import pytest
from _pytest.runner import check_interactive_exception

from qa.finding import Outcome
from qa.suites.items import SuiteItem
from qa.suites.processes import hears_the_end
from qa.suites.suite import Judgement

When = Literal["setup", "call", "teardown"]

_MARKS = frozenset({"skip", "skipif", "xfail", "usefixtures"})
_OPTIONS = ("usepdb", "trace", "setupshow", "setuponly", "setupplan")
_PHASES = ("pytest_runtest_setup", "pytest_runtest_call", "pytest_runtest_teardown")
_INDIFFERENT = ("_pytest.", "qa.suites.", "pytest_html.")  # whose hooks add nothing to our reports


class Protocol:
    """Spares tests that do nothing more what pytest does around each: output caught, logs kept, fixtures looked for.

    Half the time of a suite of small campaigns goes there. Who wants to hear of every test still does.
    """

    @pytest.hookimpl
    def pytest_runtest_protocol(self, item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
        """None: pytest's own way."""
        return (isinstance(item, SuiteItem) and is_told(item, nextitem)) or None


def is_told(item: SuiteItem, nextitem: pytest.Item | None) -> bool:
    """Report a test whose campaign is judged. False, and nothing is done, where it must go pytest's own way."""
    if not item.suite.is_judged or _watched(item.config) or not _MARKS.isdisjoint(item.keyword_names):
        return False
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    quiet = None if _added_to(item.config) else item.suite.quiet(item.key)
    if quiet:
        _log(item, quiet)
    elif _passed(item, "setup", item.setup):
        _passed(item, "call", item.runtest)
    if not quiet or nextitem is None or nextitem.parent is not item.parent:
        _passed(item, "teardown", lambda: item.session._setupstate.teardown_exact(nextitem))  # what the first set up
    else:
        if hears_the_end(item.config):
            _log(item, quiet, "teardown")
        item.suite.tell()
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


def _passed(item: SuiteItem, when: When, work: Callable[[], None]) -> bool:
    """Go through a phase and report it; a setup that passed is nothing to hear of."""
    call = pytest.CallInfo.from_call(work, when, reraise=(pytest.exit.Exception, KeyboardInterrupt))
    report = item.ihook.pytest_runtest_makereport(item=item, call=call)
    if when != "setup" or not report.passed:
        item.ihook.pytest_runtest_logreport(report=report)
    if check_interactive_exception(call, report):
        item.ihook.pytest_exception_interact(node=item, call=call, report=report)
    return bool(report.passed)


def _log(item: SuiteItem, judgement: Judgement, when: When = "call") -> None:
    """The report of a test that has nothing to tell but its outcome, as pytest would have made it."""
    outcome: Literal["passed", "skipped"] = "passed"
    said: Any = None
    if when == "call":
        item.take(judgement)
        if judgement.outcome is Outcome.SKIPPED or judgement.told:
            outcome, when, said = "skipped", "setup", (str(item.path), 1, f"Skipped: {judgement.result.reason}")
    now, keywords = time(), item.keyword_names
    report = pytest.TestReport(
        item.nodeid, item.location, keywords, outcome, said, when, (), 0.0, now, now, item.user_properties
    )
    item.ihook.pytest_runtest_logreport(report=report)


@cache
def _watched(config: pytest.Config) -> bool:
    """Whether somebody besides pytest's own parts wants to hear of every phase: a conftest.py, a plugin, a debugger."""
    return any(getattr(config.option, option, False) for option in _OPTIONS) or _heard(config, *_PHASES)


@cache
def _added_to(config: pytest.Config) -> bool:
    """Whether somebody has something to add to every report."""
    return bool(getattr(config.option, "htmlpath", None)) or _heard(config, "pytest_runtest_makereport")


def _heard(config: pytest.Config, *hooks: str) -> bool:
    heard = (each for hook in hooks for each in getattr(config.hook, hook).get_hookimpls())
    return any(not each.function.__module__.startswith(_INDIFFERENT) for each in heard)
