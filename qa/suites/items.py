"""The tests: one for each check of each asset, and one for the waivers of a campaign."""

from __future__ import annotations

import os
from collections.abc import MutableMapping
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Literal

import pytest

from qa.check import Check, Registry
from qa.finding import Outcome
from qa.run import Job
from qa.run.needs import is_drawn
from qa.suites.suite import WAIVERS, Judgement, Key, Suite, key_of
from qa.suites.told import CheckBroken, CheckFailed, failure, place, waiver, warning
from qa.text.leaving import plain

RENDERING = "rendering"  # the mark of what needs a browser


class OfCampaign:
    """What holds for every node of a campaign: it hears the conftest.py files above the campaign, and none in it."""

    parent: pytest.Collector | None
    keywords: MutableMapping[str, Any]

    @cached_property
    def ihook(self) -> Any:
        """The hooks of the folder that the campaign's folder lies in."""
        assert self.parent is not None
        return self.parent.ihook

    @cached_property
    def keyword_names(self) -> dict[str, Literal[1]]:
        """What a report says of the words a node can be chosen by."""
        return dict.fromkeys(self.keywords, 1)


class SuiteItem(OfCampaign, pytest.Item):
    """A test whose outcome is what the verdict over its campaign shows of one result."""

    def __init__(self, suite: Suite, key: Key, **about: Any) -> None:
        super().__init__(name=key[0], **about)
        self.suite, self.key = suite, key
        self.judgement: Judgement | None = None

    @property
    def folder(self) -> Path:
        """Of the campaign."""
        return self.path.parent

    @property
    def campaign_id(self) -> str:
        """By which the campaign is known in a run."""
        assert self.parent is not None
        return self.parent.nodeid if isinstance(self.parent, pytest.File) else self.parent.parent.nodeid  # type: ignore[union-attr]

    @cached_property
    def keyword_names(self) -> dict[str, Literal[1]]:
        """Those of its node, which all its tests share, and its own."""
        of_node: dict[str, Literal[1]] = self.parent.keyword_names  # type: ignore[union-attr]  # it is one of ours
        return {**of_node, self.name: 1, **{mark.name: 1 for mark in self.own_markers}}

    @cached_property
    def location(self) -> tuple[str, int | None, str]:
        """As pytest has it, without finding the way to the same request for every test."""
        path, line, headline = self.reportinfo()
        return _from_root(self.config.rootpath, Path(path)), line, headline

    def reportinfo(self) -> tuple[os.PathLike[str] | str, int | None, str]:
        """The headline of its failure."""
        where = "/".join(filter(None, (self.folder.name, self.key[2])))
        return self.path, 0, plain(f"{where}: {self.name}")

    def setup(self) -> None:
        """The first test of a campaign answers for all; what was not looked at neither passes nor fails."""
        html = bool(self.config.getoption("htmlpath", None))
        judgement = self.suite.judged(html).results[self.key]
        self.take(judgement)
        if judgement.outcome is Outcome.BROKEN:
            raise CheckBroken(judgement.result.reason)
        if judgement.outcome is Outcome.SKIPPED or judgement.told:
            pytest.skip(judgement.result.reason)

    def take(self, judgement: Judgement) -> None:
        """What came of it, which every report of it says."""
        self.judgement = judgement
        self.user_properties += self._properties(judgement)

    def runtest(self) -> None:
        """Fails by what holds the campaign."""
        judgement = self.judgement
        assert judgement is not None  # setup has asked for it
        for found in judgement.lesser:
            recorded = {"warning_message": warning(found, self.folder), "when": "runtest", "location": None}
            self.ihook.pytest_warning_recorded.call_historic(kwargs={**recorded, "nodeid": self.nodeid})
        if judgement.holding:
            raise CheckFailed(judgement.holding[0].message)
        if judgement.waived:
            pytest.xfail(waiver(judgement.waived))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The findings; a traceback only of what nobody had foreseen."""
        if self.judgement and isinstance(excinfo.value, CheckFailed):
            return failure(self.judgement, self.folder)
        return super().repr_failure(excinfo, style)

    def _properties(self, judgement: Judgement) -> list[tuple[str, object]]:
        """What a build server reads beside the outcome: of each finding its code, and where it is."""
        properties: list[tuple[str, object]] = [("check", judgement.result.check)]
        for found in judgement.result.findings:
            file, line = place(found, self.folder)
            properties += [("code", found.code), ("file", file), ("line", line)]
        return properties


class CheckItem(SuiteItem):
    """One check of one asset. Its marks: the module of the check, what it can find, whether it needs a browser."""

    def __init__(self, suite: Suite, job: Job, **about: Any) -> None:
        super().__init__(suite, key_of(job), **about)
        self.job = job
        for mark in _marks(job.check, suite.plan.session.registry):
            self.add_marker(mark)


class WaiversItem(SuiteItem):
    """Whether every waiver is in force, and covers something."""

    def __init__(self, suite: Suite, **about: Any) -> None:
        super().__init__(suite, WAIVERS, **about)


@cache
def _from_root(root: Path, file: Path) -> str:
    return os.path.relpath(file, root)


def subject_of(check: Check) -> str:
    """What a check is about, by the first word of its id, which never changes: link, image, copy, form …"""
    return check.id.partition("-")[0]


@cache
def _marks(check: Check, known: Registry) -> tuple[pytest.MarkDecorator, ...]:
    marks = {subject_of(check), *(code.severity.value for code in check.codes)}
    if is_drawn(check, known):
        marks.add(RENDERING)
    return tuple(getattr(pytest.mark, mark) for mark in sorted(marks))
