"""Playwright's own WebKit and Firefox, for systems that have neither WebKitGTK nor a Firefox.

Our script shares the page's world here, because Playwright opens no other in them: a page can tamper with what is
measured on it. An email, whose scripts never run, cannot.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import threading
import time
from collections.abc import Coroutine
from concurrent.futures import CancelledError
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from qa.artefacts import View
from qa.facts import facts
from qa.finding import Fault
from qa.render import fonts
from qa.render.engines import Load
from qa.render.engines.chromium_tab import answer_route
from qa.render.engines.measuring import prefers_dark
from qa.render.engines.proxy import Opened, Proxy
from qa.render.engines.window_engine import AWAY, FROZEN, Crashed, Stuck, Unseen, Window, Windowed

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page, Playwright

T = TypeVar("T")

START = 45  # seconds it may take to start
CLOSE = 5  # seconds it may take to close
_PRODUCTS = {"webkit": "WebKit", "firefox": "Firefox", "chromium": "Chromium"}
_ENDED = ("closed", "crashed", "disconnected")


def downloaded(name: str, kind: str) -> Windowed[float] | None:
    """Playwright's own browser of that kind as the engine of that name, where it lies in Playwright's cache."""
    build = _build(kind)
    if not build:
        return None
    label = f"{_PRODUCTS[kind]} (Playwright's, build {build})"
    fingerprint = f"{label} {fonts.fingerprint()}"
    return Windowed(name, lambda: label, fingerprint, lambda view: view.ratio, lambda ratio: PlaywrightWindow(kind))


def _build(kind: str) -> str:
    """The number of the newest download; "" for none."""
    platform = sys.platform if sys.platform in ("darwin", "win32") else "linux"
    places = facts("browsers")
    cache = os.path.expanduser(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or places[platform]["cache"])  # noqa: PTH111
    found = [program.relative_to(cache).parts[0] for program in Path(cache).glob(places["played"][kind][platform])]
    return max((folder.rpartition("-")[2] for folder in found), key=int, default="")


class PlaywrightWindow(Window):
    """A browser with Playwright's driver, an event loop for it, and a proxy."""

    def __init__(self, kind: str, **launch: Any) -> None:
        self.proxy = Proxy(still=True)
        self._loop = asyncio.new_event_loop()
        self._loop.set_exception_handler(lambda *_: None)  # what is closed under Playwright leaves futures behind
        self._thread = threading.Thread(target=self._loop.run_forever, name=f"played {kind}", daemon=True)
        self._thread.start()
        self._playwright: Playwright | None = None
        self._browser: Browser | None = None
        self._page: Page | None = None
        self.deadline = time.monotonic() + START
        try:
            self._run(self._start(kind, launch))
        except (Stuck, Crashed, Unseen) as error:
            self.close()
            why = str(error) or "it did not answer"
            raise Fault(f"{_PRODUCTS[kind]} could not be started ({why})") from None

    async def _start(self, kind: str, launch: dict[str, Any]) -> None:
        from playwright.async_api import async_playwright

        self._playwright = await async_playwright().start()
        self._browser = await getattr(self._playwright, kind).launch(
            proxy={"server": f"http://127.0.0.1:{self.proxy.port}"}, env={**os.environ, **fonts.environment()},
            handle_sigint=False, handle_sigterm=False, handle_sighup=False, **launch,
        )  # fmt: skip

    def open(self, load: Load, view: View) -> None:
        self._run(self._open(load, view))

    async def _open(self, load: Load, view: View) -> None:
        assert self._browser is not None
        for before in self._browser.contexts:
            await before.close()
        context = await self._browser.new_context(
            accept_downloads=False,
            service_workers="block",
            viewport={"width": view.width, "height": view.height},
            device_scale_factor=view.ratio,
            reduced_motion="reduce",
            locale="en-GB",
            timezone_id="UTC",
        )
        opened = Opened(load.served)
        await context.route("**/*", lambda route: answer_route(route, opened))
        if load.scripted:
            await context.add_init_script(FROZEN)
        self._page = await context.new_page()
        context.on("page", lambda popup: asyncio.ensure_future(popup.close()))
        await self._page.goto(load.served.url, wait_until="commit", timeout=0)

    def evaluate(self, expression: str) -> Any:
        assert self._page is not None
        answer = self._run(self._page.evaluate(f"async () => JSON.stringify(await ({expression}))"))
        return json.loads(answer or "null")

    def resize(self, view: View, height: int) -> None:
        self._run(self._resize(view, height))

    async def _resize(self, view: View, height: int) -> None:
        assert self._page is not None
        await self._page.emulate_media(color_scheme="dark" if prefers_dark(view) else "light")
        await self._page.set_viewport_size({"width": view.width, "height": height})

    def picture(self, view: View, height: int, beyond: bool) -> bytes:
        assert self._page is not None
        clip: Any = {"x": 0, "y": 0, "width": view.width, "height": height}
        return self._run(self._page.screenshot(clip=clip, full_page=beyond, timeout=0))

    def close(self) -> None:
        for end in (self._browser and self._browser.close, self._playwright and self._playwright.stop):
            if end:
                with suppress(Exception):
                    asyncio.run_coroutine_threadsafe(end(), self._loop).result(CLOSE)
        with suppress(RuntimeError):  # it was closed before
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(CLOSE)
            if not self._thread.is_alive():
                self._loop.close()
        self.proxy.close()

    def _run(self, step: Coroutine[Any, Any, T]) -> T:
        from playwright.async_api import Error

        future = asyncio.run_coroutine_threadsafe(step, self._loop)
        try:
            return future.result(max(0, self.deadline - time.monotonic()))
        except TimeoutError:
            raise Stuck from None
        except (CancelledError, ConnectionError):
            raise Crashed("the browser ended") from None
        except Error as error:
            said = str(error).split("\n", 1)[0]
            if "context was destroyed" in said or "qa is not defined" in said:
                raise Unseen(AWAY) from None
            if any(word in said for word in _ENDED):
                raise Crashed("the browser ended") from None
            raise Unseen(said[:200]) from None
