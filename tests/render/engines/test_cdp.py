"""A tab of our own browser is spoken to straight; where it cannot be, through Playwright, with the same pictures."""

from __future__ import annotations

import asyncio
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from qa.profile.model import Profile
from qa.render.engines import Browsers
from qa.render.engines.cdp import TabConnection
from qa.render.engines.chromium_launch import Running
from qa.render.engines.chromium_pool import ChromiumPool
from tests.processes import DEADLINE
from tests.windows import DESKTOP, PHONE, drawn, load, wanted

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("browser")]


async def opened(running: Running) -> tuple[Any, TabConnection]:
    """A page, and the connection to its tab."""
    page = await running.chromium.new_page()
    session = await page.context.new_cdp_session(page)
    target = (await session.send("Target.getTargetInfo"))["targetInfo"]["targetId"]
    connection = await TabConnection.to(running.port, target)
    assert connection is not None
    return page, connection


async def asked(running: Running) -> tuple[Any, list[str], str]:
    from playwright.async_api import Error

    page, connection = await opened(running)
    heard: list[str] = []
    connection.on("Runtime.consoleAPICalled", lambda said: heard.append(said["args"][0]["value"]))
    await connection.send("Runtime.enable")
    values = await asyncio.gather(
        *(connection.send("Runtime.evaluate", {"expression": f"console.log('{n}'), {n}"}) for n in range(3))
    )
    try:
        await connection.send("Page.noSuchThing")
        refused = ""
    except Error as error:
        refused = str(error)
    await page.context.close()
    return [value["result"]["value"] for value in values], heard, refused


def test_it_answers_in_order_tells_of_events_and_says_what_is_refused(pool: ChromiumPool) -> None:
    values, heard, refused = pool.run(asked, "nothing")
    assert values == [0, 1, 2]
    assert heard == ["0", "1", "2"]
    assert "Page.noSuchThing" in refused


async def left(running: Running) -> list[str]:
    from playwright.async_api import Error

    page, connection = await opened(running)
    endless = asyncio.ensure_future(
        connection.send("Runtime.evaluate", {"expression": "new Promise(() => {})", "awaitPromise": True})
    )
    await asyncio.sleep(0.1)
    await page.context.close()
    problems = []
    for waiting in (endless, connection.send("Page.enable")):
        try:
            await asyncio.wait_for(waiting, DEADLINE)
        except Error as error:
            problems.append(str(error))
    return problems


def test_nobody_waits_for_a_tab_that_was_closed(pool: ChromiumPool) -> None:
    problems = pool.run(left, "nothing")
    assert len(problems) == 2
    assert problems[1] == "the tab was closed"


async def nobody(running: Running) -> list[TabConnection | None]:
    return [await TabConnection.to(port, "x") for port in (0, 1, running.port)]


def test_where_nobody_answers_there_is_none(pool: ChromiumPool) -> None:
    assert pool.run(nobody, "nothing") == [None, None, None]


def test_without_it_the_pictures_are_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def pictures() -> list[bytes]:
        with closing(Browsers(Profile())) as browsers:
            engine = wanted(browsers.engines()["chromium"])
            return [screenshot.png for screenshot in drawn(engine, load(tmp_path, "<p>Hello", PHONE, DESKTOP))]

    straight = pictures()

    async def unread(_chromium: object) -> int:
        return 0

    monkeypatch.setattr("qa.render.engines.chromium_launch.port_of", unread)
    assert pictures() == straight
