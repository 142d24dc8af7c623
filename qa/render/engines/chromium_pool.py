"""The browsers of one Chromium, shared by all who draw with it.

One background thread runs an event loop with Playwright's driver and a few browsers. Whoever has something to draw gets
the first that is free, so that a browser is reused from asset to asset, and `close_all` can be called from anywhere, on
Ctrl-C too. Two browsers and not two pages of one: measured, a browser encodes its pictures one after the other.
"""

from __future__ import annotations

import asyncio
import atexit
import threading
from collections.abc import Awaitable, Callable
from concurrent.futures import CancelledError
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

from qa.finding import Fault
from qa.profile.settings import Profile
from qa.render.engines.chromium_found import find_browser
from qa.render.engines.chromium_launch import Browser, Running, first_line, start

if TYPE_CHECKING:
    from playwright.async_api import Playwright

T = TypeVar("T")
Scene = Callable[[Running], Awaitable[T]]

CLOSE = 5  # seconds a browser may take to close; measured: 0.05 to 0.5, with a page looping for ever

__all__ = ["Browser", "Died", "Running", "Scene", "close_all", "find_browser", "play"]


def play(settings: Profile, scene: Scene[T], subject: str) -> T:
    """Play a scene in a free browser. One that dies is started anew, once; then it is a Died."""
    found = find_browser(settings)
    for last in (False, True):
        with _lock:
            launcher = _launcher()
        try:
            return launcher.play(found, settings.browsers, scene)
        except _Dead as error:
            if last:
                raise Died(f"the browser died while rendering {subject}: {error}") from None
    raise AssertionError("unreachable")


def close_all() -> None:
    """Close every browser and whatever waits for one; harmless when there is none, and a later scene starts anew."""
    with _lock:
        launcher = _open.pop() if _open else None
    if launcher is not None:
        launcher.close()


class Died(Fault):
    """A browser, or the page in it, ended before the scene did, and so did the next."""


class _Dead(Exception):
    """The same, the first time."""


class _Seat:
    """A place for a browser, empty until somebody sits down."""

    def __init__(self) -> None:
        self.running: Running | None = None


class _Launcher:
    """A thread with an event loop, Playwright's driver, and a few browsers."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        # Playwright leaves futures behind when a browser is closed under it; nobody needs to read about that.
        self._loop.set_exception_handler(lambda *_: None)
        self._playwright: Playwright | None = None
        self._starting = asyncio.Lock()
        self._seats: dict[Browser, list[_Seat]] = {}
        self._free: dict[Browser, asyncio.LifoQueue[_Seat]] = {}  # the one used last is taken first
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

    def play(self, found: Browser, most: int, scene: Scene[T]) -> T:
        with self._gate:
            if self._closed:
                raise Fault("the run was stopped")
            future = asyncio.run_coroutine_threadsafe(self._play(found, most, scene), self._loop)
        try:
            return future.result()
        except CancelledError:
            raise Fault("the run was stopped") from None

    async def _play(self, found: Browser, most: int, scene: Scene[T]) -> T:
        task = asyncio.current_task()
        assert task is not None
        self._scenes.add(task)
        try:
            seat = await self._sit(found, most)
            try:
                return await self._played(found, seat, scene)
            finally:
                self._free[found].put_nowait(seat)
        finally:
            self._scenes.discard(task)

    async def _sit(self, found: Browser, most: int) -> _Seat:
        if found not in self._seats:
            self._seats[found] = [_Seat() for _ in range(max(1, most))]
            self._free[found] = asyncio.LifoQueue()
            for seat in self._seats[found]:
                self._free[found].put_nowait(seat)
        return await self._free[found].get()

    async def _played(self, found: Browser, seat: _Seat, scene: Scene[T]) -> T:
        from playwright.async_api import Error

        try:
            return await scene(await self._browser(found, seat))
        except BaseException as error:  # whatever went wrong in it: the next scene gets a new browser
            lost = isinstance(error, Exception) and await self._lost()
            await _discard(seat)
            if lost or isinstance(error, Error):
                raise _Dead("its driver ended" if lost else first_line(error)) from None
            raise

    async def _browser(self, found: Browser, seat: _Seat) -> Running:
        if seat.running is not None and seat.running.chromium.is_connected():
            return seat.running
        await _discard(seat)
        async with self._starting:
            if self._playwright is None:
                from playwright.async_api import async_playwright

                self._playwright = await async_playwright().start()
            if found in self._unstartable:
                raise Fault(self._unstartable[found])
        try:
            seat.running = await start(self._playwright, found)
        except Fault as fault:
            if not await self._lost():
                self._unstartable[found] = str(fault)
            raise
        return seat.running

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
                    for seat in self._all_seats():
                        _forget(seat)
        return True

    def _all_seats(self) -> list[_Seat]:
        return [seat for seats in self._seats.values() for seat in seats]

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
        await asyncio.gather(*map(_discard, self._all_seats()))
        if self._scenes:
            await asyncio.wait(self._scenes, timeout=CLOSE)
        if self._playwright is not None:
            await asyncio.wait_for(self._playwright.stop(), CLOSE)


def _forget(seat: _Seat) -> Running | None:
    running, seat.running = seat.running, None
    if running is not None and running.proxy is not None:
        running.proxy.close()
    return running


async def _discard(seat: _Seat) -> None:
    if (running := _forget(seat)) is not None:
        with suppress(Exception):
            await asyncio.wait_for(running.chromium.close(), CLOSE)


_open: list[_Launcher] = []  # none or one
_lock = threading.Lock()


def _launcher() -> _Launcher:
    if not _open:
        _open.append(_Launcher())
    return _open[0]


atexit.register(close_all)
