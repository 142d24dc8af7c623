"""The browsers of one Chromium, shared by all who draw with it.

One background thread runs an event loop with Playwright's driver and a few browsers. Whoever has something to draw gets
the first that is free, so that a browser is reused from asset to asset, and the pool can be closed from anywhere, on
Ctrl-C too. Two browsers and not two pages of one: measured, a browser encodes its pictures one after the other.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable
from concurrent.futures import CancelledError
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

from qa.finding import Fault
from qa.render.engines import STOPPED
from qa.render.engines.chromium_launch import Browser, Running, first_line, start

if TYPE_CHECKING:
    from playwright.async_api import Playwright

T = TypeVar("T")
Task = Callable[[Running], Awaitable[T]]

CLOSE = 5  # seconds a browser may take to close; measured: 0.05 to 0.5, with a page looping for ever


class BrowserDied(Fault):
    """A browser, or the page in it, ended before the task did, and so did the next."""


class _DiedOnce(Exception):
    """The same, the first time."""


class _Slot:
    """A place for a browser, empty until it is started."""

    def __init__(self) -> None:
        self.running: Running | None = None


class ChromiumPool:
    """At most ``most`` browsers of one program, started when first wanted. Once closed it stays closed."""

    def __init__(self, browser: Browser, most: int) -> None:
        self._browser = browser
        self._slots = [_Slot() for _ in range(max(1, most))]
        self._free: asyncio.LifoQueue[_Slot] = asyncio.LifoQueue()  # the one used last is taken first
        for slot in self._slots:
            self._free.put_nowait(slot)
        self._playwright: Playwright | None = None
        self._starting = asyncio.Lock()
        self._unstartable = ""  # why: a browser that hangs costs half a minute, once a run and not an asset
        self._tasks: set[asyncio.Task[Any]] = set()
        self._gate = threading.Lock()  # nothing is handed to the loop after it was told to stop
        self._loop: asyncio.AbstractEventLoop | None = None
        self._closed = False

    def run(self, task: Task[T], subject: str) -> T:
        """Run a task in a free browser. One that dies is started anew, once; then it is a BrowserDied."""
        for last in (False, True):
            with self._gate:
                loop = self._running_loop()
                future = asyncio.run_coroutine_threadsafe(self._run(task), loop)
            try:
                return future.result()
            except CancelledError:
                raise Fault(STOPPED) from None
            except _DiedOnce as error:
                if last:
                    raise BrowserDied(f"the browser died while rendering {subject}: {error}") from None
        raise AssertionError("unreachable")

    def close(self) -> None:
        """End every browser and whatever waits for one; harmless when there is none."""
        with self._gate:
            self._closed = True
            loop, self._loop = self._loop, None
        if loop is None:
            return
        with suppress(Exception):
            asyncio.run_coroutine_threadsafe(self._close(), loop).result(3 * CLOSE)
        loop.call_soon_threadsafe(loop.stop)
        self._thread.join(CLOSE)

    def _running_loop(self) -> asyncio.AbstractEventLoop:
        """The loop, in a thread of its own from the first task on."""
        if self._closed:
            raise Fault(STOPPED)
        if self._loop is None:
            self._loop = asyncio.new_event_loop()
            # Playwright leaves futures behind when a browser is closed under it; nobody needs to read about that.
            self._loop.set_exception_handler(lambda *_: None)
            self._thread = threading.Thread(target=_run_loop, args=(self._loop,), name="browsers", daemon=True)
            self._thread.start()
        return self._loop

    async def _run(self, task: Task[T]) -> T:
        current = asyncio.current_task()
        assert current is not None
        self._tasks.add(current)
        try:
            slot = await self._free.get()
            try:
                return await self._in_browser(slot, task)
            finally:
                self._free.put_nowait(slot)
        finally:
            self._tasks.discard(current)

    async def _in_browser(self, slot: _Slot, task: Task[T]) -> T:
        from playwright.async_api import Error

        try:
            return await task(await self._started(slot))
        except BaseException as error:  # whatever went wrong in it: the next task gets a new browser
            driver_died = isinstance(error, Exception) and await self._driver_died()
            await _discard(slot)
            if driver_died or isinstance(error, Error):
                raise _DiedOnce("its driver ended" if driver_died else first_line(error)) from None
            raise

    async def _started(self, slot: _Slot) -> Running:
        if slot.running is not None and slot.running.chromium.is_connected():
            return slot.running
        await _discard(slot)
        async with self._starting:
            if self._playwright is None:
                from playwright.async_api import async_playwright

                self._playwright = await async_playwright().start()
            if self._unstartable:
                raise Fault(self._unstartable)
        try:
            slot.running = await start(self._playwright, self._browser)
        except Fault as fault:
            if not await self._driver_died():
                self._unstartable = str(fault)
            raise
        return slot.running

    async def _driver_died(self) -> bool:
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
                    for slot in self._slots:
                        _forget(slot)
        return True

    async def _close(self) -> None:
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*map(_discard, self._slots))
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=CLOSE)
        if self._playwright is not None:
            await asyncio.wait_for(self._playwright.stop(), CLOSE)


def _run_loop(loop: asyncio.AbstractEventLoop) -> None:
    try:
        loop.run_forever()
    finally:
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()


def _forget(slot: _Slot) -> Running | None:
    running, slot.running = slot.running, None
    if running is not None and running.proxy is not None:
        running.proxy.close()
    return running


async def _discard(slot: _Slot) -> None:
    if (running := _forget(slot)) is not None:
        with suppress(Exception):
            await asyncio.wait_for(running.chromium.close(), CLOSE)
