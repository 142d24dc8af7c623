"""The engine Chromium: a document is loaded once, then resized, darkened and drawn again for every view."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

from qa.finding import Fault
from qa.profile.model import Profile
from qa.render.engines import DrawnView, Engine, Load, LostView, measuring
from qa.render.engines.chromium_found import find_browser
from qa.render.engines.chromium_launch import PICTURE_FLAGS, Browser, Running
from qa.render.engines.chromium_pool import BrowserDied, ChromiumPool, T, Task
from qa.render.engines.chromium_tab import Tab

if TYPE_CHECKING:
    from qa.artefacts import View


def found(profile: Profile) -> Engine | str:
    """The engine, not yet started; or why there is none."""
    try:
        browser = find_browser(profile)
    except Fault as fault:
        return str(fault)
    return Chromium(browser, ChromiumPool(browser, profile.browsers), profile.browsers)


class Chromium:
    """A pool of browsers as an engine."""

    name = "chromium"

    def __init__(self, browser: Browser, pool: ChromiumPool, most: int) -> None:
        self._browser = browser
        self._pool = pool
        self._most = most  # browsers at once
        self._label = ""
        self._counting = threading.Lock()
        self._under_way = 0  # loads that are drawn, or wait for a browser

    @property
    def label(self) -> str:
        self._label = self._label or self._pool.run(_label_of, "nothing")
        return self._label

    @cached_property
    def fingerprint(self) -> str:
        """Of the program file as it lies there: to ask it for its version would start it."""
        from qa.render.fonts import fingerprint

        path = self._browser.path
        known = path.stat() if not self._browser.address else None
        file = (str(path.resolve()), known.st_size, known.st_mtime_ns) if known else self.label
        return sha256(repr((file, PICTURE_FLAGS, fingerprint())).encode()).hexdigest()

    def draw(self, load: Load) -> list[DrawnView | LostView]:
        with self._shared(load) as shares, ThreadPoolExecutor(len(shares)) as pool:
            answers = [answer for each in pool.map(self._drawn, shares) for answer in each]
        return sorted(answers, key=lambda answer: load.views.index(answer.view))

    @contextmanager
    def _shared(self, load: Load) -> Iterator[list[Load]]:
        """The load; or, where a browser would idle meanwhile, two with half of the views each."""
        views = load.views
        with self._counting:
            two = len(views) > 1 and self._most - self._under_way > 1
            shares = [replace(load, views=views[0::2]), replace(load, views=views[1::2])] if two else [load]
            self._under_way += len(shares)
        try:
            yield shares
        finally:
            with self._counting:
                self._under_way -= len(shares)

    def _drawn(self, load: Load) -> list[DrawnView | LostView]:
        progress = _Progress(load)
        while progress.left:
            try:
                self._pool.run(progress.draw, load.served.file)
            except BrowserDied as died:
                progress.lose(str(died), alone=progress.is_loaded)
            except _Stuck:
                pass
        self._label = progress.label or self._label
        return progress.answers

    def run(self, task: Task[T], subject: str) -> T:
        """Run something else than a drawing in a free browser; where it raises, that browser is ended."""
        return self._pool.run(task, subject)

    def close(self) -> None:
        self._pool.close()


async def _label_of(running: Running) -> str:
    return running.label


class _Stuck(Exception):
    """A page that is of no use any more, nor the browser it is in."""


class _Progress:
    """One load as it is drawn: what came out, and what is left for the next browser where this one was lost."""

    def __init__(self, load: Load) -> None:
        self.load = load
        self.left = list(load.views)
        self.answers: list[DrawnView | LostView] = []
        self.is_loaded = False
        self.label = ""

    async def draw(self, running: Running) -> None:
        self.is_loaded, self.label = False, running.label
        with running.proxy.serving(self.load.served) if running.proxy else nullcontext():
            with self._budget(alone=False):
                async with asyncio.timeout(measuring.BUDGET):
                    tab = await Tab.entered(running, self.load, self.left[0])
            self.is_loaded = True
            for view in tuple(self.left):
                with self._budget(alone=True):
                    async with asyncio.timeout(measuring.BUDGET):
                        self.answer(await tab.screenshot(view))
            await tab.leave(running)

    def answer(self, answer: DrawnView) -> None:
        self.answers.append(answer)
        self.left.remove(answer.view)

    def lose(self, reason: str, *, alone: bool) -> None:
        """Give up the view that was next, or every one that is left."""
        lost: list[View] = self.left[:1] if alone else list(self.left)
        self.answers += [LostView(view, reason) for view in lost]
        self.left = self.left[len(lost) :]

    @contextmanager
    def _budget(self, *, alone: bool) -> Iterator[None]:
        try:
            yield
        except TimeoutError:
            scripted = self.load.scripted
            why = (
                "a script of it may loop for ever, or it loads too much"
                if scripted
                else "its markup is too large or too deep"
            )
            self.lose(f"it took more than {measuring.BUDGET:.0f} seconds; {why}", alone=alone)
            raise _Stuck from None
        except Fault as fault:
            self.lose(str(fault), alone=alone)
            raise _Stuck from None
