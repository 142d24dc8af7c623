"""The collecting of campaigns: a folder with a request becomes a node for each asset and a test for each check."""

from __future__ import annotations

import atexit
import gc
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from qa.build.campaign import Campaign, shown
from qa.check import Registry, registry
from qa.files.problem import nearest
from qa.finding import Severity, Unusable
from qa.profile.clock import Clock
from qa.profile.codes import unknown_check
from qa.request.model import PLATFORMS
from qa.run import Job, Resources, Sessions
from qa.suites.items import RENDERING, CheckItem, OfCampaign, WaiversItem, subject_of
from qa.suites.places import named_below, named_profile, request_of, roots
from qa.suites.suite import Suite
from qa.text.leaving import plain


def register_markers(config: pytest.Config) -> None:
    """All marks that our own items can carry, so that --strict-markers knows them."""
    config.addinivalue_line("markers", "build: whether the build, or a list, can be read at all")
    config.addinivalue_line("markers", f"{RENDERING}: checks that look at pictures drawn by a browser")
    for severity in Severity:
        config.addinivalue_line("markers", f"{severity}: checks that can find something of that weight")
    for name in PLATFORMS:
        config.addinivalue_line("markers", f"{name}: campaigns built on that platform")
    register_rooms(config, registry())


def register_rooms(config: pytest.Config, known: Registry) -> None:
    """The modules of checks, those of a team's own among them."""
    there = {line.partition(":")[0] for line in config.getini("markers")}
    for name in sorted({subject_of(check) for check in known.checks.values()} - there):
        config.addinivalue_line("markers", f"{name}: the checks in campaign-qa's module {name}")


