"""The visitor: a page opened in a browser of the session, within a budget, and what is done with it there."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from qa.artefacts import Arrival
from qa.finding import Fault
from qa.render.engines import Browsers
from qa.render.engines.chromium import Chromium
from qa.render.engines.chromium_launch import Running
from qa.render.origin import BuildOrigin
from qa.render.visit import opened as opening
from qa.render.visit.opened import OpenedPage, opened

T = TypeVar("T")


def visit(browsers: Browsers, served: BuildOrigin, arrival: Arrival, then: Callable[[OpenedPage], Awaitable[T]]) -> T:
    """What ``then`` makes of the page once it is quiet; Fault where there is no Chromium, or the page never ends."""
    engine = browsers.engines()["chromium"]
    if not isinstance(engine, Chromium):
        raise Fault(str(engine))

    async def task(running: Running) -> T:
        async with asyncio.timeout(opening.BUDGET), opened(running, served, arrival) as page:
            return await then(page)

    try:
        return engine.run(task, served.file)
    except TimeoutError:
        raise Fault(
            f"the page was not ready after {opening.BUDGET:.0f} seconds; a script of it may loop for ever"
        ) from None
