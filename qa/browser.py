"""Which Chromium draws the builds, and how is it started and closed?

One background thread runs an event loop with Playwright's driver and a browser for each thread that asks for one, so
that a browser is reused from asset to asset and `close_all` can be called from anywhere, on Ctrl-C too.
"""

from __future__ import annotations

import asyncio
import atexit
import os
import shutil
import sys
import threading
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import CancelledError
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from qa.config import Settings
from qa.facts import facts
from qa.finding import Fault

if TYPE_CHECKING:
    from playwright.async_api import Browser as Chromium
    from playwright.async_api import Playwright

T = TypeVar("T")

START = 30  # seconds a browser may take to start: a cold disk under load needs ten
CLOSE = 5  # seconds a browser may take to close; measured: 0.05 to 0.5, with a page looping for ever


@dataclass(frozen=True, slots=True)
class Browser:
    """A Chromium on this machine. ``kind`` is "headless shell", "Chromium", "Chrome", "Edge" or "configured"."""

    path: Path
    kind: str


@dataclass(frozen=True, slots=True)
class Running:
    """A started browser: what a scene is played in. ``label`` names product, version and kind."""

    chromium: Chromium
    label: str
    sandboxed: bool


Scene = Callable[[Running], Awaitable[T]]


def find_browser(settings: Settings) -> Browser:
    """The browser to use: the configured one, else Playwright's own download, else an installed one; Fault for none."""
    if configured := settings.browser or os.environ.get("QA_BROWSER", ""):
        path = _at_home(configured)
        if not _runnable(path):
            raise Fault(f"the configured browser {configured} is not a program that can be started")
        return Browser(path, "configured")
    for browser in _candidates(sys.platform):
        return browser
    raise Fault("no browser was found: run `qa setup`, or set `browser` in qa.toml to the path of a Chromium")


def _candidates(platform: str) -> Iterator[Browser]:
    places = facts("browsers").get(platform) or facts("browsers")["linux"]
    cache_folder = _at_home(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or places["cache"])
    for kind, pattern in places["downloaded"]:
        for path in sorted(cache_folder.glob(pattern), key=_revision, reverse=True):
            if _runnable(path):
                yield Browser(path, kind)
    for kind, name in places["installed"]:
        path = _at_home(name) if "/" in name else Path(shutil.which(name) or "")
        if _runnable(path):
            yield Browser(path, kind)


def _revision(path: Path) -> int:
    """The number in chromium-1255: the newest download is taken."""
    folder = next((part for part in path.parts if part.startswith("chromium") and "-" in part), "")
    number = folder.rpartition("-")[2]
    return int(number) if number.isdecimal() else 0


def _at_home(written: str) -> Path:
    """A path in which ~ is somebody's home; as it stands where there is nobody of that name, or nobody's home."""
    return Path(os.path.expanduser(written))  # noqa: PTH111 - pathlib's raises


def _runnable(path: Path) -> bool:
    return os.path.isfile(path) and os.access(path, os.X_OK)  # noqa: PTH113 - pathlib's raises for a name too long


def arguments() -> list[str]:
    """What every browser is started with. Nothing it draws can reach a network, by four ways at once.

    The build's requests are answered or refused one by one (qa.origin). Should one slip past that: no name resolves,
    the proxy does not exist, loopback is no exception from it, and WebRTC may not send beside it.
    """
    return [
        "--host-resolver-rules=MAP * ~NOTFOUND",
        "--proxy-server=http://nowhere.invalid:1",
        "--proxy-bypass-list=<-loopback>",
        "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
        "--webrtc-ip-handling-policy=disable_non_proxied_udp",
        "--disable-quic",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-domain-reliability",
        "--disable-sync",
        "--no-first-run",
        "--no-default-browser-check",
        "--blink-settings=imageAnimationPolicy=2",  # the first frame of every GIF, WebP, APNG: two runs look the same
        "--font-render-hinting=none",
        "--force-color-profile=srgb",
        "--js-flags=--max-old-space-size=512",  # MB: a script that hoards memory dies before the machine does
    ]


def play(settings: Settings, scene: Scene[T], subject: str) -> T:
    """Play a scene in this thread's browser. One that dies is started anew, once; then it is a Fault."""
    found = find_browser(settings)
    for last in (False, True):
        with _lock:
            launcher = _launcher()
        try:
            return launcher.play(found, scene)
        except _Died as error:
            if last:
                raise Fault(f"the browser died while rendering {subject}: {error}") from None
    raise AssertionError("unreachable")


def close_all() -> None:
    """Close every browser and whatever waits for one; harmless when there is none, and a later scene starts anew."""
    with _lock:
        launcher = _open.pop() if _open else None
    if launcher is not None:
        launcher.close()


class _Died(Exception):
    """A browser, or the page in it, ended before the scene did."""