class Collecting:
    """One run of pytest over campaigns: their sessions, and what is open until it ends."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._roots = roots(config)
        self._resources = Resources()
        self._overrides = _overrides(config)
        self._sessions: Sessions | None = None
        self._told: set[tuple[str, ...]] = set()

    def pytest_collect_directory(self, path: Path, parent: pytest.Collector) -> pytest.Collector | None:
        """A campaign's folder, instead of pytest's own node for folders."""
        if request_of(path) and any(path.is_relative_to(root) for root in self._roots):
            node: CampaignFolder = CampaignFolder.from_parent(parent, path=path, collecting=self)
            return node
        return None

    def suite(self, folder: Path) -> Suite:
        """A campaign under the profile of its own. A profile that cannot be used is told by its first campaign."""
        try:
            if self._sessions is None:
                self._sessions = Sessions(self._resources, Clock.of_environment(), **self._overrides)
            session = self._sessions.of(folder)
            if session.profile.local_checks:
                register_rooms(self._config, session.registry)
        except Unusable as unusable:
            told = unusable.problems in self._told
            self._told.add(unusable.problems)
            raise (
                Unusable("The profile of this campaign cannot be used, as said above.") if told else unusable
            ) from None
        return Suite(session, Campaign(folder, shown(folder.name)))

    @pytest.hookimpl(trylast=True)
    def pytest_collection_finish(self) -> None:
        """Python is told that what is there now stays: it would look through all of it again and again.

        Modules and thousands of tests; this is a fifth of the time of small campaigns, and so it is once more at exit.
        """
        if self._sessions is not None:
            gc.freeze()
            atexit.register(gc.freeze)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self) -> None:
        """No browser outlives the run."""
        self._resources.close()


def _overrides(config: pytest.Config) -> dict[str, Any]:
    """What the command line says, which counts more than the profile."""
    options = config.option
    overrides: dict[str, Any] = {"render": not options.qa_no_render, "gate": options.qa_fail_on}
    overrides["named"] = named_profile(config)
    if options.qa_views:
        named = [name.strip() for text in options.qa_views for name in text.split(",")]
        overrides["views"] = tuple(filter(None, named))
    if hasattr(config, "workerinput"):
        overrides["browsers"] = 1  # there are other processes beside this one
    return overrides


class CampaignFolder(OfCampaign, pytest.Collector):
    """The folder of a campaign. It is no pytest.Directory: nothing in it is a test, and no conftest.py of it is run."""

    def __init__(self, path: Path, collecting: Collecting, **about: Any) -> None:
        name = shown(path.name)
        super().__init__(name=name, path=path, nodeid=_folder_id(path, about["parent"]), **about)
        self._collecting = collecting

    def collect(self) -> Iterator[pytest.Collector]:
        """The request, by which the campaign can be named on the command line."""
        request = request_of(self.path)
        if request is not None:
            yield CampaignFile.from_parent(self, path=request, collecting=self._collecting)


def _folder_id(path: Path, parent: pytest.Collector) -> str:
    root = parent.config.rootpath
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


class CampaignFile(OfCampaign, pytest.File):
    """A request, with everything that is asked of its campaign."""

    def __init__(self, path: Path, collecting: Collecting, **about: Any) -> None:
        super().__init__(path=path, nodeid=about["parent"].nodeid, **about)
        self.name = path.name
        self._collecting = collecting

    def collect(self) -> Sequence[pytest.Collector | pytest.Item]:
        """A node for each asset, and the tests of the campaign as a whole; one clear error for what cannot be used."""
        try:
            suite = self._collecting.suite(self.path.parent)
        except Unusable as unusable:
            raise self.CollectError(_unusable(unusable)) from None
        nodes = list(self._nodes(suite))
        _refuse_unknown(self, nodes, suite, named_below(self.config, self.path))
        return nodes

    def _nodes(self, suite: Suite) -> Iterator[pytest.Collector | pytest.Item]:
        if suite.plan.request.platform:
            self.add_marker(str(suite.plan.request.platform))
        if self.config.pluginmanager.hasplugin("xdist"):
            self.add_marker(pytest.mark.xdist_group(self.parent.nodeid if self.parent else self.nodeid))
        for subject, jobs in groupby(suite.plan.jobs, key=lambda job: job.subject):
            if subject.name is None:
                yield from (CheckItem.from_parent(self, suite=suite, job=job) for job in jobs)
            else:
                yield AssetNode.from_parent(self, asset=subject.name, suite=suite, jobs=list(jobs))
        if suite.waivers:
            yield WaiversItem.from_parent(self, suite=suite)


def _unusable(unusable: Unusable) -> str:
    hint = "Nothing of this campaign was checked. Correct it; `qa triage` and `qa schema` help with a request."
    return "\n".join((*map(_printable, unusable.problems), hint))


class AssetNode(OfCampaign, pytest.Collector):
    """An email, a page or a list of a campaign."""

    def __init__(self, asset: str, suite: Suite, jobs: list[Job], **about: Any) -> None:
        name = _printable(asset).replace("::", ":").replace("[", "(")  # both mean something else in a test's name
        super().__init__(name=name, nodeid=f"{about['parent'].nodeid}/{name}", **about)
        self._suite, self._jobs = suite, jobs

    def collect(self) -> Sequence[pytest.Item]:
        """A test for each check."""
        items = [CheckItem.from_parent(self, suite=self._suite, job=job) for job in self._jobs]
        _refuse_unknown(self, items, self._suite, named_below(self.config, self.path, self.name))
        return items


def _refuse_unknown(
    node: pytest.Collector, there: Sequence[pytest.Item | pytest.Collector], suite: Suite, named: Iterable[str]
) -> None:
    """A hint for whoever names a test that is not there, a code perhaps: pytest says no more than “not found”."""
    checks = suite.plan.session.registry.checks
    names = {each.name: isinstance(each, pytest.Collector) for each in there}
    for name in dict.fromkeys(named):
        near = nearest(name, names)
        if name in checks and name not in names:
            raise node.CollectError(f"The check `{name}` is not asked of this.")
        if name not in names and near and names[near]:
            raise node.CollectError(f"There is no `{_printable(name)}` in this campaign; did you mean `{near}`?")
        if name not in names:
            raise node.CollectError(f"The check `{_printable(name)}` {unknown_check(name, checks)}")


def _printable(text: str) -> str:
    return plain(text).replace("\\", "·")
