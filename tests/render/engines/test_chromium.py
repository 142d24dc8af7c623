"""A browser is found in the documented order, shared by all who draw, replaced when it dies, and closed."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest

from qa.finding import Fault
from qa.profile.model import Profile
from qa.render.engines import chromium_found, chromium_launch
from qa.render.engines.chromium_found import find_browser
from qa.render.engines.chromium_launch import Browser, Running
from qa.render.engines.chromium_pool import ChromiumPool
from tests.processes import DEADLINE, soon


@contextmanager
def pool_of(program: Path) -> Iterator[ChromiumPool]:
    with closing(ChromiumPool(find_browser(Profile(browser=str(program))), 2)) as pool:
        yield pool


def program(path: Path, text: str = "#!/bin/sh\nexit 1\n") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)
    return path


async def version_of(running: Running) -> str:
    return running.chromium.version


async def identity_of(running: Running) -> int:
    return id(running.chromium)


async def crash(running: Running) -> str:
    page = await running.chromium.new_page()
    await page.goto("chrome://crash")
    return "alive"


def test_the_configured_browser_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine, other = program(tmp_path / "mine"), program(tmp_path / "other")
    monkeypatch.setenv("QA_BROWSER", str(other))
    assert find_browser(Profile(browser=str(mine))) == Browser(mine, "configured")
    assert find_browser(Profile()) == Browser(other, "configured")


def test_a_configured_browser_that_is_none_is_not_replaced_in_silence(tmp_path: Path) -> None:
    with pytest.raises(Fault, match="is not a program"):
        find_browser(Profile(browser=str(tmp_path / "gone")))


@pytest.mark.parametrize("path", ["~nosuchuser/x", "x" * 5000])
def test_a_configured_path_that_cannot_be_is_one_clear_line(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QA_BROWSER", path)
    with pytest.raises(Fault, match="is not a program"):
        find_browser(Profile())


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_playwrights_newest_headless_shell_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, platform: str
) -> None:
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path))
    ending = ".exe" if platform == "win32" else ""
    program(tmp_path / f"chromium-2000/chrome-{platform}64/chrome{ending}")
    program(tmp_path / f"chromium_headless_shell-999/chrome-headless-shell-x/chrome-headless-shell{ending}")
    newest = program(tmp_path / f"chromium_headless_shell-1255/chrome-headless-shell-x/chrome-headless-shell{ending}")
    assert next(chromium_found._candidates(platform)) == Browser(newest, "headless shell")


def test_installed_browsers_are_found_on_the_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "none"))
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not [found for found in chromium_found._candidates("linux") if found.kind == "Chrome"]
    chrome = program(tmp_path / "google-chrome")
    assert Browser(chrome, "Chrome") in list(chromium_found._candidates("linux"))


def test_a_program_that_is_no_browser_is_one_clear_line(tmp_path: Path) -> None:
    with pool_of(program(tmp_path / "mine")) as pool, pytest.raises(Fault, match="could not be started") as fault:
        pool.run(version_of, "a.html")
    assert "\n" not in str(fault.value)


def test_a_browser_that_hangs_is_waited_for_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chromium_launch, "START", 0.5)
    starts = tmp_path / "starts"
    hanging = program(tmp_path / "mine", f"#!/bin/sh\necho x >> {starts}\nexec sleep 600\n")
    with pool_of(hanging) as pool:
        for _ in range(3):
            with pytest.raises(Fault, match="could not be started"):
                pool.run(version_of, "a.html")
    assert starts.read_text() == "x\n"


def test_root_alone_goes_without_the_sandbox_at_once() -> None:
    assert not any("sandbox" in argument for argument in chromium_launch.arguments(1))


@pytest.mark.browser
def test_a_browser_is_kept_and_no_more_than_wanted_run_at_once(pool: ChromiumPool) -> None:
    both = threading.Barrier(2)

    async def together(running: Running) -> int:
        await asyncio.to_thread(both.wait, DEADLINE)
        return id(running.chromium)

    first = pool.run(identity_of, "a.html")
    assert pool.run(identity_of, "a.html") == first
    with ThreadPoolExecutor(8) as threads:
        two = {threads.submit(pool.run, together, "a.html") for _ in range(2)}
        assert len({each.result() for each in two} | {first}) == 2
        many = {threads.submit(pool.run, identity_of, "a.html") for _ in range(8)}
        assert {each.result() for each in many} <= {each.result() for each in two}


@pytest.mark.browser
def test_a_task_may_fail_once(pool: ChromiumPool) -> None:
    calls: list[int] = []

    async def task(running: Running) -> str:
        calls.append(1)
        return await crash(running) if len(calls) == 1 else "drawn"

    assert pool.run(task, "a.html") == "drawn"


@pytest.mark.browser
def test_a_browser_that_dies_twice_is_one_clear_line(pool: ChromiumPool) -> None:
    with pytest.raises(Fault, match=r"the browser died while rendering a\.html") as fault:
        pool.run(crash, "a.html")
    assert "\n" not in str(fault.value)
    assert pool.run(version_of, "a.html")


@pytest.mark.browser
def test_closing_ends_what_is_under_way_and_nothing_runs_any_more(pool: ChromiumPool) -> None:
    started = threading.Event()

    async def endless(running: Running) -> str:
        page = await running.chromium.new_page()
        started.set()
        return str(await page.evaluate("() => { for (;;); }"))

    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(pool.run, endless, "a.html")
        assert started.wait(DEADLINE)
        pool.close()
        with pytest.raises(Fault, match="the run was stopped"):
            waiting.result(DEADLINE)
    with pytest.raises(Fault, match="the run was stopped"):
        pool.run(version_of, "a.html")
    pool.close()


@pytest.mark.browser
def test_each_has_browsers_of_its_own_and_ends_no_others(pool: ChromiumPool) -> None:
    mine = pool.run(identity_of, "a.html")
    with closing(ChromiumPool(find_browser(Profile()), 1)) as other:
        assert other.run(identity_of, "a.html") != mine
    assert pool.run(identity_of, "a.html") == mine


@pytest.mark.browser
@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs /proc to find the driver")
@pytest.mark.parametrize("deaths", [1, 2])
def test_a_driver_that_dies_is_started_anew_once(pool: ChromiumPool, deaths: int) -> None:
    runs: list[str] = []

    async def task(running: Running) -> str:
        page = await running.chromium.new_page()
        runs.append("")
        if len(runs) <= deaths:
            for driver in children() - before:
                os.kill(int(driver), signal.SIGKILL)
        await page.set_content("<p>x")
        return await page.inner_text("p")

    before = children()
    if deaths == 1:
        assert pool.run(task, "a.html") == "x"
    else:
        with pytest.raises(Fault, match=r"the browser died while rendering a\.html"):
            pool.run(task, "a.html")
    assert pool.run(version_of, "a.html")


def children() -> set[str]:
    """The programs that this one started."""
    tasks = Path(f"/proc/{os.getpid()}/task").iterdir()
    found: set[str] = set()
    for task in tasks:
        with suppress(FileNotFoundError):  # a thread may end while the others are asked
            found |= set((task / "children").read_text().split())
    return found


@pytest.mark.browser
@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs /proc to count the programs that run")
def test_closing_leaves_no_browser_behind(pool: ChromiumPool) -> None:
    before = children()
    pool.run(version_of, "a.html")
    assert children() - before
    pool.close()
    assert soon(lambda: children() <= before)