class _Launcher:
    """A thread with an event loop, Playwright's driver, and one browser a calling thread."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        # Playwright leaves futures behind when a browser is closed under it; nobody needs to read about that.
        self._loop.set_exception_handler(lambda *_: None)
        self._playwright: Playwright | None = None
        self._starting = asyncio.Lock()
        self._browsers: dict[int, Running] = {}
        self._unstartable: dict[Browser, str] = {}  # a browser that hangs costs half a minute: once a run, not an asset
        self._scenes: set[asyncio.Task[Any]] = set()
        self._gate = threading.Lock()  # nothing is handed to the loop after it was told to stop
        self._closed = False
        self._thread = threading.Thread(target=self._turn, name="browsers", daemon=True)
        self._thread.start()

    def _turn(self) -> None:
        try:
            self._loop.run_forever()
        finally:
            self._loop.run_until_complete(self._loop.shutdown_asyncgens())
            self._loop.close()

    def play(self, found: Browser, scene: Scene[T]) -> T:
        with self._gate:
            if self._closed:
                raise Fault("the run was stopped")
            work = self._play(found, scene, threading.get_ident())
            future = asyncio.run_coroutine_threadsafe(work, self._loop)
        try:
            return future.result()
        except CancelledError:
            raise Fault("the run was stopped") from None

    async def _play(self, found: Browser, scene: Scene[T], owner: int) -> T:
        from playwright.async_api import Error

        task = asyncio.current_task()
        assert task is not None
        self._scenes.add(task)
        try:
            return await scene(await self._browser(found, owner))
        except BaseException as error:  # whatever went wrong in it: the next scene gets a new browser
            lost = isinstance(error, Exception) and await self._lost()
            await self._discard(owner)
            if lost or isinstance(error, Error):
                raise _Died("its driver ended" if lost else _first_line(error)) from None
            raise
        finally:
            self._scenes.discard(task)

    async def _browser(self, found: Browser, owner: int) -> Running:
        if (running := self._browsers.get(owner)) is not None and running.chromium.is_connected():
            return running
        async with self._starting:
            if self._playwright is None:
                from playwright.async_api import async_playwright

                self._playwright = await async_playwright().start()
            if found in self._unstartable:
                raise Fault(self._unstartable[found])
        try:
            self._browsers[owner] = await _launch(self._playwright, found)
        except Fault as fault:
            if not await self._lost():
                self._unstartable[found] = str(fault)
            raise
        return self._browsers[owner]

    async def _lost(self) -> bool:
        """Whether Playwright's driver died. It and its browsers, which claim to live, are forgotten then."""
        playwright = self._playwright
        if playwright is not None:
            try:
                asked = await asyncio.wait_for(playwright.request.new_context(), CLOSE)
                await asyncio.wait_for(asked.dispose(), CLOSE)
                return False
            except Exception:  # each way to die has its own
                if self._playwright is playwright:
                    self._playwright = None
                    self._browsers.clear()
        return True

    async def _discard(self, owner: int) -> None:
        if (running := self._browsers.pop(owner, None)) is not None:
            with suppress(Exception):
                await asyncio.wait_for(running.chromium.close(), CLOSE)

    def close(self) -> None:
        with self._gate:
            self._closed = True
        with suppress(Exception):
            asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(3 * CLOSE)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(CLOSE)

    async def _close(self) -> None:
        for scene in list(self._scenes):
            scene.cancel()
        await asyncio.gather(*(self._discard(owner) for owner in list(self._browsers)))
        if self._scenes:
            await asyncio.wait(self._scenes, timeout=CLOSE)
        if self._playwright is not None:
            await asyncio.wait_for(self._playwright.stop(), CLOSE)


_open: list[_Launcher] = []  # none or one
_lock = threading.Lock()


def _launcher() -> _Launcher:
    if not _open:
        _open.append(_Launcher())
    return _open[0]


atexit.register(close_all)


async def _launch(playwright: Playwright, found: Browser) -> Running:
    """Start it in its sandbox; without where there cannot be one: as root, in containers, on hardened kernels."""
    from playwright.async_api import Error
    from playwright.async_api import TimeoutError as TooLate

    complaint = ""
    for sandbox in (False,) if _is_root() else (True, False):
        try:
            chromium = await playwright.chromium.launch(
                executable_path=found.path, args=arguments(), chromium_sandbox=sandbox, timeout=START * 1000,
                handle_sigint=False, handle_sigterm=False, handle_sighup=False,
            )  # fmt: skip
        except Error as error:
            complaint = _first_line(error)
            if isinstance(error, TooLate):
                break  # one that hangs does so without a sandbox too
        else:
            return Running(chromium, f"{_product(found)} {chromium.version} ({found.kind})", sandbox)
    raise Fault(f"the browser {found.path} could not be started ({complaint}): run `qa doctor`")


def _product(found: Browser) -> str:
    return found.kind if found.kind in ("Chrome", "Edge") else "Chromium"


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _first_line(error: BaseException) -> str:
    return str(error).strip().split("\n", 1)[0].removeprefix("BrowserType.launch: ")[:200]
