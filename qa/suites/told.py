"""Findings in the words of a terminal: the text of a failure, a warning, a waiver and a question for a person."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from _pytest._code.code import ExceptionChainRepr, ReprEntryNative, ReprFileLocation, ReprTraceback

from qa.finding import Unusable
from qa.profile.policy import policy_of, profile_of
from qa.report.words.policy import brought
from qa.suites.html import TOLD
from qa.suites.places import campaign_of, named_profile
from qa.text.leaving import plain, plain_lines

if TYPE_CHECKING:
    from qa.report.record import FindingRecord, PlaceRecord
    from qa.suites.suite import Judgement

_LONGEST = 1500  # characters of one value: more is compared in the report, not in a terminal


class FindingWarning(UserWarning):
    """A finding below the gate. It is shown among the warnings of a run and never raised, whatever -W says."""


class CheckFailed(Exception):
    """Findings at or above the gate."""


class CheckBroken(Exception):
    """A check that should have run and could not."""


def failure(judgement: Judgement, folder: Path) -> ExceptionChainRepr:
    """The findings that fail a test."""
    found = judgement.holding
    more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
    said = f"{_line(found[0].message)} [{found[0].code}]{more}"
    blocks = ("\n".join(_block(each, folder)) for each in found)
    file, line = place(found[0], folder)
    title = f"What should be: {_line(judgement.result.title)}."
    return _shown("\n\n".join((title, *blocks)), file, line, said)


def breakage(judgement: Judgement, request: Path) -> ExceptionChainRepr:
    """Why a check could not run; with QA_DEBUG=1, where in the code."""
    reason = _line(judgement.result.reason)
    trace = judgement.result.trace if os.environ.get("QA_DEBUG") == "1" else ""
    text = "\n\n".join(filter(None, (f"This could not be checked: {reason}", plain_lines(trace))))
    return _shown(text, str(request), 1, reason)


def _shown(text: str, file: str, line: int, said: str) -> ExceptionChainRepr:
    """As pytest shows exceptions, and carries them from process to process: without a traceback."""
    crash = ReprFileLocation(file, line, said)
    return ExceptionChainRepr([(ReprTraceback([ReprEntryNative([text + "\n"])], None, "native"), crash, None)])


def _block(found: FindingRecord, folder: Path) -> Iterator[str]:
    """A finding: what is, what was asked for beside what was built, where, and what to do."""
    yield _line(found.message)
    yield from _labelled("code", f"{found.code} ({found.severity})")
    yield from _labelled("asked for", found.expected)
    yield from _labelled("built", found.actual)
    yield from _labelled("in the build", _spot(found.where, folder))
    yield from _labelled("in the request", _spot(found.request, folder))
    yield from _labelled("seen in", found.view or None)
    yield from _labelled("what to do", found.fix or None)


def _labelled(label: str, value: str | None) -> Iterator[str]:
    if value is None:
        return
    cut = value if len(value) <= _LONGEST else f"{value[:_LONGEST]}… ({len(value) - _LONGEST} more characters)"
    for number, line in enumerate(cut.splitlines() or [""]):
        yield f"  {label if not number else '':<15} {plain(line)}".rstrip()


def _spot(spot: PlaceRecord | None, folder: Path) -> str | None:
    if spot is None:
        return None
    part = f" (its {spot.part} part)" if spot.part else ""
    where = f"{_file(spot, folder)}{':' + str(spot.line) if spot.line else ''}{part}"
    return f"{where}\n{spot.snippet}" if spot.snippet else where


def _file(spot: PlaceRecord, folder: Path) -> str:
    """The file from the working folder on, where a terminal can open it."""
    file = folder / spot.file
    here = Path.cwd()
    return str(file.relative_to(here) if file.is_relative_to(here) else file)


def place(found: FindingRecord, folder: Path) -> tuple[str, int]:
    """File and line to go to: of the build or, of what is not there, of the request; else the campaign's folder."""
    spot = found.where or found.request
    return (plain(_file(spot, folder)), spot.line or 1) if spot else (str(folder), 1)


def warning(found: FindingRecord, folder: Path) -> warnings.WarningMessage:
    """A finding below the gate, as pytest records warnings."""
    file, line = place(found, folder)
    said = FindingWarning(f"{_line(found.message)} [{found.code}, {found.severity}]")
    snippet = plain((found.where.snippet if found.where else "") or "")
    return warnings.WarningMessage(said, FindingWarning, file, line, line=snippet)


def waiver(found: Sequence[FindingRecord]) -> str:
    """Why findings are accepted."""
    waived = {f"{w.reason} ({w.who}, until {w.until})": None for each in found if (w := each.waived)}
    return _line("waived: " + "; ".join(waived))


def question(found: FindingRecord, folder: Path) -> str:
    """What a person must decide, in a line."""
    file, line = place(found, folder)
    return f"{file}:{line}: {_line(found.message)} [{found.code}]"


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


class Brought:
    """In the process that shows results: the campaigns of which something was told."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._campaigns: dict[str, None] = {}

    def pytest_runtest_logreport(self, report: Any) -> None:
        """From whichever process it comes."""
        if campaign := campaign_of(self._config.rootpath, report.nodeid):
            self._campaigns[campaign] = None

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """The section of what was brought and does not count."""
        lines = [
            f"{plain(folder)}: {brought(unused)}" for folder in self._campaigns if (unused := self._unused(folder))
        ]
        if lines:
            terminalreporter.section("brought by campaigns, and changed nothing", "=", yellow=True)
            for line in lines:
                terminalreporter.write_line(line)

    def _unused(self, folder: str) -> tuple[str, ...]:
        policy = policy_of(Path(folder), named_profile(self._config))
        try:
            return profile_of(policy).unused if policy.brought or policy.waived else ()
        except Unusable:  # its tests have said so
            return ()


def _line(text: str) -> str:
    return plain(" ".join(text.split()))
