"""What tests share: a browser where there is one, and the folder of real emails where there is one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from qa.cli import doctor
from qa.finding import Fault
from qa.profile.model import Profile
from qa.render.engines import (
    chromium_found,
    chromium_launch,
    chromium_pool,
    gecko,
    measuring,
    playwright_window,
    webkit,
)
from qa.render.engines.chromium_pool import ChromiumPool
from qa.render.visit import opened
from qa.testing import shared
from tests.processes import DEADLINE
from tests.suite_campaigns import ONLY, write

pytest_plugins = ["pytester"]


def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are cores: many tests wait, for a browser, a lock or the end of a process."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture(scope="session")
def browser() -> Iterator[None]:
    """The browsers stay open from test to test, and are closed at the end.

    Skips where none is installed; on CI that is a failure, because there the whole must be tried.
    """
    try:
        chromium_found.find_browser(Profile())
    except Fault as fault:
        if os.environ.get("CI"):
            pytest.fail(f"{fault} (on CI a missing browser is a failure)")
        pytest.skip(str(fault))
    yield
    shared().close()


@pytest.fixture
def pool(browser: None) -> Iterator[ChromiumPool]:
    """Two browsers of a test's own."""
    with closing(ChromiumPool(chromium_found.find_browser(Profile()), 2)) as opened:
        yield opened


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real emails beside the repository; other people's, so it is in no clone."""
    folder = Path(os.environ.get("QA_CORPUS") or Path(__file__).parents[2] / "shared" / "corpus")
    if not folder.is_dir():
        pytest.skip("the folder of real emails is not on this machine (QA_CORPUS names it)")
    return folder


@pytest.fixture
def campaigns(pytester: pytest.Pytester) -> Path:
    """One campaign that goes, one that leads elsewhere; few checks, so that all can be named."""
    (pytester.path / "qa.toml").write_text(ONLY)
    write(pytester.path / "campaigns" / "good")
    write(pytester.path / "campaigns" / "bad", "https://acme.example/boook")
    return pytester.path / "campaigns"


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day on which the sample campaigns were written: their send dates must not come to lie in the past."""
    monkeypatch.setenv("QA_TODAY", "2026-11-22")


@pytest.fixture(autouse=True, scope="session")
def _screenshots(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Tests keep their screenshots to themselves."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QA_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(autouse=True, scope="session")
def _patience() -> Iterator[None]:
    """No test fails because a machine is slow: what limits a run in time here ends only what hangs."""
    limits = [(measuring, "BUDGET"), (opened, "BUDGET"), (chromium_pool, "CLOSE"), (doctor, "TRIAL")]
    limits += [(engine, "START") for engine in (chromium_launch, playwright_window, gecko, webkit)]
    with pytest.MonkeyPatch.context() as patch:
        for module, limit in limits:
            patch.setattr(module, limit, DEADLINE)
        yield
